//! The rubric and the ranking settings of a draft, held to the demonstration programme.
use serde_json::json;

use super::*;

const PROGRAMME: &str = include_str!("../../../../seed/programmes/dedicated-fund-it.json");
const SETTINGS: &str = include_str!("../../../../seed/programmes/dedicated-fund-it.settings.json");
const SECTIONS: &str = include_str!("../../../../seed/programmes/dedicated-fund-it.sections.json");

fn programme() -> Value {
    let mut body: Value = serde_json::from_str(PROGRAMME).unwrap();
    body["settings"] = serde_json::from_str(SETTINGS).unwrap();
    body
}

fn codes() -> Codes {
    Codes::from([("district", ["kwun_tong".to_owned()].into())])
}

/// Codes and paths of what is wrong with a body that came from the demonstration's.
fn found(body: &Value) -> Vec<(String, String)> {
    let sections = serde_json::from_str(SECTIONS).unwrap();
    let mut problems = Problems::new();
    scoring(body, &sections, (&programme(), &codes()), &mut problems);
    let problems = problems.into_vec();
    for problem in &problems {
        assert!(problem.message.contains(&problem.path), "{problem:?}");
    }
    let shown = |problem: Problem| (problem.code, problem.path);
    problems.into_iter().map(shown).collect()
}

