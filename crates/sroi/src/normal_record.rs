//! The record of a request in its one spelling; what is not said leaves no key.
use serde_json::{Map, Value, json};

use crate::{
    normal::decimal,
    record::{LibraryProxy, OutcomeRecord, Record},
};

pub(crate) fn put_record(out: &mut Map<String, Value>, record: &Record) {
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    if !record.stakeholders.is_empty() {
        let listed = record.stakeholders.iter().map(|stakeholder| {
            json!({
                "name": stakeholder.name,
                "subgroup": stakeholder.subgroup,
                "number": stakeholder.number,
                "consulted": stakeholder.consulted,
                "method": stakeholder.method,
            })
        });
        put("stakeholders", listed.collect());
    }
    if !record.exclusions.is_empty() {
        let listed = record.exclusions.iter().map(|exclusion| {
            json!({
                "kind": exclusion.kind.word(),
                "name": exclusion.name,
                "reason": exclusion.reason,
            })
        });
        put("exclusions", listed.collect());
    }
    if let Some(text) = &record.responsiveness {
        put("responsiveness", json!(text));
    }
    if let Some(index) = &record.price_index {
        let values: Map<String, Value> = index
            .values
            .iter()
            .map(|(year, value)| (year.to_string(), decimal(*value)))
            .collect();
        put(
            "price_index",
            json!({"name": index.name, "source": index.source, "values": values}),
        );
    }
}

pub(crate) fn put_outcome_record(out: &mut Map<String, Value>, record: &OutcomeRecord) {
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    let texts = [
        ("indicator", &record.indicator),
        ("proxy_unit", &record.proxy_unit),
        ("catalogue", &record.catalogue),
        ("local_basis", &record.local_basis),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            put(key, json!(text));
        }
    }
    if let Some(year) = record.price_year {
        put("price_year", json!(year));
    }
    if let Some(library) = &record.library {
        put("library", library_json(library));
    }
}

fn library_json(library: &LibraryProxy) -> Value {
    json!({
        "id": library.id,
        "version": library.version,
        "value": decimal(library.value.decimal()),
        "low": decimal(library.low.decimal()),
        "high": decimal(library.high.decimal()),
        "unit": library.unit,
        "price_year": library.price_year,
        "needs_local_basis": library.needs_local_basis,
        "approved": library.approved,
    })
}
