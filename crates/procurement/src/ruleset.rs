//! The rule file: dated versions, each with tiers per category. Documentation fields are let
//! through; what decides a purchase is checked in full when it is read.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use explain::{
    Problems,
    json::Json,
    read::{self, Fields, join},
};
use money::Amount;
use serde_json::{Value, json};

use crate::{
    periods,
    tiers::{self, Band as _},
};

/// Most versions of one rule set.
const VERSIONS_MAX: usize = 100;
/// Most tiers of one category.
const TIERS_MAX: usize = 50;
/// Most quotations a tier may ask for.
const QUOTATIONS_MAX: i64 = 99;

/// How a purchase is made; a later one is the stricter one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Neither quotation nor tender.
    Exempt,
    /// Quotations.
    Quotation,
    /// Tender.
    Tender,
}

impl Method {
    pub(crate) const WORDS: [(&'static str, Self); 3] = [
        ("exempt", Self::Exempt),
        ("quotation", Self::Quotation),
        ("tender", Self::Tender),
    ];

    /// The word in rule files and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Quotation => "quotation",
            Self::Tender => "tender",
        }
    }
}

/// The form in which an offer may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// In writing.
    Written,
    /// By word of mouth, noted down.
    Oral,
}

impl Form {
    pub(crate) const WORDS: [(&'static str, Self); 2] =
        [("written", Self::Written), ("oral", Self::Oral)];

    /// The word in rule files and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Oral => "oral",
        }
    }
}

/// One band of amounts and what it requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Amounts above this, exclusive.
    pub over: Amount,
    /// Up to this, inclusive; none = no upper end.
    pub up_to: Option<Amount>,
    /// The method.
    pub method: Method,
    /// Least number of quotations; zero unless the method is quotation.
    pub quotations_min: u8,
    /// Forms accepted, in the order of the rule file.
    pub forms: Vec<Form>,
}

impl Tier {
    /// Whether an amount falls in this band.
    pub fn holds(&self, amount: Amount) -> bool {
        self.has(amount)
    }
}

/// The tiers in force between two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its name.
    pub version: String,
    /// First day; none = since always.
    pub effective_from: Option<NaiveDate>,
    /// Last day; none = until further notice.
    pub effective_to: Option<NaiveDate>,
    /// Tiers of each category, lowest first, without gap or overlap.
    pub tiers: BTreeMap<String, Vec<Tier>>,
}

impl Version {
    /// Whether a day falls in the period of this version.
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.effective_from.is_none_or(|from| from <= day)
            && self.effective_to.is_none_or(|to| day <= to)
    }
}

/// A rule set whose tiers cover every amount once and whose versions cover every day once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruleset {
    /// Stable id.
    pub id: String,
    /// What may be bought.
    pub categories: BTreeSet<String>,
    /// Versions, earliest first.
    pub versions: Vec<Version>,
}

impl Ruleset {
    /// The version in force on a day; none before the first or after the last.
    pub fn version_on(&self, day: NaiveDate) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| version.is_in_force(day))
    }

    /// What decides purchases, for hashing: no documentation, normalised decimals.
    pub(crate) fn normal_json(&self) -> Value {
        let versions: Vec<Value> = self.versions.iter().map(Version::normal_json).collect();
        json!({ "ruleset_id": self.id, "categories": self.categories, "versions": versions })
    }
}

impl Version {
    fn normal_json(&self) -> Value {
        let tiers: BTreeMap<&str, Vec<Value>> = self
            .tiers
            .iter()
            .map(|(category, tiers)| {
                let tiers = tiers.iter().map(Tier::normal_json).collect();
                (category.as_str(), tiers)
            })
            .collect();
        json!({
            "version": self.version,
            "effective_from": self.effective_from.map(|day| day.to_string()),
            "effective_to": self.effective_to.map(|day| day.to_string()),
            "tiers": tiers,
        })
    }
}

impl Tier {
    fn normal_json(&self) -> Value {
        let forms: Vec<&str> = self.forms.iter().map(|form| form.word()).collect();
        json!({
            "over_hkd": self.over.to_string(),
            "up_to_hkd": self.up_to.map(|up_to| up_to.to_string()),
            "method": self.method.word(),
            "min_quotations": self.quotations_min,
            "accepted_forms": forms,
        })
    }
}

/// Reads a whole rule file.
pub fn read_ruleset(body: &Json) -> Result<Ruleset, Problems> {
    let mut problems = Problems::new();
    let ruleset = ruleset(body, "", &mut problems);
    problems.into_result(ruleset)
}

pub(crate) fn ruleset(json: &Json, path: &str, problems: &mut Problems) -> Option<Ruleset> {
    let fields = Fields::of(json, path, problems);
    let id = fields.text("ruleset_id", problems);
    refuse_other_boundaries(&fields, problems);
    let categories = categories(&fields, problems);
    let versions = fields.list(
        "versions",
        VERSIONS_MAX,
        problems,
        |json, path, problems| version(json, path, categories.as_ref(), problems),
    );
    let versions = periods::in_order(versions?, &fields.path_of("versions"), problems);
    refuse_duplicate_keys(json, path, problems);
    Some(Ruleset {
        id: id?,
        categories: categories?,
        versions,
    })
}

/// The categories alone, so that purchases are checked against them beside other problems.
pub(crate) fn category_names(json: &Json) -> Option<BTreeSet<String>> {
    let mut ignored = Problems::new();
    categories(&Fields::of(json, "", &mut ignored), &mut ignored)
}

