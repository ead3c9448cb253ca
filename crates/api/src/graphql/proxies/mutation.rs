//! Proposing an entry, and deciding on a proposal.
use async_graphql::{Context, ID, InputObject, Object};
use casework::{CaseResult, ProxyProposalView};
use serde_json::{Value, json};

use super::types::{ProxyProposal, ProxyProposalPayload};
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::{
        scalars::Decimal,
        types::{problems, uuid},
    },
};

#[derive(InputObject)]
pub(crate) struct TextInput {
    en: String,
    zh: String,
}

/// An id proposes a new version of a published entry; without one the entry is new.
#[derive(InputObject)]
pub(crate) struct ProxyProposeInput {
    id: Option<String>,
    name: TextInput,
    description: TextInput,
    value: Decimal,
    low: Decimal,
    high: Decimal,
    currency: String,
    unit: TextInput,
    source: String,
    source_url: Option<String>,
    price_year: i64,
    region: String,
    licence: String,
    evidence_grade: String,
    outcomes: Vec<String>,
    idempotency_key: String,
}

#[derive(InputObject)]
pub(crate) struct ProxyDecideInput {
    proposal_id: ID,
    approve: bool,
    reason: String,
}

#[derive(Default)]
pub(crate) struct ProxiesMutation;

#[Object]
impl ProxiesMutation {
    async fn proxy_propose(
        &self,
        context: &Context<'_>,
        input: ProxyProposeInput,
    ) -> async_graphql::Result<ProxyProposalPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let (proxy, key) = (input.id.as_deref(), &input.idempotency_key);
            casework::proxy_propose(&casework, &actor, proxy, &content(&input), key).await
        });
        payload(done.await)
    }

    /// By a steward of the council, once, with a reason. What is approved is published for everybody.
    async fn proxy_decide(
        &self,
        context: &Context<'_>,
        input: ProxyDecideInput,
    ) -> async_graphql::Result<ProxyProposalPayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let proposal = uuid(&input.proposal_id)?;
            let (approve, reason) = (input.approve, &input.reason);
            casework::proxy_decide(&casework, &actor, proposal, approve, reason).await
        });
        payload(done.await)
    }
}

/// The entry as it is stored.
fn content(input: &ProxyProposeInput) -> Value {
    let both = |text: &TextInput| json!({"en": text.en, "zh": text.zh});
    let mut content = json!({
        "name": both(&input.name), "description": both(&input.description), "unit": both(&input.unit),
        "value": input.value.0, "low": input.low.0, "high": input.high.0, "currency": input.currency,
        "source": input.source, "price_year": input.price_year, "region": input.region,
        "licence": input.licence, "evidence_grade": input.evidence_grade, "outcomes": input.outcomes,
    });
    // A field of the form that was left empty is no address.
    if let Some(address) = input.source_url.as_deref().filter(|url| !url.is_empty()) {
        content["source_url"] = json!(address);
    }
    content
}

fn payload(done: CaseResult<ProxyProposalView>) -> async_graphql::Result<ProxyProposalPayload> {
    let (proposal, found) = outcome(done)?;
    let found = found.into_iter().map(|mut problem| {
        problem.path = input_path(&problem.path);
        problem
    });
    Ok(ProxyProposalPayload {
        proposal: proposal.map(ProxyProposal::from),
        problems: problems(found.collect()),
    })
}

/// `price_year` of the stored entry is `priceYear` of the input.
fn input_path(path: &str) -> String {
    let mut parts = path.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |done, part| {
        let mut letters = part.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        done + &capital.into_iter().chain(letters).collect::<String>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_the_field_of_the_input() {
        assert_eq!(input_path("price_year"), "priceYear");
        assert_eq!(input_path("outcomes[1]"), "outcomes[1]");
        assert_eq!(input_path("name.zh"), "name.zh");
        assert_eq!(input_path(""), "");
    }
}
