//! Published rounds, and the codes that forms are filled in with.
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use casework::{CaseError, CaseResult};
use serde_json::Value;

use super::types::{Round, RoundConnection};
use crate::{
    answer::{answer, found},
    caller::Caller,
    graphql::{
        engine::list,
        proxies::{
            CatalogueOutcome, PriceIndex, VolunteerRate, coded, outcomes, price_index,
            volunteer_rates,
        },
        types::{Coded, PageInfo, page_size, uuid},
    },
};

#[derive(Default)]
pub(crate) struct RoundQuery;

#[Object]
impl RoundQuery {
    /// Published rounds, open first.
    #[graphql(complexity = "page_size(first, 50) * child_complexity + 1")]
    async fn rounds(
        &self,
        context: &Context<'_>,
        #[graphql(default_with = "Some(50)")] first: Option<i32>,
        after: Option<String>,
    ) -> async_graphql::Result<RoundConnection> {
        let read = Caller::of(context)?
            .act(|casework, actor| async move { casework::rounds(&casework, &actor).await });
        let rounds = answer(read.await)?;
        let start = answer(position_after(after.as_deref(), |id| {
            rounds.iter().position(|round| round.id.to_string() == id)
        }))?;
        let size = page_size(first, 50);
        let has_next_page = rounds.len() > start.saturating_add(size);
        let nodes: Vec<Round> = rounds
            .into_iter()
            .skip(start)
            .take(size)
            .map(|round| Round::from(Arc::new(round)))
            .collect();
        let end_cursor = nodes.last().map(|round| round.id.to_string());
        Ok(RoundConnection {
            nodes,
            page_info: PageInfo {
                has_next_page,
                end_cursor,
            },
        })
    }

    async fn round(&self, context: &Context<'_>, id: ID) -> async_graphql::Result<Option<Round>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::round(&casework, &actor, uuid(&id)?).await
        });
        Ok(found(read.await)?.map(|round| Round::from(Arc::new(round))))
    }

    /// Codes with their names.
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn reference(&self, context: &Context<'_>) -> async_graphql::Result<Reference> {
        let read = Caller::of(context)?
            .act(|casework, actor| async move { casework::reference(&casework, &actor).await });
        answer(read.await.and_then(|data| reference(&data)))
    }
}

/// Where the page after a cursor starts; the cursor is the id of the last row seen.
fn position_after(
    after: Option<&str>,
    position: impl Fn(&str) -> Option<usize>,
) -> CaseResult<usize> {
    let Some(cursor) = after else {
        return Ok(0);
    };
    let last = position(cursor).ok_or_else(|| {
        CaseError::problem(
            "cursor_unknown",
            "after",
            "This cursor is none of ours: use the endCursor of the page before.",
        )
    })?;
    Ok(last.saturating_add(1))
}

/// Codes that forms are filled in with.
#[derive(SimpleObject)]
pub(crate) struct Reference {
    districts: Vec<Coded>,
    service_areas: Vec<Coded>,
    scopes: Vec<Coded>,
    cost_types: Vec<Coded>,
    beneficiaries: Vec<Coded>,
    controls: Vec<Coded>,
    bases: Vec<Coded>,
    procurement_categories: Vec<Coded>,
    reason_codes: Vec<Coded>,
    /// What criteria look at, by path.
    facts: Vec<Coded>,
    /// The outcome catalogue.
    #[graphql(complexity = "4 * child_complexity + 1")]
    outcomes: Vec<CatalogueOutcome>,
    volunteer_rates: Vec<VolunteerRate>,
    price_index: PriceIndex,
}

fn reference(data: &Value) -> CaseResult<Reference> {
    let codes =
        |key: &str| -> CaseResult<Vec<Coded>> { list(&data[key]).iter().map(coded).collect() };
    let catalogue = &data["catalogue"];
    Ok(Reference {
        districts: codes("districts")?,
        service_areas: codes("service_areas")?,
        scopes: codes("scopes")?,
        cost_types: codes("cost_types")?,
        beneficiaries: codes("beneficiary_groups")?,
        controls: codes("controls")?,
        bases: codes("bases")?,
        procurement_categories: codes("procurement_categories")?,
        reason_codes: codes("reason_codes")?,
        facts: codes("facts")?,
        outcomes: outcomes(catalogue)?,
        volunteer_rates: volunteer_rates(catalogue)?,
        price_index: price_index(catalogue)?,
    })
}
