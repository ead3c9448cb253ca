//! A pool of shared cost as given: what is split, by which weights, on what evidence and for which
//! period.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use explain::{
    Problems,
    json::Json,
    read::{self, Fields, join},
};
use money::{Decimal, Hkd, normal_text};
use serde_json::{Value, json};

use crate::request::{not_negative_hkd, optional};

/// Most activities in one pool.
const ACTIVITIES_MAX: usize = 500;

/// Cost that several activities share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// Unique within the request.
    pub id: String,
    /// What is to be split.
    pub amount: Hkd,
    /// What the weights measure, such as `staff_time`; one basis per pool and year.
    pub basis: String,
    /// Weight of each activity; ordered by byte, which is also the order that breaks ties.
    pub weights: BTreeMap<String, Decimal>,
    /// First and last day of the records from which the weights are taken, where stated.
    pub period_from: Option<NaiveDate>,
    /// See [`Pool::period_from`].
    pub period_to: Option<NaiveDate>,
    /// What proves each weight, by activity; none where nobody said anything about evidence.
    pub weight_evidence: Option<BTreeMap<String, String>>,
}

pub(crate) fn read(json: &Json, path: &str, problems: &mut Problems) -> Option<Pool> {
    let fields = Fields::of(json, path, problems);
    let known = [
        "id",
        "amount",
        "basis",
        "weights",
        "period_from",
        "period_to",
        "weight_evidence",
    ];
    fields.refuse_unknown(&known, problems);
    let id = fields.text("id", problems);
    let amount = fields.want("amount", problems, not_negative_hkd);
    let basis = fields.text("basis", problems);
    let weights = fields.want("weights", problems, weights);
    let period_from = fields
        .given("period_from", problems, read::date)
        .into_option();
    let period_to = fields
        .given("period_to", problems, read::date)
        .into_option();
    if let (Some(from), Some(to)) = (period_from, period_to)
        && to < from
    {
        let at = join(path, "period_to");
        problems.add(
            "end_before_start",
            &at,
            format!("{at} {to} is before the first day {from}; give a later day."),
        );
    }
    let evidence = optional(&fields, "weight_evidence", problems, evidence);
    if let (Some(Some(evidence)), Some(weights)) = (&evidence, &weights) {
        refuse_strangers(evidence, weights, &fields, problems);
    }
    Some(Pool {
        id: id?,
        amount: amount?,
        basis: basis?,
        weights: weights?,
        period_from,
        period_to,
        weight_evidence: evidence?,
    })
}

/// What proves each weight, by activity. An empty text is the same as none.
fn evidence(json: &Json, path: &str, problems: &mut Problems) -> Option<BTreeMap<String, String>> {
    let fields = Fields::of(json, path, problems);
    if !matches!(json, Json::Object(_)) {
        return None;
    }
    let mut found = BTreeMap::new();
    for key in fields.keys().take(ACTIVITIES_MAX) {
        let text = fields.want(key, problems, read::any_text);
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            found.insert(key.to_owned(), text);
        }
    }
    Some(found)
}

/// Evidence for an activity that has no weight is a slip of the pen.
fn refuse_strangers(
    evidence: &BTreeMap<String, String>,
    weights: &BTreeMap<String, Decimal>,
    fields: &Fields<'_>,
    problems: &mut Problems,
) {
    for activity in evidence.keys().filter(|key| !weights.contains_key(*key)) {
        let at = join(&fields.path_of("weight_evidence"), activity);
        problems.add(
            "unknown_activity",
            &at,
            format!(
                "{at} proves a weight that the pool does not have; give {activity} a weight, such \
                 as \"100\", or take its evidence out."
            ),
        );
    }
}

fn weights(json: &Json, path: &str, problems: &mut Problems) -> Option<BTreeMap<String, Decimal>> {
    let fields = Fields::of(json, path, problems);
    if !matches!(json, Json::Object(_)) {
        return None;
    }
    let keys: BTreeSet<&str> = fields.keys().collect();
    if keys.len() > ACTIVITIES_MAX {
        problems.add(
            "too_many",
            path,
            format!(
                "{path} names {} activities; at most {ACTIVITIES_MAX} are allowed.",
                keys.len()
            ),
        );
        return None;
    }
    if keys.iter().any(|key| key.trim().is_empty()) {
        problems.add(
            "blank",
            path,
            format!("{path} has an activity without an id; name it, such as \"fsa\"."),
        );
    }
    let read_weights: Vec<Option<(String, Decimal)>> = keys
        .into_iter()
        .map(|key| {
            fields
                .want(key, problems, weight)
                .map(|weight| (key.to_owned(), weight))
        })
        .collect();
    let weights: BTreeMap<_, _> = read_weights.into_iter().collect::<Option<_>>()?;
    if weights.values().all(Decimal::is_zero) {
        problems.add(
            "bad_weights",
            path,
            format!(
                "{path} has no weight above zero, so there is nothing to split by; \
                 give one such as {{\"fsa\":\"1512.5\"}}."
            ),
        );
        return None;
    }
    Some(weights)
}

fn weight(json: &Json, path: &str, problems: &mut Problems) -> Option<Decimal> {
    let weight = read::decimal(json, path, problems)?;
    if weight < Decimal::ZERO {
        problems.add(
            "negative",
            path,
            format!("{path} is {weight}; a weight is zero or more, such as \"387.5\"."),
        );
        return None;
    }
    Some(weight)
}

impl Pool {
    /// Activities whose weight counts but is not proven; none where evidence was not spoken of.
    pub(crate) fn without_evidence(&self) -> Option<Vec<&str>> {
        let evidence = self.weight_evidence.as_ref()?;
        let unproven = self
            .weights
            .iter()
            .filter(|(activity, weight)| !weight.is_zero() && !evidence.contains_key(*activity))
            .map(|(activity, _)| activity.as_str());
        Some(unproven.collect())
    }

    pub(crate) fn normal_json(&self) -> Value {
        let weights: BTreeMap<&str, String> = self
            .weights
            .iter()
            .map(|(activity, weight)| (activity.as_str(), normal_text(*weight)))
            .collect();
        let mut out = json!({
            "id": self.id,
            "amount": normal_text(self.amount.decimal()),
            "basis": self.basis,
            "weights": weights,
        });
        for (key, day) in [
            ("period_from", self.period_from),
            ("period_to", self.period_to),
        ] {
            if let Some(day) = day {
                out[key] = json!(day.to_string());
            }
        }
        if let Some(evidence) = &self.weight_evidence {
            out["weight_evidence"] = json!(evidence);
        }
        out
    }
}
