//! What a request says: the value map and its conventions. Everything here has been checked by
//! the reader.
use std::collections::BTreeMap;

use money::{Amount, Decimal, Share};

use crate::{
    options::{Sensitivity, Simulation},
    record::{OutcomeRecord, Record},
};

/// Most outcomes in one map: more cannot be reviewed, and the work stays bounded.
pub const OUTCOMES_MAX: usize = 500;
/// Most inputs in one map.
pub const INPUTS_MAX: usize = 500;
/// Most cohorts of one outcome: one for each possible start.
pub const COHORTS_MAX: usize = 30;
/// Latest start and longest duration of an outcome, in years.
pub const OUTCOME_YEARS_MAX: u32 = 30;
/// Last year that is computed.
pub const HORIZON_YEARS_MAX: u32 = 60;

/// When the money of year n ≥ 1 is taken to flow. Year 0 is never discounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// Year n is divided by (1+r)^n, as in the Guide to SROI.
    EndOfYear,
    /// Year n is divided by (1+r)^(n−1), as in several studies and tools.
    Year1Undiscounted,
}

impl Timing {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::EndOfYear => "end_of_year",
            Self::Year1Undiscounted => "year1_undiscounted",
        }
    }

    /// The convention shown for contrast.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::EndOfYear => Self::Year1Undiscounted,
            Self::Year1Undiscounted => Self::EndOfYear,
        }
    }
}

/// Discount rates per year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rates {
    /// The same rate in every year.
    Constant(Share),
    /// Spans that follow one another without a gap.
    Schedule(Vec<RateSpan>),
}

/// One rate for the years from `from_year` to `to_year`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateSpan {
    /// First year.
    pub from_year: u32,
    /// Last year; `None` is open.
    pub to_year: Option<u32>,
    /// Rate per year.
    pub rate: Share,
}

/// What kind of resource is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// Money.
    Cash,
    /// Goods or services given.
    InKind,
    /// Volunteers' time.
    Volunteer,
}

impl InputKind {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::InKind => "in_kind",
            Self::Volunteer => "volunteer",
        }
    }
}

/// One resource put in: the same amount in each of `duration` years from `year`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is.
    pub name: String,
    /// Amount per year.
    pub amount: Amount,
    /// First year; 0 is the valuation date.
    pub year: u32,
    /// Kind of resource.
    pub kind: InputKind,
    /// Number of years.
    pub duration: u32,
    /// For volunteers: hours a year and the rate of an hour, whose product the amount is.
    pub hours: Option<(Decimal, Amount)>,
}

/// So many units whose outcome begins in year `start`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cohort {
    /// First year of the outcome; 1 is the year of the activity.
    pub start: u32,
    /// Units; negative for a harm.
    pub quantity: Amount,
}

/// The parameters of an outcome that carry evidence and can be varied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parameter {
    /// Units of the outcome.
    Quantity,
    /// Value of one unit.
    Proxy,
    /// Share that would have happened anyway.
    Deadweight,
    /// Share that was only moved from elsewhere.
    Displacement,
    /// Share due to others.
    Attribution,
    /// Share of what remained that is lost each year after the first.
    Dropoff,
}

impl Parameter {
    /// All of them, in the order of the calculation.
    pub const ALL: [Self; 6] = [
        Self::Quantity,
        Self::Proxy,
        Self::Deadweight,
        Self::Displacement,
        Self::Attribution,
        Self::Dropoff,
    ];

    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Proxy => "proxy",
            Self::Deadweight => "deadweight",
            Self::Displacement => "displacement",
            Self::Attribution => "attribution",
            Self::Dropoff => "dropoff",
        }
    }

    /// Whether it is a share between 0 and 1.
    pub const fn is_share(self) -> bool {
        match self {
            Self::Quantity | Self::Proxy => false,
            Self::Deadweight | Self::Displacement | Self::Attribution | Self::Dropoff => true,
        }
    }
}

/// How well a parameter is evidenced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Measured on this project, or an audited source.
    A,
    /// Published comparable.
    B,
    /// Own records or expert judgement with a reason.
    C,
    /// Assumption.
    D,
}

impl Grade {
    /// The words in documents.
    pub const WORDS: [(&'static str, Self); 4] = [
        ("A", Self::A),
        ("B", Self::B),
        ("C", Self::C),
        ("D", Self::D),
    ];

    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

/// What one unit of an outcome is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Price {
    /// Value per unit and year.
    Proxy(Amount),
    /// No credible price: listed with the reason, never summed.
    Unvalued {
        /// Why.
        reason: String,
    },
}

/// Lowest and highest plausible value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Lowest.
    pub low: Decimal,
    /// Highest.
    pub high: Decimal,
}

/// One row of the value map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Unique within the map.
    pub id: String,
    /// Who experiences it.
    pub stakeholder: String,
    /// What changes.
    pub name: String,
    /// Value per unit, or why there is none.
    pub price: Price,
    /// Share that would have happened anyway.
    pub deadweight: Share,
    /// Share that was only moved from elsewhere.
    pub displacement: Share,
    /// Share due to others (deducted).
    pub attribution: Share,
    /// Share of what remained that is lost each year after the first.
    pub dropoff: Share,
    /// Years that the outcome of one cohort lasts.
    pub duration: u32,
    /// Who starts when; at least one.
    pub cohorts: Vec<Cohort>,
    /// Evidence grade per parameter.
    pub grades: BTreeMap<Parameter, Grade>,
    /// Stated range per parameter.
    pub ranges: BTreeMap<Parameter, Range>,
    /// Source per parameter, or whatever else was named.
    pub sources: BTreeMap<String, String>,
    /// Reason per parameter, or whatever else was named.
    pub reasons: BTreeMap<String, String>,
    /// What is said beside the figures.
    pub record: OutcomeRecord,
}

/// Figures that the applicant printed, to be held against the computed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stated {
    /// Printed ratio, with the digits that were printed.
    pub ratio: Option<Decimal>,
    /// Printed total present value.
    pub total_present_value: Option<Decimal>,
    /// Printed investment.
    pub investment: Option<Decimal>,
}

/// A checked request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Where the request stands in a larger document; empty when it is the document.
    pub path: String,
    /// Currency code.
    pub currency: String,
    /// Timing convention.
    pub timing: Timing,
    /// Discount rates.
    pub rates: Rates,
    /// What is put in.
    pub inputs: Vec<Input>,
    /// What changes.
    pub outcomes: Vec<Outcome>,
    /// Least half-width per evidence grade; empty when the programme sets none.
    pub bands: BTreeMap<Grade, Share>,
    /// Year of the prices of all proxies.
    pub price_year: Option<i64>,
    /// What the applicant printed.
    pub stated: Option<Stated>,
    /// What is said beside the figures.
    pub record: Record,
    /// Sensitivity to compute.
    pub sensitivity: Option<Sensitivity>,
    /// Simulation to run.
    pub simulation: Option<Simulation>,
}
