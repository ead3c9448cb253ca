//! The calculation as a whole and the JSON it prints.
use std::collections::BTreeMap;

use explain::{Problems, RuleRef, Step, json::Json};
use serde_json::{Value, json};

use crate::{
    MixedActivity, PoolResult, ProjectResult, RULESET_ID, RULESET_VERSION, Request, ReserveResult,
    exemption,
    pools::{Activities, LeftOut, split_all},
    request, reserve, working,
};

/// The figures, statuses and working of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The pools in the order given.
    pub pools: Vec<PoolResult>,
    /// The projects in the order given.
    pub projects: Vec<ProjectResult>,
    /// The reserve, when it was asked for.
    pub reserve: Option<ReserveResult>,
    /// Activities that exempt and other projects share, by id.
    pub mixed: Vec<MixedActivity>,
    working: Vec<Step>,
    input_hash: String,
}

/// Computes everything, or lists every pool that cannot be apportioned.
pub fn evaluate(request: &Request) -> Result<Evaluation, Problems> {
    let mut problems = Problems::new();
    let projects = exemption::judge_all(request);
    let activities = Activities::of(request, &projects);
    let pools = split_all(request, &activities, &mut problems);
    let reserve = request.reserve.as_ref().and_then(|given| {
        reserve::compare(given, &request.path)
            .map_err(|problem| problems.push(problem))
            .ok()
    });
    if !problems.is_empty() {
        return Err(problems);
    }
    let working = working::of(request, &pools, &projects, reserve.as_ref());
    Ok(Evaluation {
        pools,
        projects,
        reserve,
        mixed: activities.mixed(),
        working,
        input_hash: request.input_hash(),
    })
}

/// `calc costshare`: reads, computes and prints.
pub fn calc(body: &Json) -> Result<Value, Problems> {
    Ok(evaluate(&request::read(body)?)?.to_json())
}

impl Evaluation {
    /// How each figure and status came about.
    pub fn working(&self) -> &[Step] {
        &self.working
    }

    /// The hash of the input.
    pub fn input_hash(&self) -> &str {
        &self.input_hash
    }

    /// The rule set that was applied.
    pub fn rule(&self) -> RuleRef {
        RuleRef {
            id: RULESET_ID.to_owned(),
            version: RULESET_VERSION.to_owned(),
            effective_from: chrono::NaiveDate::from_ymd_opt(2025, 4, 1),
            known_from: chrono::NaiveDate::from_ymd_opt(2025, 6, 12),
        }
    }

    /// The result as `calc costshare` prints it.
    pub fn to_json(&self) -> Value {
        let mut out = json!({
            "pools": self.pools.iter().map(pool_json).collect::<Vec<_>>(),
            "projects": self.projects.iter().map(project_json).collect::<Vec<_>>(),
            "warnings": self.mixed.iter().map(mixed_json).collect::<Vec<_>>(),
        });
        if let Some(reserve) = &self.reserve {
            out["reserve"] = json!({
                "cap": reserve.cap.to_string(),
                "excess": reserve.excess.to_string(),
            });
        }
        out
    }
}

fn pool_json(pool: &PoolResult) -> Value {
    let shares: BTreeMap<&str, String> = pool
        .shares
        .iter()
        .map(|(activity, share)| (activity.as_str(), share.to_string()))
        .collect();
    json!({
        "id": pool.id,
        "total": pool.total.to_string(),
        "shares": shares,
        "left_out": pool.left_out.iter().map(left_out_json).collect::<Vec<_>>(),
    })
}

fn left_out_json(out: &LeftOut) -> Value {
    json!({
        "activity": out.activity,
        "reason": "every_project_exempt",
        "projects": out.projects,
    })
}

fn project_json(project: &ProjectResult) -> Value {
    json!({
        "id": project.id,
        "status": project.status.word(),
        "in_annual_report": project.status.in_annual_report(),
    })
}

fn mixed_json(mixed: &MixedActivity) -> Value {
    json!({
        "code": "activity_mixed",
        "activity": mixed.activity,
        "exempt": mixed.exempt,
        "not_exempt": mixed.not_exempt,
    })
}
