//! A problem names the field, the cause and an example; all problems of a document are listed at
//! once.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One thing a person can put right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code; the web app holds its words in both languages.
    pub code: String,
    /// Where: `outcomes[2].deadweight`. Empty for the document as a whole.
    pub path: String,
    /// English sentence naming the field, the cause and an example.
    pub message: String,
    /// Values for the words in either language, such as the largest allowed number.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

impl Problem {
    /// A problem without parameters.
    pub fn new(
        code: impl Into<String>,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            path: path.into(),
            message: message.into(),
            params: BTreeMap::new(),
        }
    }

    /// Adds a value for the words.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// Every problem found so far, in the order found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// None yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Lists one more.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Lists one more without parameters.
    pub fn add(
        &mut self,
        code: impl Into<String>,
        path: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.push(Problem::new(code, path, message));
    }

    /// Takes over all problems of `other`.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems in the order found.
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }

    /// The problems in the order found.
    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }

    /// `value` when nothing is wrong, all the problems otherwise. A `None` without a problem
    /// would be a reader that failed silently; it is reported as `unreadable`.
    pub fn into_result<T>(mut self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            None if self.is_empty() => {
                self.add("unreadable", "", "The document could not be read.");
                Err(self)
            }
            Some(_) | None => Err(self),
        }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl std::fmt::Display for Problems {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (position, problem) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(
                formatter,
                "{separator}{}: {} ({})",
                problem.path, problem.message, problem.code
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
