//! eligibility.
