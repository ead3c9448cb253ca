//! Takes the four steps, ranks after each, and tells every application what each step did.
use std::collections::{BTreeMap, BTreeSet};

use explain::Problems;
use money::{Decimal, round_half_away};

use super::{Moved, Moves, Part, Reason, Request, Step};
use crate::rank::{
    self, Application, Criterion, Ranked, Source, by_id, comparable, evaluate_checked,
};

/// Contributions are compared to as many places as scores.
const PLACES: u32 = 12;

type Scores = BTreeMap<String, Option<Decimal>>;
/// Applications by id.
type Table = BTreeMap<String, Scores>;
type Places = BTreeMap<String, Ranked>;

/// Compares two rankings; what they ask beside the ranks does not matter here.
pub fn evaluate(request: &Request) -> Result<Moves, Problems> {
    let mut problems = Problems::new();
    for (side, ranking) in [("before", &request.before), ("after", &request.after)] {
        problems.extend(super::under(side, rank::check_typed(ranking)));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let stages = stages(request);
    let mut ranked = Vec::with_capacity(stages.len());
    for (criteria, table) in stages {
        match places(&criteria, table, &mut problems) {
            Some(places) => ranked.push(places),
            None => return Err(problems),
        }
    }
    let ids: BTreeSet<&String> = ranked.iter().flat_map(BTreeMap::keys).collect();
    let mut applications: Vec<Moved> = ids.into_iter().map(|id| moved(id, &ranked)).collect();
    applications.sort_by_key(|each| {
        let last = |rank: Option<u32>| rank.unwrap_or(u32::MAX);
        (last(each.rank_after), last(each.rank_before))
    });
    Ok(Moves { applications })
}

/// Criteria and scores before, after the rules, after the weights, after the data, afterwards.
fn stages(request: &Request) -> [(Vec<Criterion>, Table); 5] {
    let (before, after) = (&request.before, &request.after);
    let old: BTreeMap<&str, &Criterion> = before
        .criteria
        .iter()
        .map(|criterion| (criterion.id.as_str(), criterion))
        .collect();
    let new_criteria = by_id(&after.criteria);
    let ruled: Vec<Criterion> = new_criteria
        .iter()
        .map(|criterion| Criterion {
            weight: old
                .get(criterion.id.as_str())
                .map_or(criterion.weight, |old| old.weight),
            ..criterion.clone()
        })
        .collect();
    let (first, last) = (table(&before.applications), table(&after.applications));
    let came_rule = |id: &str| !old.contains_key(id);
    let by_people = |id: &str| {
        new_criteria
            .iter()
            .any(|each| each.id == id && each.source == Some(Source::Reviewers))
    };
    let with_rules = mixed(&first, &last, came_rule);
    // Those who came bring all their scores at once; those who went take them along.
    let mut with_data = last.clone();
    for (id, scores) in &mut with_data {
        if let Some(earlier) = with_rules.get(id) {
            *scores = mixed_scores(earlier, scores, |criterion| !by_people(criterion));
        }
    }
    [
        (by_id(&before.criteria), first),
        (ruled, with_rules.clone()),
        (new_criteria.clone(), with_rules),
        (new_criteria.clone(), with_data),
        (new_criteria, last),
    ]
}

fn table(applications: &[Application]) -> Table {
    applications
        .iter()
        .map(|each| (each.id.clone(), each.scores.clone()))
        .collect()
}

/// The earlier table with the later scores of some criteria; who is in it does not change.
fn mixed(earlier: &Table, later: &Table, take: impl Fn(&str) -> bool) -> Table {
    earlier
        .iter()
        .map(|(id, scores)| {
            let mixed = later.get(id).map_or_else(
                || scores.clone(),
                |later| mixed_scores(scores, later, &take),
            );
            (id.clone(), mixed)
        })
        .collect()
}

fn mixed_scores(earlier: &Scores, later: &Scores, take: impl Fn(&str) -> bool) -> Scores {
    let kept = earlier.iter().filter(|(id, _)| !take(id));
    let taken = later.iter().filter(|(id, _)| take(id));
    kept.chain(taken)
        .map(|(id, score)| (id.clone(), *score))
        .collect()
}

fn places(criteria: &[Criterion], table: Table, problems: &mut Problems) -> Option<Places> {
    let applications: Vec<Application> = table
        .into_iter()
        .map(|(id, scores)| Application {
            id,
            scores,
            cost: None,
        })
        .collect();
    let ranked = evaluate_checked(criteria, &applications, problems)?;
    Some(
        ranked
            .into_iter()
            .map(|each| (each.id.clone(), each))
            .collect(),
    )
}

fn moved<'a>(id: &str, stages: &'a [Places]) -> Moved {
    let at = |stage: Option<&'a Places>| stage.and_then(|places| places.get(id));
    let (before, after) = (at(stages.first()), at(stages.last()));
    let steps = Reason::ALL
        .into_iter()
        .zip(stages.windows(2))
        .filter_map(|(reason, pair)| step(reason, at(pair.first()), at(pair.last())))
        .collect();
    let rank = |ranked: Option<&Ranked>| ranked.and_then(|each| each.rank);
    let score = |ranked: Option<&Ranked>| ranked.and_then(comparable);
    Moved {
        id: id.to_owned(),
        rank_before: rank(before),
        rank_after: rank(after),
        score_before: score(before),
        score_after: score(after),
        came: before.is_none(),
        went: after.is_none(),
        steps,
    }
}

/// What one step did; `None` when nothing.
fn step(reason: Reason, from: Option<&Ranked>, to: Option<&Ranked>) -> Option<Step> {
    let (from_score, to_score) = (from.and_then(comparable), to.and_then(comparable));
    let step = Step {
        reason,
        score_change: from_score.zip(to_score).map(|(from, to)| to - from),
        rank_before: from.and_then(|each| each.rank),
        rank_after: to.and_then(|each| each.rank),
        parts: parts(from, to),
    };
    let same = from_score == to_score
        && step.rank_before == step.rank_after
        && step.parts.is_empty()
        && from.is_some() == to.is_some();
    (!same).then_some(step)
}

fn parts(from: Option<&Ranked>, to: Option<&Ranked>) -> Vec<Part> {
    let contributions = |ranked: Option<&Ranked>| -> BTreeMap<String, Decimal> {
        let parts = ranked.into_iter().flat_map(|each| &each.contributions);
        parts
            .map(|part| (part.criterion.clone(), round_half_away(part.value, PLACES)))
            .collect()
    };
    let (from, to) = (contributions(from), contributions(to));
    let ids: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    ids.into_iter()
        .map(|id| Part {
            criterion: id.clone(),
            from: from.get(id).copied(),
            to: to.get(id).copied(),
        })
        .filter(|part| part.from != part.to)
        .collect()
}
