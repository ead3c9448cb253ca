//! Cells that are refused: each by name, path and cause, and all of them at once.
use serde_json::json;
use workbook::{Import, Language, import};

use crate::{
    package::{
        EXCLUSIONS, OUTCOMES, STAKEHOLDERS, VOLUNTEERS, changed_text, with_cell, with_number,
        with_text,
    },
    round_trip::small,
};

/// Code, cell and path of everything refused; nothing may be accepted beside it.
fn refused(bytes: &[u8]) -> Vec<(String, String, String)> {
    let import = import(bytes, &small().section);
    assert!(import.content.is_none(), "{import:?}");
    listed(&import)
}

fn listed(import: &Import) -> Vec<(String, String, String)> {
    let refused = import.refused.iter();
    refused
        .map(|refusal| {
            let problem = &refusal.problem;
            (
                problem.code.clone(),
                refusal.cell.clone(),
                problem.path.clone(),
            )
        })
        .collect()
}

fn assert_refused(bytes: &[u8], expected: &[(&str, &str, &str)]) {
    let found = refused(bytes);
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|(code, cell, path)| (code.as_str(), cell.as_str(), path.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn everything_wrong_is_refused_at_once() {
    let mut bytes = small().export(Language::En);
    bytes = with_text(&bytes, OUTCOMES, "F5", "about 1540");
    bytes = with_number(&bytes, OUTCOMES, "G5", "1.5");
    bytes = with_cell(&bytes, OUTCOMES, "I5", " t=\"d\"", "<v>2026-01-31</v>");
    bytes = with_number(&bytes, OUTCOMES, "L5", "15");
    bytes = with_number(&bytes, OUTCOMES, "M5", "-0.1");
    bytes = with_cell(&bytes, OUTCOMES, "N5", " t=\"e\"", "<v>#REF!</v>");
    bytes = with_number(&bytes, OUTCOMES, "O5", "0.1234567");
    bytes = with_text(&bytes, OUTCOMES, "P5", "E");
    bytes = with_number(&bytes, OUTCOMES, "F6", "12345678901234.123");
    bytes = with_number(&bytes, OUTCOMES, "F7", "1e20");
    bytes = with_text(&bytes, STAKEHOLDERS, "D5", "many");
    assert_refused(
        &bytes,
        &[
            ("not_number", "Stakeholders!D5", "stakeholders[0].number"),
            ("not_number", "Outcomes!F5", "outcomes[0].quantity"),
            ("not_whole", "Outcomes!G5", "outcomes[0].start"),
            ("date_in_cell", "Outcomes!I5", "outcomes[0].proxy"),
            (
                "share_out_of_range",
                "Outcomes!L5",
                "outcomes[0].deadweight",
            ),
            (
                "share_out_of_range",
                "Outcomes!M5",
                "outcomes[0].displacement",
            ),
            ("error_value", "Outcomes!N5", "outcomes[0].attribution"),
            ("too_many_places", "Outcomes!O5", "outcomes[0].dropoff"),
            ("unknown_grade", "Outcomes!P5", "outcomes[0].evidence_grade"),
            (
                "not_exact",
                "Outcomes!F6",
                "outcomes[1].cohorts[0].quantity",
            ),
            (
                "out_of_range",
                "Outcomes!F7",
                "outcomes[1].cohorts[1].quantity",
            ),
        ],
    );
}

#[test]
fn a_share_of_15_is_told_from_15_percent() {
    let bytes = with_number(&small().export(Language::En), OUTCOMES, "L5", "15");
    let import = import(&bytes, &small().section);
    let problem = &import.refused[0].problem;
    assert_eq!(
        problem.message,
        "Outcomes!L5 holds 15, which is 1500 %; if you mean 15 %, type 15% or its hundredth part, \
         such as 0.15 for 15 %."
    );
    assert_eq!(problem.params["percent"], "1500");
    let percent = with_text(&small().export(Language::En), OUTCOMES, "L5", "15%");
    assert_refused(
        &percent,
        &[("not_number", "Outcomes!L5", "outcomes[0].deadweight")],
    );
}

#[test]
fn merged_cells_are_refused_with_their_first_cell() {
    let bytes = small().export(Language::En);
    let part = format!("xl/worksheets/sheet{OUTCOMES}.xml");
    let merged = changed_text(&bytes, &part, |text| {
        let merged = "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"C5:C6\"/></mergeCells>";
        text.replace("</sheetData>", merged)
    });
    assert_refused(&merged, &[("merged_cells", "Outcomes!C5", "outcomes")]);
}

#[test]
fn a_missing_sheet_and_a_missing_column_are_named() {
    let bytes = small().export(Language::En);
    let part = "xl/sharedStrings.xml";
    let bytes = changed_text(&bytes, part, |text| {
        let text = text.replace(">volunteer.", ">other.");
        text.replace(">outcome.deadweight<", "><")
    });
    let found = refused(&bytes);
    let codes: Vec<&str> = found.iter().map(|(code, ..)| code.as_str()).collect();
    assert_eq!(codes, ["sheet_missing", "column_missing"]);
    assert_eq!(found[1].2, "outcomes[].deadweight");
    let nothing = changed_text(&bytes, part, |text| text.replace('.', ","));
    assert_refused(&nothing, &[("file_not_ours", "", "")]);
}

#[test]
fn an_id_may_stand_only_once() {
    let bytes = small().export(Language::En);
    let twice = with_text(&bytes, OUTCOMES, "A8", "o1");
    let twice = with_text(&twice, OUTCOMES, "D8", "A copied row");
    assert_refused(&twice, &[("duplicate_id", "Outcomes!A8", "outcomes")]);
    let cohort = with_number(&bytes, OUTCOMES, "B7", "1");
    assert_refused(
        &cohort,
        &[("duplicate_id", "Outcomes!B7", "outcomes[1].cohorts[0]")],
    );
}

#[test]
fn values_beside_a_further_cohort_are_refused_unless_they_repeat_the_first_row() {
    let bytes = small().export(Language::En);
    let other = with_number(&bytes, OUTCOMES, "L7", "0.5");
    assert_refused(
        &other,
        &[("cohort_value", "Outcomes!L7", "outcomes[1].deadweight")],
    );
    let same = with_number(&bytes, OUTCOMES, "L7", "0.1");
    assert_eq!(listed(&import(&same, &small().section)), []);
}

#[test]
fn half_a_range_an_unknown_word_and_a_bad_library_entry_are_refused() {
    let mut bytes = small().export(Language::En);
    // The low end of the range of quantity; X to AB are its reason, source, grade, low and high.
    bytes = with_number(&bytes, OUTCOMES, "AA5", "1000");
    bytes = with_text(&bytes, OUTCOMES, "S5", "respite day");
    bytes = with_text(&bytes, EXCLUSIONS, "B5", "nobody");
    bytes = with_number(&bytes, VOLUNTEERS, "F5", "61");
    assert_refused(
        &bytes,
        &[
            ("not_one_of", "Exclusions!B5", "exclusions[0].kind"),
            ("not_whole", "Volunteers!F5", "volunteers[0].year"),
            ("not_library_entry", "Outcomes!S5", "outcomes[0].library"),
            (
                "range_incomplete",
                "Outcomes!AB5",
                "outcomes[0].range.quantity",
            ),
        ],
    );
}

#[test]
fn more_outcomes_than_a_map_may_have_are_refused() {
    let mut example = small();
    let one = example.section["outcomes"][0].clone();
    let many: Vec<_> = (0..500)
        .map(|number| {
            let mut outcome = one.clone();
            outcome["id"] = json!(format!("o{number}"));
            outcome
        })
        .collect();
    example.section["outcomes"] = json!(many);
    example.question["outcomes"] = json!(many);
    let bytes = example.export(Language::En);
    println!("500 outcomes: {} KiB", bytes.len() / 1024);
    assert!(bytes.len() < workbook::FILE_BYTES_MAX);
    assert_eq!(
        import(&bytes, &example.section).content,
        Some(example.section.clone())
    );
    let bytes = with_text(&bytes, OUTCOMES, "D505", "One more");
    assert_refused(&bytes, &[("too_many_rows", "Outcomes!A505", "outcomes")]);
}

#[test]
fn a_map_with_too_many_cohorts_is_not_exported() {
    let mut example = small();
    let cohorts: Vec<_> = (1..=30)
        .map(|start| json!({"start": start, "quantity": "1"}))
        .collect();
    let mut one = example.section["outcomes"][1].clone();
    one["cohorts"] = json!(cohorts);
    let many: Vec<_> = (0..34)
        .map(|number| {
            let mut outcome = one.clone();
            outcome["id"] = json!(format!("o{number}"));
            outcome
        })
        .collect();
    example.section["outcomes"] = json!(many);
    example.question["outcomes"] = json!(many);
    let meta = workbook::Meta {
        title: String::new(),
        reference: String::new(),
        fictional: false,
        exported_on: "2026-11-21".parse().unwrap(),
        price_index: None,
    };
    let refused = workbook::export(&example.section, &example.request(), Language::En, &meta);
    assert!(refused.unwrap_err().to_string().contains("too_many_rows"));
}
