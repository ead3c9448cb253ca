//! What to compute beside the base result: sensitivity and simulation, as the reader checked it.
use money::Decimal;

use crate::types::Parameter;

/// Most bars of one tornado.
pub const TORNADO_MAX: usize = 100;
/// Most values on one axis of a grid: a grid computes their product.
pub const GRID_VALUES_MAX: usize = 31;
/// Most scenarios that are compared.
pub const SCENARIOS_MAX: usize = 12;
/// Most changes of one scenario.
pub const CHANGES_MAX: usize = 50;
/// Most draws of one simulation.
pub const DRAWS_MAX: i64 = 1_000_000;
/// Draws unless the request says otherwise.
pub const DRAWS_DEFAULT: u32 = 10_000;
/// Most draws times outcomes, so that one request cannot hold a core for long.
pub const DRAWS_TIMES_OUTCOMES_MAX: usize = 50_000_000;

/// What a lever moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeverParameter {
    /// A parameter of outcomes.
    Outcome(Parameter),
    /// The discount rate.
    DiscountRate,
}

impl LeverParameter {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Outcome(parameter) => parameter.word(),
            Self::DiscountRate => "discount_rate",
        }
    }
}

/// Which outcomes a lever moves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All that are valued.
    All,
    /// The one with this id.
    Outcome(String),
}

impl Scope {
    /// The word in documents.
    pub fn word(&self) -> &str {
        match self {
            Self::All => "all",
            Self::Outcome(id) => id,
        }
    }
}

/// Whether a lever's number replaces the parameter or multiplies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Replaces it.
    Value,
    /// Multiplies it.
    Multiplier,
}

impl Unit {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Multiplier => "multiplier",
        }
    }
}

/// One parameter that is moved and the numbers it is moved to, in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// Where it stands in the document.
    pub path: String,
    /// What moves.
    pub parameter: LeverParameter,
    /// Where it moves.
    pub scope: Scope,
    /// How the numbers are meant.
    pub unit: Unit,
    /// The numbers: low and high for a bar of a tornado, an axis for a grid.
    pub values: Vec<Decimal>,
}

/// A named set of changes that are made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// One value each, applied in this order.
    pub changes: Vec<Lever>,
}

/// Sensitivity to compute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sensitivity {
    /// One bar each; two values each, low and high.
    pub tornado: Vec<Lever>,
    /// Row and column of a two-way grid.
    pub grid: Option<(Lever, Lever)>,
    /// Whether to compute switching values.
    pub switching: bool,
    /// Named sets of changes to compare.
    pub scenarios: Vec<Scenario>,
}

/// Where a simulation's randomness comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seed {
    /// The hash of the request.
    InputHash,
    /// A number.
    Number(u64),
}

/// Shape of the distribution between low and high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distribution {
    /// Triangular, the stated value being the mode.
    Triangular,
    /// PERT (beta with weight 4 on the mode).
    Pert,
    /// Lognormal for proxies with the stated value as median, triangular for the rest.
    Lognormal,
}

impl Distribution {
    /// Work per draw, where one triangular draw is 1, estimated high: PERT draws by rejection.
    pub(crate) const fn cost(self) -> usize {
        match self {
            Self::Triangular => 1,
            Self::Lognormal => 2,
            Self::Pert => 20,
        }
    }

    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Triangular => "triangular",
            Self::Pert => "pert",
            Self::Lognormal => "lognormal",
        }
    }
}

/// Simulation to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simulation {
    /// Number of draws.
    pub draws: u32,
    /// Where the randomness comes from.
    pub seed: Seed,
    /// Shape of the distributions.
    pub distribution: Distribution,
}
