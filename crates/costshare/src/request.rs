//! What is asked of the calculator, read so that all problems of a document come out at once.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use explain::{
    FinancialYear, Problems, input_hash,
    json::Json,
    read::{self, Fields, Given, join},
};
use money::Hkd;
use serde_json::{Value, json};

use crate::{
    pool::{self, Pool},
    reserve::{self, Reserve},
    settings::{self, Settings},
};

/// Most pools in one request; a large organisation keeps a few dozen.
const POOLS_MAX: usize = 500;
/// Most projects in one request.
const PROJECTS_MAX: usize = 2_000;
/// Most codes in a list of exempt schemes; the published list is said to have 38.
const CODES_MAX: usize = 1_000;

/// One financial year of shared cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Where the request stands in a larger document; empty when it is the document.
    pub path: String,
    /// The year whose cost is apportioned.
    pub financial_year: FinancialYear,
    /// The pools, in the order given.
    pub pools: Vec<Pool>,
    /// The projects, in the order given.
    pub projects: Vec<Project>,
    /// The list of exempt schemes, when one was given.
    pub exempt_schemes: Option<ExemptSchemes>,
    /// The reserve and what its ceiling is measured by, when asked.
    pub reserve: Option<Reserve>,
    /// How the exemption is read, where a programme says so.
    pub settings: Option<Settings>,
    /// Whether the effect of the exemptions and the schedules are asked for.
    pub schedules: bool,
}

/// A project that may be exempt from apportionment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Unique within the request.
    pub id: String,
    /// The activity under which pools carry its weight, if it has one.
    pub activity: Option<String>,
    /// The fund or subsidy scheme; none = under no scheme, missing = unknown.
    pub scheme: Given<String>,
    /// First day; none and missing are both unknown.
    pub start: Option<NaiveDate>,
    /// Last day; none = open-ended, missing = unknown.
    pub end: Given<NaiveDate>,
    /// Whether it raises the employability of persons with disabilities; none = unknown. Looked
    /// at only while [`Settings::employability_inside_fsa`] is on.
    pub employability: Option<bool>,
}

/// The designated funds and schemes, as loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptSchemes {
    /// The day on which the list was true, if stated.
    pub as_at: Option<NaiveDate>,
    /// The codes.
    pub codes: BTreeSet<String>,
    /// Whether a scheme that is not listed is certainly not exempt; unstated is not complete.
    pub complete: bool,
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
    let known = [
        "format",
        "financial_year",
        "pools",
        "projects",
        "exempt_schemes",
        "reserve",
        "settings",
        "schedules",
    ];
    fields.refuse_unknown(&known, problems);
    let financial_year = fields.want("financial_year", problems, read::financial_year);
    let pools = fields.list("pools", POOLS_MAX, problems, pool::read);
    let projects = match fields.get("projects") {
        None => Some(Vec::new()),
        Some(_) => fields.list("projects", PROJECTS_MAX, problems, project),
    };
    let exempt_schemes = optional(&fields, "exempt_schemes", problems, exempt_schemes);
    let reserve = optional(&fields, "reserve", problems, reserve::read);
    let settings = optional(&fields, "settings", problems, settings::read);
    let schedules = optional(&fields, "schedules", problems, read::boolean);
    refuse_repeated_ids(&fields, "pools", problems);
    refuse_repeated_ids(&fields, "projects", problems);
    Some(Request {
        path: path.to_owned(),
        financial_year: financial_year?,
        pools: pools?,
        projects: projects?,
        exempt_schemes: exempt_schemes?,
        reserve: reserve?,
        settings: settings?,
        schedules: schedules?.unwrap_or(false),
    })
}

/// `Some(None)` when the key is missing, `None` when it could not be read.
#[expect(
    clippy::option_option,
    reason = "missing and unreadable are different, and both are local"
)]
pub(crate) fn optional<'a, T>(
    fields: &Fields<'a>,
    key: &str,
    problems: &mut Problems,
    read: impl FnOnce(&'a Json, &str, &mut Problems) -> Option<T>,
) -> Option<Option<T>> {
    match fields.get(key) {
        None => Some(None),
        Some(json) => read(json, &fields.path_of(key), problems).map(Some),
    }
}

