//! Rubrics: the demonstration programme's passes, every mistake is listed, nobody's own people are scored.
use explain::{Problems, json::Json};
use serde_json::{Value, json};

use super::{check, check_parts};

fn problems(rubric: &Value) -> Vec<(String, String)> {
    let mut problems = Problems::new();
    check(&Json::from(rubric), "rubric", &mut problems);
    let pair = |problem: explain::Problem| (problem.code, problem.path);
    problems.into_vec().into_iter().map(pair).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, path): &(&str, &str)| ((*code).to_owned(), (*path).to_owned());
    expected.iter().map(owned).collect()
}

/// One dimension of 100 points beside usable anchors.
fn rubric(changes: &Value) -> Value {
    let mut dimension = json!({"id": "R1", "weight": 100, "en": "Need", "zh": "需要"});
    for (key, value) in changes.as_object().unwrap() {
        dimension[key] = value.clone();
    }
    json!({"dimensions": [dimension], "anchors": {"reviewed": {"zero": "0", "hundred": "5"}}})
}

#[test]
fn the_rubric_of_the_demonstration_programme_passes() {
    let seed = |text: &str| Json::from(&serde_json::from_str::<Value>(text).unwrap());
    let field = |json: Json, key: &str| {
        let Json::Object(entries) = json else {
            panic!("{} is no object", json.kind())
        };
        let found = entries.into_iter().find(|(name, _)| name == key);
        found.unwrap().1
    };
    let programme = seed(include_str!(
        "../../../../seed/programmes/dedicated-fund-it.json"
    ));
    let settings = seed(include_str!(
        "../../../../seed/programmes/dedicated-fund-it.settings.json"
    ));
    let (rubric, anchors) = (field(programme, "rubric"), field(settings, "anchors"));
    let mut problems = Problems::new();
    check_parts(
        (&rubric, "rubric"),
        (Some(&anchors), "settings.anchors"),
        &mut problems,
    );
    assert_eq!(problems.as_slice(), []);
}

#[test]
fn every_problem_of_a_rubric_is_listed_at_once() {
    let found = problems(&json!({
        "dimensions": [
            {"id": "R1", "weight": 60, "en": "Need", "zh": "", "levels": [
                {"level": 0, "en": "None", "zh": "無"}, {"level": 0, "en": "x", "zh": "x"},
                {"level": 7, "en": "x", "zh": "x"}]},
            {"id": "R1", "weight": 30, "en": "Reach", "zh": "涵蓋", "source": "people"},
            {"id": "R3", "weight": 5, "en": "Cost", "zh": "成本", "attribute": 5},
        ],
        "anchors": {"R1": {"zero": "5", "hundred": "5"}, "R9": {"zero": "5", "hundred": "0"}},
    }));
    assert_eq!(
        found,
        pairs(&[
            ("blank", "rubric.dimensions[0].zh"),
            ("duplicate_level", "rubric.dimensions[0].levels[1].level"),
            ("out_of_range", "rubric.dimensions[0].levels[2].level"),
            ("levels_incomplete", "rubric.dimensions[0].levels"),
            ("not_one_of", "rubric.dimensions[1].source"),
            ("not_attribute", "rubric.dimensions[2].attribute"),
            ("duplicate_id", "rubric.dimensions[1].id"),
            ("weights_not_100", "rubric.dimensions"),
            ("anchors_contradict", "rubric.anchors.R1.hundred"),
            ("unknown_dimension", "rubric.anchors.R9"),
            ("anchors_contradict", "rubric.anchors.R9.hundred"),
            ("no_anchors", "rubric.anchors.R3"),
        ])
    );
    assert_eq!(
        problems(&json!({"dimensions": []})),
        pairs(&[
            ("weights_not_100", "rubric.dimensions"),
            ("missing", "rubric.anchors")
        ])
    );
}

#[test]
fn an_attribute_of_the_applicants_people_is_refused_and_one_of_those_served_is_not() {
    for name in [
        "age",
        "sex",
        "marital status",
        "ethnic origin",
        "religion",
        "sexual orientation",
    ] {
        let of = |of: &str| rubric(&json!({"attribute": {"of": of, "name": name}}));
        assert_eq!(
            problems(&of("applicant_people")),
            pairs(&[("protected_attribute", "rubric.dimensions[0].attribute")]),
            "{name}"
        );
        assert_eq!(problems(&of("beneficiaries")), [], "{name}");
    }
    let paths = [
        ("applicant.board.mean_age", 1),
        ("org.staff.female_share", 1),
        ("beneficiaries.age", 0),
        ("project.staff_cost", 0),
    ];
    for (path, count) in paths {
        assert_eq!(
            problems(&rubric(&json!({"attribute": path}))).len(),
            count,
            "{path}"
        );
    }
}

#[test]
fn wording_about_the_applicants_people_is_refused_in_both_languages() {
    let refused = [
        json!({"en": "Gender balance of the board"}),
        json!({"zh": "董事會成員的性別比例"}),
        json!({"look_for": "share of women among staff"}),
        json!({"look_for": {"en": "Plans, and average age of members", "zh": "計劃"}}),
        json!({"look_for": {"en": "Plans", "zh": "職員的種族"}}),
        json!({"id": "board_age"}),
    ];
    for changes in refused {
        let found = problems(&rubric(&changes));
        assert_eq!(found.len(), 1, "{changes}");
        assert_eq!(found[0].0, "protected_attribute", "{changes}");
    }
    let allowed = [
        json!({"en": "Older people served"}),
        json!({"en": "Management of data and staff training", "zh": "長者服務"}),
        json!({"look_for": "age and disability of service users, reached by trained staff"}),
        json!({"look_for": "staff trained for participants of every age"}),
        json!({"zh": "服務少數族裔長者"}),
    ];
    for changes in allowed {
        assert_eq!(problems(&rubric(&changes)), [], "{changes}");
    }
}

#[test]
fn the_message_names_the_ordinance_or_the_programmes_own_principle() {
    let message = |name: &str| {
        let attribute = json!({"attribute": {"of": "applicant_people", "name": name}});
        let mut problems = Problems::new();
        check(&Json::from(&rubric(&attribute)), "", &mut problems);
        problems.as_slice()[0].message.clone()
    };
    for (name, ground) in [
        ("pregnancy", "Sex Discrimination Ordinance (Cap. 480)"),
        (
            "disability",
            "Disability Discrimination Ordinance (Cap. 487)",
        ),
        (
            "family status",
            "Family Status Discrimination Ordinance (Cap. 527)",
        ),
        ("race", "Race Discrimination Ordinance (Cap. 602)"),
        ("age", "the programme's own principle"),
    ] {
        assert!(message(name).contains(ground), "{}", message(name));
    }
}
