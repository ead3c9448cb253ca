//! The rule file that ships, and a short form of problems to compare.
use std::{fs, path::PathBuf};

use explain::Problems;
use serde_json::Value;

/// The whole rule file.
pub(crate) fn rules() -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../seed/rules/hk-swd-lsg-lf-procurement.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Codes and paths in the order listed.
pub(crate) fn listed(problems: &Problems) -> Vec<(&str, &str)> {
    problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect()
}

/// The approval policy that ships.
pub(crate) fn policy() -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../seed/rules/requisition-policy-demo.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}