/// Compares ids as written, so that a repeated id is found beside other problems.
pub(crate) fn refuse_repeated_ids(fields: &Fields<'_>, key: &str, problems: &mut Problems) {
    let Some(Json::List(items)) = fields.get(key) else {
        return;
    };
    let mut seen = BTreeSet::new();
    for (position, item) in items.iter().enumerate() {
        if let Json::Object(entries) = item
            && let Some((_, Json::Text(id))) = entries.iter().find(|(name, _)| name == "id")
            && !seen.insert(id.as_str())
        {
            let at = format!("{}[{position}].id", fields.path_of(key));
            problems.add(
                "duplicate_id",
                &at,
                format!("{at} \"{id}\" is used twice; give each of {key} its own id, such as \"{id}-2\"."),
            );
        }
    }
}

/// Whole cents, zero or more.
pub(crate) fn not_negative_hkd(json: &Json, path: &str, problems: &mut Problems) -> Option<Hkd> {
    let amount = read::hkd(json, path, problems)?;
    if amount < Hkd::ZERO {
        problems.add(
            "negative",
            path,
            format!("{path} is {amount}; it must be zero or more, such as \"250000.00\"."),
        );
        return None;
    }
    Some(amount)
}

fn project(json: &Json, path: &str, problems: &mut Problems) -> Option<Project> {
    let fields = Fields::of(json, path, problems);
    let known = ["id", "activity", "scheme", "start", "end", "employability"];
    fields.refuse_unknown(&known, problems);
    let id = fields.text("id", problems);
    let activity = fields.given("activity", problems, read::text).into_option();
    let scheme = fields.given("scheme", problems, read::text);
    let start = fields.given("start", problems, read::date).into_option();
    let end = fields.given("end", problems, read::date);
    let employability = fields
        .given("employability", problems, read::boolean)
        .into_option();
    if let (Some(start), Given::Some(end)) = (start, end)
        && end < start
    {
        let at = join(path, "end");
        problems.add(
            "end_before_start",
            &at,
            format!(
                "{at} {end} is before the start {start}; give a later day, or null when open-ended."
            ),
        );
    }
    Some(Project {
        id: id?,
        activity,
        scheme,
        start,
        end,
        employability,
    })
}

fn exempt_schemes(json: &Json, path: &str, problems: &mut Problems) -> Option<ExemptSchemes> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["as_at", "codes", "complete"], problems);
    let as_at = optional(&fields, "as_at", problems, read::date);
    let codes = fields.list("codes", CODES_MAX, problems, read::text);
    let complete = optional(&fields, "complete", problems, read::boolean);
    Some(ExemptSchemes {
        as_at: as_at?,
        codes: codes?.into_iter().collect(),
        complete: complete?.unwrap_or(false),
    })
}

impl Request {
    /// The hash of the input after defaults and with normalised decimals.
    pub fn input_hash(&self) -> String {
        input_hash(&self.normal_json())
    }

    fn normal_json(&self) -> Value {
        let mut out = json!({
            "format": 1,
            "financial_year": self.financial_year.to_string(),
            "pools": self.pools.iter().map(Pool::normal_json).collect::<Vec<_>>(),
            "projects": self.projects.iter().map(normal_project).collect::<Vec<_>>(),
        });
        if let Some(list) = &self.exempt_schemes {
            out["exempt_schemes"] = json!({
                "as_at": list.as_at.map(|day| day.to_string()),
                "codes": list.codes,
                "complete": list.complete,
            });
        }
        if let Some(reserve) = &self.reserve {
            out["reserve"] = reserve.normal_json();
        }
        // Left out where nobody asked, so that the hash of an older question stays what it was.
        if let Some(settings) = &self.settings {
            out["settings"] = settings.normal_json();
        }
        if self.schedules {
            out["schedules"] = json!(true);
        }
        out
    }
}

fn normal_project(project: &Project) -> Value {
    let mut out = json!({ "id": project.id });
    if let Some(activity) = &project.activity {
        out["activity"] = json!(activity);
    }
    match &project.scheme {
        Given::Missing => {}
        Given::None => out["scheme"] = Value::Null,
        Given::Some(scheme) => out["scheme"] = json!(scheme),
    }
    if let Some(start) = project.start {
        out["start"] = json!(start.to_string());
    }
    match project.end {
        Given::Missing => {}
        Given::None => out["end"] = Value::Null,
        Given::Some(end) => out["end"] = json!(end.to_string()),
    }
    if let Some(employability) = project.employability {
        out["employability"] = json!(employability);
    }
    out
}
