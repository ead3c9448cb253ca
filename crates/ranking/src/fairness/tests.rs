//! Fairness tables: counts, money split to the cent, what was not stated, bad input.
use explain::json::Json;
use money::{Decimal, Hkd};
use proptest::prelude::*;
use serde_json::json;

use super::{Application, Request, evaluate};
use crate::calc_fairness;

const ROUND: &str = r#"{"format":1,"few":2,"applications":[
    {"id":"a","size_band":"small","districts":{"kt":"0.6","st":"0.3"},"service_areas":{"elderly":"1"},
     "first_time":true,"score":"61.2","funded":true,"asked":"100.00","awarded":"90.01"},
    {"id":"b","size_band":"large","districts":{"kt":"1"},"service_areas":{"elderly":"0.5","youth":"0.5"},
     "first_time":false,"score":null,"funded":false,"asked":"0.01","awarded":null},
    {"id":"c","score":"40","funded":true,"asked":"50.00","awarded":"9.99"}]}"#;

#[test]
fn a_round_is_described_code_by_code() {
    let found = calc_fairness(&Json::parse(ROUND).unwrap()).unwrap();
    assert_eq!(
        found["all"],
        json!({"code": null, "applications": 3, "funded": 2, "funded_share": "0.6667",
               "mean_score": "50.60", "asked": "150.01", "awarded": "100.00",
               "awarded_share": "1.0000", "few": false})
    );
    let ids: Vec<_> = found["dimensions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| &d["id"])
        .collect();
    assert_eq!(ids, ["size_band", "district", "service_area", "first_time"]);
    let districts = found["dimensions"][1]["rows"].as_array().unwrap();
    assert_eq!(
        districts[0],
        json!({"code": "kt", "applications": 2, "funded": 1, "funded_share": "0.5000",
               "mean_score": "61.20", "asked": "66.68", "awarded": "60.01",
               "awarded_share": "0.6001", "few": false})
    );
    // 90.01 in the proportion 6 : 3; the cent left over goes to the larger remainder.
    assert_eq!(districts[1]["awarded"], "30.00");
    assert_eq!(districts[1]["few"], true);
    let unknown = &districts[2];
    assert_eq!(
        (&unknown["code"], &unknown["awarded"]),
        (&json!(null), &json!("9.99"))
    );
    assert_eq!(found["dimensions"][3]["rows"][1]["code"], "true");
}

#[test]
fn every_problem_of_the_round_is_listed_at_once() {
    let body = r#"{"applications":[
        {"id":"a","districts":{"kt":"1.5"},"funded":"yes","asked":"1"},
        {"id":"b","districts":{"kt":"0"},"funded":true,"asked":"-1"},
        {"id":"b","funded":false,"asked":"1","awarded":"1"}],"few":-1}"#;
    let read = |body: &str| -> Vec<(String, String)> {
        let problems = calc_fairness(&Json::parse(body).unwrap()).unwrap_err();
        let pair = |problem: explain::Problem| (problem.code, problem.path);
        problems.into_vec().into_iter().map(pair).collect()
    };
    let expected = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = |(code, path): &(&str, &str)| ((*code).to_owned(), (*path).to_owned());
        list.iter().map(owned).collect()
    };
    assert_eq!(
        read(body),
        expected(&[
            ("out_of_range", "applications[0].districts.kt"),
            ("not_boolean", "applications[0].funded"),
            ("missing", "applications[1].awarded"),
            ("out_of_range", "few"),
        ])
    );
    let readable = r#"{"applications":[
        {"id":"b","districts":{"kt":"0"},"funded":true,"asked":"-1","awarded":"0"},
        {"id":"b","funded":false,"asked":"1","awarded":"1"}]}"#;
    assert_eq!(
        read(readable),
        expected(&[
            ("duplicate_id", "applications[1].id"),
            ("bad_weights", "applications[0].districts"),
            ("out_of_range", "applications[0].asked"),
            ("awarded_not_funded", "applications[1].awarded"),
        ])
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_money_of_every_table_adds_up_to_the_whole_to_the_cent(
        rows in prop::collection::vec(
            (0_i64..1_000_000_000, prop::collection::btree_map("[a-d]", 1_i64..=100, 0..4), any::<bool>()),
            0..30,
        ),
    ) {
        let applications = rows
            .into_iter()
            .enumerate()
            .map(|(place, (cents, shares, funded))| Application {
                id: place.to_string(),
                size_band: None,
                districts: shares.iter().map(|(k, s)| (k.clone(), Decimal::new(*s, 2))).collect(),
                service_areas: shares.into_iter().map(|(k, s)| (k, Decimal::new(s, 2))).collect(),
                first_time: Some(funded),
                score: None,
                funded,
                asked: Hkd::from_cents(cents),
                awarded: Hkd::from_cents(if funded { cents / 3 } else { 0 }),
            })
            .collect();
        let found = evaluate(&Request { applications, few: 5 }).unwrap();
        for (_, rows) in &found.dimensions {
            let asked = Hkd::checked_sum(rows.iter().map(|row| row.asked)).unwrap();
            let awarded = Hkd::checked_sum(rows.iter().map(|row| row.awarded)).unwrap();
            prop_assert_eq!((asked, awarded), (found.all.asked, found.all.awarded));
        }
    }
}