fn categories(fields: &Fields<'_>, problems: &mut Problems) -> Option<BTreeSet<String>> {
    fields.want("categories", problems, |json, path, problems| {
        let inner = Fields::of(json, path, problems);
        let names: BTreeSet<String> = inner.keys().map(str::to_owned).collect();
        if names.is_empty() {
            problems.add(
                "no_categories",
                path,
                format!("{path} names no category; give one, such as {{\"goods\":{{…}}}}."),
            );
            return None;
        }
        Some(names)
    })
}

/// Looks into the documentation fields too, which nothing else reads.
fn refuse_duplicate_keys(json: &Json, path: &str, problems: &mut Problems) {
    match json {
        Json::Object(entries) => {
            let mut seen = BTreeSet::new();
            for (key, item) in entries {
                let at = join(path, key);
                let listed = || {
                    let known = problems.as_slice();
                    known
                        .iter()
                        .any(|p| p.code == "duplicate_key" && p.path == at)
                };
                if !seen.insert(key) && !listed() {
                    let message = format!("{at} is given twice; give it once.");
                    problems.add("duplicate_key", &at, message);
                }
                refuse_duplicate_keys(item, &at, problems);
            }
        }
        Json::List(items) => {
            for (position, item) in items.iter().enumerate() {
                refuse_duplicate_keys(item, &format!("{path}[{position}]"), problems);
            }
        }
        Json::Null | Json::Bool(_) | Json::Integer(_) | Json::Fraction | Json::Text(_) => {}
    }
}

/// "Over" is exclusive and "up to" inclusive; a file that means otherwise must not be misread.
fn refuse_other_boundaries(fields: &Fields<'_>, problems: &mut Problems) {
    let Some(json) = fields.get("boundary_rule") else {
        return;
    };
    let path = fields.path_of("boundary_rule");
    let inner = Fields::of(json, &path, problems);
    for (key, expected) in [("over", "exclusive"), ("up_to", "inclusive")] {
        if let Some(stated) = inner.get(key) {
            let at = join(&path, key);
            read::one_of(stated, &at, &[(expected, ())], problems);
        }
    }
}

fn version(
    json: &Json,
    path: &str,
    categories: Option<&BTreeSet<String>>,
    problems: &mut Problems,
) -> Option<Version> {
    let fields = Fields::of(json, path, problems);
    let version = fields.text("version", problems);
    let effective_from = fields.want("effective_from", problems, date_or_none);
    let effective_to = fields.want("effective_to", problems, date_or_none);
    let tiers = fields.want("tiers", problems, |json, path, problems| {
        tiers_by_category(json, path, categories, problems)
    });
    Some(Version {
        version: version?,
        effective_from: effective_from?,
        effective_to: effective_to?,
        // Unreadable tiers have left their problems; the dates are compared all the same.
        tiers: tiers.unwrap_or_default(),
    })
}

#[expect(
    clippy::option_option,
    reason = "unreadable and stated as none are different"
)]
fn date_or_none(json: &Json, path: &str, problems: &mut Problems) -> Option<Option<NaiveDate>> {
    if *json == Json::Null {
        return Some(None);
    }
    read::date(json, path, problems).map(Some)
}

fn tiers_by_category(
    json: &Json,
    path: &str,
    categories: Option<&BTreeSet<String>>,
    problems: &mut Problems,
) -> Option<BTreeMap<String, Vec<Tier>>> {
    let fields = Fields::of(json, path, problems);
    let keys: BTreeSet<&str> = fields.keys().collect();
    if let Some(categories) = categories {
        for key in keys.iter().filter(|key| !categories.contains(**key)) {
            unknown_category(&join(path, key), key, categories, problems);
        }
        for category in categories {
            if !keys.contains(category.as_str()) {
                let at = join(path, category);
                problems.add(
                    "missing",
                    &at,
                    format!("{at} is missing; give the tiers of {category}, such as [{{…}}]."),
                );
            }
        }
    }
    let read_tiers: Vec<Option<(String, Vec<Tier>)>> = keys
        .into_iter()
        .map(|key| {
            let list = fields.list(key, TIERS_MAX, problems, tier)?;
            let list = tiers::in_order(list, &join(path, key), problems);
            Some((key.to_owned(), list))
        })
        .collect();
    read_tiers.into_iter().collect()
}

pub(crate) fn unknown_category(
    at: &str,
    category: &str,
    categories: &BTreeSet<String>,
    problems: &mut Problems,
) {
    let known: Vec<&str> = categories.iter().map(String::as_str).collect();
    let known = known.join(", ");
    problems.push(
        explain::Problem::new(
            "unknown_category",
            at,
            format!("{at}: \"{category}\" is not a category of the rule set; use one of {known}."),
        )
        .with("known", known),
    );
}

fn tier(json: &Json, path: &str, problems: &mut Problems) -> Option<Tier> {
    let fields = Fields::of(json, path, problems);
    let over = fields.amount("over_hkd", problems);
    let up_to = fields.want("up_to_hkd", problems, |json, path, problems| {
        if *json == Json::Null {
            return Some(None);
        }
        read::amount(json, path, problems).map(Some)
    });
    let method = fields.want("method", problems, |json, path, problems| {
        read::one_of(json, path, &Method::WORDS, problems)
    });
    let quotations_min = fields.integer("min_quotations", 0, QUOTATIONS_MAX, problems);
    let forms = fields.list(
        "accepted_forms",
        Form::WORDS.len(),
        problems,
        |json, path, problems| read::one_of(json, path, &Form::WORDS, problems),
    );
    let tier = Tier {
        over: over?,
        up_to: up_to?,
        method: method?,
        quotations_min: u8::try_from(quotations_min?).ok()?,
        forms: forms?,
    };
    tiers::refuse_contradiction(&tier, path, problems);
    Some(tier)
}
