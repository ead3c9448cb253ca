//! Published and constructed examples, each with its source in `tests/vectors`.
use serde_json::{Value, json};

use crate::cases::{calc, exact, map, plain_outcome, rounded, text, timebank, vector};

#[test]
fn timebank_ireland_2023_comes_out_as_published() {
    let vector = vector("01_timebank_ireland_2023");
    let mut body = timebank();
    body["stated"] = json!({
        "ratio": vector["published"]["sroi_ratio"],
        "total_present_value": vector["published"]["total_present_value"],
        "investment": vector["investment"],
    });
    let result = calc(&body);
    let published = &vector["published"];
    assert_eq!(result["gross_value"], published["gross_value"]);
    assert_eq!(result["impact"], published["year_one_net"]);
    assert_eq!(result["years"][0]["value"], published["year_one_net"]);
    assert_eq!(result["years"][1]["value"], published["year2_retained"]);
    assert_eq!(
        result["years"][1]["present_value"],
        published["year2_present_value"]
    );
    assert_eq!(
        result["total_present_value"],
        published["total_present_value"]
    );
    assert_eq!(
        rounded(text(&result["ratio_exact"]), 2),
        text(&published["sroi_ratio"])
    );
    let exact_figures = &vector["exact"];
    assert_eq!(
        result["total_present_value_exact"],
        exact(text(&exact_figures["tpv"]))
    );
    assert_eq!(result["ratio_exact"], exact(text(&exact_figures["ratio"])));
    assert_eq!(
        result["net_present_value_exact"],
        exact(text(&exact_figures["npv"]))
    );
    assert_eq!(
        result["net_ratio"],
        rounded(text(&exact_figures["net_ratio"]), 4)
    );
    let other = &vector["other_convention_for_contrast"];
    assert_eq!(result["other_timing"]["timing"], other["timing"]);
    assert_eq!(
        result["other_timing"]["total_present_value"],
        rounded(text(&other["tpv"]), 2)
    );
    assert_eq!(
        result["other_timing"]["ratio"],
        rounded(text(&other["ratio"]), 4)
    );
    assert_eq!(result["warnings"], json!([]));
}

#[test]
fn agua_segura_comes_out_as_its_control_model_at_both_rates() {
    let vector = vector("04_agua_segura_control_model");
    for rate in ["0", "0.035"] {
        let body = map("235000000", rate, "year1_undiscounted", &vector["outcomes"]);
        let result = calc(&body);
        let published = &vector["published"][rate];
        for (at, key) in ["o2", "o3", "o4"].into_iter().enumerate() {
            let value = text(&result["outcomes"][at]["present_value_exact"]);
            assert_eq!(rounded(value, 0), text(&published[key]), "{key} at {rate}");
            let exact_value = text(&vector["exact"][rate]["per_outcome"][at]);
            assert_eq!(value, exact(exact_value), "{key} at {rate}");
        }
        let total = text(&result["total_present_value_exact"]);
        assert_eq!(rounded(total, 0), text(&published["tot"]));
        assert_eq!(
            rounded(text(&result["ratio_exact"]), 3),
            text(&published["ratio"])
        );
        assert_eq!(
            result["ratio_exact"],
            exact(text(&vector["exact"][rate]["ratio"]))
        );
    }
}

#[test]
fn a_printed_ratio_that_contradicts_its_own_figures_is_flagged() {
    let vector = vector("05_youthlift_printed_ratio_wrong");
    // The text's own steps: 5,340,000 gross, 20% deadweight, 30% taken as others' share, 15%
    // applied once, 0.744 once; as a value map with the last two folded into the proxy.
    let mut outcome = plain_outcome("1", "3376800", 1);
    outcome["deadweight"] = json!("0.20");
    outcome["attribution"] = json!("0.30");
    let mut body = map("300000", "0", "end_of_year", &json!([outcome]));
    body["stated"] = json!({
        "ratio": vector["steps"]["ratio_printed"],
        "total_present_value": vector["steps"]["npv_printed"],
        "investment": vector["investment"],
    });
    let result = calc(&body);
    assert_eq!(rounded(text(&result["ratio_exact"]), 1), "6.3");
    let warnings = result["warnings"].as_array().unwrap();
    let of = |code: &str| warnings.iter().find(|warning| warning["code"] == code);
    assert_eq!(of("stated_ratio_differs").unwrap()["computed"], "6.3");
    let inconsistent = of("stated_figures_inconsistent").unwrap();
    assert_eq!(
        (&inconsistent["stated"], &inconsistent["implied"]),
        (&json!("4.2"), &json!("6.3"))
    );
}

