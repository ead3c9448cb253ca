//! `plumbline calc`: the calculators on the command line, the very functions that the server runs.
//! Exit 0 with the result on standard output, or exit 2 with one line that lists every problem.
use std::{io::Read as _, path::Path, process::ExitCode};

use explain::{Problem, Problems, json::Json};
use serde_json::{Value, json};

use crate::output;

/// Largest body that is read: a map of 500 outcomes with every note stays far below.
const BODY_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// The calculators.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum Calculator {
    /// Social return on investment of a value map
    Sroi,
    /// Two value maps of one project, change by change
    Compare,
    /// Cost apportionment, exemptions, reserve
    Costshare,
    /// Who pays: cash flow, limits, matched funding, one figure changed
    Costplan,
    /// Method and quotations a purchase needs
    Procurement,
    /// What was done to buy something, against the tiers
    Purchases,
    /// Criteria against facts
    Eligibility,
    /// Scores, ranks, stability
    Rank,
    /// Best set under a budget
    Select,
    /// Strict and generous reviewers told apart
    Severity,
    /// Weights from comparisons in pairs
    Weights,
    /// Who is funded: size, district, service area, first-time applicants
    Fairness,
    /// Why ranks moved between two rankings
    Moves,
}

/// Reads, computes, prints.
pub(crate) fn run(calculator: Calculator, input: Option<&Path>) -> ExitCode {
    match read(input)
        .map_err(Problems::from)
        .and_then(|body| answer(calculator, &body))
    {
        Ok(value) => match output::line(&value.to_string()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(problems) => {
            let listed: Vec<Value> = problems
                .as_slice()
                .iter()
                .map(|problem| {
                    json!({"code": problem.code, "path": problem.path, "message": problem.message})
                })
                .collect();
            output::complaint(&json!({"problems": listed}).to_string());
            ExitCode::from(2)
        }
    }
}

fn read(input: Option<&Path>) -> Result<Json, Problem> {
    let mut text = String::new();
    let outcome = match input {
        Some(path) => std::fs::File::open(path)
            .and_then(|file| file.take(BODY_BYTES_MAX + 1).read_to_string(&mut text)),
        None => std::io::stdin()
            .take(BODY_BYTES_MAX + 1)
            .read_to_string(&mut text),
    };
    match outcome {
        Err(error) => {
            let from = input.map_or("standard input".into(), Path::to_string_lossy);
            Err(Problem::new(
                "unreadable",
                "",
                format!("{from} cannot be read: {error}."),
            ))
        }
        Ok(bytes) if u64::try_from(bytes).is_ok_and(|bytes| bytes > BODY_BYTES_MAX) => {
            let most = BODY_BYTES_MAX;
            Err(Problem::new(
                "too_large",
                "",
                format!("The body has more than {most} bytes."),
            ))
        }
        Ok(_) => Json::parse(&text),
    }
}

fn answer(calculator: Calculator, body: &Json) -> Result<Value, Problems> {
    match calculator {
        Calculator::Sroi => sroi::calc(body),
        Calculator::Compare => sroi::calc_compare(body),
        Calculator::Costshare => costshare::calc(body),
        Calculator::Costplan => costshare::calc_plan(body),
        Calculator::Procurement => procurement::calc(body),
        Calculator::Purchases => procurement::purchase::calc(body),
        Calculator::Eligibility => eligibility::calc(body),
        Calculator::Rank => ranking::calc_rank(body),
        Calculator::Select => ranking::calc_select(body),
        Calculator::Severity => ranking::calc_severity(body),
        Calculator::Weights => ranking::calc_weights(body),
        Calculator::Fairness => ranking::calc_fairness(body),
        Calculator::Moves => ranking::calc_moves(body),
    }
}
