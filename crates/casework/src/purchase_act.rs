//! What people do to purchases: request, award, agree and order, receive, invoice, pay; waive,
//! refuse, return, and declare an interest. The policy says who, the rules of procurement say
//! whether, and of two people acting at once only one does.
use access::{Action, Actor};
use explain::{Problem, Problems, canonical_json, sha256_hex};
use money::{Amount, Decimal};
use procurement::policy::{
    self, Act, Action as Step, Block, BlockCode, Deed, Facts, Policy, Requisition,
};
use serde_json::{Value, json};
use store::{
    StoreError, TenantTx,
    applications::{self, ApplicationRow},
    idempotency::{self, KeptAnswer},
    purchases::{self as rows, NewAct, NewPurchase},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    application_start::same_body,
    context::deed as audit_of,
    purchase_book::{Book, Bought, Stated, person},
    purchase_content::{self, NOTE_CHARS_MAX, refuse_long},
    purchase_funds::Funds,
};

/// Most purchases of one organisation: all of them are summed and checked together.
const PURCHASES_MAX: usize = 2_000;

/// A first request.
#[derive(Debug, Clone)]
pub struct PurchaseRequestInput {
    /// The awarded project.
    pub application: Uuid,
    /// Its budget line.
    pub line_id: String,
    /// What is asked for.
    pub content: Value,
    /// Whether the person has an interest.
    pub interest: Option<bool>,
    /// Words.
    pub note: String,
    /// Chosen by the client: the same key twice is one request.
    pub idempotency_key: String,
}

/// A deed on a purchase that was requested.
#[derive(Debug, Clone)]
pub struct PurchaseActInput {
    /// Which.
    pub purchase: Uuid,
    /// What.
    pub deed: Deed,
    /// Number of the last deed seen.
    pub expected_seq: i32,
    /// What is stated: a request made again, or an award.
    pub content: Value,
    /// Sum of an invoice or a payment.
    pub amount: Option<Decimal>,
    /// Whether the person has an interest.
    pub interest: Option<bool>,
    /// Codes.
    pub reasons: Vec<String>,
    /// Words.
    pub note: String,
}

/// The project, provided that money was awarded to it.
pub(crate) async fn funded(
    tx: &mut TenantTx,
    application: Uuid,
) -> CaseResult<(ApplicationRow, Funds)> {
    let row = applications::find(tx, application)
        .await?
        .ok_or(CaseError::NotFound)?;
    let funds = Funds::load(tx, &row).await?;
    Ok((row, funds))
}

/// Requests a purchase, or returns the one that the same key requested before.
pub async fn purchase_request(
    casework: &Casework,
    actor: &Actor,
    input: PurchaseRequestInput,
) -> CaseResult<Uuid> {
    const OPERATION: &str = "purchase_request";
    let mut tx = casework.begin(actor, Action::PurchaseRequest).await?;
    rows::lock(&mut tx).await?;
    let asked = canonical_json(
        &json!({"application": input.application, "line": input.line_id,
        "content": input.content, "interest": input.interest, "note": input.note}),
    );
    let body_hash = sha256_hex(asked.as_bytes());
    let key = input.idempotency_key.as_str();
    if let Some(kept) = idempotency::take(&mut tx, actor.user.0, OPERATION, key).await? {
        tx.end_read().await?;
        return same_body(&kept, &body_hash);
    }
    let (_, funds) = funded(&mut tx, input.application).await?;
    let book = Book::load(casework, &mut tx).await?;
    let version = requestable(&book, &funds, &input.line_id)?;
    let id = Uuid::now_v7();
    // The tail of a version 7 id is random: short enough to read over the telephone.
    let tail: String = id.simple().to_string().chars().skip(24).collect();
    let reference = format!("P-{}", tail.to_uppercase());
    let bought = Bought {
        id,
        reference: reference.clone(),
        application: input.application,
        line_id: input.line_id.clone(),
        state: Requisition::default(),
        stated: Stated::default(),
    };
    let tried = Tried {
        deed: Deed::Step(Step::Request),
        content: &input.content,
        amount: None,
        interest: input.interest,
        reasons: &[],
        note: &input.note,
    };
    let act = judge(&book, &funds, book.policy(version)?, &bought, actor, &tried)?;
    let new = NewPurchase {
        purchase_id: id,
        application_id: input.application,
        line_id: &input.line_id,
        reference: &reference,
        policy_version: version,
        created_by: actor.user.0,
    };
    rows::insert(&mut tx, &new).await?;
    record(&mut tx, actor, id, 1, &act, &tried).await?;
    let answer = KeptAnswer {
        body_hash,
        answer: id,
    };
    idempotency::keep(&mut tx, actor.user.0, OPERATION, key, &answer).await?;
    let detail = json!({"application": input.application, "line": input.line_id, "reference": reference,
                        "amount": act.amount});
    let entry = audit_of(actor, "purchase_request", "purchase", id, detail);
    casework.commit(tx, entry, &[]).await?;
    Ok(id)
}

