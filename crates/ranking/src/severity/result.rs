//! What the severities say, as values and as the JSON of `calc severity`.
use money::{Decimal, fixed_text, normal_text};
use serde_json::{Value, json};

/// Digits after the point of a mean or an estimate.
const PLACES: u32 = 6;

/// Why levels were not adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Reviewers fall into parts that share no application.
    NotConnected,
    /// Nothing is left over to check the model with.
    NoSpare,
}

impl Why {
    /// `not_connected` or `no_spare`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotConnected => "not_connected",
            Self::NoSpare => "no_spare",
        }
    }
}

/// Every dimension, every reviewer, and what to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severity {
    /// By id.
    pub dimensions: Vec<Dimension>,
    /// By id.
    pub reviewers: Vec<Overall>,
    /// Dimension by dimension.
    pub flags: Vec<Flag>,
}

/// One dimension by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// Id of the dimension.
    pub id: String,
    /// Why nothing was adjusted; `None` when levels are adjusted.
    pub why: Option<Why>,
    /// Reviewers who share applications, directly or through others.
    pub parts: Vec<Vec<String>>,
    /// Levels less what is estimated from them.
    pub degrees_of_freedom: usize,
    /// How far a level strays from application plus reviewer.
    pub residual_sd: Option<Decimal>,
    /// By id.
    pub reviewers: Vec<ReviewerSeverity>,
    /// By id.
    pub applications: Vec<ApplicationLevel>,
}

/// What one reviewer adds to the levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewerSeverity {
    /// Id of the reviewer.
    pub id: String,
    /// Positive: generous. Within the reviewer's part these sum to zero, up to rounding.
    pub severity: Decimal,
    /// `None` when nothing was adjusted.
    pub standard_error: Option<Decimal>,
    /// Levels given on this dimension.
    pub reviews: usize,
}

/// One application's level, raw and adjusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationLevel {
    /// Id of the application.
    pub id: String,
    /// The plain mean.
    pub raw: Decimal,
    /// Without what the reviewers add; `None` when nothing was adjusted.
    pub adjusted: Option<Decimal>,
    /// The adjusted level would lie outside the levels and was moved to the nearest one.
    pub clamped: bool,
    /// Of the adjusted level.
    pub standard_error: Option<Decimal>,
    /// The lowest level given.
    pub lowest: Decimal,
    /// The highest level given.
    pub highest: Decimal,
    /// Levels far from the mean of the others.
    pub outliers: Vec<Outlier>,
}

/// A level far from the mean of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlier {
    /// Who gave it.
    pub reviewer: String,
    /// The level.
    pub level: Decimal,
    /// How far it lies from the mean of the others.
    pub distance: Decimal,
}

/// One reviewer over all dimensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overall {
    /// Id of the reviewer.
    pub id: String,
    /// The mean over the dimensions that could be adjusted; `None` without any.
    pub severity: Option<Decimal>,
    /// How many dimensions that were.
    pub dimensions: usize,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// `not_connected`, `no_spare`, `severity`, `clamped` or `outlier`.
    pub code: &'static str,
    /// Id of the dimension.
    pub dimension: String,
    /// Whose level or severity.
    pub reviewer: Option<String>,
    /// Of which application.
    pub application: Option<String>,
}

impl Severity {
    /// The JSON of `calc severity`.
    pub fn to_json(&self) -> Value {
        let dimensions: Vec<Value> = self.dimensions.iter().map(Dimension::to_json).collect();
        let reviewers: Vec<Value> = self
            .reviewers
            .iter()
            .map(|reviewer| {
                json!({
                    "id": reviewer.id,
                    "severity": reviewer.severity.map(shown),
                    "dimensions": reviewer.dimensions,
                })
            })
            .collect();
        let flags: Vec<Value> = self
            .flags
            .iter()
            .map(|flag| {
                json!({
                    "code": flag.code, "dimension": flag.dimension,
                    "reviewer": flag.reviewer, "application": flag.application,
                })
            })
            .collect();
        json!({"dimensions": dimensions, "reviewers": reviewers, "flags": flags})
    }
}

impl Dimension {
    fn to_json(&self) -> Value {
        let why = self.why.map(Why::word);
        let reviewers: Vec<Value> = self
            .reviewers
            .iter()
            .map(|reviewer| {
                json!({
                    "id": reviewer.id,
                    "severity": shown(reviewer.severity),
                    "standard_error": reviewer.standard_error.map(shown),
                    "reviews": reviewer.reviews,
                })
            })
            .collect();
        let applications: Vec<Value> = self
            .applications
            .iter()
            .map(|application| application.to_json(why))
            .collect();
        json!({
            "id": self.id,
            "connected": self.parts.len() == 1,
            "why": why,
            "parts": self.parts,
            "degrees_of_freedom": self.degrees_of_freedom,
            "residual_sd": self.residual_sd.map(shown),
            "reviewers": reviewers,
            "applications": applications,
        })
    }
}

impl ApplicationLevel {
    fn to_json(&self, why: Option<&str>) -> Value {
        let outliers: Vec<Value> = self
            .outliers
            .iter()
            .map(|outlier| {
                json!({
                    "reviewer": outlier.reviewer,
                    "level": normal_text(outlier.level),
                    "distance": shown(outlier.distance),
                })
            })
            .collect();
        json!({
            "id": self.id,
            "raw": shown(self.raw),
            "adjusted": self.adjusted.map(shown),
            "why": why,
            "clamped": self.clamped,
            "standard_error": self.standard_error.map(shown),
            "lowest": normal_text(self.lowest),
            "highest": normal_text(self.highest),
            "spread": normal_text(self.highest - self.lowest),
            "outliers": outliers,
        })
    }
}

fn shown(value: Decimal) -> String {
    fixed_text(value, PLACES)
}
