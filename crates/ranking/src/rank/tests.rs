//! Ranking: published cross-check, shared ranks, rescaled weights, ties, bad input.
mod asks;
mod crosscheck;
mod input;
mod opinion;
mod ranks;
mod robustness;
mod sensitivity;

use std::collections::BTreeMap;

use money::Decimal;

use super::{Application, Asks, Criterion, Direction, Request};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn criterion(id: &str, weight: &str, direction: Direction, zero: &str, hundred: &str) -> Criterion {
    Criterion {
        id: id.to_owned(),
        weight: dec(weight),
        direction,
        zero: dec(zero),
        hundred: dec(hundred),
        source: None,
    }
}

/// `"-"` stands for abstained; a criterion not named is missing.
fn application(id: &str, scores: &[(&str, &str)]) -> Application {
    let scores: BTreeMap<String, Option<Decimal>> = scores
        .iter()
        .map(|(criterion, score)| {
            let value = (*score != "-").then(|| dec(score));
            ((*criterion).to_owned(), value)
        })
        .collect();
    Application {
        id: id.to_owned(),
        scores,
        cost: None,
    }
}

fn request(criteria: Vec<Criterion>, applications: Vec<Application>) -> Request {
    Request {
        criteria,
        applications,
        stability: None,
        tie_break: Vec::new(),
        asks: Asks::default(),
    }
}
