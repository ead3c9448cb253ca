//! What best-score-first gives, for comparison: it stops at the first application that no longer
//! fits, and knows no fairness rule.
use money::{Amount, Decimal};

use super::{Greedy, Request};

pub(super) fn greedy(request: &Request) -> Greedy {
    let mut order: Vec<_> = request.applications.iter().collect();
    order.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    let mut left = request.budget.decimal();
    let mut objective = Decimal::ZERO;
    let mut selected = Vec::new();
    for application in order {
        if application.cost.decimal() > left {
            break;
        }
        left -= application.cost.decimal();
        objective += application.score;
        selected.push(application.id.clone());
    }
    selected.sort();
    Greedy {
        objective,
        spent: Amount::from_decimal(request.budget.decimal() - left),
        selected,
    }
}