#[test]
fn a_park_paid_over_twenty_years_has_the_textbook_ratio() {
    let vector = vector("10_park_annuity_bcr");
    let mut body = map(
        "190000",
        "0.06",
        "end_of_year",
        &json!([plain_outcome("1", "48000", 20)]),
    );
    body["inputs"].as_array_mut().unwrap().push(
        json!({"name": "Upkeep", "amount": "21000", "year": 1, "kind": "cash", "duration": 20}),
    );
    let result = calc(&body);
    assert_eq!(
        result["total_present_value"],
        vector["published"]["pv_benefit"]
    );
    assert_eq!(result["investment"], vector["published"]["pv_cost"]);
    assert_eq!(
        rounded(text(&result["ratio_exact"]), 2),
        text(&vector["published"]["bcr"])
    );
    let exact_figures = &vector["exact"];
    assert_eq!(
        result["total_present_value_exact"],
        exact(text(&exact_figures["pv_benefit"]))
    );
    assert_eq!(
        result["investment_exact"],
        exact(text(&exact_figures["pv_cost"]))
    );
    assert_eq!(result["ratio_exact"], exact(text(&exact_figures["bcr"])));
}

#[test]
fn three_equal_years_are_discounted_as_published() {
    let vector = vector("12_three_year_discounting");
    let at = |rate| {
        calc(&map(
            "1000",
            rate,
            "year1_undiscounted",
            &vector["outcomes"],
        ))
    };
    let result = at("0.10");
    let published = &vector["published"];
    let total = text(&result["total_present_value_exact"]);
    assert_eq!(total, exact(text(&vector["exact"])));
    assert_eq!(
        rounded(total, 4),
        text(&published["total_present_value_4dp"])
    );
    assert_eq!(result["ratio"], published["ratio"]);
    let flat = at("0");
    assert_eq!(
        flat["total_present_value_exact"],
        published["at_rate_0"]["total_present_value"]
    );
    assert_eq!(flat["ratio_exact"], published["at_rate_0"]["ratio"]);
}

#[test]
fn green_book_factors_follow_from_the_schedule() {
    let vector = vector("15_green_book_discount_schedule");
    let mut body = map(
        "1000000",
        "0",
        "end_of_year",
        &json!([plain_outcome("1", "1000000", 10)]),
    );
    body.as_object_mut().unwrap().remove("discount_rate");
    body["discount_schedule"] = json!([
        {"from_year": 0, "to_year": 30, "rate": "0.035"},
        {"from_year": 31, "to_year": 75, "rate": "0.030"},
        {"from_year": 76, "to_year": null, "rate": "0.025"},
    ]);
    let result = calc(&body);
    let factors = vector["factors_first_10_at_3_5"].as_array().unwrap();
    for (at, factor) in factors.iter().enumerate().skip(1) {
        let value = text(&result["years"][at - 1]["present_value_exact"]);
        assert_eq!(
            rounded(value, 0),
            text(factor).replacen("0.", "", 1),
            "year {at}"
        );
    }
    // Year 31 is divided by 1.035^30 × 1.03; in a run that starts in year 30 it is the second.
    body["outcomes"][0]["start"] = json!(30);
    body["outcomes"][0]["duration"] = json!(2);
    let late = calc(&body);
    let year = |at: usize| -> f64 {
        text(&late["years"][at - 1]["present_value_exact"])
            .parse()
            .unwrap()
    };
    let quotient = format!("{:.6}", libm_free_quotient(year(30), year(31)));
    assert_eq!(quotient, "1.030000");
}

#[expect(
    clippy::float_arithmetic,
    reason = "a quotient of two printed figures, to six places"
)]
fn libm_free_quotient(left: f64, right: f64) -> f64 {
    left / right
}

#[test]
fn half_cents_are_rounded_away_from_zero() {
    for case in vector("19_half_cent_ties").as_array().unwrap() {
        let mut outcome = plain_outcome(&case["quantity"].to_string(), text(&case["proxy"]), 1);
        let filters = case["filters_pct"].as_array().unwrap();
        for (key, percent) in ["deadweight", "displacement", "attribution"]
            .iter()
            .zip(filters)
        {
            outcome[*key] = json!(format!("0.{:02}", percent.as_u64().unwrap()));
        }
        let result = calc(&map("1000", "0", "end_of_year", &json!([outcome])));
        assert_eq!(
            result["total_present_value"], case["cents_exact_half_up"],
            "{case}"
        );
        assert_eq!(result["total_present_value_exact"], case["exact"], "{case}");
    }
}

