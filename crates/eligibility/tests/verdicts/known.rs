//! Codes are known wherever they stand, and a name that is not known is answered with the nearest that is.
use eligibility::check;
use explain::json::Json;
use serde_json::{Value, json};

use crate::reach::{accepted, catalogue, field, refused};

#[test]
fn codes_are_known_wherever_they_stand() {
    accepted(&json!({"op": "subset", "left": field("tags"), "right": ["red", "blue"]}));
    refused(
        &json!({"op": "intersects", "left": field("tags"), "right": ["red", "green"]}),
        "unknown_code",
        ".right[1]",
    );
    refused(
        &json!({"op": "ne", "left": field("kind"), "right": "c"}),
        "unknown_code",
        ".right",
    );
    refused(
        &json!({"op": "subset", "left": field("tags"), "right": field("note")}),
        "wrong_type",
        ".right",
    );
    // Items of a list without parts of their own are its codes.
    let each = |over: &str, rule: Value| json!({"op": "all", "over": field(over), "where": rule});
    accepted(&each(
        "tags",
        json!({"op": "in", "left": field("item"), "right": ["red"]}),
    ));
    refused(
        &each(
            "tags",
            json!({"op": "in", "left": field("item"), "right": ["green"]}),
        ),
        "unknown_code",
        ".where.right[0]",
    );
    // Items with parts are records: a part has its own codes, the item itself has no order.
    accepted(&each(
        "lines",
        json!({"op": "eq", "left": field("item.kind"), "right": "x"}),
    ));
    refused(
        &each(
            "lines",
            json!({"op": "eq", "left": field("item.kind"), "right": "a"}),
        ),
        "unknown_code",
        ".where.right",
    );
    refused(
        &each(
            "lines",
            json!({"op": "eq", "left": field("itemised"), "right": "a"}),
        ),
        "unknown_field",
        ".where.left.field",
    );
    refused(
        &each(
            "lines",
            json!({"op": "in", "left": field("item"), "right": ["red"]}),
        ),
        "wrong_type",
        ".where.right[0]",
    );
}

#[test]
fn the_nearest_name_shares_most_of_its_beginning_and_its_end() {
    let nearest = |name: &str| {
        let rule = json!({"op": "present", "left": field(name)});
        let both = json!({"en": "words", "zh": "文字"});
        let ruleset = json!({"id": "r", "version": "1", "sources": {"ILL": {}},
            "criteria": [{"id": "E1", "severity": "hard", "question_en": "Is it?", "question_zh": "是否？",
                "source": ["ILL"], "rule": rule, "reason": both, "fix": both}]});
        let problems = check(&Json::from(&ruleset), &catalogue()).into_vec();
        problems[0].message.clone()
    };
    for (wrong, right) in [
        ("costs_hkd", "cost_hkd"),
        ("owned_hkd", "own_hkd"),
        ("start_on", "starts_on"),
        ("us_ai", "uses_ai"),
    ] {
        let message = nearest(wrong);
        assert!(
            message.contains(&format!("\"project.{right}\"")),
            "{message}"
        );
    }
}
