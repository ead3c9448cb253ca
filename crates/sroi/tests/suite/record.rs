//! What a map says beside its figures: prices of other years, volunteers' hours, hints, principles.
use serde_json::{Value, json};

use crate::cases::{calc, problems, try_calc};

fn body() -> Value {
    json!({
        "currency": "HKD", "discount_rate": "0.035", "price_year": 2026,
        "price_index": {"name": "Test index", "source": "made up for this test",
                        "values": {"2020": "80", "2024": "96.5", "2026": "100"}},
        "inputs": [{"name": "Grant", "amount": "100000", "year": 0, "kind": "cash"}],
        "outcomes": [{
            "id": "o1", "stakeholder": "Carers", "name": "Less strain", "quantity": "40",
            "proxy": "4825.00", "price_year": 2024, "deadweight": "0.2", "displacement": "0.1",
            "attribution": "0.25", "dropoff": "0.25", "duration": 3, "start": 1,
        }],
    })
}

fn codes(result: &Value) -> Vec<(String, String)> {
    let word = |hint: &Value, key: &str| hint[key].as_str().unwrap().to_owned();
    let hints = result["hints"].as_array().unwrap().iter();
    hints
        .map(|hint| (word(hint, "code"), word(hint, "path")))
        .collect()
}

fn has(result: &Value, code: &str, path: &str) -> bool {
    codes(result).contains(&(code.to_owned(), path.to_owned()))
}

fn state<'a>(result: &'a Value, principle: &str) -> &'a str {
    let listed = result["principles"].as_array().unwrap();
    let found = listed.iter().find(|item| item["principle"] == principle);
    found.unwrap()["state"].as_str().unwrap()
}

#[test]
fn a_price_of_another_year_is_brought_to_the_map_s_year_visibly() {
    let result = calc(&body());
    // 4825 × 100 ÷ 96.5 = 5000 exactly.
    assert_eq!(result["outcomes"][0]["proxy"], "5000");
    assert_eq!(result["outcomes"][0]["proxy_stated"], "4825");
    assert_eq!(result["gross_value"], "200000.00");
    let text = result["working"].to_string();
    assert!(text.contains("outcome.o1.proxy"), "no step shows the index");
    let mut unmoved = body();
    unmoved["outcomes"][0]["price_year"] = json!(2026);
    unmoved["outcomes"][0]["proxy"] = json!("5000");
    let other = calc(&unmoved);
    assert_eq!(other["ratio_exact"], result["ratio_exact"]);
    assert_ne!(other["input_hash"], result["input_hash"]);
}

#[test]
fn a_range_moves_with_its_price() {
    let mut stated = body();
    stated["outcomes"][0]["range"] = json!({"proxy": ["3860", "5790"]});
    stated["simulation"] = json!({"draws": 2000, "seed": 7});
    let mut moved = stated.clone();
    moved["outcomes"][0]["price_year"] = json!(2026);
    moved["outcomes"][0]["proxy"] = json!("5000");
    moved["outcomes"][0]["range"] = json!({"proxy": ["4000", "6000"]});
    assert_eq!(calc(&stated)["simulation"], calc(&moved)["simulation"]);
}

#[test]
fn a_price_year_without_an_index_is_refused() {
    let mut without = body();
    without.as_object_mut().unwrap().remove("price_index");
    let mut unlisted = body();
    unlisted["outcomes"][0]["price_year"] = json!(2019);
    for body in [without, unlisted] {
        assert_eq!(
            problems(&body),
            [(
                "price_index_missing".to_owned(),
                "outcomes[0].price_year".to_owned()
            )]
        );
    }
}

