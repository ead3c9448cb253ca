//! The bell between processes: Redis publish and subscribe. Whatever happens to Redis, both tasks
//! go on trying; meanwhile the workers' own poll finds the work.

use std::time::Duration;

use futures_util::StreamExt;
use redis::{Client, RedisError, aio::MultiplexedConnection};
use tokio::{
    sync::watch,
    time::{interval, sleep, timeout},
};

use crate::bell::{BellError, strike};

const CHANNEL: &str = "plumbline:bell";
/// How long Redis may take to answer.
const ANSWER_MAX: Duration = Duration::from_secs(3);
/// Between two attempts to reach a Redis that is away.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a silent subscription is asked whether it still lives.
const PING_EVERY: Duration = Duration::from_secs(10);

/// Reads the address and asks Redis once.
pub(crate) async fn open(url: &str) -> Result<Client, BellError> {
    let client = Client::open(url).map_err(|error| BellError::Address {
        reason: error.to_string(),
    })?;
    let address = client.get_connection_info().addr().to_string();
    match connect(&client).await {
        Ok(_) => Ok(client),
        Err(reason) => Err(BellError::NoAnswer { address, reason }),
    }
}

async fn connect(client: &Client) -> Result<MultiplexedConnection, String> {
    in_time(async {
        let mut connection = client.get_multiplexed_async_connection().await?;
        redis::cmd("PING")
            .query_async::<()>(&mut connection)
            .await?;
        Ok(connection)
    })
    .await
}

async fn in_time<T>(answer: impl Future<Output = Result<T, RedisError>>) -> Result<T, String> {
    match timeout(ANSWER_MAX, answer).await {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no answer within {} s", ANSWER_MAX.as_secs())),
    }
}

/// Strikes the bell here whenever it rings anywhere.
pub(crate) async fn hear(client: Client, here: watch::Sender<u64>) {
    loop {
        let reason = match subscribe_and_hear(&client, &here).await {
            Ok(()) => "the connection ended".to_owned(),
            Err(reason) => reason,
        };
        tracing::warn!(
            reason,
            "the bell does not hear Redis; work is found by polling"
        );
        sleep(PAUSE).await;
    }
}

async fn subscribe_and_hear(client: &Client, here: &watch::Sender<u64>) -> Result<(), String> {
    let subscription = in_time(async {
        let mut subscription = client.get_async_pubsub().await?;
        subscription.subscribe(CHANNEL).await?;
        Ok(subscription)
    })
    .await?;
    // What rang while nobody listened.
    strike(here);
    let (mut asking, mut rings) = subscription.split();
    let mut ping = interval(PING_EVERY);
    loop {
        tokio::select! {
            ring = rings.next() => match ring {
                Some(_) => strike(here),
                None => return Ok(()),
            },
            _ = ping.tick() => in_time(asking.ping::<()>()).await?,
        }
    }
}

/// Rings everywhere whenever the bell was struck here.
pub(crate) async fn ring(client: Client, mut struck: watch::Receiver<u64>) {
    let mut connection = None;
    while struck.changed().await.is_ok() {
        match publish(&client, connection.take()).await {
            Ok(kept) => connection = Some(kept),
            Err(reason) => {
                tracing::warn!(
                    reason,
                    "the bell does not reach Redis; work is found by polling"
                );
                sleep(PAUSE).await;
            }
        }
    }
}

async fn publish(
    client: &Client,
    connection: Option<MultiplexedConnection>,
) -> Result<MultiplexedConnection, String> {
    let mut connection = match connection {
        Some(connection) => connection,
        None => connect(client).await?,
    };
    let mut publish = redis::cmd("PUBLISH");
    in_time(
        publish
            .arg(CHANNEL)
            .arg("")
            .query_async::<()>(&mut connection),
    )
    .await?;
    Ok(connection)
}
