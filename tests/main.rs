//! One acceptance test binary; its tree mirrors the product.
