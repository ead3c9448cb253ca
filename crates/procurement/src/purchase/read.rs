//! Reading the question, so that all that is wrong in it comes out at once. A key that is not
//! there is unknown; null is stated as none where that means something, else unknown too.
use std::collections::{BTreeMap, BTreeSet};

use explain::{
    Problems,
    json::Json,
    read::{self, Fields, Given, join},
};
use money::Amount;

use super::{
    PARTS_MAX, Part, Purchase, Question, STEPS, Settings, Value,
    read_evidence::{quotations, refuse_contradiction, waiver},
};
use crate::{
    Method,
    request::{PURCHASES_MAX, amount_above_zero, category, refuse_repeated_ids},
    ruleset::{category_names, ruleset},
};

/// Categories of the rule set; none while those could not be read.
type Categories = Option<BTreeSet<String>>;

/// Reads a whole document.
pub fn read(body: &Json) -> Result<Question, Problems> {
    read_at(body, "")
}

/// Reads a question that stands at `path` in a larger document.
pub fn read_at(body: &Json, path: &str) -> Result<Question, Problems> {
    let mut problems = Problems::new();
    let question = question(body, path, &mut problems);
    problems.into_result(question)
}

fn question(body: &Json, path: &str, problems: &mut Problems) -> Option<Question> {
    let fields = Fields::of(body, path, problems);
    fields.format_one(problems);
    fields.refuse_unknown(&["format", "ruleset", "settings", "purchases"], problems);
    let rules = fields.want("ruleset", problems, ruleset);
    let categories = fields.get("ruleset").and_then(category_names);
    let settings = fields.given("settings", problems, |json, path, problems| {
        Some(Settings::read(json, path, problems))
    });
    let purchases = fields.list(
        "purchases",
        PURCHASES_MAX,
        problems,
        |json, at, problems| purchase(json, at, &categories, problems),
    );
    if let Some(json) = fields.get("purchases") {
        refuse_repeated_ids(json, &fields.path_of("purchases"), problems);
    }
    Some(Question {
        path: path.to_owned(),
        ruleset: rules?,
        settings: settings.into_option().unwrap_or_default(),
        purchases: purchases?,
    })
}

fn purchase(
    json: &Json,
    path: &str,
    categories: &Categories,
    problems: &mut Problems,
) -> Option<Purchase> {
    let fields = Fields::of(json, path, problems);
    let known = [
        "id",
        "requirement",
        "requested_on",
        "invited_on",
        "ordered_on",
        "parts",
        "accepted",
        "method",
        "quotations",
        "chosen",
        "lowest_reason",
        "waiver",
        "people",
        "interests",
    ];
    fields.refuse_unknown(&known, problems);
    let id = fields.text("id", problems);
    let requirement = fields.given("requirement", problems, read::text);
    let mut date = |key: &str| fields.given(key, problems, read::date).into_option();
    let (requested_on, invited_on, ordered_on) =
        (date("requested_on"), date("invited_on"), date("ordered_on"));
    let parts = fields.given("parts", problems, |json, path, problems| {
        read::list(json, path, PARTS_MAX, problems, |json, at, problems| {
            Some(part(json, at, categories, problems))
        })
    });
    let accepted = fields.given("accepted", problems, value);
    let method = fields.given("method", problems, |json, path, problems| {
        read::one_of(json, path, &Method::WORDS, problems)
    });
    let quotations = fields.given("quotations", problems, quotations);
    let chosen = fields.given("chosen", problems, read::text);
    let lowest_reason = fields.given("lowest_reason", problems, read::text);
    let waiver = fields.given("waiver", problems, waiver);
    let people = fields.given("people", problems, people);
    let interests = fields.given("interests", problems, interests);
    let purchase = Purchase {
        id: id?,
        requirement,
        requested_on,
        invited_on,
        ordered_on,
        // No part at all says nothing about the value.
        parts: parts.into_option().filter(|parts| !parts.is_empty()),
        accepted: accepted.into_option().unwrap_or_default(),
        method: method.into_option(),
        quotations: quotations.into_option().unwrap_or_default(),
        chosen: chosen.into_option(),
        lowest_reason,
        waiver,
        people: people.into_option().unwrap_or_default(),
        interests: interests.into_option().unwrap_or_default(),
    };
    refuse_contradiction(&purchase, path, problems);
    Some(purchase)
}

fn part(json: &Json, path: &str, categories: &Categories, problems: &mut Problems) -> Part {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["category", "estimated"], problems);
    let category = fields.given("category", problems, |json, path, problems| {
        category(json, path, categories.as_ref(), problems)
    });
    let estimated = fields.given("estimated", problems, value);
    Part {
        category: category.into_option(),
        estimated: estimated.into_option().unwrap_or_default(),
    }
}

/// `{"item":"40000.00","maintenance":null}`: maintenance null = stated as none.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape that the reader of a field has"
)]
fn value(json: &Json, path: &str, problems: &mut Problems) -> Option<Value> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["item", "maintenance"], problems);
    let item = fields.given("item", problems, amount_above_zero);
    let maintenance = fields.given("maintenance", problems, amount_from_zero);
    Some(Value {
        item: item.into_option(),
        maintenance: match maintenance {
            Given::Missing => None,
            Given::None => Some(Amount::ZERO),
            Given::Some(amount) => Some(amount),
        },
    })
}

pub(super) fn amount_from_zero(json: &Json, path: &str, problems: &mut Problems) -> Option<Amount> {
    let amount = read::amount(json, path, problems)?;
    if amount < Amount::ZERO {
        problems.add(
            "negative",
            path,
            format!("{path} is {amount}; give zero or more, such as \"4000.00\"."),
        );
        return None;
    }
    Some(amount)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape that the reader of a field has"
)]
fn people(
    json: &Json,
    path: &str,
    problems: &mut Problems,
) -> Option<BTreeMap<&'static str, String>> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&STEPS, problems);
    let stated = STEPS.into_iter().filter_map(|step| {
        let person = fields.given(step, problems, read::text).into_option();
        person.map(|person| (step, person))
    });
    Some(stated.collect())
}

/// Each person who declared, and whether there is an interest; null = not declared yet.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape that the reader of a field has"
)]
fn interests(json: &Json, path: &str, problems: &mut Problems) -> Option<BTreeMap<String, bool>> {
    let fields = Fields::of(json, path, problems);
    let mut stated = BTreeMap::new();
    for person in fields.keys() {
        let declared = fields.given(person, problems, read::boolean);
        if person.trim().is_empty() {
            let at = join(path, person);
            problems.add(
                "blank",
                &at,
                format!("{at} names nobody; give a person, such as \"p1\"."),
            );
        } else if let Given::Some(declared) = declared {
            stated.insert(person.to_owned(), declared);
        }
    }
    Some(stated)
}
