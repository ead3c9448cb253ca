//! What must hold across a ranking's fields, each with its path. The reader runs these on
//! whatever it could read, so that one answer lists every problem.
use std::collections::BTreeSet;

use explain::{Problem, Problems, read::join};
use money::{Decimal, normal_text};

use super::{
    APPLICATIONS_MAX, Application, CONCENTRATION_MAX, CRITERIA_MAX, Criterion, Direction, Request,
    SAMPLES_MAX, SAMPLING_WORK_MAX, Stability, TieKey, WeightSpread, check_asks,
};

/// All problems of a request that was built from typed values.
pub(crate) fn request(request: &Request) -> Problems {
    let mut problems = Problems::new();
    at_most(
        "criteria",
        request.criteria.len(),
        CRITERIA_MAX,
        &mut problems,
    );
    at_most(
        "applications",
        request.applications.len(),
        APPLICATIONS_MAX,
        &mut problems,
    );
    for (position, item) in request.criteria.iter().enumerate() {
        criterion(item, &format!("criteria[{position}]"), &mut problems);
    }
    let criteria_ids: Vec<_> = request
        .criteria
        .iter()
        .map(|item| Some(item.id.as_str()))
        .collect();
    unique_ids("criteria", &criteria_ids, &mut problems);
    let weights: Vec<Decimal> = request.criteria.iter().map(|item| item.weight).collect();
    weights_sum_to_one(&weights, &mut problems);
    let ids: Vec<_> = request
        .applications
        .iter()
        .map(|item| Some(item.id.as_str()))
        .collect();
    unique_ids("applications", &ids, &mut problems);
    let known = known_scores(
        request.criteria.iter().map(|item| item.id.as_str()),
        &request.tie_break,
    );
    for (position, item) in request.applications.iter().enumerate() {
        known_only(
            item,
            &format!("applications[{position}].scores"),
            &known,
            &mut problems,
        );
    }
    if let Some(spread) = &request.stability {
        stability(spread, &mut problems);
        sampling_work(
            spread,
            request.applications.len(),
            request.criteria.len(),
            request.asks.pairwise,
            &mut problems,
        );
    }
    check_asks::typed(
        &request.asks,
        request.stability.is_some(),
        &request.applications,
        &mut problems,
    );
    problems
}

fn at_most(path: &str, count: usize, most: usize, problems: &mut Problems) {
    if count > most {
        problems.push(
            Problem::new(
                "too_many",
                path,
                format!("{path} has {count} items; at most {most} are allowed."),
            )
            .with("most", most.to_string()),
        );
    }
}

/// Weight within 0..1 and anchors that agree with the direction.
pub(super) fn criterion(item: &Criterion, path: &str, problems: &mut Problems) {
    if item.weight < Decimal::ZERO || item.weight > Decimal::ONE {
        let at = join(path, "weight");
        problems.add(
            "out_of_range",
            &at,
            format!(
                "{at} is {}; it must be from 0 to 1, such as \"0.30\".",
                normal_text(item.weight)
            ),
        );
    }
    let agree = match item.direction {
        Direction::Max => item.hundred > item.zero,
        Direction::Min => item.hundred < item.zero,
    };
    if !agree {
        let (example_zero, example_hundred) = match item.direction {
            Direction::Max => ("0", "5"),
            Direction::Min => ("1000000", "100000"),
        };
        problems.push(
            Problem::new(
                "anchors_contradict",
                join(path, "hundred"),
                format!(
                    "{path} has direction {} but zero (worst) is {} and hundred (best) is {}; \
                     use for example zero \"{example_zero}\" and hundred \"{example_hundred}\".",
                    item.direction.word(),
                    normal_text(item.zero),
                    normal_text(item.hundred),
                ),
            )
            .with("direction", item.direction.word())
            .with("zero", normal_text(item.zero))
            .with("hundred", normal_text(item.hundred)),
        );
    }
}

