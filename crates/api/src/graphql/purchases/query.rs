//! Reading purchases.
use async_graphql::{Context, ID, InputObject, Object};
use serde_json::Value;

use super::{
    analysis::PurchaseAnalysis,
    check::PurchaseCheckPayload,
    types::{Purchase, PurchaseBook, PurchasePolicy},
};
use crate::{
    answer::{answer, found, outcome},
    caller::Caller,
    graphql::types::{Problem, problems, uuid},
};

/// A draft of a request (without purchase), or of what is next on a purchase.
#[derive(InputObject)]
pub(crate) struct PurchaseCheckInput {
    application_id: ID,
    purchase_id: Option<ID>,
    line_id: String,
    content: Value,
}

#[derive(Default)]
pub(crate) struct PurchasesQuery;

#[Object]
impl PurchasesQuery {
    /// The purchases of one's own awarded project.
    #[graphql(complexity = "300 + child_complexity")]
    async fn purchase_book(
        &self,
        context: &Context<'_>,
        application_id: ID,
    ) -> async_graphql::Result<Option<PurchaseBook>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            let application = uuid(&application_id)?;
            casework::purchase_book(&casework, &actor, application)
                .await
                .map(Some)
        });
        Ok(found(read.await)?.map(PurchaseBook::from))
    }

    /// One of one's own.
    #[graphql(complexity = "200 + child_complexity")]
    async fn purchase(
        &self,
        context: &Context<'_>,
        id: ID,
    ) -> async_graphql::Result<Option<Purchase>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::purchase(&casework, &actor, uuid(&id)?).await
        });
        Ok(found(read.await)?.map(Purchase::from))
    }

    /// What a draft would come to: tier, quotations, what is summed with it. Stores nothing.
    #[graphql(complexity = "200 + child_complexity")]
    async fn purchase_check(
        &self,
        context: &Context<'_>,
        input: PurchaseCheckInput,
    ) -> async_graphql::Result<PurchaseCheckPayload> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            let application = uuid(&input.application_id)?;
            let purchase = input.purchase_id.as_ref().map(uuid).transpose()?;
            let (line, drafted) = (&input.line_id, &input.content);
            casework::purchase_check(&casework, &actor, application, purchase, line, drafted).await
        });
        let (view, found) = outcome(read.await)?;
        let empty = casework::PurchaseCheckView {
            check: None,
            line_left: None,
            steps: Vec::new(),
            problems: found,
        };
        Ok(view.unwrap_or(empty).into())
    }

    /// One's own approval policy, or an example to start from.
    async fn purchase_policy(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<PurchasePolicy> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::purchase_policy(&casework, &actor).await
        });
        Ok(answer(read.await)?.into())
    }

    /// Everything that is wrong with a policy. Stores nothing.
    #[graphql(complexity = "20 + child_complexity")]
    async fn purchase_policy_check(&self, body: Value) -> Vec<Problem> {
        problems(casework::purchase_policy_check(&body))
    }

    /// Counts and sums over the purchases of one project, or of all.
    #[graphql(complexity = "200 + child_complexity")]
    async fn purchase_analysis(
        &self,
        context: &Context<'_>,
        application_id: Option<ID>,
    ) -> async_graphql::Result<Option<PurchaseAnalysis>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            let application = application_id.as_ref().map(uuid).transpose()?;
            casework::purchase_analysis(&casework, &actor, application)
                .await
                .map(Some)
        });
        Ok(found(read.await)?.map(PurchaseAnalysis::from))
    }
}
