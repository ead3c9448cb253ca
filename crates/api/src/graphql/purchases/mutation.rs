//! Requesting purchases, acting on them, and saving the approval policy.
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use casework::{CaseError, CaseResult, PurchaseActInput as Act, PurchaseRequestInput as Request};
use explain::{Problem as Wrong, Problems};
use serde_json::Value;

use super::types::{Purchase, PurchaseDeed, PurchasePolicy};
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::{
        scalars::Decimal,
        types::{Problem, problems, uuid},
    },
};

#[derive(InputObject)]
pub(crate) struct PurchaseRequestInput {
    application_id: ID,
    line_id: String,
    content: Value,
    /// Whether the person has an interest in a supplier.
    interest: Option<bool>,
    note: String,
    idempotency_key: String,
}

#[derive(InputObject)]
pub(crate) struct PurchaseActInput {
    purchase_id: ID,
    deed: PurchaseDeed,
    expected_seq: i32,
    /// Of a request made again, or of an award; otherwise an empty object.
    content: Value,
    /// Of an invoice or a payment.
    amount: Option<Decimal>,
    interest: Option<bool>,
    /// Codes of the policy: why it is refused, returned or waived.
    reasons: Vec<String>,
    note: String,
}

#[derive(InputObject)]
pub(crate) struct PurchasePolicySaveInput {
    body: Value,
    expected_version: i32,
}

#[derive(SimpleObject)]
pub(crate) struct PurchasePayload {
    purchase: Option<Purchase>,
    problems: Vec<Problem>,
}

#[derive(SimpleObject)]
pub(crate) struct PurchasePolicyPayload {
    policy: Option<PurchasePolicy>,
    problems: Vec<Problem>,
}

#[derive(Default)]
pub(crate) struct PurchasesMutation;

#[Object]
impl PurchasesMutation {
    async fn purchase_request(
        &self,
        context: &Context<'_>,
        input: PurchaseRequestInput,
    ) -> async_graphql::Result<PurchasePayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let request = Request {
                application: uuid(&input.application_id)?,
                line_id: input.line_id,
                content: input.content,
                interest: input.interest,
                note: input.note,
                idempotency_key: input.idempotency_key,
            };
            let id = casework::purchase_request(&casework, &actor, request).await?;
            casework::purchase(&casework, &actor, id).await
        });
        payload(done.await)
    }

    /// One deed, if nobody did another since `expectedSeq`.
    async fn purchase_act(
        &self,
        context: &Context<'_>,
        input: PurchaseActInput,
    ) -> async_graphql::Result<PurchasePayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let id = uuid(&input.purchase_id)?;
            let amount = input.amount.as_ref().map(decimal).transpose()?;
            let act = Act {
                purchase: id,
                deed: input.deed.into(),
                expected_seq: input.expected_seq,
                content: input.content,
                amount,
                interest: input.interest,
                reasons: input.reasons,
                note: input.note,
            };
            casework::purchase_act(&casework, &actor, act).await?;
            casework::purchase(&casework, &actor, id).await
        });
        payload(done.await)
    }

    /// Saves the next version, with everything that is wrong listed at once.
    async fn purchase_policy_save(
        &self,
        context: &Context<'_>,
        input: PurchasePolicySaveInput,
    ) -> async_graphql::Result<PurchasePolicyPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let version = input.expected_version;
            casework::purchase_policy_save(&casework, &actor, &input.body, version).await
        });
        let (policy, found) = outcome(done.await)?;
        Ok(PurchasePolicyPayload {
            policy: policy.map(PurchasePolicy::from),
            problems: problems(found),
        })
    }
}

fn decimal(text: &Decimal) -> CaseResult<money::Decimal> {
    money::Hkd::try_from_text(&text.0)
        .map(money::Hkd::decimal)
        .map_err(|error| {
            let message = format!("amount {error}; write it like \"5000.00\".");
            CaseError::Problems(Problems::from(Wrong::new(error.code(), "amount", message)))
        })
}

fn payload(
    done: CaseResult<Option<casework::PurchaseView>>,
) -> async_graphql::Result<PurchasePayload> {
    let (purchase, found) = outcome(done.and_then(|view| view.ok_or(CaseError::NotFound)))?;
    Ok(PurchasePayload {
        purchase: purchase.map(Purchase::from),
        problems: problems(found),
    })
}
