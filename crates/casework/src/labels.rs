//! Names of codes, from the published reference data.
use explain::Text;
use serde_json::Value;

/// The codes of a list, in its order. A territory-wide project is spread over the districts or
/// stays in its own row.
pub(crate) fn codes(reference: &Value, list: &str) -> Vec<String> {
    let rows = reference[list].as_array();
    rows.into_iter()
        .flatten()
        .filter_map(|row| Some(row["code"].as_str()?.to_owned()))
        .collect()
}

/// The names of a code; the code itself where it has none.
pub(crate) fn label(reference: &Value, list: &str, code: &str) -> Text {
    let rows = reference[list].as_array();
    let found = rows.into_iter().flatten().find(|row| row["code"] == code);
    let word = |key: &str| {
        found
            .and_then(|row| row[key].as_str())
            .map_or_else(|| code.to_owned(), str::to_owned)
    };
    Text::new(word("en"), word("zh"))
}
