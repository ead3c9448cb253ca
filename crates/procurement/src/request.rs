//! What is asked of the calculator: a whole rule file and the purchases, read so that all
//! problems of both come out at once.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};
use money::Amount;

use crate::{
    Ruleset,
    ruleset::{self, category_names, unknown_category},
};

/// Most purchases in one request.
pub(crate) const PURCHASES_MAX: usize = 5_000;

/// A rule set and purchases to classify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Where the request stands in a larger document; empty when it is the document.
    pub path: String,
    /// The rule set as given.
    pub ruleset: Ruleset,
    /// The purchases, in the order given.
    pub purchases: Vec<Purchase>,
}

/// One purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// Unique within the request.
    pub id: String,
    /// The day that decides which version governs.
    pub date: NaiveDate,
    /// One of the rule set's categories.
    pub category: String,
    /// Its value, above zero.
    pub amount: Amount,
}

/// Reads a whole document.
pub fn read(body: &Json) -> Result<Request, Problems> {
    read_at(body, "")
}

/// Reads a request that stands at `path` in a larger document.
pub fn read_at(body: &Json, path: &str) -> Result<Request, Problems> {
    let mut problems = Problems::new();
    let request = request(body, path, &mut problems);
    problems.into_result(request)
}

fn request(body: &Json, path: &str, problems: &mut Problems) -> Option<Request> {
    let fields = Fields::of(body, path, problems);
    fields.format_one(problems);
    fields.refuse_unknown(&["format", "ruleset", "purchases"], problems);
    let ruleset = fields.want("ruleset", problems, ruleset::ruleset);
    let categories = fields.get("ruleset").and_then(category_names);
    let purchases = fields.list(
        "purchases",
        PURCHASES_MAX,
        problems,
        |json, at, problems| purchase(json, at, categories.as_ref(), problems),
    );
    if let Some(json) = fields.get("purchases") {
        refuse_repeated_ids(json, &fields.path_of("purchases"), problems);
    }
    Some(Request {
        path: path.to_owned(),
        ruleset: ruleset?,
        purchases: purchases?,
    })
}

fn purchase(
    json: &Json,
    path: &str,
    categories: Option<&BTreeSet<String>>,
    problems: &mut Problems,
) -> Option<Purchase> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["id", "date", "category", "amount"], problems);
    let id = fields.text("id", problems);
    let date = fields.want("date", problems, read::date);
    let category = fields.want("category", problems, |json, path, problems| {
        category(json, path, categories, problems)
    });
    let amount = fields.want("amount", problems, amount_above_zero);
    Some(Purchase {
        id: id?,
        date: date?,
        category: category?,
        amount: amount?,
    })
}

/// One of the rule set's categories; any text while those could not be read.
pub(crate) fn category(
    json: &Json,
    path: &str,
    categories: Option<&BTreeSet<String>>,
    problems: &mut Problems,
) -> Option<String> {
    let category = read::text(json, path, problems)?;
    match categories {
        Some(categories) if !categories.contains(&category) => {
            unknown_category(path, &category, categories, problems);
            None
        }
        Some(_) | None => Some(category),
    }
}

pub(crate) fn amount_above_zero(
    json: &Json,
    path: &str,
    problems: &mut Problems,
) -> Option<Amount> {
    let amount = read::amount(json, path, problems)?;
    if amount <= Amount::ZERO {
        problems.add(
            "not_above_zero",
            path,
            format!("{path} is {amount}; a purchase costs more than zero, such as \"5000.01\"."),
        );
        return None;
    }
    Some(amount)
}

/// Compares ids as written, so that a repeated id is found beside other problems.
pub(crate) fn refuse_repeated_ids(json: &Json, path: &str, problems: &mut Problems) {
    let Json::List(items) = json else {
        return;
    };
    let mut seen = BTreeSet::new();
    for (position, item) in items.iter().enumerate() {
        if let Json::Object(entries) = item
            && let Some((_, Json::Text(id))) = entries.iter().find(|(name, _)| name == "id")
            && !seen.insert(id.as_str())
        {
            let at = format!("{path}[{position}].id");
            problems.add(
                "duplicate_id",
                &at,
                format!("{at} \"{id}\" is used twice; give each purchase its own id, such as \"{id}-2\"."),
            );
        }
    }
}
