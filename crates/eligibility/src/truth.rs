//! Three-valued truth after Kleene: what is unknown stays unknown unless the known part settles
//! the matter. It exists so that a missing fact never counts as a refusal.

/// True, false, or not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Settled against.
    False,
    /// A fact is missing.
    Unknown,
    /// Settled in favour.
    True,
}

impl Truth {
    /// Both: false wins over unknown.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Either: true wins over unknown.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The opposite; unknown stays unknown.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// "If this, then that": not this, or that.
    #[must_use]
    pub fn implies(self, then: Self) -> Self {
        self.negated().or(then)
    }
}

impl From<bool> for Truth {
    fn from(flag: bool) -> Self {
        if flag { Self::True } else { Self::False }
    }
}
