//! Reading the rows of the value map: price, shares, cohorts, evidence and ranges.
use std::collections::{BTreeMap, BTreeSet};

use explain::{
    Problems,
    json::Json,
    read::{self, Fields, Given},
};
use money::{Decimal, Share};

use crate::{
    read::count,
    read_record::read_outcome_record,
    types::{
        COHORTS_MAX, Cohort, Grade, OUTCOME_YEARS_MAX, OUTCOMES_MAX, Outcome, Parameter, Price,
        Range,
    },
};

/// The fields of an outcome; a form may keep more beside them, which it leaves out of the question.
pub const OUTCOME_FIELDS: [&str; 23] = [
    "id",
    "stakeholder",
    "name",
    "quantity",
    "start",
    "cohorts",
    "duration",
    "proxy",
    "unvalued_reason",
    "deadweight",
    "displacement",
    "attribution",
    "dropoff",
    "evidence_grade",
    "range",
    "sources",
    "reasons",
    "indicator",
    "proxy_unit",
    "catalogue",
    "price_year",
    "local_basis",
    "library",
];

pub(crate) fn read_outcomes(fields: &Fields<'_>, problems: &mut Problems) -> Option<Vec<Outcome>> {
    let outcomes = fields.list("outcomes", OUTCOMES_MAX, problems, read_outcome)?;
    let at = fields.path_of("outcomes");
    if outcomes.is_empty() {
        problems.add(
            "too_few",
            &at,
            format!("{at} is empty; give at least one outcome."),
        );
    }
    let mut seen = BTreeSet::new();
    for (position, outcome) in outcomes.iter().enumerate() {
        if !seen.insert(outcome.id.as_str()) {
            let path = format!("{at}[{position}].id");
            let message = format!("{path} \"{}\" is used twice; ids are unique.", outcome.id);
            problems.add("duplicate_id", path, message);
        }
        if outcome.id == "all" {
            let path = format!("{at}[{position}].id");
            let message =
                format!("{path} \"all\" means every outcome; use another id, such as \"o1\".");
            problems.add("reserved_id", path, message);
        }
    }
    Some(outcomes)
}

fn read_outcome(json: &Json, path: &str, problems: &mut Problems) -> Option<Outcome> {
    let fields = Fields::of(json, path, problems);
    let years = i64::from(OUTCOME_YEARS_MAX);
    let id = fields.text("id", problems);
    let stakeholder = fields.text("stakeholder", problems);
    let name = fields.text("name", problems);
    let cohorts = read_cohorts(&fields, problems);
    let duration = fields.integer("duration", 1, years, problems);
    let price = read_price(&fields, problems);
    let deadweight = fields.share("deadweight", problems);
    let displacement = fields.share("displacement", problems);
    let attribution = fields.share("attribution", problems);
    let dropoff = fields.share("dropoff", problems);
    let grades = fields
        .given("evidence_grade", problems, read_grades)
        .into_option();
    let ranges = fields
        .given("range", problems, |json, path, problems| {
            Some(read_ranges(json, path, problems))
        })
        .into_option();
    let mut notes = |key| {
        fields
            .given(key, problems, |json, path, problems| {
                Some(read_notes(json, path, problems))
            })
            .into_option()
            .unwrap_or_default()
    };
    let (sources, reasons) = (notes("sources"), notes("reasons"));
    let record = read_outcome_record(&fields, problems);
    fields.refuse_unknown(&OUTCOME_FIELDS, problems);
    let outcome = Outcome {
        id: id?,
        stakeholder: stakeholder?,
        name: name?,
        price: price?,
        deadweight: deadweight?,
        displacement: displacement?,
        attribution: attribution?,
        dropoff: dropoff?,
        duration: count(duration?),
        cohorts: cohorts?,
        grades: grades.unwrap_or_default(),
        ranges: ranges.unwrap_or_default(),
        sources,
        reasons,
        record,
    };
    check_ranges(&outcome, path, problems);
    Some(outcome)
}

fn read_price(fields: &Fields<'_>, problems: &mut Problems) -> Option<Price> {
    let reason = fields
        .given("unvalued_reason", problems, read::text)
        .into_option();
    let at = fields.path_of("unvalued_reason");
    match (fields.given("proxy", problems, read::amount), reason) {
        (Given::Some(_), Some(_)) => {
            problems.add(
                "contradiction",
                &at,
                format!("{at} stands beside a proxy; set proxy to null or leave the reason out."),
            );
            None
        }
        (Given::Some(proxy), None) => Some(Price::Proxy(proxy)),
        (Given::None, Some(reason)) => Some(Price::Unvalued { reason }),
        (Given::None, None) => {
            // A proxy that could not be read has already left its own problem.
            if fields.get("proxy") == Some(&Json::Null) && fields.get("unvalued_reason").is_none() {
                problems.add(
                    "missing",
                    &at,
                    format!("{at} is missing; a null proxy needs a reason, such as \"no credible price found\"."),
                );
            }
            None
        }
        (Given::Missing, _) => {
            fields.amount("proxy", problems);
            None
        }
    }
}

fn read_cohorts(fields: &Fields<'_>, problems: &mut Problems) -> Option<Vec<Cohort>> {
    let stated = |key| fields.get(key).is_some_and(|json| *json != Json::Null);
    if !stated("cohorts") {
        let quantity = fields.amount("quantity", problems);
        let start = fields.integer("start", 1, i64::from(OUTCOME_YEARS_MAX), problems);
        return Some(vec![Cohort {
            start: count(start?),
            quantity: quantity?,
        }]);
    }
    for key in ["quantity", "start"] {
        if stated(key) {
            let at = fields.path_of(key);
            problems.add(
                "contradiction",
                &at,
                format!("{at} stands beside cohorts; give one of the two."),
            );
        }
    }
    let cohorts = fields.list("cohorts", COHORTS_MAX, problems, read_cohort)?;
    if cohorts.is_empty() {
        let at = fields.path_of("cohorts");
        problems.add(
            "too_few",
            &at,
            format!(
                "{at} is empty; give at least one, such as {{\"start\":1,\"quantity\":\"50\"}}."
            ),
        );
        return None;
    }
    Some(cohorts)
}

