//! Text in both languages, and references to the version of a rule that was applied.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The same words in English and in Hong Kong Chinese.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// English.
    pub en: String,
    /// Chinese as written in Hong Kong (zh-HK).
    pub zh: String,
}

impl Text {
    /// Both languages at once.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            zh: zh.into(),
        }
    }
}

/// Which version of which rule set a result was computed under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRef {
    /// Stable id of the rule set.
    pub id: String,
    /// Its version.
    pub version: String,
    /// First day on which it applies.
    pub effective_from: Option<NaiveDate>,
    /// Day on which it became known (a rule may apply retroactively).
    pub known_from: Option<NaiveDate>,
}
