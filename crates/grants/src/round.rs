//! A round of applications: planned, open, closed, ranked, decided, in that order.

/// Where a round stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RoundStage {
    /// Announced.
    Planned,
    /// Takes applications.
    Open,
    /// Takes no more.
    Closed,
    /// A ranking has been adopted.
    Ranked,
    /// Every application has its decision.
    Decided,
}

impl RoundStage {
    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Ranked => "ranked",
            Self::Decided => "decided",
        }
    }

    /// Reads the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Planned,
            Self::Open,
            Self::Closed,
            Self::Ranked,
            Self::Decided,
        ]
        .into_iter()
        .find(|stage| stage.as_str() == name)
    }

    /// Whether a ranking of this round may be shown to the panel: not before it has closed.
    pub fn shows_ranking(self) -> bool {
        self >= Self::Closed
    }

    /// Whether decisions may be recorded: not before a ranking has been adopted.
    pub fn takes_decisions(self) -> bool {
        self >= Self::Ranked
    }
}