#[test]
fn volunteers_hours_are_paid_at_their_rate() {
    let with = |volunteers: Value| {
        let mut body = body();
        let grant = body["inputs"][0].clone();
        body["inputs"] = json!([grant, volunteers]);
        body
    };
    let hours = with(
        json!({"name": "Drivers", "hours": "120.5", "hourly_rate": "62.50",
                            "year": 0, "kind": "volunteer"}),
    );
    let amount =
        with(json!({"name": "Drivers", "amount": "7531.25", "year": 0, "kind": "volunteer"}));
    assert_eq!(calc(&hours)["investment"], "107531.25");
    assert_eq!(calc(&hours)["ratio_exact"], calc(&amount)["ratio_exact"]);
}

#[test]
fn hours_beside_an_amount_or_for_money_are_refused_together() {
    let mut body = body();
    body["inputs"][0] = json!({"name": "Grant", "amount": "1", "hours": "2", "hourly_rate": "3",
                               "year": 0, "kind": "cash"});
    assert_eq!(
        problems(&body),
        [
            ("contradiction".to_owned(), "inputs[0].amount".to_owned()),
            ("contradiction".to_owned(), "inputs[0].hours".to_owned()),
        ]
    );
}

#[test]
fn every_problem_of_the_record_is_listed_at_once() {
    let mut body = body();
    body["stakeholders"] = json!([
        {"name": "Carers", "number": 5, "consulted": 9},
        {"name": "", "number": 1.5, "consulted": 0},
    ]);
    body["exclusions"] = json!([{"kind": "person", "name": "X", "reason": "Y"}]);
    body["price_index"]["values"] = json!({"2024": "0", "soon": "1", "2026": "100"});
    body["outcomes"][0]["library"] = json!({"id": "day", "version": 0, "value": "x"});
    let found = try_calc(&body).unwrap_err().into_vec();
    let paths: Vec<&str> = found.iter().map(|problem| problem.path.as_str()).collect();
    for path in [
        "stakeholders[0].consulted",
        "stakeholders[1].name",
        "stakeholders[1].number",
        "exclusions[0].kind",
        "price_index.values.2024",
        "price_index.values.soon",
        "outcomes[0].library.version",
        "outcomes[0].library.value",
        "outcomes[0].library.low",
    ] {
        assert!(paths.contains(&path), "{path} is not among {paths:?}");
    }
}

#[test]
fn a_price_unlike_the_library_s_leaves_a_hint_in_prices_of_the_same_year() {
    let library = |low: &str, high: &str, year: i64| {
        json!({"id": "respite-day", "version": 2, "value": low, "low": low, "high": high,
               "price_year": year})
    };
    let path = "outcomes[0].proxy";
    // In 2020 prices 3,900 to 4,100 is 4,704.38 to 4,945.63 in 2024 prices: 4,825 lies inside.
    let mut inside = body();
    inside["outcomes"][0]["library"] = library("3900", "4100", 2020);
    assert!(!has(&calc(&inside), "proxy_outside_library", path));
    let mut outside = body();
    outside["outcomes"][0]["library"] = library("3900", "4100", 2024);
    assert!(has(&calc(&outside), "proxy_outside_library", path));
}

#[test]
fn a_price_from_elsewhere_needs_a_local_basis() {
    let mut foreign = body();
    foreign["outcomes"][0]["library"] = json!({"id": "gp", "version": 1, "value": "42",
        "low": "40", "high": "45", "needs_local_basis": true, "state": "proposed"});
    let result = calc(&foreign);
    assert!(has(
        &result,
        "proxy_needs_local_basis",
        "outcomes[0].local_basis"
    ));
    assert!(has(&result, "proxy_not_approved", "outcomes[0].proxy"));
    // It is never compared by exchange rate.
    assert!(!has(&result, "proxy_outside_library", "outcomes[0].proxy"));
    foreign["outcomes"][0]["local_basis"] = json!("Own unit cost of the same service");
    let based = calc(&foreign);
    assert!(!has(
        &based,
        "proxy_needs_local_basis",
        "outcomes[0].local_basis"
    ));
}

