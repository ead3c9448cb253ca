//! A programme's settings, read from its published version. Every default is data in `seed/`, with
//! its source mark; here is only what each is called.
use std::collections::BTreeMap;

use explain::{FinancialYear, Text};
use ranking::Anchors;
use serde_json::Value;

use crate::{CaseError, CaseResult};

/// How a programme values, ranks and selects.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Discount rate per year.
    pub(crate) discount_rate: String,
    /// SROI timing convention.
    pub(crate) timing: String,
    /// Year to whose prices proxies are brought.
    pub(crate) price_year: Option<i64>,
    /// Least band per evidence grade.
    pub(crate) bands: Value,
    /// Draws of the simulation.
    pub(crate) draws: u64,
    /// Rubric dimensions in order.
    pub(crate) rubric: Vec<Dimension>,
    /// Reviews an application needs before it is ranked.
    pub(crate) reviews_min: usize,
    /// Draws of the rank stability.
    pub(crate) stability: Value,
    /// Fairness rules of the selection.
    pub(crate) constraints: Value,
    /// Financial year whose facts count.
    pub(crate) reference_year: Option<FinancialYear>,
    /// Rate of the cap on the provisional subvention.
    pub(crate) cap_rate: Option<String>,
    /// Least cap.
    pub(crate) cap_floor: Option<String>,
    /// Readings of the exemption, limits on who pays, matched funding; null where unstated.
    pub(crate) cost_sharing: Value,
}

/// A dimension of the rubric as a criterion of the ranking.
#[derive(Debug, Clone)]
pub(crate) struct Dimension {
    pub(crate) id: String,
    pub(crate) name: Text,
    /// Weight out of 1, as text.
    pub(crate) weight: String,
    /// Anchor of 0 points.
    pub(crate) zero: String,
    /// Anchor of 100 points.
    pub(crate) hundred: String,
    /// Read from the SROI run instead of from reviewers.
    pub(crate) machine_read: bool,
    /// Anchors of single project scopes, where the common ones would judge by kind of project.
    pub(crate) by_scope: BTreeMap<String, Anchors>,
}

impl Settings {
    /// Reads the settings of a programme version.
    pub(crate) fn of(body: &Value) -> CaseResult<Self> {
        let settings = &body["settings"];
        let parameters = &body["parameters"];
        Ok(Self {
            discount_rate: text(settings, "discount_rate")?,
            timing: text(settings, "timing")?,
            price_year: settings["price_year"].as_i64(),
            bands: settings["bands"].clone(),
            draws: settings["draws"].as_u64().ok_or_else(|| lacks("draws"))?,
            rubric: rubric(body)?,
            reviews_min: settings["reviews_min"]
                .as_u64()
                .and_then(|count| usize::try_from(count).ok())
                .ok_or_else(|| lacks("reviews_min"))?,
            stability: settings["stability"].clone(),
            constraints: settings["constraints"].clone(),
            reference_year: parameters["reference_year"]
                .as_str()
                .and_then(FinancialYear::from_text),
            cap_rate: parameters["cap_rate"].as_str().map(str::to_owned),
            cap_floor: parameters["cap_floor_hkd"].as_str().map(str::to_owned),
            cost_sharing: settings["cost_sharing"].clone(),
        })
    }
}

fn rubric(body: &Value) -> CaseResult<Vec<Dimension>> {
    let anchors = &body["settings"]["anchors"];
    let machine_read: BTreeMap<String, String> =
        serde_json::from_value(body["settings"]["machine_read"].clone()).unwrap_or_default();
    body["rubric"]["dimensions"]
        .as_array()
        .ok_or_else(|| lacks("rubric"))?
        .iter()
        .map(|dimension| {
            let id = text(dimension, "id")?;
            let points = dimension["weight"]
                .as_i64()
                .ok_or_else(|| lacks("weight"))?;
            let anchor = if anchors[&id].is_object() {
                &anchors[&id]
            } else {
                &anchors["reviewed"]
            };
            Ok(Dimension {
                name: Text::new(text(dimension, "en")?, text(dimension, "zh")?),
                weight: money::normal_text(money::Decimal::new(points, 2)),
                zero: text(anchor, "zero")?,
                hundred: text(anchor, "hundred")?,
                by_scope: by_scope(anchor)?,
                machine_read: machine_read.contains_key(&id),
                id,
            })
        })
        .collect()
}

/// `{"by_scope":{"it_security":{"zero":"0","hundred":"2"}}}`: what counts as worst and best for that scope.
fn by_scope(anchor: &Value) -> CaseResult<BTreeMap<String, Anchors>> {
    let scopes = anchor["by_scope"].as_object();
    scopes
        .into_iter()
        .flatten()
        .map(|(scope, ends)| {
            let end = |key: &str| {
                money::decimal_from_text(&text(ends, key)?)
                    .map_err(|_| CaseError::internal(format!("anchor {key} of {scope}")))
            };
            let anchors = Anchors {
                zero: end("zero")?,
                hundred: end("hundred")?,
            };
            if anchors.zero == anchors.hundred {
                return Err(CaseError::internal(format!(
                    "the anchors of {scope} are equal"
                )));
            }
            Ok((scope.clone(), anchors))
        })
        .collect()
}

fn text(value: &Value, key: &str) -> CaseResult<String> {
    value[key]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| lacks(key))
}

fn lacks(key: &str) -> CaseError {
    CaseError::internal(format!("the programme version lacks {key}"))
}
