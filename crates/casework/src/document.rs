//! The document that is frozen on submission: canonical JSON that says everything a funder needs
//! and nothing personal.
use std::collections::BTreeMap;

use explain::{Text, canonical_json, sha256_hex};
use serde_json::{Value, json};
use store::{
    files::FileRow,
    organisations::{FactRow, IdentifierRow, OrganisationRow},
    published::RoundRow,
};

use crate::proxy_snapshot::{self, Snapshots};

/// A frozen document with its hash.
pub(crate) struct Frozen {
    pub(crate) text: String,
    pub(crate) sha256: String,
}

/// Freezes one version.
pub(crate) fn freeze(
    reference: &str,
    version_no: i32,
    round: &RoundRow,
    organisation: (&OrganisationRow, &[IdentifierRow], &[FactRow]),
    sections: &BTreeMap<String, Value>,
    proxies: &Snapshots,
    files: &[FileRow],
) -> Frozen {
    let (legal, identifiers, facts) = organisation;
    let identifiers: Value = identifiers
        .iter()
        .map(|row| json!({"type": row.kind, "value": row.value}))
        .collect();
    let facts: Value = facts
        .iter()
        .map(|row| {
            json!({"financial_year": row.financial_year, "path": row.path, "value": row.value,
                   "provenance": row.provenance})
        })
        .collect();
    let mut document = json!({
        "format": 1,
        "reference": reference,
        "version_no": version_no,
        "round": {"id": round.round_id, "code": round.code},
        "programme": {"id": round.programme_id, "version": round.programme_version},
        "applicant": {
            "name": {"en": legal.name_en, "zh": legal.name_zh},
            "fictional": legal.fictional,
            "identifiers": identifiers,
            "facts": facts,
        },
        "sections": sections,
    });
    // Left out where no entry is named, as in every version from before there was a library.
    if !proxies.is_empty() {
        document["proxies"] = proxy_snapshot::frozen(proxies);
    }
    // Left out where nothing is attached, as in every version from before files could be.
    if !files.is_empty() {
        document["files"] = files
            .iter()
            .map(|file| {
                json!({"kind": file.kind, "name": file.name, "bytes": file.bytes, "sha256": file.sha256})
            })
            .collect();
    }
    let text = canonical_json(&document);
    Frozen {
        sha256: sha256_hex(text.as_bytes()),
        text,
    }
}

/// Sections, identifiers and facts of a frozen document.
pub(crate) fn thaw(
    document: &Value,
) -> (BTreeMap<String, Value>, Vec<IdentifierRow>, Vec<FactRow>) {
    let sections = document["sections"].as_object();
    let sections = sections
        .into_iter()
        .flatten()
        .map(|(code, content)| (code.clone(), content.clone()));
    let applicant = &document["applicant"];
    let word = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let rows = |key: &str| applicant[key].as_array().cloned().unwrap_or_default();
    let identifiers = rows("identifiers")
        .iter()
        .map(|row| IdentifierRow {
            kind: word(row, "type"),
            value: word(row, "value"),
        })
        .collect();
    let facts = rows("facts")
        .iter()
        .map(|row| FactRow {
            financial_year: word(row, "financial_year"),
            path: word(row, "path"),
            value: row["value"].clone(),
            provenance: word(row, "provenance"),
        })
        .collect();
    (sections.collect(), identifiers, facts)
}

/// The project's titles; empty before they are written.
pub(crate) fn title(sections: &BTreeMap<String, Value>) -> Text {
    let title = sections.get("project").map(|project| &project["title"]);
    let word = |key: &str| {
        title
            .and_then(|title| title[key].as_str())
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let (en, zh) = (word("en"), word("zh"));
    // One language stands in for the other rather than showing nothing.
    match (en.is_empty(), zh.is_empty()) {
        (true, false) => Text::new(zh.clone(), zh),
        (false, true) => Text::new(en.clone(), en),
        (true, true) | (false, false) => Text::new(en, zh),
    }
}

/// Shares over districts and service areas as rows.
pub(crate) fn share_rows(sections: &BTreeMap<String, Value>) -> Value {
    let project = sections.get("project").cloned().unwrap_or_default();
    [("districts", "district"), ("service_areas", "service_area")]
        .into_iter()
        .flat_map(|(key, kind)| {
            let rows = project[key].as_array().cloned().unwrap_or_default();
            rows.into_iter()
                .map(move |row| json!({"kind": kind, "code": row["code"], "share": row["share"]}))
        })
        .collect()
}
