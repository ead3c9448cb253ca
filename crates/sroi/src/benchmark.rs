//! Hints for reviewers from published reports: a value above nine in ten of what others reported
//! deserves a question. Never a default and never part of a score.
use money::Decimal;

use crate::{evaluate::Evaluation, types::Parameter};

/// Reported non-zero values at the ninetieth percentile, in hundredths of a per cent.
/// Source: factor benchmarks of 383 published SROI reports, recomputed from
/// github.com/jcmunozmora/sroi-meta-analysis, commit 68098e7.
const P90: [(Parameter, i64); 4] = [
    (Parameter::Deadweight, 5_000),
    (Parameter::Displacement, 5_000),
    (Parameter::Attribution, 5_300),
    (Parameter::Dropoff, 5_000),
];
/// The ratio at the ninetieth percentile of the same reports, in hundredths.
const RATIO_P90: i64 = 1_137;

/// One value that lies above the ninetieth percentile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The field, or `ratio`.
    pub path: String,
    /// The value.
    pub value: Decimal,
    /// The ninetieth percentile of reported values.
    pub p90: Decimal,
}

/// Values above the ninetieth percentile of published reports.
pub fn hints(evaluation: &Evaluation) -> Vec<Hint> {
    let mut found = Vec::new();
    let mut compare = |path: String, value: Decimal, p90: Decimal| {
        if value > p90 {
            found.push(Hint { path, value, p90 });
        }
    };
    compare(
        "ratio".to_owned(),
        evaluation.ratio().decimal(),
        Decimal::new(RATIO_P90, 2),
    );
    for (position, outcome) in evaluation.request.outcomes.iter().enumerate() {
        for (parameter, p90) in P90 {
            let path = format!("outcomes[{position}].{}", parameter.word());
            let path = explain::read::join(&evaluation.request.path, &path);
            if let Some(value) = outcome.value(parameter) {
                compare(path, value, Decimal::new(p90, 4));
            }
        }
    }
    found
}
