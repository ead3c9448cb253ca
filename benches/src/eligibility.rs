//! `eligibility`: the demonstration programme's criteria, compiled once, decided with reasons.
use explain::json::Json;
use serde_json::json;

use crate::harness::{Engine, compare, not_run, refused};

/// Applications decided by one run.
const APPLICATIONS: u32 = 2_000;

pub(crate) fn run() -> anyhow::Result<()> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../seed/programmes/dedicated-fund-it.json"
    );
    let ruleset = Json::parse(&std::fs::read_to_string(path)?).map_err(|p| refused(p.message))?;
    let compiled = eligibility::Compiled::try_new(&ruleset).map_err(refused)?;
    let facts = Json::from(&json!({
        "org": {"subvention_mode": "lsg", "s88_status": "current", "legal_form": "company",
                "provisional_subvention_hkd": "8000000.00", "awarded_to_date_hkd": "0.00",
                "overdue_reports": 0, "audited_accounts_fy": "2025-26",
                "identifiers": [{"type": "ubi_brn", "value": "99990001"}]},
        "project": {"scope_code": "it_system", "subvented_share": "0.8", "start_on": "2026-04-01",
                    "end_on": "2028-03-31", "handles_personal_data": false, "uses_ai": false,
                    "user_facing": false, "controls": []},
        "application": {"requested_hkd": "400000.00", "submitted_on": "2026-11-21",
                        "board_endorsed_on": "2026-10-01", "budget_lines": [], "outcomes": [],
                        "coi_declarations": []}}));
    let facts = eligibility::Facts::try_new(&facts).map_err(refused)?;
    let decisions = u32::try_from(compiled.criteria().len())? * APPLICATIONS;
    let engine = Engine::here("plumbline", eligibility::ENGINE_VERSION, decisions, || {
        for _ in 0..APPLICATIONS {
            std::hint::black_box(compiled.evaluate(&facts));
        }
        Ok(())
    });
    compare("eligibility", APPLICATIONS, vec![engine])?;
    not_run("eligibility", "zen, JSON-logic", "no peer program yet")
}
