//! The outcome catalogue, volunteer rates and the price index: published data, typed here.
use async_graphql::SimpleObject;
use casework::{CaseError, CaseResult};
use serde_json::Value;

use crate::graphql::{
    engine::{bilingual, list, text},
    scalars::Decimal,
    types::{Coded, Text},
};

/// An outcome to which organisations map their own, so that a sector can be summed.
#[derive(SimpleObject)]
pub(crate) struct CatalogueOutcome {
    code: String,
    label: Text,
    group: Text,
    #[graphql(complexity = "2 * child_complexity + 1")]
    indicators: Vec<Coded>,
    #[graphql(complexity = "2 * child_complexity + 1")]
    codes: Vec<ExternalCode>,
}

/// The same outcome in another system of codes, such as ICF or the SDG targets.
#[derive(SimpleObject)]
pub(crate) struct ExternalCode {
    system: String,
    code: String,
}

/// What an hour of a volunteer counts for, from a day on.
#[derive(SimpleObject)]
pub(crate) struct VolunteerRate {
    from: String,
    to: Option<String>,
    rate: Decimal,
    label: Text,
    source: String,
}

/// Prices of each year against those of the base year.
#[derive(SimpleObject)]
pub(crate) struct PriceIndex {
    name: String,
    source: String,
    base_year: i32,
    #[graphql(complexity = "10 * child_complexity + 1")]
    values: Vec<PriceIndexValue>,
}

#[derive(SimpleObject)]
pub(crate) struct PriceIndexValue {
    year: i32,
    value: Decimal,
}

pub(crate) fn outcomes(catalogue: &Value) -> CaseResult<Vec<CatalogueOutcome>> {
    let groups = list(&catalogue["groups"]);
    let outcomes = list(&catalogue["outcomes"]).iter().map(|outcome| {
        let group = groups
            .iter()
            .find(|group| group["code"] == outcome["group"]);
        let indicators = list(&outcome["indicators"]).iter().map(coded);
        let codes = list(&outcome["codes"]).iter().map(|code| {
            Ok(ExternalCode {
                system: text(code, "system")?,
                code: text(code, "code")?,
            })
        });
        Ok(CatalogueOutcome {
            code: text(outcome, "code")?,
            label: bilingual(outcome)?,
            group: bilingual(group.ok_or_else(|| lacks("a group"))?)?,
            indicators: indicators.collect::<CaseResult<_>>()?,
            codes: codes.collect::<CaseResult<_>>()?,
        })
    });
    outcomes.collect()
}

/// A code with its names.
pub(crate) fn coded(entry: &Value) -> CaseResult<Coded> {
    Ok(Coded {
        code: text(entry, "code")?,
        label: bilingual(entry)?,
    })
}

pub(crate) fn volunteer_rates(catalogue: &Value) -> CaseResult<Vec<VolunteerRate>> {
    let rates = list(&catalogue["volunteer_rates"]).iter().map(|rate| {
        Ok(VolunteerRate {
            from: text(rate, "from")?,
            to: rate["to"].as_str().map(str::to_owned),
            rate: Decimal(text(rate, "rate")?),
            label: bilingual(rate)?,
            source: text(rate, "source")?,
        })
    });
    rates.collect()
}

pub(crate) fn price_index(catalogue: &Value) -> CaseResult<PriceIndex> {
    let index = &catalogue["price_index"];
    let base_year = index["base_year"].as_i64();
    let values = index["values"].as_object().into_iter().flatten();
    let values = values.map(|(year, value)| {
        Ok(PriceIndexValue {
            year: year.parse().map_err(|_| lacks("a year"))?,
            value: Decimal(value.as_str().ok_or_else(|| lacks("a value"))?.to_owned()),
        })
    });
    Ok(PriceIndex {
        name: text(index, "name")?,
        source: text(index, "source")?,
        base_year: base_year
            .and_then(|year| i32::try_from(year).ok())
            .ok_or_else(|| lacks("a base year"))?,
        values: values.collect::<CaseResult<_>>()?,
    })
}

fn lacks(what: &str) -> CaseError {
    CaseError::Internal(format!("the catalogue lacks {what}"))
}
