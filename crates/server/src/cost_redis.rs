//! Cost buckets that every process shares, in Redis. Whatever happens to Redis, this process goes on counting by
//! itself: losing it costs the sharing, never an answer.
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use api::{CostBudget, CostSettings, MemoryBudget, Taken};
use redis::{Client, aio::MultiplexedConnection};

/// How long a request waits for Redis before it is counted here.
const ANSWER_MAX: Duration = Duration::from_millis(100);
/// How long a Redis that did not answer is left alone.
const PAUSE: Duration = Duration::from_secs(5);

/// Fills the bucket by Redis' own clock, takes when there is enough, and returns the milliseconds to wait
/// otherwise. Levels are in thousandths, as `MemoryBudget` has them.
const TAKE: &str = "
local most, rate, cost = ARGV[1] * 1000, tonumber(ARGV[2]), ARGV[3] * 1000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'level', 'at')
local level, at = tonumber(kept[1]) or most, tonumber(kept[2]) or now
level = math.min(most, level + math.max(0, now - at) * rate)
local wait = 0
if level < cost then wait = math.ceil((cost - level) / rate) else level = level - cost end
redis.call('HSET', KEYS[1], 'level', level, 'at', math.max(now, at))
redis.call('PEXPIRE', KEYS[1], math.ceil(most / rate) + 1000)
return wait";

/// Buckets in Redis, with those of this process behind them.
pub(crate) struct RedisBudget {
    client: Client,
    settings: CostSettings,
    connection: Mutex<Option<MultiplexedConnection>>,
    away_until: Mutex<Option<Instant>>,
    here: MemoryBudget,
}

impl RedisBudget {
    /// For a Redis address. Nothing is asked of it yet.
    pub(crate) fn open(url: &str, settings: CostSettings) -> anyhow::Result<Self> {
        Ok(Self {
            client: Client::open(url).context("REDIS_URL is not a Redis address")?,
            settings,
            connection: Mutex::default(),
            away_until: Mutex::default(),
            here: MemoryBudget::new(settings),
        })
    }

    fn is_away(&self) -> bool {
        let until = self
            .away_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    fn left(&self, reason: &str) {
        tracing::warn!(
            reason,
            "cost budgets are counted in this process while Redis is away"
        );
        let until = Instant::now().checked_add(PAUSE);
        *self
            .away_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = until;
        *self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn connected(&self) -> Result<MultiplexedConnection, redis::RedisError> {
        let kept = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(connection) = kept {
            return Ok(connection);
        }
        let fresh = self.client.get_multiplexed_async_connection().await?;
        *self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(fresh.clone());
        Ok(fresh)
    }

    async fn ask(&self, payer: &str, cost: u64) -> Result<u64, redis::RedisError> {
        let mut connection = self.connected().await?;
        // The key says nothing about who pays.
        let key = format!("plumbline:cost:{}", explain::sha256_hex(payer.as_bytes()));
        redis::cmd("EVAL")
            .arg(TAKE)
            .arg(1)
            .arg(key)
            .arg(self.settings.capacity)
            .arg(self.settings.per_second)
            .arg(cost)
            .query_async(&mut connection)
            .await
    }
}

#[async_trait::async_trait]
impl CostBudget for RedisBudget {
    async fn take(&self, payer: &str, cost: u64) -> Taken {
        if self.is_away() {
            return self.here.take_now(payer, cost);
        }
        match tokio::time::timeout(ANSWER_MAX, self.ask(payer, cost)).await {
            Ok(Ok(0)) => return Taken::Granted,
            Ok(Ok(wait)) => {
                return Taken::Refused {
                    wait: Duration::from_millis(wait),
                };
            }
            Ok(Err(error)) => self.left(&error.to_string()),
            Err(_) => self.left("no answer in time"),
        }
        self.here.take_now(payer, cost)
    }
}
