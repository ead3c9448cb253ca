//! The cap of the demonstration programme and the fictional applications with expected checks.
use eligibility::Outcome;
use serde_json::{Value, json};

use crate::facts::{CASES, PLAIN, SEED, compiled, complete, facts, value, with};

#[test]
fn the_cap_is_one_per_cent_of_the_subvention_or_the_floor_cut_to_the_cent() {
    let ruleset = compiled(SEED);
    let programme = value(SEED);
    let vectors = programme["test_vectors_cap"].as_array().unwrap();
    assert_eq!(vectors.len(), 6);
    for vector in vectors {
        let changed = with(
            complete(),
            "/org/provisional_subvention_hkd",
            vector["provisional_subvention_hkd"].clone(),
        );
        let facts = facts(&changed);
        let verdict = ruleset.evaluate(&facts);
        let cap = verdict.result("DF-E06").unwrap().threshold();
        assert_eq!(cap, vector["expect_cap_hkd"]);
    }
}

/// Facts of a fictional application; everything else is complete.
fn case_facts(organisation: &Value, application: &Value) -> Value {
    let mut facts = complete();
    for key in [
        "subvention_mode",
        "provisional_subvention_hkd",
        "legal_form",
    ] {
        facts["org"][key] = organisation[key].clone();
    }
    facts["org"]["s88_status"] = organisation["s88_status"].clone();
    facts["org"]["identifiers"] = json!([{"type": "ubi_brn", "value": organisation["ubi"]}]);
    facts["org"]["awarded_to_date_hkd"] = application["awarded_to_date_hkd"].clone();
    let asked = &application["requested_hkd"];
    facts["application"]["requested_hkd"] = asked.clone();
    facts["application"]["budget_lines"] = json!([{
        "requested_hkd": asked, "other_funding_hkd": "0", "cost_hkd": asked, "cost_type": "software"
    }]);
    facts
}

#[test]
fn the_fictional_applications_come_out_as_expected() {
    let cases = value(CASES);
    let organisations = cases["organisations"].as_array().unwrap();
    let applications = cases["applications"].as_array().unwrap();
    assert_eq!(applications.len(), 7);
    for ruleset in [compiled(SEED), compiled(PLAIN)] {
        for application in applications {
            let organisation = organisations
                .iter()
                .find(|organisation| organisation["id"] == application["org"])
                .unwrap();
            let facts = facts(&case_facts(organisation, application));
            let verdict = ruleset.evaluate(&facts);
            let why = &application["why"];
            assert_eq!(
                verdict.state().word(),
                application["expect_state_if_all_else_passes"],
                "{why}"
            );
            for (id, expected) in application["checks"].as_object().unwrap() {
                let expected = match expected {
                    Value::Bool(true) => Outcome::Pass,
                    Value::Bool(false) => Outcome::Fail,
                    _ => Outcome::Unknown,
                };
                assert_eq!(
                    verdict.result(id).unwrap().outcome(),
                    expected,
                    "{id}: {why}"
                );
            }
            let cap = verdict.result("DF-E06").unwrap();
            assert_eq!(cap.threshold(), application["cap_hkd"], "{why}");
        }
    }
}

#[test]
fn an_application_over_its_cap_is_told_by_how_much_in_both_languages() {
    let ruleset = compiled(SEED);
    let facts = facts(&with(
        complete(),
        "/org/awarded_to_date_hkd",
        json!("1234567.89"),
    ));
    let verdict = ruleset.evaluate(&facts);
    let result = verdict.result("DF-E06").unwrap();
    assert_eq!(result.value(), "1734567.89");
    assert_eq!(result.shortfall(), "1234567.89");
    assert_eq!(
        result.reason().en,
        "The amount asked, with earlier awards, comes to HK$1,734,567.89, which is \
         HK$1,234,567.89 over the cap of HK$500,000.00."
    );
    assert_eq!(
        result.reason().zh,
        "連同以往批款，申請款額合共HK$1,734,567.89，較上限HK$500,000.00多出HK$1,234,567.89。"
    );
    assert_eq!(
        result.fix().unwrap().en,
        "Reduce the amount asked by HK$1,234,567.89."
    );
}