#[test]
fn one_change_of_several_stakeholders_is_questioned() {
    let mut twice = body();
    let first = twice["outcomes"][0].clone();
    let mut second = first.clone();
    second["id"] = json!("o2");
    second["stakeholder"] = json!("Families");
    second["name"] = json!("  less STRAIN ");
    let mut third = first.clone();
    third["id"] = json!("o3");
    third["name"] = json!("More time");
    twice["outcomes"] = json!([first, second, third]);
    let result = calc(&twice);
    assert!(has(&result, "counted_twice", "outcomes[1].name"));
    assert!(!has(&result, "counted_twice", "outcomes[2].name"));
    assert!(has(&result, "no_negative_outcome", "outcomes"));
    twice["outcomes"][2]["quantity"] = json!("-4");
    assert!(!has(&calc(&twice), "no_negative_outcome", "outcomes"));
}

#[test]
fn drop_off_and_duration_that_do_not_fit_are_questioned() {
    let mut one_year = body();
    one_year["outcomes"][0]["duration"] = json!(1);
    assert!(has(
        &calc(&one_year),
        "dropoff_without_years",
        "outcomes[0].dropoff"
    ));
    let mut lasting = body();
    lasting["outcomes"][0]["dropoff"] = json!("0");
    assert!(has(
        &calc(&lasting),
        "no_dropoff_over_years",
        "outcomes[0].dropoff"
    ));
}

#[test]
fn the_principles_count_what_was_stated() {
    let bare = calc(&body());
    for principle in [
        "involve_stakeholders",
        "only_material",
        "verify",
        "be_responsive",
    ] {
        assert_eq!(state(&bare, principle), "missing", "{principle}");
    }
    let mut full = body();
    full["stakeholders"] = json!([{"name": "Carers", "number": 40, "consulted": 12}]);
    full["exclusions"] = json!([{"kind": "outcome", "name": "More visits to clinics", "reason": "too few to count"}]);
    full["responsiveness"] = json!("Shared with carers each year.");
    let outcome = &mut full["outcomes"][0];
    outcome["indicator"] = json!("Score falls one step");
    outcome["evidence_grade"] = json!("B");
    let words = json!({"quantity": "r", "proxy": "r", "deadweight": "r", "displacement": "r",
                       "attribution": "r", "dropoff": "r"});
    outcome["reasons"] = words.clone();
    outcome["sources"] = words;
    let result = calc(&full);
    let listed = result["principles"].as_array().unwrap();
    assert_eq!(listed.len(), 8);
    for item in listed {
        let wanted = if item["principle"] == "verify" {
            "missing"
        } else {
            "met"
        };
        assert_eq!(item["state"], wanted, "{item}");
    }
    assert!(!has(
        &result,
        "stakeholder_not_listed",
        "outcomes[0].stakeholder"
    ));
    full["stakeholders"][0]["name"] = json!("Nurses");
    assert!(has(
        &calc(&full),
        "stakeholder_not_listed",
        "outcomes[0].stakeholder"
    ));
}

#[test]
fn every_step_of_a_working_is_a_step_of_the_method() {
    let mut asked = body();
    let schedule = json!([{"from_year": 0, "to_year": null, "rate": "0.03"}]);
    let mut scheduled = asked.clone();
    scheduled.as_object_mut().unwrap().remove("discount_rate");
    scheduled["discount_schedule"] = schedule;
    let mut early = asked.clone();
    early["convention"] = json!({"timing": "year1_undiscounted"});
    asked["inputs"][0]["amount"] = json!("1000");
    for body in [asked, scheduled, early] {
        let mut steps = vec![calc(&body)["working"].clone()];
        while let Some(step) = steps.pop() {
            let code = step["code"].as_str().unwrap();
            let method = sroi::method_step(code).unwrap_or_else(|| panic!("no method for {code}"));
            assert_eq!(step["formula"], method.formula.0, "{code}");
            assert!(!method.title.1.is_empty() && !method.text.1.is_empty());
            steps.extend(step["children"].as_array().into_iter().flatten().cloned());
        }
    }
}