#[track_caller]
fn assert_found(body: &Value, expected: &[(&str, &str)]) {
    let owned: Vec<(String, String)> = expected
        .iter()
        .map(|(code, path)| ((*code).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(found(body), owned);
}

#[test]
fn the_demonstration_rubric_and_settings_stand() {
    assert_found(&programme(), &[]);
}

#[test]
fn a_rubric_may_lose_gain_reorder_and_reweigh_dimensions() {
    let mut body = programme();
    let dimensions = body["rubric"]["dimensions"].as_array_mut().unwrap();
    dimensions.remove(7);
    dimensions.swap(0, 2);
    let mut added = dimensions[0].clone();
    added["id"] = json!("Sharing");
    added["weight"] = json!(4);
    dimensions[0]["weight"] = json!(16);
    dimensions.push(added);
    body["settings"]["severity"] = json!("adjusted");
    body["settings"]["anchors"]["R1"] = json!({"zero": "1", "hundred": "4.5"});
    assert_found(&body, &[]);
}

#[test]
fn everything_wrong_with_a_rubric_is_listed_at_once() {
    let mut body = programme();
    let dimensions = body["rubric"]["dimensions"].as_array_mut().unwrap();
    dimensions[0]["weight"] = json!(10);
    dimensions[0]["zh"] = json!(" ");
    dimensions[2]["levels"][3]["zh"] = json!("");
    dimensions[3]["levels"].as_array_mut().unwrap().pop();
    dimensions[4]["id"] = json!("R4");
    dimensions[5]["look_for"] = json!("PIA");
    dimensions[6]["id"] = json!("cost");
    dimensions[7]["source"] = json!("machine");
    assert_found(
        &body,
        &[
            ("missing_language", "rubric.dimensions[0].zh"),
            ("missing_language", "rubric.dimensions[2].levels[3].zh"),
            ("missing_level", "rubric.dimensions[3].levels[5]"),
            ("duplicate_id", "rubric.dimensions[4].id"),
            ("missing_language", "rubric.dimensions[5].look_for.en"),
            ("missing_language", "rubric.dimensions[5].look_for.zh"),
            ("reserved_id", "rubric.dimensions[6].id"),
            ("source_differs", "rubric.dimensions[7].source"),
            ("weights_not_hundred", "rubric.dimensions"),
        ],
    );
    body["rubric"]["dimensions"][1]["weight"] = json!("20");
    let codes: Vec<String> = found(&body).into_iter().map(|(code, _)| code).collect();
    assert!(codes.contains(&"not_integer".to_owned()));
    assert!(!codes.contains(&"weights_not_hundred".to_owned()));
    body["rubric"]["dimensions"] = json!([]);
    assert_eq!(
        found(&body)[0],
        ("empty".into(), "rubric.dimensions".into())
    );
}

#[test]
fn anchors_and_readings_are_held_to_the_rubric() {
    let mut body = programme();
    body["settings"]["machine_read"] = json!({"R2": "sroi_p95", "R9": "sroi_p5"});
    let anchors = &mut body["settings"]["anchors"];
    anchors["reviewed"] = json!({"zero": "5", "hundred": "0", "by_scope": {}});
    anchors["R2"]["hundred"] = json!("0");
    anchors["R2"]["by_scope"]["hologram"] = json!({"zero": "0"});
    anchors["R9"] = json!({"zero": "0", "hundred": "five"});
    assert_found(
        &body,
        &[
            ("unknown_reading", "settings.machine_read.R2"),
            ("no_such_dimension", "settings.machine_read.R9"),
            ("anchors_equal", "settings.anchors.R2.hundred"),
            ("unknown_scope", "settings.anchors.R2.by_scope.hologram"),
            ("missing", "settings.anchors.R2.by_scope.hologram.hundred"),
            ("no_such_dimension", "settings.anchors.R9"),
            ("not_decimal", "settings.anchors.R9.hundred"),
            ("anchors_reversed", "settings.anchors.reviewed.hundred"),
            ("scope_not_read", "settings.anchors.reviewed.by_scope"),
        ],
    );
    let mut body = programme();
    body["settings"]["anchors"] = json!({});
    assert_found(
        &body,
        &[
            ("anchors_missing", "settings.anchors.reviewed"),
            ("anchors_missing", "settings.anchors.R2"),
        ],
    );
}

#[test]
fn everything_wrong_with_the_ranking_settings_is_listed_at_once() {
    let mut body = programme();
    let settings = &mut body["settings"];
    settings["reviews_min"] = json!(0);
    settings["stability"] = json!({"samples": 100_001, "seed": -1, "weights": "normal"});
    settings["line_robust"] = json!("0.5");
    settings["severity"] = json!("harsh");
    settings["confirm_above"] = json!("-0.01");
    settings.as_object_mut().unwrap().remove("appeal_days");
    settings["tie_break"] = json!(["R2:max", "R2:min", "age:max", "cost"]);
    settings["constraints"] = json!({"small_share": "1.01", "max_per_group": 0, "lucky": true});
    settings["bands"]["A"] = json!("0.01");
    settings["bands_source"] = json!("guess");
    assert_found(
        &body,
        &[
            ("fixed_value", "settings.bands"),
            ("fixed_value", "settings.bands_source"),
            ("out_of_range", "settings.reviews_min"),
            ("out_of_range", "settings.stability.samples"),
            ("out_of_range", "settings.stability.seed"),
            ("not_one_of", "settings.stability.weights"),
            ("robust_out_of_range", "settings.line_robust"),
            ("not_one_of", "settings.severity"),
            ("negative", "settings.confirm_above"),
            ("missing", "settings.appeal_days"),
            ("duplicate_id", "settings.tie_break[1]"),
            ("not_tie_key", "settings.tie_break[2]"),
            ("not_tie_key", "settings.tie_break[3]"),
            ("unknown_field", "settings.constraints.lucky"),
            ("out_of_range", "settings.constraints.small_share"),
            ("out_of_range", "settings.constraints.max_per_group"),
        ],
    );
}

#[test]
fn fairness_rules_name_what_is_known_and_do_not_contradict_each_other() {
    let rule = |dimension: &str, code: &str, measure: &str, value: &str| json!({"dimension": dimension, "code": code, "measure": measure, "value": value});
    let mut body = programme();
    body["settings"]["constraints"] = json!({
        "small_share": null,
        "at_most": [rule("district", "kwun_tong", "spend", "900000.00"), rule("district", "kwun_tong", "count", "4")],
        "at_least": [rule("district", "kwun_tong", "count", "2")],
        "exclusive": [["DF-1", "DF-7"]],
        "requires": [{"application": "DF-3", "needs": "DF-2"}],
    });
    assert_found(&body, &[]);
    let constraints = &mut body["settings"]["constraints"];
    constraints["at_least"] = json!([
        rule("district", "kwun_tong", "count", "5"),
        rule("district", "atlantis", "count", "1.5"),
        rule("zodiac", "ox", "spend", "-1.00"),
    ]);
    constraints["at_most"][0]["measure"] = json!("count");
    constraints["at_most"][0]["value"] = json!("4");
    constraints["exclusive"] = json!([["DF-1", "DF-1"], ["DF-2"]]);
    constraints["requires"][0]["needs"] = json!("DF-3");
    let at = |path: &str| format!("settings.constraints.{path}");
    let expected = [
        ("duplicate_id", at("at_most[1]")),
        ("not_count", at("at_least[1].value")),
        ("unknown_group", at("at_least[1].code")),
        ("negative", at("at_least[2].value")),
        ("unknown_group", at("at_least[2].dimension")),
        ("limits_reversed", at("at_least")),
        ("wrong_count", at("exclusive[0]")),
        ("wrong_count", at("exclusive[1]")),
        ("requires_itself", at("requires[0]")),
    ];
    let expected: Vec<(&str, &str)> = expected
        .iter()
        .map(|(code, path)| (*code, path.as_str()))
        .collect();
    assert_found(&body, &expected);
}

#[test]
fn a_later_rubric_loses_what_it_removes_renames_or_has_the_machine_score() {
    let before = programme();
    let mut after = programme();
    let dimensions = after["rubric"]["dimensions"].as_array_mut().unwrap();
    dimensions[0]["weight"] = json!(99);
    dimensions[2]["zh"] = json!("效率");
    dimensions[3]["id"] = json!("R9");
    dimensions.pop();
    after["settings"]["machine_read"]["R5"] = json!("sroi_p5");
    assert_eq!(rule_rubric::lost(&before, &before), [""; 0]);
    assert_eq!(rule_rubric::lost(&before, &after), ["R3", "R4", "R5", "R8"]);
}
