//! Reading purchases: the book of a project, one purchase, and what a draft would come to.
use std::collections::BTreeMap;

use access::{Action, Actor, may};
use explain::{Problems, Text};
use money::Hkd;
use procurement::policy::{Act, Action as Step, Deed, Policy, Requisition};
use serde_json::Value;
use store::purchases::{ActRow, PurchaseRow};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, FundedLine, PurchaseActView, PurchaseBookView,
    PurchaseCheckView, PurchaseMayView, PurchaseStepView, PurchaseView,
    assembly::{amount, hkd},
    purchase_act::{funded, requestable},
    purchase_book::{Book, Bought, Stated, person},
    purchase_content,
    purchase_funds::Funds,
};

/// Every deed, in the order in which buttons are shown.
const DEEDS: [Deed; 10] = [
    Deed::Step(Step::Request),
    Deed::Step(Step::Award),
    Deed::Step(Step::AgreeAndIssueOrder),
    Deed::Step(Step::Receipt),
    Deed::Step(Step::Invoice),
    Deed::Step(Step::Payment),
    Deed::Waive,
    Deed::DeclareInterest,
    Deed::Return,
    Deed::Refuse,
];

/// The purchases of one project of one's own.
pub async fn purchase_book(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
) -> CaseResult<PurchaseBookView> {
    let mut tx = casework.begin(actor, Action::PurchaseRead).await?;
    let (_, funds) = funded(&mut tx, application).await?;
    let book = Book::load(casework, &mut tx).await?;
    tx.end_read().await?;
    let checks = book.checks(None)?;
    let own = book
        .rows
        .iter()
        .filter(|row| row.application_id == application);
    let purchases = own
        .filter_map(|row| book.find(row.purchase_id))
        .map(|(row, bought)| view(&book, &funds, actor, (row, bought), &checks))
        .collect::<CaseResult<Vec<_>>>()?;
    let committed = book
        .bought
        .iter()
        .filter(|bought| bought.application == application)
        .filter_map(Bought::committed)
        .map(|committed| hkd(committed.decimal()))
        .collect::<CaseResult<Vec<_>>>()?;
    let first = Requisition::default();
    let request = Deed::Step(Step::Request);
    let newest = book.policies.first();
    Ok(PurchaseBookView {
        application,
        awarded: funds.awarded,
        total: funds.total,
        committed: Hkd::checked_sum(committed).map_err(CaseError::internal)?,
        lines: funds
            .lines
            .iter()
            .map(|line| (line.clone(), book.money_left(&funds, &line.id, None)))
            .collect(),
        purchases,
        may_request: funds.is_awarded()
            && may(actor, Action::PurchaseRequest)
            && newest
                .is_some_and(|(_, policy)| first.may(policy, request, &person(actor)).is_empty()),
        policy_version: newest.map_or(0, |(row, _)| row.version),
    })
}

/// One purchase of one's own.
pub async fn purchase(
    casework: &Casework,
    actor: &Actor,
    id: Uuid,
) -> CaseResult<Option<PurchaseView>> {
    let mut tx = casework.begin(actor, Action::PurchaseRead).await?;
    let book = Book::load(casework, &mut tx).await?;
    let Some(found) = book.find(id) else {
        tx.end_read().await?;
        return Ok(None);
    };
    let (_, funds) = funded(&mut tx, found.0.application_id).await?;
    tx.end_read().await?;
    let checks = book.checks(None)?;
    view(&book, &funds, actor, found, &checks).map(Some)
}

fn view(
    book: &Book,
    funds: &Funds,
    actor: &Actor,
    (row, bought): (&PurchaseRow, &Bought),
    checks: &BTreeMap<Uuid, Value>,
) -> CaseResult<PurchaseView> {
    let policy = book.policy(row.policy_version)?;
    let body = body_of(book, row.policy_version);
    let acts = book.acts_of(row.purchase_id);
    let request = bought.stated.request.clone();
    let coded = |key: &str, list: &str| {
        let code = request[key].as_str().unwrap_or_default();
        (code.to_owned(), label(body, list, code))
    };
    let who = person(actor);
    let may_act = may(actor, Action::PurchaseAct);
    let line = funds.lines.iter().find(|line| line.id == row.line_id);
    Ok(PurchaseView {
        id: row.purchase_id,
        application: row.application_id,
        reference: row.reference.clone(),
        line: line.cloned().unwrap_or_else(|| FundedLine {
            id: row.line_id.clone(),
            description: String::new(),
            total: Hkd::ZERO,
        }),
        line_left: book.money_left(funds, &row.line_id, Some(row.purchase_id)),
        policy_version: row.policy_version,
        created_at: row.created_at,
        stage: bought.state.stage(),
        next: bought.state.next(policy),
        returns: bought.state.returns(),
        steps: steps(&bought.state, policy, body, acts),
        may: DEEDS
            .into_iter()
            .filter(|_| may_act)
            .map(|deed| PurchaseMayView {
                deed,
                blocks: bought.state.may(policy, deed, &who),
            })
            .collect(),
        acts: acts
            .iter()
            .map(|act| act_view(act, body))
            .collect::<CaseResult<_>>()?,
        award: bought.stated.award.clone(),
        department: coded("department", "departments"),
        category: coded("category", "categories"),
        check: checks.get(&row.purchase_id).cloned(),
        seq: i32::try_from(acts.len()).map_err(CaseError::internal)?,
        request,
    })
}

