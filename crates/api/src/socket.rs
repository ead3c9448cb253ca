//! Subscriptions over WebSocket (`graphql-transport-ws`). The session is looked at each second: a
//! connection whose session was revoked is closed.
use std::{sync::Arc, time::Duration};

use access::Actor;
use async_graphql::{
    Data,
    http::{WebSocket as GraphqlSocket, WebSocketProtocols, WsMessage},
};
use axum::{
    body::Bytes,
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    http::{HeaderMap, Uri, header},
    response::Response,
};
use futures_util::{SinkExt as _, StreamExt as _, future};
use serde_json::Value;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{MissedTickBehavior, interval},
};

use crate::{
    caller::actor_of,
    cookie,
    cost::Charge,
    endpoint::charge,
    graphql::{DOCUMENT_ID, LiveSession, OverSocket},
    guard::{holds_nul, own_origin},
    refusal::Refusal,
    state::App,
};

const PROTOCOL: &str = "graphql-transport-ws";
/// A subscription is a few hundred bytes.
const MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// Subscriptions of one connection; a page needs one or two.
const STREAMS_MAX: usize = 16;
/// How often the session is looked at.
const SESSION_LOOK: Duration = Duration::from_secs(1);
/// A dead peer is noticed by the answer that never comes.
const LOOKS_PER_PING: u32 = 20;
/// The web app's library takes this code for "signed out" and does not try again.
const SIGNED_OUT: u16 = 4401;

/// `GET /graphql/ws`.
pub(crate) async fn open(
    State(app): State<App>,
    uri: Uri,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    own_origin(&headers, &uri)?;
    let offered = headers
        .get(header::SEC_WEBSOCKET_PROTOCOL)
        .and_then(|offer| offer.to_str().ok());
    if !offered.is_some_and(|offer| offer.split(',').any(|name| name.trim() == PROTOCOL)) {
        return Err(Refusal::Malformed);
    }
    let secret = cookie::secret_of(&headers).ok_or(Refusal::NotSignedIn)?;
    let actor = actor_of(&app.casework, Some(secret.clone()))
        .await?
        .ok_or(Refusal::NotSignedIn)?;
    let charge = charge(&app, Some(&actor), "");
    let place = Arc::clone(&app.sockets)
        .try_acquire_owned()
        .map_err(|_| Refusal::Busy)?;
    Ok(upgrade
        .protocols([PROTOCOL])
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .on_upgrade(move |socket| serve(socket, app, (secret, actor), charge, place)))
}

async fn serve(
    socket: WebSocket,
    app: App,
    (secret, actor): (String, Arc<Actor>),
    charge: Arc<Charge>,
    _place: OwnedSemaphorePermit,
) {
    let (mut sink, incoming) = socket.split();
    let incoming = incoming
        .take_while(|message| future::ready(message.is_ok()))
        .filter_map(|message| future::ready(message.ok().and_then(content)));
    let (now, seen) = watch::channel(Some(actor));
    let mut data = Data::default();
    data.insert(OverSocket(Arc::clone(&app.documents)));
    data.insert(charge);
    data.insert(LiveSession {
        casework: app.casework.clone(),
        actor: seen,
        streams: Arc::new(Semaphore::new(STREAMS_MAX)),
    });
    let mut answers = GraphqlSocket::new(
        app.schema.clone(),
        Box::pin(incoming),
        WebSocketProtocols::GraphQLWS,
    )
    .connection_data(data);
    let mut looks = interval(SESSION_LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut count: u32 = 0;
    loop {
        let message = tokio::select! {
            answer = answers.next() => match answer {
                Some(WsMessage::Text(text)) => Message::Text(text.into()),
                Some(WsMessage::Close(code, reason)) => close(code, reason),
                None => return,
            },
            _ = looks.tick() => {
                count = count.wrapping_add(1);
                match actor_of(&app.casework, Some(secret.clone())).await {
                    Ok(None) => close(SIGNED_OUT, "the session has ended".to_owned()),
                    Ok(still) => {
                        now.send_replace(still);
                        if !count.is_multiple_of(LOOKS_PER_PING) {
                            continue;
                        }
                        Message::Ping(Vec::new().into())
                    }
                    // The database is away: nothing can be read, so nothing is revealed.
                    Err(_) => continue,
                }
            },
        };
        let last = matches!(message, Message::Close(_));
        if sink.send(message).await.is_err() || last {
            return;
        }
    }
}

/// A message with its `documentId` where the schema finds it. One that holds U+0000 is passed over.
fn content(message: Message) -> Option<Bytes> {
    let bytes: Bytes = match message {
        Message::Text(text) => text.into(),
        Message::Binary(bytes) => bytes,
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) => return None,
    };
    if holds_nul(&bytes) {
        return None;
    }
    let Ok(mut said) = serde_json::from_slice::<Value>(&bytes) else {
        return Some(bytes);
    };
    let payload = said.get_mut("payload").and_then(Value::as_object_mut);
    let Some((payload, id)) = payload.and_then(|payload| {
        let id = payload.remove(DOCUMENT_ID)?;
        Some((payload, id))
    }) else {
        return Some(bytes);
    };
    let mut extensions = payload
        .remove("extensions")
        .and_then(|given| given.as_object().cloned())
        .unwrap_or_default();
    extensions.insert(DOCUMENT_ID.to_owned(), id);
    payload.insert("extensions".to_owned(), extensions.into());
    Some(said.to_string().into())
}

fn close(code: u16, reason: String) -> Message {
    Message::Close(Some(CloseFrame {
        code,
        reason: reason.into(),
    }))
}
