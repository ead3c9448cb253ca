//! Everything wrong with a request is listed at once, each with code, path, cause and example.
use costshare::{calc, read_at};
use explain::{Problems, json::Json};

fn listed(problems: &Problems) -> Vec<(&str, &str)> {
    problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect()
}

#[test]
fn all_problems_come_out_at_once() {
    let text = r#"{
        "format": 2, "financial_year": "2025-27", "year": 1,
        "pools": [
            {"id": "a", "amount": 5, "basis": "fte", "weights": {"x": "-1", "y": "1e3"}},
            {"id": "a", "amount": "1.005", "basis": " ", "weights": {"x": "0"}},
            {"id": "c", "amount": "-1.00", "weights": {"x": "1", "x": "2"}},
            {"id": "d", "amount": "1.00", "basis": "fte", "weights": []}
        ],
        "projects": [{"id": "p", "scheme": 7, "start": "2025-02-30", "end": "x"},
                     {"id": "p", "start": "2025-05-01", "end": "2025-04-30"}],
        "exempt_schemes": {"as_at": "soon", "codes": "none", "complete": "yes"},
        "reserve": {"operating_expenditure": "1.00", "provident_fund_expenditure": "2.00"}
    }"#;
    let problems = calc(&Json::parse(text).unwrap()).unwrap_err();
    assert_eq!(
        listed(&problems),
        [
            ("unsupported_format", "format"),
            ("unknown_field", "year"),
            ("not_financial_year", "financial_year"),
            ("number_not_string", "pools[0].amount"),
            ("negative", "pools[0].weights.x"),
            ("not_decimal", "pools[0].weights.y"),
            ("fraction_of_cent", "pools[1].amount"),
            ("blank", "pools[1].basis"),
            ("bad_weights", "pools[1].weights"),
            ("negative", "pools[2].amount"),
            ("missing", "pools[2].basis"),
            ("duplicate_key", "pools[2].weights.x"),
            ("not_object", "pools[3].weights"),
            ("not_text", "projects[0].scheme"),
            ("not_date", "projects[0].start"),
            ("not_date", "projects[0].end"),
            ("end_before_start", "projects[1].end"),
            ("not_date", "exempt_schemes.as_at"),
            ("not_list", "exempt_schemes.codes"),
            ("not_boolean", "exempt_schemes.complete"),
            ("missing", "reserve.lsg_reserve"),
            ("part_exceeds_whole", "reserve.provident_fund_expenditure"),
            ("duplicate_id", "pools[1].id"),
            ("duplicate_id", "projects[1].id"),
        ]
    );
    for problem in problems.as_slice() {
        let names_field = problem.message.contains(&problem.path);
        assert!(names_field, "{} says: {}", problem.path, problem.message);
    }
}

#[test]
fn a_document_that_is_not_an_object_is_refused() {
    let problems = calc(&Json::parse("[]").unwrap()).unwrap_err();
    assert_eq!(listed(&problems)[0], ("not_object", ""));
}

#[test]
fn paths_carry_the_place_of_the_request_in_a_larger_document() {
    let body = Json::parse(r#"{"financial_year": "2025-26"}"#).unwrap();
    let problems = read_at(&body, "application.cost_sharing").unwrap_err();
    assert_eq!(
        listed(&problems),
        [("missing", "application.cost_sharing.pools")]
    );
}
