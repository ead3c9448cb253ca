//! Size bands by provisional subvention. The upper line is published, the lower one illustrative;
//! both are settings of a programme.
use money::Hkd;

/// Small, medium or large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SizeBand {
    /// Up to the lower line.
    Small,
    /// Up to the upper line.
    Medium,
    /// Above it.
    Large,
}

impl SizeBand {
    /// Lower line, HK$10m: illustrative.
    pub const SMALL_UP_TO: Hkd = Hkd::from_cents(1_000_000_000);
    /// Upper line, HK$50m: press reports of 2025-03-03.
    pub const MEDIUM_UP_TO: Hkd = Hkd::from_cents(5_000_000_000);

    /// The band of a subvention; both lines belong to the band below.
    pub fn of(subvention: Hkd) -> Self {
        if subvention <= Self::SMALL_UP_TO {
            Self::Small
        } else if subvention <= Self::MEDIUM_UP_TO {
            Self::Medium
        } else {
            Self::Large
        }
    }

    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// Reads the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Small, Self::Medium, Self::Large]
            .into_iter()
            .find(|band| band.as_str() == name)
    }
}
