//! What stands against the settings of a draft that rank and select: how many reviews, how weights
//! are varied, where ties break, which fairness rules hold. The other settings stay as they were.
use std::collections::{BTreeMap, BTreeSet};

use explain::{Problem, Problems, json::Json, read, read::Fields};
use money::{Decimal, Hkd};
use serde_json::Value;

use crate::rule_catalogue::Codes;

/// Settings that a draft may change; each may have a note that says where it comes from.
const EDITABLE: [&str; 10] = [
    "machine_read",
    "anchors",
    "reviews_min",
    "stability",
    "line_robust",
    "severity",
    "tie_break",
    "confirm_above",
    "appeal_days",
    "constraints",
];
/// Most reviews that may be asked for; more people never read one application.
const REVIEWS_MAX: i64 = 20;
/// Most days for asking for a review of a decision.
const APPEAL_DAYS_MAX: i64 = 365;
/// Most keys that break a tie, as the ranking takes them.
const TIE_KEYS_MAX: usize = 10;
/// Most entries in one list of fairness rules.
const RULES_MAX: usize = 100;
/// How strict and lenient reviewers are dealt with.
const SEVERITY: [(&str, ()); 3] = [("off", ()), ("beside", ()), ("adjusted", ())];
const MEASURES: [(&str, bool); 2] = [("spend", true), ("count", false)];

/// Checks the settings of a draft against those of the version it is based on.
pub(crate) fn check(
    (body, base): (&Value, &Value),
    dimensions: &BTreeSet<String>,
    codes: &Codes,
    problems: &mut Problems,
) {
    fixed(&body["settings"], &base["settings"], problems);
    let settings = Json::from(&body["settings"]);
    let fields = Fields::of(&settings, "settings", problems);
    fields.integer("reviews_min", 1, REVIEWS_MAX, problems);
    fields.want("stability", problems, |json, path, problems| {
        stability(json, path, problems);
        Some(())
    });
    fields.want("line_robust", problems, line_robust);
    fields.want("severity", problems, |json, path, problems| {
        read::one_of(json, path, &SEVERITY, problems)
    });
    fields.want("confirm_above", problems, not_negative);
    fields.integer("appeal_days", 1, APPEAL_DAYS_MAX, problems);
    let mut seen = BTreeSet::new();
    fields.list(
        "tie_break",
        TIE_KEYS_MAX,
        problems,
        |json, path, problems| tie_key(json, path, dimensions, &mut seen, problems),
    );
    fields.want("constraints", problems, |json, path, problems| {
        constraints(json, path, codes, problems);
        Some(())
    });
}

/// SROI conventions, bands and cost sharing change with the programme, not with its rubric.
fn fixed(settings: &Value, base: &Value, problems: &mut Problems) {
    let entries = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let (now, before) = (entries(settings), entries(base));
    let keys: BTreeSet<&String> = now.keys().chain(before.keys()).collect();
    for key in keys {
        let setting = key.strip_suffix("_source").unwrap_or(key);
        if EDITABLE.contains(&setting) || now.get(key) == before.get(key) {
            continue;
        }
        let at = format!("settings.{key}");
        let message = format!(
            "{at} decides how social value and shares of cost are computed and stays as in the version \
             before; take the change back."
        );
        problems.add("fixed_value", &at, message);
    }
}

fn stability(json: &Json, path: &str, problems: &mut Problems) {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["samples", "seed", "weights", "concentration"], problems);
    let most = i64::from(ranking::rank::SAMPLES_MAX);
    fields.integer("samples", 1, most, problems);
    fields.integer("seed", 0, i64::MAX, problems);
    let spread = fields.want("weights", problems, |json, path, problems| {
        let known = [("dirichlet", true), ("uniform", false)];
        read::one_of(json, path, &known, problems)
    });
    let most = i64::from(ranking::rank::CONCENTRATION_MAX);
    let whole = |json: &Json, path: &str, problems: &mut Problems| {
        read::integer(json, path, 1, most, problems)
    };
    if spread == Some(true) {
        fields.want("concentration", problems, whole);
    } else {
        fields.given("concentration", problems, whole);
    }
}

/// A share of weightings: more than half, or a place would be robust on both sides of the line.
fn line_robust(json: &Json, path: &str, problems: &mut Problems) -> Option<()> {
    let share = read::decimal(json, path, problems)?;
    if share <= Decimal::new(5, 1) || share > Decimal::ONE {
        let message = format!("{path} must be above 0.5 and at most 1, such as \"0.95\".");
        problems.add("robust_out_of_range", path, message);
    }
    Some(())
}

fn not_negative(json: &Json, path: &str, problems: &mut Problems) -> Option<Decimal> {
    let amount: Hkd = read::hkd(json, path, problems)?;
    let amount = amount.decimal();
    if amount < Decimal::ZERO {
        let message =
            format!("{path} must not be negative; give an amount such as \"1000000.00\".");
        problems.add("negative", path, message);
        return None;
    }
    Some(amount)
}

