//! What comes back from an unedited workbook, and from one that says something else.
use proptest::prelude::*;
use serde_json::{Value, json};
use workbook::{Import, Language, import};

use crate::{
    maps::{Example, demonstration, generated},
    package::{OUTCOMES, with_cell, with_number, with_text},
};

fn assert_unchanged(example: &Example, language: Language) {
    let import = import(&example.export(language), &example.section);
    let expected = Import {
        content: Some(example.section.clone()),
        ..Import::default()
    };
    assert_eq!(import, expected, "{}", example.name);
}

#[test]
fn every_demonstration_map_comes_back_as_it_went_in_both_languages() {
    let examples = demonstration();
    assert!(examples.len() >= 58, "only {}", examples.len());
    for example in &examples {
        for language in Language::ALL {
            assert_unchanged(example, language);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_map_comes_back_as_it_went(seed in any::<u64>()) {
        assert_unchanged(&generated(seed), Language::Zh);
    }

    #[test]
    fn a_workbook_read_over_another_map_makes_it_that_map(one in any::<u64>(), other in any::<u64>()) {
        let bytes = generated(one).export(Language::En);
        let first = import(&bytes, &generated(other).section);
        prop_assert_eq!(&first.refused, &vec![]);
        let content = first.content.unwrap();
        let second = import(&bytes, &content);
        prop_assert_eq!(second.changes, vec![]);
        prop_assert_eq!(second.added, vec![]);
        prop_assert_eq!(second.removed, vec![]);
        prop_assert_eq!(second.content, Some(content));
    }
}

/// A small map whose cells are known: `o1` in row 5, the cohorts of `o2` in rows 6 and 7.
pub(crate) fn small() -> Example {
    let mut example = generated(7);
    example.index = None;
    let outcome = |id: &str| {
        json!({"id": id, "stakeholder": "Carers", "name": format!("Rest {id}"), "duration": 3,
               "proxy": "182.00", "deadweight": "0.10", "displacement": "0", "attribution": "0.2",
               "dropoff": "0.15", "evidence_grade": "C", "reasons": {"deadweight": "kept"}})
    };
    let (mut one, mut two) = (outcome("o1"), outcome("o2"));
    one["quantity"] = json!("1540");
    one["start"] = json!(1);
    two["cohorts"] = json!([{"start": 1, "quantity": "50"}, {"start": 2, "quantity": "200"}]);
    example.section = json!({
        "stakeholders": [{"id": "s1", "name": "Carers", "number": 250}],
        "outcomes": [one, two], "volunteers": [], "stated": {"ratio": "2.75"}});
    example.question = json!({
        "format": 1, "currency": "HKD", "discount_rate": "0.035",
        "inputs": [{"name": "grant", "amount": "100000", "year": 0, "kind": "cash"}],
        "outcomes": example.section["outcomes"]});
    example
}

/// Path, cell, from and to of every change.
fn changes(import: &Import) -> Vec<(&str, &str, Option<&str>, Option<&str>)> {
    import
        .changes
        .iter()
        .map(|change| {
            let (from, to) = (change.from.as_deref(), change.to.as_deref());
            (change.path.as_str(), change.cell.as_str(), from, to)
        })
        .collect()
}

#[test]
fn an_edited_cell_is_named_with_its_path_and_both_values() {
    let example = small();
    let bytes = example.export(Language::En);
    let edited = with_number(&bytes, OUTCOMES, "L5", "0.15");
    let result = import(&edited, &example.section);
    let expected = [(
        "outcomes[0].deadweight",
        "Outcomes!L5",
        Some("0.10"),
        Some("0.15"),
    )];
    assert_eq!(changes(&result), expected);
    let content = result.content.unwrap();
    assert_eq!(content["outcomes"][0]["deadweight"], "0.15");
    let mut expected = example.section.clone();
    expected["outcomes"][0]["deadweight"] = json!("0.15");
    assert_eq!(content, expected);
}

#[test]
fn the_sheet_is_named_as_the_person_sees_it() {
    let example = small();
    let edited = with_number(&example.export(Language::Zh), OUTCOMES, "L5", "0.15");
    assert_eq!(import(&edited, &example.section).changes[0].cell, "成效!L5");
}

#[test]
fn a_formula_typed_into_a_cell_counts_with_what_it_comes_to() {
    let example = small();
    let bytes = example.export(Language::En);
    let inside = "<f>0.1+0.2</f><v>0.30000000000000004</v>";
    let edited = with_cell(&bytes, OUTCOMES, "L5", "", inside);
    let result = import(&edited, &example.section);
    assert_eq!(result.changes[0].to.as_deref(), Some("0.3"));
    assert_eq!(result.content.unwrap()["outcomes"][0]["deadweight"], "0.3");
}

#[test]
fn a_cleared_cell_takes_the_value_out_of_the_map() {
    let example = small();
    let bytes = example.export(Language::En);
    let edited = with_cell(&bytes, OUTCOMES, "L5", "", "");
    let edited = with_cell(&edited, OUTCOMES, "I5", "", "");
    let result = import(&edited, &example.section);
    let expected = [
        ("outcomes[0].proxy", "Outcomes!I5", Some("182.00"), None),
        ("outcomes[0].deadweight", "Outcomes!L5", Some("0.10"), None),
    ];
    assert_eq!(changes(&result), expected);
    let outcome = &result.content.unwrap()["outcomes"][0];
    assert!(outcome.get("deadweight").is_none());
    assert_eq!(outcome["proxy"], Value::Null);
}

#[test]
fn a_cohort_is_changed_under_its_own_path() {
    let example = small();
    let bytes = example.export(Language::En);
    let edited = with_number(&bytes, OUTCOMES, "F7", "-20.5");
    let result = import(&edited, &example.section);
    let expected = [(
        "outcomes[1].cohorts[1].quantity",
        "Outcomes!F7",
        Some("200"),
        Some("-20.5"),
    )];
    assert_eq!(changes(&result), expected);
    assert_eq!(
        result.content.unwrap()["outcomes"][1]["cohorts"][1]["quantity"],
        "-20.5"
    );
}

#[test]
fn a_new_row_becomes_an_outcome_with_a_new_id_and_a_further_cohort_joins_its_own() {
    let example = small();
    let mut bytes = example.export(Language::En);
    // Row 8 is the first empty one: the third cohort of o2; row 9 is a new outcome.
    bytes = with_text(&bytes, OUTCOMES, "A8", "o2");
    for (cell, number) in [
        ("B8", "3"),
        ("F8", "75"),
        ("G8", "4"),
        ("F9", "12"),
        ("L9", "0.5"),
    ] {
        bytes = with_number(&bytes, OUTCOMES, cell, number);
    }
    bytes = with_text(&bytes, OUTCOMES, "D9", "Calmer nights");
    let result = import(&bytes, &example.section);
    assert_eq!(result.refused, vec![]);
    let expected = [
        (
            "outcomes[1].cohorts[2].quantity",
            "Outcomes!F8",
            None,
            Some("75"),
        ),
        (
            "outcomes[1].cohorts[2].start",
            "Outcomes!G8",
            None,
            Some("4"),
        ),
    ];
    assert_eq!(changes(&result), expected);
    let added = &result.added[0];
    assert_eq!(
        (added.path.as_str(), added.cell.as_str()),
        ("outcomes[2]", "Outcomes!A9")
    );
    assert_eq!(
        (added.id.as_str(), added.name.as_str()),
        ("o3", "Calmer nights")
    );
    let content = result.content.unwrap();
    assert_eq!(
        content["outcomes"][1]["cohorts"][2],
        json!({"start": 4, "quantity": "75"})
    );
    let fresh = json!({"id": "o3", "name": "Calmer nights", "quantity": "12", "deadweight": "0.5"});
    assert_eq!(content["outcomes"][2], fresh);
}

#[test]
fn a_row_that_is_gone_is_listed_as_taken_away() {
    let example = small();
    let mut shorter = small();
    for document in [&mut shorter.section, &mut shorter.question] {
        document["outcomes"].as_array_mut().unwrap().remove(0);
    }
    let result = import(&shorter.export(Language::En), &example.section);
    assert_eq!(result.removed.len(), 1);
    assert_eq!(result.removed[0].path, "outcomes[0]");
    assert_eq!(result.removed[0].name, "Rest o1");
    assert_eq!(result.content.unwrap(), shorter.section);
}

#[test]
fn grades_and_ranges_are_set_for_one_parameter_or_for_all() {
    let example = small();
    let mut other = small();
    for document in [&mut other.section, &mut other.question] {
        document["outcomes"][0]["evidence_grade"] = json!({"quantity": "A", "dropoff": "D"});
        document["outcomes"][0]["range"] = json!({"deadweight": ["0.05", "0.2"]});
    }
    let there = import(&other.export(Language::En), &example.section)
        .content
        .unwrap();
    assert_eq!(there, other.section);
    let back = import(&example.export(Language::En), &other.section)
        .content
        .unwrap();
    assert_eq!(back["outcomes"][0]["evidence_grade"], "C");
    let both = with_text(&example.export(Language::En), OUTCOMES, "Z5", "A");
    let both = import(&both, &example.section).content.unwrap();
    let grades = &both["outcomes"][0]["evidence_grade"];
    assert_eq!(
        (&grades["quantity"], &grades["dropoff"]),
        (&json!("A"), &json!("C"))
    );
    assert!(back["outcomes"][0].get("range").is_none());
}
