//! The API under people and programs that mean it no good: what is too much is refused at once, what is asked
//! costs what it costs, and nothing about the inside leaves the house.
mod bodies;
mod budget;
mod generate;
mod guesses;
mod hostile;
mod hygiene;
mod marker;
mod production;
mod served;
mod statements;
mod tokens;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use serde_json::{Value, json};
use testkit::World;
use tower::ServiceExt as _;

/// Larger answers are a failure of their own.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// An answer as it came.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The code of the first problem.
    pub(crate) fn code(&self) -> String {
        let told = self.json();
        told["problems"][0]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

/// Sends anything at all to `/graphql`.
pub(crate) async fn post(world: &World, more: &[(&str, &str)], body: impl Into<Body>) -> Answer {
    let mut request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).unwrap();
    let response = world.router().clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    Answer {
        status: head.status,
        headers: head.headers,
        body: to_bytes(body, ANSWER_BYTES_MAX).await.unwrap().to_vec(),
    }
}

/// A page of the web app, signed in or not.
pub(crate) const PAGE: (&str, &str) = ("x-plumbline", "1");

/// A free document as a body.
pub(crate) fn free(query: &str) -> String {
    json!({"query": query}).to_string()
}

/// The real ids of the demonstration, by what they name.
pub(crate) async fn ids(world: &World) -> Vec<(String, String)> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select 'application', application_id::text from tenant.applications
         union all select 'submission', submission_id::text from tenant.received_submissions
         union all select 'received', submission_id::text from tenant.received_submissions
         union all select 'round', round_id::text from published.rounds
         union all select 'inbox', round_id::text from published.rounds
         union all select 'shortlist', round_id::text from published.rounds
         union all select 'panel', round_id::text from published.rounds
         union all select 'ranking', ranking_id::text from tenant.rankings
         union all select 'programme', programme_id::text from published.programmes
         union all select 'rulebook', programme_id::text from published.programmes
         union all select 'purchase', purchase_id::text from tenant.purchases
         union all select 'proposal', proposal_id::text from tenant.received_proxy_proposals
         union all select 'decision', decision_id::text from tenant.decisions
         union all select 'appeal', appeal_id::text from tenant.received_appeals
         union all select 'run', run_id::text from (select run_id from tenant.runs limit 40) r
         union all select 'nobody', gen_random_uuid()::text",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    rows
}

/// Operations of the long form; the short form does a part of them.
pub(crate) fn rounds(long: usize, short: usize) -> usize {
    if std::env::var_os("PLUMBLINE_SOAK").is_some() {
        long
    } else {
        short
    }
}
