//! A place in a value map that an assessor may change, and making the change.
use serde_json::{Map, Value};

/// Figures of an outcome that can be assessed. Texts of the applicant's stay the applicant's.
const OUTCOME_KEYS: [&str; 14] = [
    "quantity",
    "cohorts",
    "start",
    "duration",
    "proxy",
    "price_year",
    "deadweight",
    "displacement",
    "attribution",
    "dropoff",
    "evidence_grade",
    "range",
    "catalogue",
    "local_basis",
];
/// Figures of a volunteers' row that can be assessed.
const VOLUNTEER_KEYS: [&str; 4] = ["amount", "hours", "hourly_rate", "year"];

/// `outcomes[2].deadweight`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    list: &'static str,
    row: usize,
    key: String,
}

impl Change {
    /// Reads a path; none when it names nothing that can be assessed.
    pub(crate) fn read(path: &str) -> Option<Self> {
        let (place, key) = path.split_once('.')?;
        let (list, row) = place.strip_suffix(']')?.split_once('[')?;
        let (list, keys) = match list {
            "outcomes" => ("outcomes", &OUTCOME_KEYS[..]),
            "volunteers" => ("volunteers", &VOLUNTEER_KEYS[..]),
            _ => return None,
        };
        keys.contains(&key).then_some(())?;
        Some(Self {
            list,
            row: row.parse().ok()?,
            key: key.to_owned(),
        })
    }

    /// What stands there.
    pub(crate) fn value<'a>(&self, section: &'a Value) -> Option<&'a Value> {
        section[self.list].get(self.row)?.get(&self.key)
    }
}

/// Makes a change; false when it changes nothing, an error when there is no such row.
pub(crate) fn apply(
    section: &mut Value,
    change: &Change,
    to: &Value,
    reason: &str,
) -> Result<bool, ()> {
    let row = section[change.list]
        .get_mut(change.row)
        .and_then(Value::as_object_mut)
        .ok_or(())?;
    if row.get(&change.key) == Some(to) {
        return Ok(false);
    }
    row.insert(change.key.clone(), to.clone());
    follow(row, change, to, reason);
    Ok(true)
}

/// What must change along: cohorts replace quantity and start, a price that is taken away needs the
/// reason, and one that is set again needs none; an amount replaces hours.
fn follow(row: &mut Map<String, Value>, change: &Change, to: &Value, reason: &str) {
    let gone: &[&str] = match change.key.as_str() {
        "cohorts" => &["quantity", "start"],
        "quantity" | "start" if !to.is_null() => &["cohorts"],
        "amount" => &["hours", "hourly_rate"],
        _ => &[],
    };
    for key in gone {
        row.remove(*key);
    }
    if change.key == "proxy" {
        if to.is_null() {
            row.insert("unvalued_reason".to_owned(), Value::from(reason.trim()));
            remove_range(row);
        } else {
            row.remove("unvalued_reason");
        }
    }
    // A stated range that no longer contains the assessed figure would refuse it: the band remains.
    if change.key != "range" {
        let key = change.key.clone();
        if let Some(ranges) = row.get_mut("range").and_then(Value::as_object_mut) {
            ranges.remove(&key);
        }
    }
}

fn remove_range(row: &mut Map<String, Value>) {
    if let Some(ranges) = row.get_mut("range").and_then(Value::as_object_mut) {
        ranges.remove("proxy");
    }
}

/// A value as a person reads it.
pub(crate) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_figures_of_rows_can_be_assessed() {
        assert!(Change::read("outcomes[2].deadweight").is_some());
        assert!(Change::read("volunteers[0].hours").is_some());
        for path in [
            "outcomes[2].stakeholder",
            "outcomes[x].proxy",
            "outcomes.proxy",
            "stated.ratio",
            "outcomes[0].reasons.proxy",
            "",
        ] {
            assert_eq!(Change::read(path), None, "{path}");
        }
    }

    #[test]
    fn a_price_taken_away_leaves_its_reason() {
        let mut section = json!({"outcomes": [{"proxy": "10", "range": {"proxy": ["8", "12"]}}]});
        let change = Change::read("outcomes[0].proxy").unwrap();
        assert_eq!(
            apply(&mut section, &change, &Value::Null, " no market "),
            Ok(true)
        );
        assert_eq!(
            section["outcomes"][0],
            json!({"proxy": null, "range": {}, "unvalued_reason": "no market"})
        );
        assert_eq!(
            apply(&mut section, &change, &Value::Null, "again"),
            Ok(false)
        );
        let beyond = Change::read("outcomes[7].proxy").unwrap();
        assert_eq!(apply(&mut section, &beyond, &Value::Null, "x"), Err(()));
    }
}
