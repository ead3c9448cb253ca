//! From scores to points, from points to a score, from scores to shared ranks.
use std::{cmp::Ordering, collections::BTreeMap};

use explain::Problems;
use money::{Decimal, round_half_away};

use super::{
    Application, Contribution, Criterion, Direction, Ranked, Ranking, Request, Tie, TieKey, check,
    sampling,
};

/// Scores are equal when they agree to this many places, as `score_exact` prints them.
const EXACT_PLACES: u32 = 12;

/// Ranks the applications of `request`.
pub fn evaluate(request: &Request) -> Result<Ranking, Problems> {
    let mut problems = check::request(request);
    let mut applications = Vec::with_capacity(request.applications.len());
    for (position, application) in request.applications.iter().enumerate() {
        match score(&request.criteria, application) {
            Some(ranked) => applications.push(ranked),
            None => problems.add(
                "overflow",
                format!("applications[{position}].scores"),
                "The scores are too large to compute exactly; use at most 14 digits.",
            ),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    applications.sort_by(|a, b| by_score(a, b).then_with(|| a.id.cmp(&b.id)));
    number(&mut applications);
    if let Some(stability) = &request.stability {
        sampling::acceptability(&request.criteria, stability, &mut applications);
    }
    let ties = if request.tie_break.is_empty() {
        Vec::new()
    } else {
        ties(request, &applications)
    };
    Ok(Ranking { applications, ties })
}

fn comparable(ranked: &Ranked) -> Option<Decimal> {
    ranked
        .score
        .map(|score| round_half_away(score, EXACT_PLACES))
}

/// Best first, those without a score last.
fn by_score(a: &Ranked, b: &Ranked) -> Ordering {
    comparable(b).cmp(&comparable(a))
}

fn score(criteria: &[Criterion], application: &Application) -> Option<Ranked> {
    let mut scored = Vec::new();
    let mut reweighted = Vec::new();
    let mut missing = Vec::new();
    for criterion in criteria {
        match application.scores.get(&criterion.id) {
            None => missing.push(criterion.id.clone()),
            Some(None) => reweighted.push(criterion.id.clone()),
            Some(Some(score)) => scored.push((criterion, *score)),
        }
    }
    let weights_scored: Decimal = scored
        .iter()
        .try_fold(Decimal::ZERO, |sum, (criterion, _)| {
            sum.checked_add(criterion.weight)
        })?;
    let mut contributions = Vec::new();
    let mut total = None;
    if missing.is_empty() && !weights_scored.is_zero() {
        for (criterion, score) in scored {
            contributions.push(contribution(criterion, score, weights_scored)?);
        }
        total = Some(
            contributions
                .iter()
                .try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value))?,
        );
    }
    Some(Ranked {
        id: application.id.clone(),
        rank: None,
        score: total,
        contributions,
        reweighted,
        missing,
        tie_group: None,
        rank_acceptability: Vec::new(),
    })
}

fn contribution(
    criterion: &Criterion,
    score: Decimal,
    weights_scored: Decimal,
) -> Option<Contribution> {
    let points = points(criterion, score)?;
    let value = criterion
        .weight
        .checked_mul(points)?
        .checked_div(weights_scored)?;
    Some(Contribution {
        criterion: criterion.id.clone(),
        score,
        zero: criterion.zero,
        hundred: criterion.hundred,
        points,
        weight: criterion.weight,
        weights_scored,
        value,
    })
}

/// Position between the anchors, 0 at `zero` and 100 at `hundred`, never outside.
fn points(criterion: &Criterion, score: Decimal) -> Option<Decimal> {
    let (worst, best) = match criterion.direction {
        Direction::Max => (score <= criterion.zero, score >= criterion.hundred),
        Direction::Min => (score >= criterion.zero, score <= criterion.hundred),
    };
    if worst {
        return Some(Decimal::ZERO);
    }
    if best {
        return Some(Decimal::ONE_HUNDRED);
    }
    score
        .checked_sub(criterion.zero)?
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(criterion.hundred.checked_sub(criterion.zero)?)
}

/// Ranks 1, 2, 2, 4 and groups 1, 2, 2, 3 over applications already in order.
fn number(applications: &mut [Ranked]) {
    let mut before: Option<(Decimal, u32, u32)> = None;
    for (place, ranked) in (1_u32..).zip(applications.iter_mut()) {
        let Some(score) = comparable(ranked) else {
            break;
        };
        let (rank, group) = match before {
            Some((equal, rank, group)) if equal == score => (rank, group),
            Some((_, _, group)) => (place, group + 1),
            None => (1, 1),
        };
        ranked.rank = Some(rank);
        ranked.tie_group = Some(group);
        before = Some((score, rank, group));
    }
}

fn ties(request: &Request, applications: &[Ranked]) -> Vec<Tie> {
    let scores: BTreeMap<&str, &Application> = request
        .applications
        .iter()
        .map(|application| (application.id.as_str(), application))
        .collect();
    applications
        .chunk_by(|a, b| a.tie_group.is_some() && a.tie_group == b.tie_group)
        .filter(|group| group.len() > 1)
        .filter_map(|group| {
            let first = group.first()?;
            let mut order: Vec<&str> = group.iter().map(|ranked| ranked.id.as_str()).collect();
            let decide = |a: &str, b: &str| {
                request.tie_break.iter().find_map(|key| {
                    let order = by_key(key, scores.get(a)?, scores.get(b)?);
                    order.is_ne().then(|| (order, key.to_string()))
                })
            };
            order.sort_by(|a, b| decide(a, b).map_or_else(|| a.cmp(b), |(order, _)| order));
            let decided_by = order
                .windows(2)
                .map(|pair| decide(pair.first()?, pair.last()?).map(|(_, key)| key))
                .collect();
            Some(Tie {
                tie_group: first.tie_group?,
                rank: first.rank?,
                order: order.into_iter().map(ToOwned::to_owned).collect(),
                decided_by,
            })
        })
        .collect()
}

/// Which of two applications a key puts first; one without the value comes after.
fn by_key(key: &TieKey, a: &Application, b: &Application) -> Ordering {
    let value = |application: &Application| application.scores.get(&key.key).copied().flatten();
    match (value(a), value(b)) {
        (Some(a), Some(b)) => match key.direction {
            Direction::Max => b.cmp(&a),
            Direction::Min => a.cmp(&b),
        },
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