fn body_of(book: &Book, version: i32) -> &Value {
    let found = book.policies.iter().find(|(row, _)| row.version == version);
    found.map_or(&Value::Null, |(row, _)| &row.body)
}

/// The names of a code of the policy; the code itself where it has none.
pub(crate) fn label(body: &Value, list: &str, code: &str) -> Text {
    let word = |key: &str| {
        let found = body[list][code][key].as_str();
        found.unwrap_or(code).to_owned()
    };
    Text::new(word("en"), word("zh"))
}

fn reason(body: &Value, code: &str) -> Text {
    if body["waiver"]["reasons"].get(code).is_some() {
        label(&body["waiver"], "reasons", code)
    } else {
        label(body, "refusal_reasons", code)
    }
}

fn act_view(act: &ActRow, body: &Value) -> CaseResult<PurchaseActView> {
    Ok(PurchaseActView {
        seq: act.seq,
        deed: Deed::from_word(&act.action)
            .ok_or_else(|| CaseError::internal(format!("purchase act {}", act.action)))?,
        by: act.actor_name.clone(),
        at: act.acted_at,
        amount: act.amount.map(amount),
        interest: act.interest,
        reasons: act
            .reasons
            .iter()
            .map(|code| (code.clone(), reason(body, code)))
            .collect(),
        note: act.note.clone(),
    })
}

/// The steps of the tier; each with whoever took it since the last return.
fn steps(
    state: &Requisition,
    policy: &Policy,
    body: &Value,
    acts: &[ActRow],
) -> Vec<PurchaseStepView> {
    let since = acts
        .iter()
        .rposition(|act| act.action == Deed::Return.word());
    let current = acts
        .get(since.map_or(0, |at| at.saturating_add(1))..)
        .unwrap_or_default();
    state
        .steps(policy)
        .iter()
        .map(|step| PurchaseStepView {
            action: step.action,
            roles: step
                .roles
                .iter()
                .map(|role| label(body, "roles", role))
                .collect(),
            done: current
                .iter()
                .find(|act| act.action == step.action.word())
                .map(|act| (act.actor_name.clone(), act.acted_at)),
            amount: state.amount_of(step.action),
        })
        .collect()
}

/// What a draft of a request, or of an award on a purchase, would come to. Stores nothing.
pub async fn purchase_check(
    casework: &Casework,
    actor: &Actor,
    application: Uuid,
    purchase: Option<Uuid>,
    line: &str,
    content: &Value,
) -> CaseResult<PurchaseCheckView> {
    let mut tx = casework.begin(actor, Action::PurchaseRead).await?;
    let (_, funds) = funded(&mut tx, application).await?;
    let book = Book::load(casework, &mut tx).await?;
    tx.end_read().await?;
    let (version, bought) = if let Some(id) = purchase {
        let (row, bought) = book.find(id).ok_or(CaseError::NotFound)?;
        (row.policy_version, bought.clone())
    } else {
        let bought = Bought {
            id: Uuid::now_v7(),
            reference: String::from("draft"),
            application,
            line_id: line.to_owned(),
            state: Requisition::default(),
            stated: Stated::default(),
        };
        (requestable(&book, &funds, line)?, bought)
    };
    let policy = book.policy(version)?;
    let next = bought.state.next(policy).unwrap_or(Step::Request);
    let mut problems = Problems::new();
    match next {
        Step::Request => purchase_content::request(content, policy, &mut problems),
        _ => purchase_content::award(content, &mut problems),
    }
    let mut act = Act {
        deed: Deed::Step(next),
        person: person(actor),
        amount: None,
        reasons: Vec::new(),
    };
    let drafted = bought.after(policy, &act, content, None, book.today);
    let check = match book.checks(Some(&drafted)) {
        Ok(mut checks) => checks.remove(&bought.id),
        Err(found) => {
            problems.extend(found);
            None
        }
    };
    let key = if next == Step::Request {
        "estimated"
    } else {
        "accepted"
    };
    let found = check.as_ref().and_then(|check| check[key].as_str());
    act.amount = found.and_then(|text| money::Amount::try_from_text(text).ok());
    let state = bought.state.recorded(policy, &act);
    Ok(PurchaseCheckView {
        line_left: book.money_left(&funds, &bought.line_id, Some(bought.id)),
        steps: steps(&state, policy, body_of(&book, version), &[]),
        check,
        problems: problems.into_vec(),
    })
}
