//! GraphQL over HTTP: one operation by POST, read by hand. The ready-made extractor also takes
//! mutations by GET, as forms and without a size limit.
use std::{sync::Arc, time::Duration};

use access::Actor;
use async_graphql::Request as Operation;
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse as _, Response},
};
use serde_json::Value;

use crate::{
    auth::address,
    caller::Caller,
    cost::{Charge, OPERATION_COST, payer_of, seconds},
    credential::Credential,
    documents::Asked,
    graphql::{FreeDocument, loaders, names},
    guard::{json_body, json_only},
    refusal::Refusal,
    state::App,
};

/// Longer than the longest statement of the database may take.
const ANSWER_WAIT: Duration = Duration::from_secs(30);

/// `POST /graphql`.
pub(crate) async fn graphql(State(app): State<App>, request: Request) -> Response {
    match answered(&app, request).await {
        Ok(response) => response,
        Err(refusal) => refusal.to_graphql(),
    }
}

async fn answered(app: &App, request: Request) -> Result<Response, Refusal> {
    json_only(request.headers())?;
    let credential = Credential::read(request.headers(), request.uri())?;
    let by_token = matches!(credential, Credential::Token(_));
    let stranger = address(request.headers(), request.extensions(), app.behind_proxy);
    let (asked, mut operation) = read_request(&json_body(request).await?)?;
    let actor = match credential.actor(&app.casework).await {
        Ok(actor) => actor,
        Err(refusal) => return Err(guess(app, &stranger, refusal).await),
    };
    let charge = charge(app, actor.as_deref(), &stranger);
    charge.take(OPERATION_COST).await.map_err(over_budget)?;
    if by_token && matches!(asked, Asked::Free(_)) {
        operation = operation.data(FreeDocument);
    }
    operation.query = app.documents.text(asked, by_token)?;
    let caller = Caller {
        casework: app.casework.clone(),
        actor,
    };
    let text = operation.query.clone();
    let operation = operation
        .data(loaders(caller.clone(), &text))
        .data(names(caller.clone()))
        .data(caller)
        .data(Arc::clone(&charge));
    let answering = app.schema.execute(operation);
    let response = tokio::time::timeout(ANSWER_WAIT, answering).await;
    let response = response.map_err(|_| Refusal::TooSlow)?;
    match charge.refused() {
        Some(wait) => Err(over_budget(wait)),
        None => Ok(Json(response).into_response()),
    }
}

/// A secret that opens nothing costs its sender's address: who guesses is slowed down.
async fn guess(app: &App, stranger: &str, refusal: Refusal) -> Refusal {
    let charge = charge(app, None, stranger);
    match charge.take(OPERATION_COST).await {
        Ok(()) => refusal,
        Err(wait) => over_budget(wait),
    }
}

fn over_budget(wait: Duration) -> Refusal {
    Refusal::OverBudget(seconds(wait))
}

/// Whoever pays: a token of its own, a person for an organisation, or an address.
pub(crate) fn charge(app: &App, actor: Option<&Actor>, stranger: &str) -> Arc<Charge> {
    let payer = match actor {
        None => payer_of(stranger),
        Some(actor) => match &actor.token {
            Some(token) => format!("token:{}:{}", actor.user.0, token.prefix),
            None => format!("person:{}:{}", actor.user.0, actor.tenant.0),
        },
    };
    Arc::new(Charge::new(Arc::clone(&app.budget), payer))
}

/// One operation; a list of them is refused.
pub(crate) fn read_request(body: &[u8]) -> Result<(Asked, Operation), Refusal> {
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(Refusal::Batch);
    }
    let mut body: Value = serde_json::from_slice(body).map_err(|_| Refusal::Malformed)?;
    let id = body
        .as_object_mut()
        .ok_or(Refusal::Malformed)?
        .remove("documentId");
    let mut operation: Operation = serde_json::from_value(body).map_err(|_| Refusal::Malformed)?;
    let query = std::mem::take(&mut operation.query);
    let asked = Asked::read(id.as_ref(), Some(query)).ok_or(Refusal::Malformed)?;
    Ok((asked, operation))
}
