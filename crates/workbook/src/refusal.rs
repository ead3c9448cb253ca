//! What an import refuses: the cell as the person sees it, the path in the value map, the cause and
//! an example. Everything is listed at once; one refused cell keeps the whole workbook out.
use explain::Problem;
use serde_json::{Value, json};

/// One thing that keeps a workbook out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `Outcomes!H7`; empty for the file as a whole.
    pub cell: String,
    /// Code, path inside the value map, words and their values.
    pub problem: Problem,
}

impl Refusal {
    /// Of the file as a whole.
    pub(crate) fn of_file(code: &str, message: impl Into<String>) -> Self {
        Self {
            cell: String::new(),
            problem: Problem::new(code, "", message),
        }
    }

    /// Of one cell. The message follows the name of the cell.
    pub(crate) fn of_cell(code: &str, cell: &str, path: &str, message: &str) -> Self {
        Self {
            cell: cell.to_owned(),
            problem: Problem::new(code, path, format!("{cell} {message}")),
        }
    }

    /// Adds a value for the words.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.problem = self.problem.with(name, value);
        self
    }

    /// As the web app reads it.
    pub fn to_json(&self) -> Value {
        let params: Vec<Value> = self
            .problem
            .params
            .iter()
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect();
        json!({
            "code": self.problem.code,
            "cell": self.cell,
            "path": self.problem.path,
            "message": self.problem.message,
            "params": params,
        })
    }
}
