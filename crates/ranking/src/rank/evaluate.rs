//! From scores to points, from points to a score, from scores to shared ranks.
use std::cmp::Ordering;

use explain::Problems;
use money::{Decimal, round_half_away};

use super::{
    Application, Contribution, Criterion, Direction, Ranked, Ranking, Request, Tie, TieKey, check,
    line, result::Asked, sampling, sensitivity, shares, topsis,
};

/// Scores are equal when they agree to this many places, as `score_exact` prints them.
const EXACT_PLACES: u32 = 12;

/// Ranks the applications of `request`.
pub fn evaluate(request: &Request) -> Result<Ranking, Problems> {
    let (criteria, applications) = ranked(request)?;
    Ok(answer(request, &criteria, applications))
}

/// The criteria by id and the ranked applications, or everything that is wrong.
pub(super) fn ranked(request: &Request) -> Result<(Vec<Criterion>, Vec<Ranked>), Problems> {
    let mut problems = check::request(request);
    let criteria = by_id(&request.criteria);
    let applications = evaluate_checked(&criteria, &request.applications, &mut problems);
    problems
        .into_result(applications)
        .map(|applications| (criteria, applications))
}

/// In the order in which everything is added up and drawn.
pub(crate) fn by_id(criteria: &[Criterion]) -> Vec<Criterion> {
    let mut criteria = criteria.to_vec();
    criteria.sort_by(|a, b| a.id.cmp(&b.id));
    criteria
}

/// Ranks by weights that need not sum to 1: each score is divided by the weights it rests on.
pub(crate) fn evaluate_checked(
    criteria: &[Criterion],
    given: &[Application],
    problems: &mut Problems,
) -> Option<Vec<Ranked>> {
    let mut applications = Vec::with_capacity(given.len());
    for (position, application) in given.iter().enumerate() {
        match score(criteria, application) {
            Some(ranked) => applications.push(ranked),
            None => problems.add(
                "overflow",
                format!("applications[{position}].scores"),
                "The scores are too large to compute exactly; use at most 14 digits.",
            ),
        }
    }
    if applications.len() < given.len() {
        return None;
    }
    applications.sort_by(|a, b| by_score(a, b).then_with(|| a.id.cmp(&b.id)));
    number(&mut applications);
    Some(applications)
}

fn answer(request: &Request, criteria: &[Criterion], mut applications: Vec<Ranked>) -> Ranking {
    let asks = &request.asks;
    let sampled = request.stability.map(|stability| {
        let threads = sampling::threads_here();
        sampling::count(criteria, stability, request, &applications, threads)
    });
    if let Some(counted) = &sampled {
        shares::fill(request, criteria, counted, &mut applications);
    }
    let line = asks
        .line
        .map(|rule| line::draw(rule, request, &applications));
    let ties = if request.tie_break.is_empty() {
        Vec::new()
    } else {
        ties(request, &applications)
    };
    let sensitivity = asks
        .sensitivity
        .then(|| sensitivity::weigh(request, criteria, &applications));
    let second_opinion = asks
        .second_opinion
        .then(|| topsis::judge(request, criteria, &applications, line.as_ref()));
    let pairwise = sampled.filter(|_| asks.pairwise).map(shares::Pairwise::of);
    Ranking {
        asked: Asked {
            standing: asks.line.is_some() && request.stability.is_some(),
            central_weights: asks.central_weights,
        },
        applications,
        ties,
        line,
        pairwise,
        sensitivity,
        second_opinion,
    }
}

pub(crate) fn comparable(ranked: &Ranked) -> Option<Decimal> {
    ranked.score.map(equal_scale)
}

/// What two scores are compared by.
pub(super) fn equal_scale(score: Decimal) -> Decimal {
    round_half_away(score, EXACT_PLACES)
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
        line_share: None,
        standing: None,
        central_weights: None,
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
    let given = line::by_id(request);
    applications
        .chunk_by(|a, b| a.tie_group.is_some() && a.tie_group == b.tie_group)
        .filter(|group| group.len() > 1)
        .filter_map(|group| {
            let first = group.first()?;
            let mut order: Vec<&str> = group.iter().map(|ranked| ranked.id.as_str()).collect();
            let decide = |a: &str, b: &str| match (given.get(a), given.get(b)) {
                (Some(a), Some(b)) => by_keys(&request.tie_break, a, b),
                _ => (Ordering::Equal, None),
            };
            order.sort_by(|a, b| decide(a, b).0.then_with(|| a.cmp(b)));
            let decided_by = order
                .windows(2)
                .map(|pair| Some(decide(pair.first()?, pair.last()?).1?.to_string()))
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

/// Which of two applications the keys put first, and the key that decided.
pub(super) fn by_keys<'a>(
    keys: &'a [TieKey],
    a: &Application,
    b: &Application,
) -> (Ordering, Option<&'a TieKey>) {
    keys.iter()
        .map(|key| (by_key(key, a, b), Some(key)))
        .find(|(order, _)| order.is_ne())
        .unwrap_or((Ordering::Equal, None))
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
