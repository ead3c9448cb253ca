//! Sensitivity on vector 01; the expected figures were computed independently (vector 23).
use serde_json::{Value, json};

use crate::cases::{calc, problems, rounded, text, timebank, vector};

fn with_sensitivity(sensitivity: Value) -> Value {
    let mut body = timebank();
    body["sensitivity"] = sensitivity;
    body
}

#[test]
fn the_tornado_has_the_computed_ends_sorted_by_swing() {
    let vector = vector("23_sensitivity_vectors_timebank");
    let result = calc(&with_sensitivity(json!({"tornado": [
        {"parameter": "deadweight", "scope": "all", "low": "0", "high": "0.30"},
        {"parameter": "attribution", "scope": "all", "low": "0", "high": "0.30"},
        {"parameter": "displacement", "scope": "all", "low": "0", "high": "0.30"},
        {"parameter": "dropoff", "scope": "all", "low": "0.40", "high": "1.00"},
        {"parameter": "proxy", "scope": "all", "low": "0.8", "high": "1.2", "unit": "multiplier"},
        {"parameter": "discount_rate", "low": "0", "high": "0.06"},
    ]})));
    let bars = result["sensitivity"]["tornado"].as_array().unwrap();
    let order: Vec<&str> = bars.iter().map(|bar| text(&bar["parameter"])).collect();
    assert_eq!(
        order,
        [
            "dropoff",
            "proxy",
            "deadweight",
            "displacement",
            "attribution",
            "discount_rate"
        ]
    );
    for expected in vector["tornado"].as_array().unwrap() {
        let name = match text(&expected["parameter"]) {
            "all proxies" => "proxy",
            "discount rate" => "discount_rate",
            name => name,
        };
        let bar = bars.iter().find(|bar| bar["parameter"] == name).unwrap();
        for key in ["ratio_low", "ratio_high", "swing"] {
            assert_eq!(bar[key], expected[key], "{name} {key}");
        }
    }
}

#[test]
fn switching_values_and_payback_match_the_computed_ones() {
    let vector = vector("23_sensitivity_vectors_timebank");
    let result = calc(&with_sensitivity(json!({"switching": true})));
    let found = result["sensitivity"]["switching"].as_array().unwrap();
    let of = |parameter: &str, scope: &str| {
        let found = found
            .iter()
            .find(|row| row["parameter"] == parameter && row["scope"] == scope);
        found.unwrap()["value"].clone()
    };
    let scale = rounded(text(&vector["breakeven_common_scale"]), 12);
    assert_eq!(of("proxy", "all"), json!(scale));
    assert_eq!(of("quantity", "all"), json!(scale));
    let deadweight = rounded(text(&vector["breakeven_common_deadweight"]), 12);
    assert_eq!(of("deadweight", "all"), json!(deadweight));
    // Even with nothing kept after the first year, and at any rate, the ratio stays above 1; no
    // single outcome of the four carries it.
    assert_eq!(of("dropoff", "all"), Value::Null);
    assert_eq!(of("discount_rate", "all"), Value::Null);
    assert_eq!(of("proxy", "o1"), Value::Null);
    assert_eq!(
        result["payback"]["simple_months"],
        rounded(text(&vector["payback_months_simple"]), 4)
    );
}

#[test]
fn the_ratio_at_every_switching_value_is_one() {
    let mut base = timebank();
    base["inputs"][0]["amount"] = json!("700000");
    base["sensitivity"] = json!({"switching": true});
    let found = calc(&base)["sensitivity"]["switching"].clone();
    let mut checked = 0;
    for row in found.as_array().unwrap() {
        let Some(value) = row["value"].as_str() else {
            continue;
        };
        // Inputs carry six places; the ratio is then 1 to about as many.
        let end = rounded(value, 6);
        let mut body = base.clone();
        body["sensitivity"] = json!({"tornado": [{
            "parameter": row["parameter"], "scope": row["scope"], "unit": row["unit"],
            "low": end, "high": end,
        }]});
        let bar = calc(&body)["sensitivity"]["tornado"][0].clone();
        assert_eq!(bar["ratio_low"], "1.0000", "{row}");
        checked += 1;
    }
    assert!(checked >= 16, "{checked}");
}

#[test]
fn the_rate_at_which_value_equals_cost_is_found_to_twelve_places() {
    // 1,000 now against 600 at the end of each of two years: x = 0.6/(1+r), x + x²/0.6 = 1.
    let mut body = crate::cases::map(
        "1000",
        "0.035",
        "end_of_year",
        &json!([crate::cases::plain_outcome("1", "600", 2)]),
    );
    body["sensitivity"] = json!({"switching": true});
    let found = calc(&body)["sensitivity"]["switching"][0].clone();
    assert_eq!(found["parameter"], "discount_rate");
    // (0.6 + √(0.36 + 2.4)) / 2 − 1
    assert_eq!(found["value"], "0.130662386292");
}

#[test]
fn a_grid_holds_the_ratio_of_every_pair() {
    let result = calc(&with_sensitivity(json!({"grid": {
        "row": {"parameter": "deadweight", "scope": "all", "values": ["0", "0.10", "0.30"]},
        "column": {"parameter": "discount_rate", "values": ["0.035", "0.06"]},
    }})));
    let grid = &result["sensitivity"]["grid"];
    assert_eq!(grid["ratios"][0][0], "17.8485");
    assert_eq!(grid["ratios"][1][0], "16.0637");
    assert_eq!(grid["ratios"][1][1], "15.9786");
    assert_eq!(grid["ratios"][2][0], "12.4940");
    assert_eq!(grid["ratios"].as_array().unwrap().len(), 3);
    assert_eq!(grid["row"]["values"], json!(["0", "0.1", "0.3"]));
}

#[test]
fn levers_that_make_no_sense_are_refused_together() {
    let body = with_sensitivity(json!({"tornado": [
        {"parameter": "deadweight", "scope": "all", "low": "0", "high": "1.5"},
        {"parameter": "proxy", "scope": "nobody", "low": "1", "high": "2"},
        {"parameter": "discount_rate", "scope": "o1", "low": "0", "high": "0.1"},
        {"parameter": "proxy", "scope": "all", "low": "-1", "high": "2", "unit": "multiplier"},
        {"parameter": "luck", "scope": "all", "low": "0", "high": "1"},
    ]}));
    let found = problems(&body);
    let at = |at: usize, key: &str| format!("sensitivity.tornado[{at}].{key}");
    assert_eq!(
        found,
        [
            ("out_of_range".to_owned(), at(0, "high")),
            ("bad_scope".to_owned(), at(1, "scope")),
            ("bad_scope".to_owned(), at(2, "scope")),
            ("out_of_range".to_owned(), at(3, "low")),
            ("not_one_of".to_owned(), at(4, "parameter")),
        ]
    );
    let body = with_sensitivity(json!({"tornado": [
        {"parameter": "dropoff", "scope": "o1", "low": "1", "high": "2", "unit": "multiplier"},
    ]}));
    let expected = (
        "out_of_range".to_owned(),
        "sensitivity.tornado[0]".to_owned(),
    );
    assert_eq!(problems(&body), [expected]);
}
