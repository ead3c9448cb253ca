//! procurement.
