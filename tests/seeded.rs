//! The demonstration world against figures that a separate script computed, and every run of it
//! asked again.
use std::collections::{BTreeMap, BTreeSet};

use money::{Decimal, Hkd};
use serde_json::Value;
use testkit::{World, seed_file};
use uuid::Uuid;

/// The newest output of one kind of run, by reference.
async fn outputs(world: &World, kind: &str) -> BTreeMap<String, Value> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select distinct on (s.reference) s.reference, r.output
         from tenant.runs r join tenant.received_submissions s on s.submission_id = r.subject_id
         where r.kind = $1 order by s.reference, r.run_id desc",
    )
    .bind(kind)
    .fetch_all(world.sql())
    .await
    .unwrap();
    rows.into_iter()
        .map(|(reference, output)| (reference, serde_json::from_str(&output).unwrap()))
        .collect()
}

fn expected() -> Vec<Value> {
    let file = seed_file("demo/expected.json");
    file["applications"].as_array().unwrap().clone()
}

/// Ids of the criteria of one severity that came out so.
fn ids<'a>(verdict: &'a Value, severity: &str, outcome: &str) -> BTreeSet<&'a str> {
    let criteria = verdict["criteria"].as_array().unwrap();
    criteria
        .iter()
        .filter(|found| found["severity"] == severity && found["outcome"] == outcome)
        .map(|found| found["id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn every_submitted_application_has_the_verdict_that_was_computed_elsewhere() {
    let world = World::seeded().await;
    let verdicts = outputs(&world, "eligibility").await;
    let expected = expected();
    assert_eq!(verdicts.len(), expected.len());
    let mut wrong = Vec::new();
    for wanted in &expected {
        let reference = wanted["reference"].as_str().unwrap();
        let verdict = &verdicts[reference];
        if verdict["state"] != wanted["state"] {
            wrong.push(format!("{reference}: {}", verdict["state"]));
        }
        for (key, severity, outcome) in [
            ("hard_failed", "hard", "fail"),
            ("hard_unknown", "hard", "unknown"),
            ("soft_failed", "soft", "fail"),
            ("soft_unknown", "soft", "unknown"),
        ] {
            let listed = wanted[key].as_array().unwrap();
            let listed: BTreeSet<&str> = listed.iter().map(|id| id.as_str().unwrap()).collect();
            let found = ids(verdict, severity, outcome);
            if found != listed {
                wrong.push(format!(
                    "{reference}: {key}: {found:?} instead of {listed:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} verdicts", expected.len());
}

#[tokio::test]
async fn every_submitted_application_has_the_social_return_that_was_computed_elsewhere() {
    let world = World::seeded().await;
    let ratios = outputs(&world, "sroi").await;
    let asks: BTreeMap<String, Decimal> =
        sqlx::query_as("select reference, ask from tenant.received_submissions")
            .fetch_all(world.sql())
            .await
            .unwrap()
            .into_iter()
            .collect();
    for wanted in expected() {
        let reference = wanted["reference"].as_str().unwrap();
        assert_eq!(
            ratios[reference]["ratio"], wanted["sroi_ratio"],
            "{reference}"
        );
        let ask = Hkd::try_from_text(wanted["ask"].as_str().unwrap()).unwrap();
        assert_eq!(asks[reference], ask.decimal(), "{reference}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_stored_run_asked_again_gives_the_same_bytes() {
    let world = World::seeded().await;
    let officer = world.actor("officer@funder.example").await;
    // What a procurement run answers is bound to a rule file inside its input and has no replay.
    let runs: Vec<(Uuid, String)> = sqlx::query_as(
        "select run_id, kind from tenant.runs where kind <> 'procurement'
           and not (output::jsonb ? 'problems') order by run_id",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let mut by_kind = BTreeMap::<&str, usize>::new();
    for (run, kind) in &runs {
        let replay = casework::replay_run(world.casework(), &officer, *run)
            .await
            .unwrap();
        assert_eq!(
            replay.stored.to_string(),
            replay.now.to_string(),
            "{kind} {run}"
        );
        *by_kind.entry(kind).or_default() += 1;
    }
    assert!(
        by_kind["eligibility"] >= 58 && by_kind["sroi"] >= 50,
        "{by_kind:?}"
    );
    assert!(
        by_kind["rank"] >= 1 && by_kind["select"] >= 1,
        "{by_kind:?}"
    );
    println!("{} runs replayed: {by_kind:?}", runs.len());
}

/// One contribution as it went in: contributor, size, shares by dimension, asked, awarded.
type Contribution = (String, String, Value, Decimal, Decimal);

#[tokio::test]
async fn trust_43_a_sector_cell_of_fewer_than_ten_organisations_is_never_shown() {
    let world = World::seeded().await;
    let contributions: Vec<Contribution> = sqlx::query_as(
        "select contributor_key, size_band, shares, asked, awarded from sector.contributions",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let analyst = world.actor("analyst@council.example").await;
    let mut hidden_cells = 0;
    for dimension in ["district", "service_area", "size_band"] {
        let view = casework::sector_report(world.casework(), &analyst, dimension)
            .await
            .unwrap();
        assert_eq!(view.threshold, 10);
        let mut shown = Hkd::ZERO;
        let mut hidden = 0;
        for cell in &view.cells {
            let organisations: BTreeSet<&str> = contributions
                .iter()
                .filter(|row| match dimension {
                    "size_band" => row.1 == cell.code,
                    _ => row.2[dimension].get(&cell.code).is_some(),
                })
                .map(|row| row.0.as_str())
                .collect();
            if cell.suppressed {
                hidden += 1;
                let figures = (cell.organisations, cell.asked, cell.awarded);
                assert_eq!(figures, (None, None, None), "{}", cell.code);
                continue;
            }
            assert!(organisations.len() >= 10, "{dimension} {}", cell.code);
            assert_eq!(cell.organisations, i32::try_from(organisations.len()).ok());
            shown = shown.checked_add(cell.asked.unwrap()).unwrap();
        }
        // One hidden cell alone could be worked out from the total.
        assert_ne!(hidden, 1, "{dimension}");
        let total: Decimal = contributions.iter().map(|row| row.3).sum();
        assert_eq!(
            view.total.asked.map(Hkd::decimal),
            Some(total),
            "{dimension}"
        );
        if hidden == 0 {
            assert_eq!(shown.decimal(), total, "{dimension}");
        } else {
            assert!(shown.decimal() < total, "{dimension}");
        }
        hidden_cells += hidden;
    }
    println!("trust-43 pass {hidden_cells} cells hidden, 0 recoverable from a total");
}
