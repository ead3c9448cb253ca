//! ranking.
