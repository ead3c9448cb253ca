//! The questions put to the calculators and their answers, in the stable JSON of `plumbline calc`.
//! A run stores exactly this question, so that anybody can ask it again.
use std::collections::BTreeMap;

use explain::{Problem, Problems, canonical_json, json::Json};
use serde_json::{Value, json};
use store::runs::NewRun;
use uuid::Uuid;

use crate::{
    CaseError, CaseResult,
    assembly::{COSTSHARE_RULES, Case, PROCUREMENT_RULES, pick},
    cost_question, facts, value_map,
};

/// A question with its answer.
pub(crate) struct Answered {
    pub(crate) question: Value,
    pub(crate) answer: Value,
    pub(crate) input_hash: String,
}

/// Screens against the programme's criteria.
pub(crate) fn eligibility(case: &Case) -> CaseResult<Answered> {
    let question = json!({"format": 1, "ruleset": case.rules.programme, "facts": eligibility_facts(case),
                          "changes": true});
    let request = eligibility::read(&Json::from(&question))
        .map_err(|problems| CaseError::internal(format!("criteria or facts: {problems}")))?;
    let answer = request.answer();
    let input_hash = answer["input_hash"].as_str().unwrap_or_default().to_owned();
    Ok(Answered {
        question,
        answer,
        input_hash,
    })
}

/// What the criteria look at.
pub(crate) fn eligibility_facts(case: &Case) -> Value {
    facts::readable(facts::of(case, &rulesets(case)))
}

/// Evaluates the value map.
pub(crate) fn sroi(case: &Case) -> Result<Answered, Problems> {
    sroi_about(&value_map::request(case))
}

/// Evaluates any value map.
pub(crate) fn sroi_about(question: &Value) -> Result<Answered, Problems> {
    let answer = sroi::evaluate(sroi::read(&Json::from(question))?)?.to_json();
    let input_hash = answer["input_hash"].as_str().unwrap_or_default().to_owned();
    Ok(Answered {
        question: question.clone(),
        answer,
        input_hash,
    })
}

/// Apportions shared costs and judges exemptions.
pub(crate) fn costshare(case: &Case) -> Result<Answered, Problems> {
    let question = cost_question::apportionment(case);
    let evaluation = costshare::evaluate(&costshare::read(&Json::from(&question))?)?;
    let mut answer = evaluation.to_json();
    answer["working"] = json!(evaluation.working());
    Ok(Answered {
        question,
        answer,
        input_hash: evaluation.input_hash().to_owned(),
    })
}

/// Finds the method each planned purchase needs and whether the plan follows it.
pub(crate) fn procurement(case: &Case) -> Result<Answered, Problems> {
    let section = case.section("procurement");
    let purchases = section
        .get("purchases")
        .cloned()
        .unwrap_or_else(|| json!([]));
    let ruleset = procurement::read_ruleset(&Json::from(&case.rules.procurement))?;
    let plans = plans(&purchases);
    let read = procurement::plans_read(&Json::from(&plans), "purchases", &ruleset)?;
    let result = procurement::check(&ruleset, &read, "purchases")?;
    let summed = summed(case, &purchases);
    let answer = json!({
        "satisfied": result.satisfied,
        "purchases": result.purchases.iter().map(|plan| {
            json!({
                "id": plan.id,
                "satisfied": plan.satisfied,
                "method": plan.requirement.as_ref().map(|r| r.method.word()),
                "version": plan.requirement.as_ref().map(|r| r.version.clone()),
                "min_quotations": plan.requirement.as_ref().map(|r| r.quotations_min),
                "accepted_forms": plan.requirement.as_ref().map(|r| {
                    r.forms.iter().map(|form| form.word()).collect::<Vec<_>>()
                }),
                "reasons": plan.reasons.iter().map(|reason| reason.code()).collect::<Vec<_>>(),
                "summed": summed.get(&plan.id),
            })
        }).collect::<Vec<_>>(),
    });
    let question = json!({"ruleset": case.rules.procurement, "purchases": plans});
    let input_hash = explain::input_hash(&question);
    Ok(Answered {
        question,
        answer,
        input_hash,
    })
}

/// Planned purchases of one stated need, summed: the sum, what else counts, and what the rules then
/// ask. Shown beside the plan; the criterion judges each purchase by its own amount.
fn summed(case: &Case, purchases: &Value) -> BTreeMap<String, Value> {
    let rules = &case.rules.procurement;
    let rows = purchases.as_array().into_iter().flatten();
    let stated: Vec<Value> = rows
        .map(|row| {
            let need = row["need"]
                .as_str()
                .map(str::trim)
                .filter(|need| !need.is_empty());
            json!({
                "id": row["id"], "requirement": need, "invited_on": row["date"],
                "parts": [{"category": row["category"],
                           "estimated": {"item": row["amount"], "maintenance": null}}],
            })
        })
        .collect();
    let question = json!({
        "ruleset": rules,
        "settings": pick(&rules["readings"], &crate::purchase_book::READINGS),
        "purchases": stated,
    });
    let read = procurement::purchase::read(&Json::from(&question));
    let Ok(evaluation) = read.and_then(|question| procurement::purchase::evaluate(&question))
    else {
        return BTreeMap::new();
    };
    let found = evaluation.purchases.into_iter().filter_map(|purchase| {
        let aggregate = purchase.aggregate?;
        let needed = purchase.requirement?.to_json();
        let said = json!({"sum": aggregate.sum, "others": aggregate.others, "method": needed["method"],
                          "min_quotations": needed["min_quotations"]});
        Some((purchase.id, said))
    });
    found.collect()
}

