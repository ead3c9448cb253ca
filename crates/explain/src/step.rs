//! Working: how a figure came about, as a tree from the figure down to its inputs.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One step of a calculation. Values are text, with full precision where rounding comes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Unique within the working; a displayed figure leads here (`ratio`, `outcome.o1.year.2`).
    pub id: String,
    /// What kind of step this is; the web app holds its words (`sroi.present_value`).
    pub code: String,
    /// The formula with names: `impact × (1 − dropoff)^(k−1)`.
    pub formula: String,
    /// The values put in, by name.
    pub values: BTreeMap<String, String>,
    /// What came out, before rounding.
    pub result: String,
    /// What is shown, when it was rounded, and how: `2 places, half away from zero`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<String>,
    /// Where the method is laid down: `Guide to SROI, stage 5`.
    pub method: String,
    /// The steps this one rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Step>,
}

impl Step {
    /// A step without values, rounding or children.
    pub fn new(
        id: impl Into<String>,
        code: impl Into<String>,
        formula: impl Into<String>,
        result: impl Into<String>,
        method: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            code: code.into(),
            formula: formula.into(),
            values: BTreeMap::new(),
            result: result.into(),
            rounding: None,
            method: method.into(),
            children: Vec::new(),
        }
    }

    /// Names one value that was put in.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// Says how the shown figure was rounded.
    #[must_use]
    pub fn rounded(mut self, how: impl Into<String>) -> Self {
        self.rounding = Some(how.into());
        self
    }

    /// Adds a step that this one rests on.
    #[must_use]
    pub fn child(mut self, step: Self) -> Self {
        self.children.push(step);
        self
    }

    /// Adds steps that this one rests on.
    #[must_use]
    pub fn children(mut self, steps: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(steps);
        self
    }
}