/// `R2:max` or `cost:min`.
fn tie_key(
    json: &Json,
    path: &str,
    dimensions: &BTreeSet<String>,
    seen: &mut BTreeSet<String>,
    problems: &mut Problems,
) -> Option<()> {
    let text = read::text(json, path, problems)?;
    let known = text.split_once(':').filter(|(key, direction)| {
        let key_known = *key == "cost" || dimensions.contains(*key);
        key_known && ["max", "min"].contains(direction)
    });
    let Some((key, _)) = known else {
        let message = format!(
            "{path} \"{text}\" must be a dimension of the rubric or \"cost\", and \"max\" or \"min\", such \
             as \"cost:min\"."
        );
        problems.push(Problem::new("not_tie_key", path, message).with("example", "cost:min"));
        return None;
    };
    if !seen.insert(key.to_owned()) {
        let message = format!("{path} names \"{key}\" a second time; name each once.");
        problems.add("duplicate_id", path, message);
    }
    Some(())
}

fn constraints(json: &Json, path: &str, codes: &Codes, problems: &mut Problems) {
    let fields = Fields::of(json, path, problems);
    let known = [
        "small_share",
        "max_per_group",
        "at_most",
        "at_least",
        "exclusive",
        "requires",
    ];
    fields.refuse_unknown(&known, problems);
    fields.given("small_share", problems, read::share);
    fields.given("max_per_group", problems, |json, path, problems| {
        read::integer(json, path, 1, i64::from(u32::MAX), problems)
    });
    let mut limits = |key: &str| {
        let mut found: BTreeMap<String, Decimal> = BTreeMap::new();
        fields.given(key, problems, |json, path, problems| {
            read::list(json, path, RULES_MAX, problems, |json, path, problems| {
                let (rule, value) = limit(json, path, codes, problems)?;
                if found.insert(rule, value).is_some() {
                    let message = format!("{path} says again what an earlier rule says; keep one.");
                    problems.add("duplicate_id", path, message);
                }
                Some(())
            })
        });
        found
    };
    let (most, least) = (limits("at_most"), limits("at_least"));
    for (rule, least) in &least {
        if most.get(rule).is_some_and(|most| most < least) {
            let at = format!("{path}.at_least");
            let message = format!(
                "{at} asks for more of {rule} than at_most allows; raise the one or lower the other."
            );
            problems.add("limits_reversed", &at, message);
        }
    }
    applications(&fields, problems);
}

/// `{"dimension":"district","code":"kwun_tong","measure":"count","value":"4"}` as rule and value.
fn limit(
    json: &Json,
    path: &str,
    codes: &Codes,
    problems: &mut Problems,
) -> Option<(String, Decimal)> {
    let fields = Fields::of(json, path, problems);
    fields.refuse_unknown(&["dimension", "code", "measure", "value"], problems);
    let dimension = fields.text("dimension", problems);
    let code = fields.text("code", problems);
    let spend = fields.want("measure", problems, |json, path, problems| {
        read::one_of(json, path, &MEASURES, problems)
    });
    let value = fields.want("value", problems, |json, path, problems| match spend {
        Some(false) => count(json, path, problems),
        Some(true) | None => not_negative(json, path, problems),
    });
    let (dimension, code) = (dimension?, code?);
    match codes.get(dimension.as_str()) {
        None => {
            let known: Vec<&str> = codes.keys().copied().collect();
            let message = format!(
                "{path}.dimension \"{dimension}\" must be one of {}.",
                known.join(", ")
            );
            problems.add("unknown_group", format!("{path}.dimension"), message);
        }
        Some(known) if !known.contains(&code) => {
            let example = known.first().map_or("", String::as_str);
            let message = format!(
                "{path}.code \"{code}\" is no {dimension} of the reference lists; give one such as \
                 \"{example}\"."
            );
            problems.add("unknown_group", format!("{path}.code"), message);
        }
        Some(_) => {}
    }
    let measure = if spend? { "spend" } else { "count" };
    Some((format!("{dimension}:{code}:{measure}"), value?))
}

fn count(json: &Json, path: &str, problems: &mut Problems) -> Option<Decimal> {
    let count = read::decimal(json, path, problems)?;
    if count < Decimal::ZERO || count.fract() != Decimal::ZERO {
        let message = format!("{path} must be a whole number of applications, such as \"4\".");
        problems.add("not_count", path, message);
        return None;
    }
    Some(count)
}

/// Rules between applications: of which only one, and which only with another.
fn applications(fields: &Fields<'_>, problems: &mut Problems) {
    fields.given("exclusive", problems, |json, path, problems| {
        read::list(json, path, RULES_MAX, problems, |json, path, problems| {
            let ids = read::list(json, path, RULES_MAX, problems, read::text)?;
            let different: BTreeSet<&String> = ids.iter().collect();
            if ids.len() < 2 || different.len() < ids.len() {
                let message = format!(
                    "{path} needs two or more different applications, such as [\"DF-1\",\"DF-7\"]."
                );
                problems.add("wrong_count", path, message);
            }
            Some(())
        })
    });
    fields.given("requires", problems, |json, path, problems| {
        read::list(json, path, RULES_MAX, problems, |json, path, problems| {
            let fields = Fields::of(json, path, problems);
            fields.refuse_unknown(&["application", "needs"], problems);
            let application = fields.text("application", problems);
            let needs = fields.text("needs", problems);
            if application.is_some() && application == needs {
                let message = format!("{path} requires itself; name another application.");
                problems.add("requires_itself", path, message);
            }
            Some(())
        })
    });
}
