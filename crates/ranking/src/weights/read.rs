//! Reads `calc weights`, listing every problem at once; typed requests run the same checks.
use std::collections::BTreeSet;

use explain::{
    Problem, Problems,
    json::Json,
    read::{self, Fields},
};
use money::{Decimal, decimal_from_text, normal_text};

use super::{ITEMS_MAX, Judgement, Request};

/// The strongest judgement.
const STRONGEST: Decimal = Decimal::from_parts(9, 0, 0, false, 0);

/// Reads the JSON of `plumbline calc weights`.
pub fn read(body: &Json) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let fields = Fields::of(body, "", &mut problems);
    fields.format_one(&mut problems);
    fields.refuse_unknown(&["format", "items", "judgements"], &mut problems);
    let items = fields.list("items", ITEMS_MAX, &mut problems, read::text);
    let most = ITEMS_MAX * ITEMS_MAX;
    let judgements = fields.list("judgements", most, &mut problems, judgement);
    let request = items
        .zip(judgements)
        .map(|(items, judgements)| Request { items, judgements });
    if let Some(request) = &request {
        problems.extend(check(request));
    }
    problems.into_result(request)
}

fn judgement(json: &Json, path: &str, problems: &mut Problems) -> Option<Judgement> {
    let item = Fields::of(json, path, problems);
    item.refuse_unknown(&["a", "b", "value"], problems);
    let a = item.text("a", problems);
    let b = item.text("b", problems);
    let value = item.want("value", problems, value);
    Some(Judgement {
        a: a?,
        b: b?,
        value: value?,
    })
}

/// A decimal such as `2`, or a fraction of whole numbers such as `1/3`.
fn value(json: &Json, path: &str, problems: &mut Problems) -> Option<Decimal> {
    let text = if let Json::Text(text) = json {
        text.as_str()
    } else {
        return read::decimal(json, path, problems);
    };
    let parsed = match text.split_once('/') {
        None => decimal_from_text(text).ok(),
        Some((over, under)) => {
            let whole = |part: &str| part.parse::<u16>().ok().map(Decimal::from);
            whole(over)
                .zip(whole(under))
                .and_then(|(over, under)| over.checked_div(under))
        }
    };
    let within = parsed.filter(|value| allowed(*value));
    if within.is_none() {
        problems.push(
            Problem::new(
                "not_judgement",
                path,
                format!(
                    "{path} must be from \"1/9\" to \"9\", such as \"3\" where a is three times as \
                     important as b, or \"1/3\"."
                ),
            )
            .with("example", "1/3"),
        );
    }
    within
}

/// From 1/9, with as many places as an input may carry, to 9.
fn allowed(value: Decimal) -> bool {
    value >= Decimal::new(111_111, 6) && value <= STRONGEST
}

/// What must hold across the fields: known items, each pair once.
pub(super) fn check(request: &Request) -> Problems {
    let mut problems = Problems::new();
    let mut items = BTreeSet::new();
    for (position, item) in request.items.iter().enumerate() {
        if !items.insert(item.as_str()) {
            let at = format!("items[{position}]");
            let message = format!("{at} \"{item}\" is named twice; name each item once.");
            problems.add("duplicate_id", at, message);
        }
    }
    if items.is_empty() || request.items.len() > ITEMS_MAX {
        let message =
            format!("items must name 1 to {ITEMS_MAX} items, such as [\"R1\",\"R2\",\"R3\"].");
        problems.add("out_of_range", "items", message);
    }
    let mut pairs = BTreeSet::new();
    for (position, judgement) in request.judgements.iter().enumerate() {
        pair(&items, &mut pairs, position, judgement, &mut problems);
    }
    let mut open = Vec::new();
    let names: Vec<&str> = items.into_iter().collect();
    for (place, a) in names.iter().enumerate() {
        for b in names.iter().skip(place + 1) {
            if !pairs.contains(&(*a, *b)) {
                open.push(format!("{a}:{b}"));
            }
        }
    }
    if !open.is_empty() {
        let list = open.join(", ");
        problems.push(
            Problem::new(
                "incomplete",
                "judgements",
                format!("Every pair needs one judgement; these have none: {list}."),
            )
            .with("pairs", list),
        );
    }
    problems
}

fn pair<'a>(
    items: &BTreeSet<&str>,
    pairs: &mut BTreeSet<(&'a str, &'a str)>,
    position: usize,
    judgement: &'a Judgement,
    problems: &mut Problems,
) {
    let path = format!("judgements[{position}]");
    for (key, id) in [("a", &judgement.a), ("b", &judgement.b)] {
        if !items.contains(id.as_str()) {
            let known = items.iter().copied().collect::<Vec<_>>().join(", ");
            let at = format!("{path}.{key}");
            let message = format!("{at} \"{id}\" is not an item; the items are {known}.");
            problems.add("unknown_item", at, message);
        }
    }
    if !allowed(judgement.value) {
        let value = normal_text(judgement.value);
        let at = format!("{path}.value");
        let message = format!("{at} is {value}; it must be from 1/9 to 9, such as \"3\".");
        problems.add("not_judgement", at, message);
    }
    let (a, b) = (judgement.a.as_str(), judgement.b.as_str());
    if a == b {
        let message = format!("{path} compares \"{a}\" with itself; compare two items.");
        problems.add("same_item", path, message);
    } else if !pairs.insert((a.min(b), a.max(b))) {
        let message = format!("{path} judges {a} and {b} a second time; judge each pair once.");
        problems.add("duplicate_pair", path, message);
    }
}
