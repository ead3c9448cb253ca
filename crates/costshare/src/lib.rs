//! costshare.
