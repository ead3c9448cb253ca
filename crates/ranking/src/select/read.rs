//! Reads `calc select`, listing every problem at once.
use std::collections::{BTreeMap, BTreeSet};

use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};

use super::{
    APPLICATIONS_MAX, Application, Constraints, LEVELS_MAX, Level, Measure, PartRule, Parts,
    RULES_MAX, Request, Requirement, check, check_rules,
};
use crate::rank::unique_ids;

/// Most work that may be asked for.
const WORK_ASKED_MAX: i64 = 1_000_000_000;

/// Reads the JSON of `plumbline calc select`.
pub fn read(body: &Json) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    fields.refuse_unknown(
        &[
            "format",
            "budget",
            "applications",
            "constraints",
            "work_max",
        ],
        &mut problems,
    );
    let budget = fields.amount("budget", &mut problems);
    if let Some(budget) = budget {
        check::budget(budget, &mut problems);
    }
    let mut ids = Vec::new();
    let applications = fields.list(
        "applications",
        APPLICATIONS_MAX,
        &mut problems,
        |json, path, problems| application(json, path, &mut ids, problems),
    );
    if applications.as_ref().is_some_and(Vec::is_empty) {
        check::no_applications(&mut problems);
    }
    let borrowed: Vec<_> = ids.iter().map(Option::as_deref).collect();
    unique_ids("applications", &borrowed, &mut problems);
    let constraints = fields
        .given("constraints", &mut problems, |json, path, problems| {
            Some(constraints(json, path, problems))
        })
        .into_option()
        .unwrap_or_default();
    // Names can only be judged once every application is known.
    if let Some(applications) = &applications {
        check_rules::rules(applications, &constraints, &mut problems);
    }
    let work_max = fields
        .given("work_max", &mut problems, |json, path, problems| {
            read::integer(json, path, 1, WORK_ASKED_MAX, problems)
        })
        .into_option();
    let request = budget
        .zip(applications)
        .map(|(budget, applications)| Request {
            budget,
            applications,
            constraints,
            work_max: work_max.and_then(|work| u64::try_from(work).ok()),
        });
    problems.into_result(request)
}

fn application(
    json: &Json,
    path: &str,
    ids: &mut Vec<Option<String>>,
    problems: &mut Problems,
) -> Option<Application> {
    let item = Fields::of(json, path, problems);
    item.refuse_unknown(
        &["id", "group", "small", "cost", "score", "parts", "levels"],
        problems,
    );
    let id = item.text("id", problems);
    ids.push(id.clone());
    let group = item.text("group", problems);
    let small = item.want("small", problems, read::boolean);
    let cost = item.amount("cost", problems);
    if let Some(cost) = cost {
        check::cost(cost, path, problems);
    }
    let score = item.decimal("score", problems);
    if let Some(score) = score {
        check::score(score, path, problems);
    }
    let parts = item
        .given("parts", problems, |json, path, problems| {
            Some(parts(json, path, problems))
        })
        .into_option()
        .unwrap_or_default();
    check::parts(&parts, path, problems);
    let levels = item
        .given("levels", problems, |json, path, problems| {
            read::list(json, path, LEVELS_MAX, problems, level)
        })
        .into_option()
        .unwrap_or_default();
    check::levels(cost, &levels, path, problems);
    Some(Application {
        id: id?,
        group: group?,
        small: small?,
        cost: cost?,
        score: score?,
        parts,
        levels,
    })
}

fn parts(json: &Json, path: &str, problems: &mut Problems) -> BTreeMap<String, Parts> {
    let dimensions = Fields::of(json, path, problems);
    let keys: Vec<&str> = dimensions.keys().collect();
    keys.into_iter()
        .filter_map(|dimension| {
            let at = dimensions.path_of(dimension);
            let codes = Fields::of(dimensions.get(dimension)?, &at, problems);
            let shares = codes
                .keys()
                .filter_map(|code| Some((code.to_owned(), codes.share(code, problems)?)))
                .collect();
            Some((dimension.to_owned(), shares))
        })
        .collect()
}

fn level(json: &Json, path: &str, problems: &mut Problems) -> Option<Level> {
    let item = Fields::of(json, path, problems);
    item.refuse_unknown(&["id", "cost", "score"], problems);
    let id = item.text("id", problems);
    let cost = item.amount("cost", problems);
    if let Some(cost) = cost {
        check::cost(cost, path, problems);
    }
    let score = item.decimal("score", problems);
    if let Some(score) = score {
        check::score(score, path, problems);
    }
    Some(Level {
        id: id?,
        cost: cost?,
        score: score?,
    })
}

fn constraints(json: &Json, path: &str, problems: &mut Problems) -> Constraints {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(
        &[
            "small_share",
            "max_per_group",
            "at_most",
            "at_least",
            "exclusive",
            "requires",
            "codes",
        ],
        problems,
    );
    let small_share = fields
        .given("small_share", problems, read::share)
        .into_option();
    let max_per_group = fields
        .given("max_per_group", problems, |json, path, problems| {
            read::integer(json, path, 1, i64::from(u32::MAX), problems)
        })
        .into_option();
    Constraints {
        small_share,
        max_per_group: max_per_group.and_then(|most| u32::try_from(most).ok()),
        at_most: some_list(&fields, "at_most", problems, part_rule),
        at_least: some_list(&fields, "at_least", problems, part_rule),
        exclusive: some_list(&fields, "exclusive", problems, |json, path, problems| {
            read::list(json, path, APPLICATIONS_MAX, problems, read::text)
        }),
        requires: some_list(&fields, "requires", problems, requirement),
        codes: fields
            .given("codes", problems, |json, path, problems| {
                Some(codes(json, path, problems))
            })
            .into_option()
            .unwrap_or_default(),
    }
}

fn codes(json: &Json, path: &str, problems: &mut Problems) -> BTreeMap<String, BTreeSet<String>> {
    let fields = Fields::of(json, path, problems);
    let mut codes = BTreeMap::new();
    for dimension in fields.keys() {
        let listed = fields.list(dimension, APPLICATIONS_MAX, problems, read::text);
        codes.insert(
            dimension.to_owned(),
            listed.unwrap_or_default().into_iter().collect(),
        );
    }
    codes
}

fn some_list<T>(
    fields: &Fields<'_>,
    key: &str,
    problems: &mut Problems,
    read_one: impl FnMut(&Json, &str, &mut Problems) -> Option<T>,
) -> Vec<T> {
    fields
        .given(key, problems, |json, path, problems| {
            read::list(json, path, RULES_MAX, problems, read_one)
        })
        .into_option()
        .unwrap_or_default()
}

fn part_rule(json: &Json, path: &str, problems: &mut Problems) -> Option<PartRule> {
    let item = Fields::of(json, path, problems);
    item.refuse_unknown(&["dimension", "code", "measure", "value"], problems);
    let dimension = item.text("dimension", problems);
    let code = item.text("code", problems);
    let words = [("spend", Measure::Spend), ("count", Measure::Count)];
    let measure = item.want("measure", problems, |json, path, problems| {
        read::one_of(json, path, &words, problems)
    });
    let value = item.decimal("value", problems);
    Some(PartRule {
        dimension: dimension?,
        code: code?,
        measure: measure?,
        value: value?,
    })
}

fn requirement(json: &Json, path: &str, problems: &mut Problems) -> Option<Requirement> {
    let item = Fields::of(json, path, problems);
    item.refuse_unknown(&["application", "needs"], problems);
    let application = item.text("application", problems);
    let needs = item.text("needs", problems);
    Some(Requirement {
        application: application?,
        needs: needs?,
    })
}