/// The newest policy version, provided that anything can be requested on the line.
pub(crate) fn requestable(book: &Book, funds: &Funds, line: &str) -> CaseResult<i32> {
    if !funds.is_awarded() {
        return Err(CaseError::problem(
            "purchase_not_awarded",
            "",
            "Purchases are requested once money was awarded to the project.",
        ));
    }
    if !funds.lines.iter().any(|found| found.id == line) {
        let known: Vec<&str> = funds.lines.iter().map(|line| line.id.as_str()).collect();
        return Err(CaseError::problem(
            "unknown_line",
            "lineId",
            format!(
                "lineId \"{line}\" is not a line of the budget; use one of {}.",
                known.join(", ")
            ),
        ));
    }
    if book.rows.len() >= PURCHASES_MAX {
        return Err(CaseError::problem(
            "too_many",
            "",
            format!("At most {PURCHASES_MAX} purchases are kept for one organisation."),
        ));
    }
    let newest = book.policies.first().ok_or_else(|| {
        CaseError::problem(
            "purchase_policy_missing",
            "",
            "Save an approval policy first; an example is offered to start from.",
        )
    })?;
    Ok(newest.0.version)
}

/// Does one deed, if nobody did another since `expected_seq`.
pub async fn purchase_act(
    casework: &Casework,
    actor: &Actor,
    input: PurchaseActInput,
) -> CaseResult<()> {
    let mut tx = casework.begin(actor, Action::PurchaseAct).await?;
    rows::lock(&mut tx).await?;
    let book = Book::load(casework, &mut tx).await?;
    let (row, bought) = book.find(input.purchase).ok_or(CaseError::NotFound)?;
    let seq = book.acts_of(input.purchase).len();
    let seq = i32::try_from(seq).map_err(CaseError::internal)?;
    if seq != input.expected_seq {
        return Err(StoreError::VersionConflict.into());
    }
    let (_, funds) = funded(&mut tx, row.application_id).await?;
    let tried = Tried {
        deed: input.deed,
        content: &input.content,
        amount: input.amount.map(Amount::from_decimal),
        interest: input.interest,
        reasons: &input.reasons,
        note: &input.note,
    };
    let policy = book.policy(row.policy_version)?;
    let act = judge(&book, &funds, policy, bought, actor, &tried)?;
    let next = seq.saturating_add(1);
    record(&mut tx, actor, input.purchase, next, &act, &tried).await?;
    let detail =
        json!({"deed": act.deed.word(), "seq": next, "amount": act.amount, "reasons": act.reasons});
    let entry = audit_of(actor, "purchase_act", "purchase", input.purchase, detail);
    casework.commit(tx, entry, &[]).await
}

/// A deed as somebody tries it.
pub(crate) struct Tried<'a> {
    pub(crate) deed: Deed,
    pub(crate) content: &'a Value,
    pub(crate) amount: Option<Amount>,
    pub(crate) interest: Option<bool>,
    pub(crate) reasons: &'a [String],
    pub(crate) note: &'a str,
}