fn read_cohort(json: &Json, path: &str, problems: &mut Problems) -> Option<Cohort> {
    let fields = Fields::of(json, path, problems);
    let start = fields.integer("start", 1, i64::from(OUTCOME_YEARS_MAX), problems);
    let quantity = fields.amount("quantity", problems);
    fields.refuse_unknown(&["start", "quantity"], problems);
    Some(Cohort {
        start: count(start?),
        quantity: quantity?,
    })
}

/// One grade for all parameters, or a grade per parameter.
fn read_grades(
    json: &Json,
    path: &str,
    problems: &mut Problems,
) -> Option<BTreeMap<Parameter, Grade>> {
    if matches!(json, Json::Object(_)) {
        let one = |json: &Json, path: &str, problems: &mut Problems| {
            read::one_of(json, path, &Grade::WORDS, problems)
        };
        return Some(read_parameters(json, path, problems, one));
    }
    let grade = read::one_of(json, path, &Grade::WORDS, problems)?;
    Some(Parameter::ALL.map(|parameter| (parameter, grade)).into())
}

fn read_ranges(json: &Json, path: &str, problems: &mut Problems) -> BTreeMap<Parameter, Range> {
    read_parameters(json, path, problems, |json, path, problems| {
        let ends = read::list(json, path, 2, problems, read::decimal)?;
        match ends.as_slice() {
            [low, high] if low <= high => Some(Range {
                low: *low,
                high: *high,
            }),
            _ => {
                problems.add(
                    "bad_range",
                    path,
                    format!("{path} must be [low, high] with low not above high, such as [\"0.8\", \"1.2\"]."),
                );
                None
            }
        }
    })
}

fn read_parameters<T>(
    json: &Json,
    path: &str,
    problems: &mut Problems,
    read: impl Fn(&Json, &str, &mut Problems) -> Option<T>,
) -> BTreeMap<Parameter, T> {
    let fields = Fields::of(json, path, problems);
    let mut found = BTreeMap::new();
    for parameter in Parameter::ALL {
        let value = fields.given(parameter.word(), problems, &read);
        if let Given::Some(value) = value {
            found.insert(parameter, value);
        }
    }
    fields.refuse_unknown(&Parameter::ALL.map(Parameter::word), problems);
    found
}

/// Least half-width per evidence grade.
pub(crate) fn read_grade_map(
    json: &Json,
    path: &str,
    problems: &mut Problems,
) -> BTreeMap<Grade, Share> {
    let fields = Fields::of(json, path, problems);
    let mut bands = BTreeMap::new();
    for (word, grade) in Grade::WORDS {
        if let Given::Some(width) = fields.given(word, problems, read::share) {
            bands.insert(grade, width);
        }
    }
    fields.refuse_unknown(&Grade::WORDS.map(|(word, _)| word), problems);
    bands
}

/// Free notes by name: text under any key.
fn read_notes(json: &Json, path: &str, problems: &mut Problems) -> BTreeMap<String, String> {
    let fields = Fields::of(json, path, problems);
    let mut notes = BTreeMap::new();
    for key in fields.keys() {
        if let Given::Some(note) = fields.given(key, problems, read::any_text) {
            notes.insert(key.to_owned(), note);
        }
    }
    notes
}

/// A range surrounds the stated value, and a share's range stays within 0 and 1.
fn check_ranges(outcome: &Outcome, path: &str, problems: &mut Problems) {
    for (parameter, range) in &outcome.ranges {
        let at = format!("{path}.range.{}", parameter.word());
        if parameter.is_share() && (range.low < Decimal::ZERO || range.high > Decimal::ONE) {
            problems.add(
                "out_of_range",
                &at,
                format!("{at} must stay between 0 and 1, such as [\"0.10\", \"0.30\"]."),
            );
        }
        let Some(value) = outcome.value(*parameter) else {
            problems.add(
                "outcome_unvalued",
                &at,
                format!("{at} is the range of a price that is stated as none; leave it out."),
            );
            continue;
        };
        if value < range.low || value > range.high {
            problems.add(
                "range_excludes_value",
                &at,
                format!("{at} does not contain the stated value {value}; widen it."),
            );
        }
        if *parameter == Parameter::Quantity && value.is_zero() && range.low != range.high {
            problems.add(
                "range_of_zero",
                &at,
                format!("{at} cannot scale a total quantity of zero; leave it out."),
            );
        }
    }
}

impl Outcome {
    /// The stated value of a parameter: for quantity the sum of all cohorts, for the proxy of an
    /// unvalued outcome none.
    pub fn value(&self, parameter: Parameter) -> Option<Decimal> {
        match parameter {
            Parameter::Quantity => self.cohorts.iter().try_fold(Decimal::ZERO, |sum, cohort| {
                sum.checked_add(cohort.quantity.decimal())
            }),
            Parameter::Proxy => match &self.price {
                Price::Proxy(proxy) => Some(proxy.decimal()),
                Price::Unvalued { .. } => None,
            },
            Parameter::Deadweight => Some(self.deadweight.decimal()),
            Parameter::Displacement => Some(self.displacement.decimal()),
            Parameter::Attribution => Some(self.attribution.decimal()),
            Parameter::Dropoff => Some(self.dropoff.decimal()),
        }
    }
}
