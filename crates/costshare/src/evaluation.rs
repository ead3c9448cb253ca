//! The calculation as a whole and the JSON it prints.
use std::collections::BTreeMap;

use explain::{Problem, Problems, RuleRef, Step, json::Json};
use serde_json::{Value, json};

use crate::{
    Effect, MixedActivity, PoolResult, ProjectResult, RULESET_ID, RULESET_VERSION, Request,
    ReserveResult, Schedules, effect, exemption,
    pools::{Activities, LeftOut, split_all},
    request, reserve, schedules, working,
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
    /// What the exemptions change, when the schedules were asked for.
    pub effect: Option<Effect>,
    /// The schedules, when they were asked for.
    pub schedules: Option<Schedules>,
    /// Weights without evidence by pool, where evidence was given weight by weight.
    unproven: Vec<Option<Vec<String>>>,
    /// What is known of the list of exempt schemes.
    scheme_list: Value,
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
    let (effect, schedules) = if request.schedules {
        scheduled(request, &projects, &pools, &mut problems)
    } else {
        (None, None)
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let working = working::of(request, &pools, &projects, reserve.as_ref());
    Ok(Evaluation {
        pools,
        projects,
        reserve,
        mixed: activities.mixed(),
        effect,
        schedules,
        unproven: unproven(request),
        scheme_list: scheme_list(request),
        working,
        input_hash: request.input_hash(),
    })
}

fn scheduled(
    request: &Request,
    projects: &[ProjectResult],
    pools: &[PoolResult],
    problems: &mut Problems,
) -> (Option<Effect>, Option<Schedules>) {
    let Some(effect) = effect::of(request, projects, pools, problems) else {
        return (None, None);
    };
    match schedules::of(request, projects, pools, &effect) {
        Ok(schedules) => (Some(effect), Some(schedules)),
        Err(error) => {
            let at = explain::read::join(&request.path, "pools");
            let message = format!("{at}: the sum of the pools {error}.");
            problems.push(Problem::new(error.code(), &at, message));
            (None, None)
        }
    }
}

/// Null where no list was given at all.
fn scheme_list(request: &Request) -> Value {
    request.exempt_schemes.as_ref().map_or(Value::Null, |list| {
        json!({
            "as_at": list.as_at.map(|day| day.to_string()),
            "codes": list.codes.len(),
            "complete": list.complete,
        })
    })
}

fn unproven(request: &Request) -> Vec<Option<Vec<String>>> {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    request
        .pools
        .iter()
        .map(|pool| pool.without_evidence().map(owned))
        .collect()
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
            "pools": self.pools.iter().zip(&self.unproven).map(pool_json).collect::<Vec<_>>(),
            "projects": self.projects.iter().map(project_json).collect::<Vec<_>>(),
            "warnings": self.mixed.iter().map(mixed_json).collect::<Vec<_>>(),
        });
        if let Some(reserve) = &self.reserve {
            out["reserve"] = json!({
                "cap": reserve.cap.to_string(),
                "excess": reserve.excess.to_string(),
            });
        }
        if let (Some(effect), Some(schedules)) = (&self.effect, &self.schedules) {
            out["effect"] = effect.to_json();
            out["schedules"] = schedules.to_json();
            out["scheme_list"] = self.scheme_list.clone();
            for (row, project) in self.projects.iter().enumerate() {
                let codes: Vec<&str> = project.unknown.iter().map(|fact| fact.code()).collect();
                out["projects"][row]["unknown"] = json!(codes);
            }
        }
        out
    }
}

fn pool_json((pool, unproven): (&PoolResult, &Option<Vec<String>>)) -> Value {
    let shares: BTreeMap<&str, String> = pool
        .shares
        .iter()
        .map(|(activity, share)| (activity.as_str(), share.to_string()))
        .collect();
    let mut out = json!({
        "id": pool.id,
        "total": pool.total.to_string(),
        "shares": shares,
        "left_out": pool.left_out.iter().map(left_out_json).collect::<Vec<_>>(),
    });
    if let Some(unproven) = unproven {
        out["without_evidence"] = json!(unproven);
    }
    out
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
