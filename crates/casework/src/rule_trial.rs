//! Trying a draft on the applications of a round before it is published, on the facts that their
//! screening saw. Stores nothing.
use std::collections::BTreeMap;

use access::{Action, Actor};
use eligibility::{Compiled, Facts};
use explain::{Text, json::Json};
use serde_json::Value;
use store::{TenantTx, received::ReceivedRow, runs};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, RuleTrialView, StateCounts, TrialCriterion, TrialRow,
    rank_round::current, rounds::own_round, rule_catalogue::bilingual, rulebooks::open_draft,
    screen::submitted_case,
};

/// What a draft would decide, beside what stands.
pub async fn rule_trial(
    casework: &Casework,
    actor: &Actor,
    draft: Uuid,
    round: Uuid,
) -> CaseResult<RuleTrialView> {
    let mut tx = casework.begin(actor, Action::RulesRead).await?;
    let draft = open_draft(&mut tx, draft).await?;
    own_round(&mut tx, actor, round).await?;
    let ruleset = match Compiled::try_new(&Json::from(&draft.body)) {
        Ok(ruleset) => ruleset,
        Err(problems) => {
            tx.end_read().await?;
            return Ok(RuleTrialView {
                problems: problems.into_vec(),
                ..RuleTrialView::default()
            });
        }
    };
    let received = current(&mut tx, round).await?;
    let stand = standing(&mut tx, &received).await?;
    let mut cases = Vec::with_capacity(received.len());
    for row in received {
        let (before, facts) = match stand.get(&row.submission_id) {
            Some((before, facts)) => (Some(before.clone()), facts.clone()),
            None => (None, facts_now(&mut tx, row.submission_id).await?),
        };
        cases.push((row, before, facts));
    }
    tx.end_read().await?;
    tokio::task::spawn_blocking(move || {
        let mut trial = Trial::default();
        for (row, before, facts) in cases {
            let facts = Facts::try_new(&Json::from(&facts))
                .map_err(|problems| CaseError::internal(format!("facts: {problems}")))?;
            let after = ruleset.evaluate(&facts).to_json();
            trial.add(&row, before.as_ref(), Some(&after));
        }
        Ok(trial.view())
    })
    .await
    .map_err(CaseError::internal)?
}

/// The standing verdict on each submission, with the facts it saw.
async fn standing(
    tx: &mut TenantTx,
    received: &[ReceivedRow],
) -> CaseResult<BTreeMap<Uuid, (Value, Value)>> {
    let ids: Vec<Uuid> = received.iter().map(|row| row.submission_id).collect();
    let runs = runs::latest(tx, &ids, &["eligibility"]).await?;
    runs.into_iter()
        .map(|run| {
            let output = serde_json::from_str(&run.output).map_err(CaseError::internal)?;
            let mut input: Value = serde_json::from_str(&run.input).map_err(CaseError::internal)?;
            Ok((run.subject_id, (output, input["facts"].take())))
        })
        .collect()
}

/// The facts of a submission that nobody has screened yet.
async fn facts_now(tx: &mut TenantTx, submission: Uuid) -> CaseResult<Value> {
    let (_, case) = submitted_case(tx, submission).await?;
    Ok(crate::engines::eligibility_facts(&case))
}

/// Verdicts before and after, gathered application by application.
#[derive(Default)]
pub(crate) struct Trial {
    view: RuleTrialView,
}

impl Trial {
    /// Adds one application; without a verdict after, it only counts.
    pub(crate) fn add(&mut self, row: &ReceivedRow, before: Option<&Value>, after: Option<&Value>) {
        self.view.total += 1;
        let state = |verdict: Option<&Value>| {
            verdict.and_then(|verdict| verdict["state"].as_str().map(str::to_owned))
        };
        let (was, is) = (state(before), state(after));
        count(&mut self.view.before, was.as_deref());
        count(&mut self.view.after, is.as_deref());
        let (Some(after), Some(is)) = (after, is) else {
            return;
        };
        let criteria = changed(before, after);
        if criteria.is_empty() && was.as_ref() == Some(&is) {
            return;
        }
        self.view.rows.push(TrialRow {
            received_id: row.submission_id,
            reference: row.reference.clone(),
            applicant: Text::new(&row.applicant_en, &row.applicant_zh),
            title: Text::new(&row.title_en, &row.title_zh),
            before: was,
            after: is,
            criteria,
        });
    }

    pub(crate) fn view(mut self) -> RuleTrialView {
        self.view.rows.sort_by_key(|row| {
            (
                row.before.as_ref() == Some(&row.after),
                row.reference.clone(),
            )
        });
        self.view
    }
}

fn count(counts: &mut StateCounts, state: Option<&str>) {
    match state {
        Some("eligible") => counts.eligible += 1,
        Some("not_eligible") => counts.not_eligible += 1,
        Some(_) => counts.needs_information += 1,
        None => counts.not_screened += 1,
    }
}

/// Criteria whose outcome differs, those of the later side first.
fn changed(before: Option<&Value>, after: &Value) -> Vec<TrialCriterion> {
    let list = |verdict: Option<&Value>| -> Vec<Value> {
        verdict
            .and_then(|verdict| verdict["criteria"].as_array().cloned())
            .unwrap_or_default()
    };
    let (before, after) = (list(before), list(Some(after)));
    let outcome = |criteria: &[Value], id: &Value| {
        let found = criteria.iter().find(|criterion| criterion["id"] == *id)?;
        found["outcome"].as_str().map(str::to_owned)
    };
    let text = |value: &Value| value.is_object().then(|| bilingual(value));
    let mut found: Vec<TrialCriterion> = after
        .iter()
        .filter_map(|criterion| {
            let was = outcome(&before, &criterion["id"]);
            let is = criterion["outcome"].as_str().map(str::to_owned);
            (was != is).then(|| TrialCriterion {
                id: criterion["id"].as_str().unwrap_or_default().to_owned(),
                before: was,
                after: is,
                reason: text(&criterion["reason"]),
                fix: text(&criterion["fix"]),
            })
        })
        .collect();
    let gone = before
        .iter()
        .filter(|criterion| outcome(&after, &criterion["id"]).is_none());
    found.extend(gone.map(|criterion| TrialCriterion {
        id: criterion["id"].as_str().unwrap_or_default().to_owned(),
        before: criterion["outcome"].as_str().map(str::to_owned),
        after: None,
        reason: None,
        fix: None,
    }));
    found
}
