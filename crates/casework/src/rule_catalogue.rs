//! The facts that criteria may name, with the codes each may have: from the catalogue, the form,
//! the reference lists and the parameters of the same programme.
use std::collections::{BTreeMap, BTreeSet};

use eligibility::Catalogue;
use explain::{Text, json::Json};
use serde_json::{Value, json};
use store::{TenantTx, published};

use crate::{CaseError, CaseResult, FactView};

/// Codes by the dimension that a fairness rule may name, such as the districts.
pub(crate) type Codes = BTreeMap<&'static str, BTreeSet<String>>;

/// What a draft may name: facts in its criteria, codes in its fairness rules.
pub(crate) struct Known {
    pub(crate) catalogue: Catalogue,
    pub(crate) codes: Codes,
}

/// The catalogue as loaded, and the lists that its codes come from.
pub(crate) struct FactSources {
    facts: Value,
    reference: Value,
}

impl FactSources {
    pub(crate) async fn load(tx: &mut TenantTx) -> CaseResult<Self> {
        let missing = || CaseError::internal("the fact catalogue is not loaded");
        Ok(Self {
            facts: published::reference(tx, "facts")
                .await?
                .ok_or_else(missing)?,
            reference: published::reference(tx, "reference")
                .await?
                .ok_or_else(missing)?,
        })
    }

    /// The facts under one version of a programme.
    pub(crate) fn views(&self, body: &Value, sections: &Value) -> Vec<FactView> {
        let rows = self.facts["facts"].as_array();
        rows.into_iter()
            .flatten()
            .map(|row| {
                let text = |key: &str| row[key].as_str().map(str::to_owned);
                FactView {
                    path: text("path").unwrap_or_default(),
                    kind: text("type").unwrap_or_default(),
                    unit: text("unit"),
                    label: bilingual(&row["label"]),
                    section: text("section"),
                    anchor: text("anchor"),
                    provenance: text("provenance").unwrap_or_default(),
                    options: self.options(row, body, sections),
                    min: row.get("min").cloned(),
                }
            })
            .collect()
    }

    /// Codes that fairness rules may name.
    pub(crate) fn codes(&self) -> Codes {
        let lists = [
            ("district", "districts"),
            ("service_area", "service_areas"),
            ("size_band", "size_bands"),
        ];
        let codes = |name: &str| {
            let list = coded(&self.reference[name]);
            list.into_iter().map(|(code, _)| code).collect()
        };
        lists
            .into_iter()
            .map(|(dimension, name)| (dimension, codes(name)))
            .collect()
    }

    fn options(&self, row: &Value, body: &Value, sections: &Value) -> Vec<(String, Text)> {
        let Some((list, name)) = row["options_from"]
            .as_str()
            .and_then(|from| from.split_once('.'))
        else {
            return Vec::new();
        };
        match list {
            "reference" => coded(&self.reference[name]),
            "form" => name
                .split_once('.')
                .map(|(section, field)| form_options(sections, section, field))
                .unwrap_or_default(),
            "parameters" => body["parameters"][name]
                .as_object()
                .into_iter()
                .flat_map(serde_json::Map::keys)
                .map(|code| (code.clone(), Text::new(code, code)))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// What a rule set is checked against when it is saved.
pub(crate) fn catalogue(facts: &[FactView]) -> CaseResult<Catalogue> {
    let rows: Vec<Value> = facts
        .iter()
        .map(|fact| {
            let codes: Vec<&str> = fact.options.iter().map(|(code, _)| code.as_str()).collect();
            let mut row = json!({"path": fact.path, "type": fact.kind, "options": codes});
            if let Some(min) = &fact.min {
                row["min"] = min.clone();
            }
            row
        })
        .collect();
    Catalogue::try_new(&Json::from(&json!({"facts": rows})))
        .map_err(|problems| CaseError::internal(format!("fact catalogue: {problems}")))
}

/// Codes with their names; a plain text is its own name.
fn coded(list: &Value) -> Vec<(String, Text)> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| match item {
            Value::String(code) => Some((code.clone(), Text::new(code, code))),
            other => Some((other["code"].as_str()?.to_owned(), bilingual(other))),
        })
        .collect()
}

pub(crate) fn form_options(sections: &Value, section: &str, path: &str) -> Vec<(String, Text)> {
    let rows = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    rows(sections, "sections")
        .into_iter()
        .filter(|row| row["code"] == section)
        .flat_map(|row| rows(&row, "fields"))
        .filter(|field| field["path"] == path)
        .flat_map(|field| rows(&field, "options"))
        .filter_map(|option| {
            let code = option["code"].as_str()?.to_owned();
            Some((code, bilingual(&option["label"])))
        })
        .collect()
}

/// `{"en","zh"}`; empty where it is not there.
pub(crate) fn bilingual(value: &Value) -> Text {
    let word = |key: &str| value[key].as_str().unwrap_or_default();
    Text::new(word("en"), word("zh"))
}