/// What the named rule sets say: true, false, or nothing where they cannot tell.
fn rulesets(case: &Case) -> Value {
    let said = [
        (PROCUREMENT_RULES, procurement_settled(case)),
        (COSTSHARE_RULES, costshare_settled(case)),
    ];
    said.into_iter()
        .filter_map(|(name, settled)| Some((name.to_owned(), Value::Bool(settled?))))
        .collect()
}

/// Whether the procurement plan follows the rules; none when it cannot be told.
fn procurement_settled(case: &Case) -> Option<bool> {
    procurement(case)
        .ok()
        .and_then(|answered| answered.answer["satisfied"].as_bool())
}

/// Whether shared costs are apportioned or exempt; none when it cannot be told.
fn costshare_settled(case: &Case) -> Option<bool> {
    let section = case.sections.get("cost_sharing")?;
    let none_of = |key: &str| section[key].as_array().is_some_and(Vec::is_empty);
    if none_of("pools") && none_of("projects") {
        // Stated: nothing is shared, so there is nothing to apportion.
        return Some(true);
    }
    let question = cost_question::apportionment(case);
    let evaluation =
        costshare::read(&Json::from(&question)).and_then(|request| costshare::evaluate(&request));
    costshare::plan_is_settled(evaluation.as_ref())
}

fn plans(purchases: &Value) -> Value {
    const KEYS: [&str; 7] = [
        "id",
        "date",
        "category",
        "amount",
        "planned_method",
        "planned_quotations",
        "planned_form",
    ];
    purchases
        .as_array()
        .into_iter()
        .flatten()
        .map(|purchase| pick(purchase, &KEYS))
        .collect()
}

/// A run of the eligibility engine.
pub(crate) fn eligibility_run(subject: Uuid, answered: &Answered) -> NewRun {
    let ruleset = &answered.answer["ruleset"];
    let word = |key: &str| ruleset[key].as_str().unwrap_or_default().to_owned();
    run(
        "eligibility",
        subject,
        answered,
        (word("id"), word("version")),
        &Value::Null,
        (eligibility::ENGINE_NAME, eligibility::ENGINE_VERSION),
    )
}

/// Id and version of the programme whose rules a case is judged under.
pub(crate) fn programme_version(case: &Case) -> (String, String) {
    let word = |key: &str| {
        let value = case.rules.programme[key].as_str();
        value.unwrap_or_default().to_owned()
    };
    (word("id"), word("version"))
}

/// A run of the SROI engine: `sroi`, `sroi_assessed` or `sroi_outturn`.
pub(crate) fn sroi_run(
    kind: &'static str,
    subject: Uuid,
    answered: &Answered,
    programme: (String, String),
) -> NewRun {
    run(
        kind,
        subject,
        answered,
        programme,
        &answered.answer["convention"],
        (sroi::ENGINE_NAME, sroi::ENGINE_VERSION),
    )
}

/// A run of the cost-sharing engine.
pub(crate) fn costshare_run(subject: Uuid, answered: &Answered) -> NewRun {
    let ruleset = (
        COSTSHARE_RULES.to_owned(),
        costshare::RULESET_VERSION.to_owned(),
    );
    run(
        "costshare",
        subject,
        answered,
        ruleset,
        &Value::Null,
        (costshare::ENGINE_NAME, costshare::ENGINE_VERSION),
    )
}

/// A run of the procurement engine.
pub(crate) fn procurement_run(subject: Uuid, answered: &Answered) -> NewRun {
    run(
        "procurement",
        subject,
        answered,
        (PROCUREMENT_RULES.to_owned(), "1".to_owned()),
        &Value::Null,
        (procurement::ENGINE_NAME, procurement::ENGINE_VERSION),
    )
}

/// A run of any engine: the question in canonical form beside the answer.
pub(crate) fn run(
    kind: &'static str,
    subject: Uuid,
    answered: &Answered,
    ruleset: (String, String),
    convention: &Value,
    engine: (&'static str, &'static str),
) -> NewRun {
    NewRun {
        kind,
        subject,
        input: canonical_json(&answered.question),
        input_hash: answered.input_hash.clone(),
        ruleset,
        convention: canonical_json(convention),
        engine,
        output: answered.answer.to_string(),
    }
}

/// What kept an engine from running, as its output: the run is evidence all the same.
pub(crate) fn refused(question: Value, problems: &Problems) -> Answered {
    let listed: Vec<&Problem> = problems.as_slice().iter().collect();
    Answered {
        answer: json!({"problems": listed}),
        input_hash: explain::input_hash(&question),
        question,
    }
}
