//! The parts of a project's cost equal the whole, line by line and year by year.
use costshare::{Source, who_pays, who_pays_read};
use explain::{FinancialYear, json::Json};
use money::Hkd;
use serde_json::{Value, json};

fn check(body: &Value) -> costshare::WhoPays {
    let (rows, totals) = who_pays_read(&Json::from(body), "").unwrap();
    who_pays(&rows, &totals, "").unwrap()
}

fn hkd(text: &str) -> Hkd {
    Hkd::try_from_text(text).unwrap()
}

fn row(line: &str, year: &str, source: &str, amount: &str) -> Value {
    json!({"line_id": line, "financial_year": year, "source": source, "amount": amount})
}

fn total(line: &str, year: &str, total: &str) -> Value {
    json!({"line_id": line, "financial_year": year, "total": total})
}

#[test]
fn parts_that_equal_every_line_add_up_per_year_and_in_total() {
    let result = check(&json!({
        "rows": [
            row("staff", "2025-26", "grant", "60000.00"),
            row("staff", "2025-26", "own", "39999.99"),
            row("staff", "2025-26", "other:Trust A", "0.01"),
            row("staff", "2026-27", "grant", "50000.00"),
            row("rent", "2025-26", "in_kind", "12000.00"),
        ],
        "totals": [
            total("staff", "2025-26", "100000.00"),
            total("staff", "2026-27", "50000.00"),
            total("rent", "2025-26", "12000.00"),
        ],
    }));
    assert!(result.adds_up(), "{}", result.problems);
    let first = &result.years[&FinancialYear::from_text("2025-26").unwrap()];
    assert!(first.is_covered());
    assert_eq!(first.cost, hkd("112000.00"));
    assert_eq!(
        first.parts[&Source::Other("Trust A".to_owned())],
        hkd("0.01")
    );
    assert_eq!(result.total.parts[&Source::Grant], hkd("110000.00"));
    assert_eq!(result.total.paid, hkd("162000.00"));
}

#[test]
fn a_cent_too_few_or_too_many_is_reported_for_its_line_even_when_the_year_adds_up() {
    let result = check(&json!({
        "rows": [
            row("staff", "2025-26", "grant", "99.99"),
            row("rent", "2025-26", "own", "50.01"),
        ],
        "totals": [total("staff", "2025-26", "100.00"), total("rent", "2025-26", "50.00")],
    }));
    assert!(result.total.is_covered());
    let listed: Vec<_> = result
        .problems
        .as_slice()
        .iter()
        .map(|p| {
            (
                p.code.as_str(),
                p.path.as_str(),
                p.params["shortfall"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        listed,
        [
            ("parts_do_not_sum", "totals[1]", "-0.01"),
            ("parts_do_not_sum", "totals[0]", "0.01"),
        ]
    );
}

#[test]
fn cells_given_twice_and_cells_without_a_cost_are_problems() {
    let result = check(&json!({
        "rows": [
            row("staff", "2025-26", "grant", "100.00"),
            row("staff", "2025-26", "grant", "100.00"),
            row("staff", "2026-27", "grant", "1.00"),
        ],
        "totals": [total("staff", "2025-26", "100.00"), total("staff", "2025-26", "7.00")],
    }));
    let listed: Vec<_> = result
        .problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect();
    assert_eq!(
        listed,
        [
            ("duplicate_cell", "totals[1]"),
            ("duplicate_cell", "rows[1]"),
            ("line_without_cost", "rows[2]"),
        ]
    );
}

#[test]
fn a_source_is_one_of_four_kinds_and_prints_as_it_is_read() {
    for text in ["grant", "own", "in_kind", "other:Trust A"] {
        assert_eq!(Source::from_text(text).unwrap().to_string(), text);
    }
    for text in ["", "other", "other:", "other: ", "loan"] {
        assert_eq!(Source::from_text(text), None, "{text}");
    }
    let body = json!({"rows": [row("a", "2025-26", "loan", "-1.00")], "totals": []});
    let problems = who_pays_read(&Json::from(&body), "budget").unwrap_err();
    let listed: Vec<_> = problems
        .as_slice()
        .iter()
        .map(|problem| (problem.code.as_str(), problem.path.as_str()))
        .collect();
    assert_eq!(
        listed,
        [
            ("not_source", "budget.rows[0].source"),
            ("negative", "budget.rows[0].amount"),
        ]
    );
}