fn matrix_row(vector: &Value, row: &Value) -> Value {
    calc(&map(
        text(&vector["investment"]),
        text(&row["rate"]),
        text(&row["timing"]),
        &vector["outcomes"],
    ))
}

#[test]
fn the_four_supported_rows_of_the_convention_matrix_match() {
    let vector = vector("22_convention_matrix");
    for row in vector["rows"].as_array().unwrap() {
        let result = matrix_row(&vector, row);
        for (year, total) in row["year_totals"].as_array().unwrap().iter().enumerate() {
            assert_eq!(result["years"][year]["value_exact"], exact(text(total)));
        }
        assert_eq!(
            result["total_present_value_exact"],
            exact(text(&row["tpv_exact"]))
        );
        assert_eq!(result["total_present_value"], row["tpv_2dp"]);
        assert_eq!(result["net_present_value"], row["npv_2dp"]);
        assert_eq!(result["ratio"], row["ratio_4dp"]);
        assert_eq!(result["net_ratio"], row["net_ratio_4dp"]);
    }
}

#[test]
fn the_twelve_counter_examples_are_never_produced() {
    let vector = vector("22_convention_matrix");
    let rows = vector["counter_examples_the_engine_must_not_produce"]
        .as_array()
        .unwrap();
    assert_eq!(rows.len(), 12);
    for row in rows {
        let result = matrix_row(&vector, row);
        assert_ne!(result["total_present_value"], row["tpv_2dp"], "{row}");
        assert_ne!(result["ratio"], row["ratio_4dp"], "{row}");
    }
}

#[test]
fn reviewers_are_told_of_values_unlike_those_of_published_reports() {
    let benchmarks = &vector("17_factor_benchmarks_svuk383")["benchmarks_nonzero"];
    let result = calc(&timebank());
    let hints = result["hints"].as_array().unwrap();
    let of = |code: &str| -> Vec<&serde_json::Value> {
        hints.iter().filter(|hint| hint["code"] == code).collect()
    };
    let ratio = of("ratio_above_reported");
    assert_eq!(ratio.len(), 1);
    assert_eq!(
        ratio[0]["p90"],
        benchmarks["sroi_ratio_lpdf"]["p90"].to_string()
    );
    let above = of("share_above_reported");
    let paths: Vec<&str> = above
        .iter()
        .filter_map(|hint| hint["path"].as_str())
        .collect();
    let dropoffs: Vec<String> = (0..4).map(|at| format!("outcomes[{at}].dropoff")).collect();
    assert_eq!(
        paths,
        dropoffs.iter().map(String::as_str).collect::<Vec<_>>()
    );
    assert_eq!(above[0]["p90"], "0.5");
    assert_eq!(benchmarks["drop_off_pct_lpdf"]["p90"].to_string(), "50.0");
}

#[test]
fn the_reported_percentiles_are_those_of_the_source() {
    let benchmarks = &vector("17_factor_benchmarks_svuk383")["benchmarks_nonzero"];
    let keys = [
        ("deadweight", "deadweight_pct_lpdf"),
        ("displacement", "displacement_pct_lpdf"),
        ("attribution", "attribution_pct_lpdf"),
        ("dropoff", "drop_off_pct_lpdf"),
    ];
    for (share, key) in keys {
        for (value, code, name) in [
            ("0.99", "share_above_reported", "p90"),
            ("0.01", "share_below_reported", "p10"),
        ] {
            let mut body = timebank();
            body["outcomes"][0][share] = serde_json::json!(value);
            let result = calc(&body);
            let path = format!("outcomes[0].{share}");
            let hint = result["hints"]
                .as_array()
                .unwrap()
                .iter()
                .find(|hint| hint["code"] == code && hint["path"] == path.as_str())
                .unwrap_or_else(|| panic!("{share} of {value} leaves no hint"));
            let stated: money::Decimal = hint[name].as_str().unwrap().parse().unwrap();
            let source: money::Decimal = benchmarks[key][name].to_string().parse().unwrap();
            assert_eq!(stated * money::Decimal::from(100), source, "{share} {name}");
        }
    }
}
