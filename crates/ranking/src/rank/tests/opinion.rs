//! The second opinion: TOPSIS against pymcdm, agreement, who cannot be judged.
use explain::json::Json;
use serde_json::json;

use super::{
    super::evaluate,
    crosscheck::{stored, stored_request},
    *,
};
use crate::{
    calc_rank,
    rank::{LineRule, ROBUST, Room},
};

#[test]
fn closeness_agrees_with_pymcdm_to_ten_places() {
    let stored = stored();
    let mut request = stored_request(&stored);
    request.asks.second_opinion = true;
    request.asks.line = Some(LineRule {
        room: Room::Places(2),
        robust: ROBUST,
    });
    let ranking = evaluate(&request).unwrap();
    let opinion = ranking.second_opinion.as_ref().unwrap();
    let known = &stored["results"]["topsis_vector"];
    let of = |row: usize| {
        let id = row.to_string();
        opinion
            .applications
            .iter()
            .find(|each| each.id == id)
            .unwrap()
    };
    for (row, score) in known["scores"].as_array().unwrap().iter().enumerate() {
        let distance = of(row).closeness.unwrap() - dec(&score.to_string());
        assert!(distance.abs() <= dec("0.0000000001"), "{row}: {distance}");
    }
    for (place, row) in known["order"].as_array().unwrap().iter().enumerate() {
        let row = usize::try_from(row.as_u64().unwrap()).unwrap();
        assert_eq!(of(row).rank, u32::try_from(place + 1).ok());
    }
    // Official order 0, 2, 4, 1, 3: one pair of ten stands the other way round.
    let json = &ranking.to_json()["second_opinion"];
    assert_eq!(
        json["agreement"],
        json!({"kendall_tau": "0.8000", "spearman": "0.9000", "same_above_line": 2})
    );
    assert_eq!(json["applications"][0]["closeness"], "0.5434");
    assert_eq!(ranking.applications[0].rank, Some(1));
}

#[test]
fn who_lacks_a_score_gets_no_opinion_and_is_said_so() {
    let body = r#"{"criteria":[
        {"id":"x","weight":"0.5","direction":"max","zero":"0","hundred":"5"},
        {"id":"y","weight":"0.5","direction":"min","zero":"5","hundred":"0"}],
        "applications":[{"id":"a","scores":{"x":"1","y":"1"}},{"id":"b","scores":{"x":"2","y":"0"}},
            {"id":"c","scores":{"x":"2","y":null}},{"id":"d","scores":{"x":"5"}}],
        "second_opinion":"topsis"}"#;
    let found = calc_rank(&Json::parse(body).unwrap()).unwrap();
    let rows = &found["second_opinion"]["applications"];
    let of = |id: &str| {
        rows.as_array()
            .unwrap()
            .iter()
            .find(|row| row["id"] == id)
            .unwrap()
    };
    assert_eq!(
        of("b"),
        &json!({"id": "b", "closeness": "1.0000", "closeness_exact": "1", "rank": 1, "left_out": []})
    );
    assert_eq!(of("a")["closeness"], "0.0000");
    assert_eq!(
        of("c"),
        &json!({"id": "c", "closeness": null, "closeness_exact": null, "rank": null,
                "left_out": ["y"]})
    );
    assert_eq!(of("d")["left_out"], json!(["y"]));
    assert_eq!(
        found["second_opinion"]["agreement"]["same_above_line"],
        json!(null)
    );
}

#[test]
fn everybody_alike_is_neither_close_nor_far() {
    let criteria = vec![criterion("x", "1", Direction::Max, "0", "5")];
    let zeros = vec![
        application("a", &[("x", "0")]),
        application("b", &[("x", "0")]),
    ];
    let mut request = request(criteria, zeros);
    request.asks.second_opinion = true;
    let opinion = evaluate(&request).unwrap().second_opinion.unwrap();
    assert!(
        opinion
            .applications
            .iter()
            .all(|each| each.closeness.is_none())
    );
    assert_eq!((opinion.kendall_tau, opinion.spearman), (None, None));
}
