//! How a programme reads the exemption: readings that the letter leaves open, and a proposal that is
//! no rule yet.
use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};
use serde_json::{Value, json};

use crate::request::optional;

/// What becomes of the weight of an exempt activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ExemptBasis {
    /// It leaves the basis; the other activities bear the whole. Our reading.
    #[default]
    Leave,
    /// It stays; its part is shown but is not charged to the activity.
    Stay,
}

impl ExemptBasis {
    /// The word in requests and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Stay => "stay",
        }
    }
}

/// The readings in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// What becomes of the weight of an exempt activity.
    pub exempt_basis: ExemptBasis,
    /// Whether raising the employability of persons with disabilities counts as inside the
    /// Funding and Service Agreement, and so needs no apportionment. A proposal, not a rule.
    pub employability_inside_fsa: bool,
}

pub(crate) fn read(json: &Json, path: &str, problems: &mut Problems) -> Option<Settings> {
    let fields = Fields::of(json, path, problems);
    let words = [ExemptBasis::Leave, ExemptBasis::Stay].map(|basis| (basis.word(), basis));
    fields.refuse_unknown(&["exempt_basis", "employability_inside_fsa"], problems);
    let exempt_basis = optional(&fields, "exempt_basis", problems, |json, path, problems| {
        read::one_of(json, path, &words, problems)
    });
    let employability = optional(&fields, "employability_inside_fsa", problems, read::boolean);
    Some(Settings {
        exempt_basis: exempt_basis?.unwrap_or_default(),
        employability_inside_fsa: employability?.unwrap_or(false),
    })
}

impl Settings {
    pub(crate) fn normal_json(self) -> Value {
        json!({
            "exempt_basis": self.exempt_basis.word(),
            "employability_inside_fsa": self.employability_inside_fsa,
        })
    }
}
