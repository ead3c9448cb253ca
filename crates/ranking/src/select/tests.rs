//! Selection against published optima, enumeration and an independent solver.
mod any_rules;
mod enumerated;
mod every_set;
mod highs;
mod input;
mod instances;
mod larger;
mod random;
mod relaxed;
mod solver;

use std::collections::BTreeMap;

use money::{Amount, Decimal, Share};

use super::{Application, Constraints, Parts, Request};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn application(id: &str, group: &str, small: bool, cost: &str, score: &str) -> Application {
    Application {
        id: id.to_owned(),
        group: group.to_owned(),
        small,
        cost: Amount::try_from_text(cost).unwrap(),
        score: dec(score),
        parts: BTreeMap::new(),
        levels: Vec::new(),
    }
}

fn request(budget: &str, applications: Vec<Application>) -> Request {
    Request {
        budget: Amount::try_from_text(budget).unwrap(),
        applications,
        constraints: Constraints::default(),
        work_max: None,
    }
}

fn with_rules(mut request: Request, small_share: Option<&str>, cap: Option<u32>) -> Request {
    request.constraints = Constraints {
        small_share: small_share.map(|share| Share::try_from_text(share).unwrap()),
        max_per_group: cap,
        ..Constraints::default()
    };
    request
}
