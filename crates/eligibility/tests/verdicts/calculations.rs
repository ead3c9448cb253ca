//! Numbers made from facts: exact, unknown when a part is, and cut to the cent as thresholds.
use eligibility::Outcome::{Fail, Pass, Unknown};
use serde_json::{Value, json};

use crate::operators::{expect, outcome, two};

#[test]
fn calculations_are_exact_and_unknown_when_a_part_is() {
    let calculated = |term: Value, right: &str| json!({"op": "eq", "left": term, "right": right});
    let (x, y) = (json!({"field": "org.x"}), json!({"field": "org.y"}));
    let org =
        json!({"x": "0.30", "y": "0.1", "n": ["1", 2], "from": "2025-01-01", "to": "2027-12-31"});
    for (term, result) in [
        (json!({"op": "add", "args": [x, y, "1"]}), "1.4"),
        (json!({"op": "sub", "args": [x, y]}), "0.2"),
        (json!({"op": "mul", "args": [x, y]}), "0.03"),
        (json!({"op": "div", "left": x, "right": y}), "3"),
        (json!({"op": "max", "args": [x, y]}), "0.3"),
        (json!({"op": "min", "args": [x, y]}), "0.1"),
        (json!({"op": "sum", "over": {"field": "org.n"}}), "3"),
        (json!({"op": "count", "over": {"field": "org.n"}}), "2"),
        (json!({"op": "ratio", "args": [x, y]}), "3"),
        (
            json!({"op": "months_between", "args": [{"field": "org.from"}, {"field": "org.to"}]}),
            "36",
        ),
    ] {
        let rule = calculated(term, result);
        assert_eq!(outcome(&rule, &org), Pass, "{rule}");
        assert_eq!(
            outcome(&rule, &json!({"y": "0.1", "to": "2027-12-31"})),
            Unknown,
            "{rule}"
        );
    }
    let by_zero = calculated(json!({"op": "div", "left": x, "right": y}), "0");
    assert_eq!(outcome(&by_zero, &json!({"x": "1", "y": "0"})), Unknown);
    let huge = json!({"op": "mul", "args": [x, x, x, x]});
    assert_eq!(
        outcome(&calculated(huge, "0"), &json!({"x": "99999999999999"})),
        Unknown
    );
}

#[test]
fn every_comparison_with_a_period_that_ends_before_it_starts_fails() {
    let months =
        json!({"op": "months_between", "args": [{"field": "org.from"}, {"field": "org.to"}]});
    let org = json!({"from": "2025-02-01", "to": "2025-01-31"});
    for op in ["eq", "ne", "lt", "lte", "gt", "gte"] {
        let rule = json!({"op": op, "left": months, "right": 36});
        assert_eq!(outcome(&rule, &org), Fail, "{op}");
    }
}

#[test]
fn money_thresholds_are_cut_to_the_cent_and_other_thresholds_are_not() {
    let capped =
        json!({"op": "lte", "left": {"field": "org.asked_hkd"}, "right": {"param": "floor_hkd"}});
    expect(
        &capped,
        &[
            (json!({"asked_hkd": "100.01"}), Pass),
            (json!({"asked_hkd": "100.011"}), Fail),
        ],
    );
    expect(
        &two("lte", &json!("100.019")),
        &[
            (json!({"x": "100.019"}), Pass),
            (json!({"x": "100.02"}), Fail),
        ],
    );
}
