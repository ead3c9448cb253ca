//! The unit of layout: whole twentieths of a point, so that pages are computed in integers and the
//! same document is laid out the same everywhere.

/// A twentieth of a point; 1440 of them are an inch.
pub(crate) type Twips = i32;

/// Twips in a point.
pub(crate) const POINT: Twips = 20;

/// The short side of an A4 page.
pub(crate) const A4_SHORT: Twips = 11_906;
/// The long side of an A4 page.
pub(crate) const A4_LONG: Twips = 16_838;