/// The act with its amount, or everything that is wrong with it at once.
pub(crate) fn judge(
    book: &Book,
    funds: &Funds,
    policy: &Policy,
    bought: &Bought,
    actor: &Actor,
    tried: &Tried<'_>,
) -> Result<Act, Problems> {
    let mut problems = Problems::new();
    match tried.deed {
        Deed::Step(Step::Request) => {
            purchase_content::request(tried.content, policy, &mut problems);
        }
        Deed::Step(Step::Award) => purchase_content::award(tried.content, &mut problems),
        Deed::Step(Step::AgreeAndIssueOrder | Step::Receipt | Step::Invoice | Step::Payment)
        | Deed::Waive
        | Deed::DeclareInterest
        | Deed::Refuse
        | Deed::Return => {}
    }
    refuse_long("note", tried.note, NOTE_CHARS_MAX, &mut problems);
    let mut act = Act {
        deed: tried.deed,
        person: person(actor),
        amount: tried.amount,
        reasons: tried.reasons.to_vec(),
    };
    let after = bought.after(policy, &act, tried.content, tried.interest, book.today);
    let checked = match book.checks(Some(&after)) {
        Ok(mut checks) => checks.remove(&bought.id),
        Err(found) => {
            problems.extend(found);
            None
        }
    };
    let check = checked.unwrap_or_default();
    let figure = |key: &str| {
        let text = check[key].as_str();
        text.and_then(|text| Amount::try_from_text(text).ok())
    };
    match tried.deed {
        Deed::Step(Step::Request) => act.amount = figure("estimated"),
        Deed::Step(Step::Award) => act.amount = figure("accepted"),
        _ => {}
    }
    let left = book.money_left(funds, &bought.line_id, Some(bought.id));
    let facts = Facts {
        interest: tried.interest,
        checks: check["satisfied"].as_bool(),
        money_left: left.map(|left| Amount::from_decimal(left.decimal())),
    };
    if let Err(blocks) = bought.state.advance(policy, &act, facts) {
        for block in blocks {
            problems.push(problem(&block, &check));
        }
    }
    problems.into_result(Some(act))
}

/// A block as a problem; unkept rules name the findings.
fn problem(block: &Block, check: &Value) -> Problem {
    let code = format!("purchase_{}", block.code.word());
    let path = match block.code {
        BlockCode::AmountMissing
        | BlockCode::OverAward
        | BlockCode::InvoiceExceedsOrder
        | BlockCode::PaymentDiffersFromInvoice => "amount",
        BlockCode::ReasonMissing | BlockCode::ReasonUnknown => "reasons",
        BlockCode::InterestNotStated | BlockCode::InterestDeclared => "interest",
        BlockCode::Closed
        | BlockCode::WrongOrder
        | BlockCode::WrongRole
        | BlockCode::SamePerson
        | BlockCode::ChecksUnmet
        | BlockCode::ChecksUnknown
        | BlockCode::MoneyLeftUnknown => "",
    };
    let mut problem = Problem::new(code, path, block.code.sentence());
    for (name, value) in &block.params {
        problem = problem.with(name, value.clone());
    }
    let weight = match block.code {
        BlockCode::ChecksUnmet => "fail",
        BlockCode::ChecksUnknown => "unknown",
        _ => return problem,
    };
    let findings = check["findings"].as_array().into_iter().flatten();
    let codes: Vec<&str> = findings
        .filter(|finding| finding["severity"] == weight)
        .filter_map(|finding| finding["code"].as_str())
        .collect();
    problem.with("findings", codes.join(", "))
}

async fn record(
    tx: &mut TenantTx,
    actor: &Actor,
    purchase: Uuid,
    seq: i32,
    act: &policy::Act,
    tried: &Tried<'_>,
) -> CaseResult<()> {
    let roles: Vec<&str> = actor.roles.iter().map(|role| role.as_str()).collect();
    let nothing = json!({});
    let states = matches!(tried.deed, Deed::Step(Step::Request | Step::Award));
    let new = NewAct {
        purchase_id: purchase,
        seq,
        action: act.deed.word(),
        actor: (actor.user.0, &actor.name, &roles.join(" ")),
        amount: act.amount.map(Amount::decimal),
        interest: if act.deed == Deed::DeclareInterest {
            Some(true)
        } else {
            tried.interest
        },
        reasons: &act.reasons,
        note: tried.note.trim(),
        content: if states { tried.content } else { &nothing },
    };
    rows::act_insert(tx, &new).await?;
    Ok(())
}