/// Every id once and not blank; `None` stands for an id that could not be read.
pub(crate) fn unique_ids(list: &str, ids: &[Option<&str>], problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (position, id) in ids.iter().enumerate() {
        let Some(id) = id else { continue };
        let at = format!("{list}[{position}].id");
        if id.trim().is_empty() {
            problems.add("blank", &at, format!("{at} is empty; give some text."));
        } else if !seen.insert(*id) {
            problems.push(
                Problem::new(
                    "duplicate_id",
                    &at,
                    format!(
                        "{at} \"{id}\" is used twice; each id stands once, such as \"a\" and \"b\"."
                    ),
                )
                .with("id", *id),
            );
        }
    }
}

/// The weights sum to exactly 1, without any tolerance.
pub(super) fn weights_sum_to_one(weights: &[Decimal], problems: &mut Problems) {
    if weights.is_empty() {
        problems.add(
            "empty",
            "criteria",
            "criteria is empty; give at least one, with weight \"1\".",
        );
        return;
    }
    let sum = weights
        .iter()
        .try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight));
    if sum != Some(Decimal::ONE) {
        let sum = sum.map_or_else(|| "too large".to_owned(), normal_text);
        problems.push(
            Problem::new(
                "weights_not_one",
                "criteria",
                format!(
                    "The weights of criteria sum to {sum}; they must sum to exactly 1, such as \
                     \"0.60\" and \"0.40\"."
                ),
            )
            .with("sum", sum),
        );
    }
}

/// What may stand among the scores: the criteria, and the further values that break ties.
pub(super) fn known_scores<'a>(
    criteria: impl Iterator<Item = &'a str>,
    tie_break: &'a [TieKey],
) -> BTreeSet<&'a str> {
    criteria
        .chain(tie_break.iter().map(|key| key.key.as_str()))
        .collect()
}

/// No score for a criterion that does not exist.
pub(super) fn known_only(
    application: &Application,
    path: &str,
    known: &BTreeSet<&str>,
    problems: &mut Problems,
) {
    for id in application.scores.keys() {
        if !known.contains(id.as_str()) {
            let at = join(path, id);
            let list = known.iter().copied().collect::<Vec<_>>().join(", ");
            problems.push(
                Problem::new(
                    "unknown_criterion",
                    &at,
                    format!("{at} is not a criterion here; the criteria are {list}."),
                )
                .with("known", list),
            );
        }
    }
}

/// Samples and concentration within their bounds.
pub(super) fn stability(spread: &Stability, problems: &mut Problems) {
    let mut bounded = |path: &str, value: u32, high: u32| {
        if value == 0 || value > high {
            problems.add(
                "out_of_range",
                path,
                format!("{path} is {value}; it must be a whole number from 1 to {high}."),
            );
        }
    };
    bounded("stability.samples", spread.samples, SAMPLES_MAX);
    if let WeightSpread::Dirichlet { concentration } = spread.weights {
        bounded("stability.concentration", concentration, CONCENTRATION_MAX);
    }
}

/// The whole of the sampling ends within seconds.
pub(super) fn sampling_work(
    spread: &Stability,
    applications: usize,
    criteria: usize,
    pairwise: bool,
    problems: &mut Problems,
) {
    // Every pair is one comparison more, counted once.
    let pairs = if pairwise { applications / 2 } else { 0 };
    let work = [applications, criteria.saturating_add(pairs)]
        .into_iter()
        .map(|count| u64::try_from(count).unwrap_or(u64::MAX))
        .fold(u64::from(spread.samples), u64::saturating_mul);
    if work > SAMPLING_WORK_MAX {
        problems.push(
            Problem::new(
                "too_many",
                "stability.samples",
                format!(
                    "stability.samples × applications × criteria is {work}; at most \
                     {SAMPLING_WORK_MAX} is allowed, so draw fewer samples, such as 10000."
                ),
            )
            .with("most", SAMPLING_WORK_MAX.to_string()),
        );
    }
}
