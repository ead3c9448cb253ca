//! What a caller may cost: every operation's complexity is taken from a bucket of the person, token or address that
//! asks, which fills again steadily. How full a bucket is matters to nobody for longer than it takes to fill.
use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;

/// Every operation costs this much beside what it asks for: reading, checking and refusing cost too.
pub(crate) const OPERATION_COST: u64 = 10;
/// Buckets are counted in thousandths, so that a millisecond fills a whole number of them.
const PARTS: u64 = 1_000;
/// Buckets that one process keeps; each takes about a hundred bytes.
const PAYERS_MAX: usize = 50_000;

/// How large the buckets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostSettings {
    /// What a full bucket holds.
    pub capacity: u64,
    /// What flows in each second.
    pub per_second: u64,
}

impl CostSettings {
    /// A bucket that holds the heaviest operation, and fills.
    pub fn try_new(capacity: u64, per_second: u64) -> Result<Self, String> {
        let heaviest = crate::graphql::complexity_max().saturating_add(OPERATION_COST);
        if capacity < heaviest {
            return Err(format!(
                "a cost budget of {capacity} is below {heaviest}, the cost of the heaviest operation that is taken"
            ));
        }
        if per_second == 0 {
            return Err("a cost budget that never fills again shuts everybody out".to_owned());
        }
        Ok(Self {
            capacity,
            per_second,
        })
    }
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It was there, and was taken.
    Granted,
    /// It was not there; nothing was taken.
    Refused {
        /// Until it will be there.
        wait: Duration,
    },
}

/// Where the buckets are.
#[async_trait]
pub trait CostBudget: Send + Sync {
    /// Takes `cost` from the bucket of `payer`. Never fails: who cannot count here counts elsewhere.
    async fn take(&self, payer: &str, cost: u64) -> Taken;
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// In thousandths.
    level: u64,
    /// Milliseconds since the process began to count.
    at: u64,
}

impl Bucket {
    fn full(settings: CostSettings, now: u64) -> Self {
        Self {
            level: settings.capacity.saturating_mul(PARTS),
            at: now,
        }
    }

    fn filled(self, settings: CostSettings, now: u64) -> Self {
        let gained = now
            .saturating_sub(self.at)
            .saturating_mul(settings.per_second);
        let most = settings.capacity.saturating_mul(PARTS);
        Self {
            level: self.level.saturating_add(gained).min(most),
            at: now.max(self.at),
        }
    }

    fn is_full(self, settings: CostSettings, now: u64) -> bool {
        self.filled(settings, now).level == settings.capacity.saturating_mul(PARTS)
    }

    fn take(&mut self, settings: CostSettings, cost: u64, now: u64) -> Taken {
        *self = self.filled(settings, now);
        let wanted = cost.saturating_mul(PARTS);
        if let Some(left) = self.level.checked_sub(wanted) {
            self.level = left;
            return Taken::Granted;
        }
        let missing = wanted.saturating_sub(self.level);
        Taken::Refused {
            wait: Duration::from_millis(missing.div_ceil(settings.per_second)),
        }
    }
}

/// Buckets of one process.
pub struct MemoryBudget {
    settings: CostSettings,
    since: Instant,
    buckets: Mutex<BTreeMap<String, Bucket>>,
}

impl MemoryBudget {
    /// All full.
    pub fn new(settings: CostSettings) -> Self {
        Self {
            settings,
            since: Instant::now(),
            buckets: Mutex::default(),
        }
    }

    /// Takes at once.
    pub fn take_now(&self, payer: &str, cost: u64) -> Taken {
        let now = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.take_at(payer, cost, now)
    }

    fn take_at(&self, payer: &str, cost: u64, now: u64) -> Taken {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= PAYERS_MAX && !buckets.contains_key(payer) {
            // A full bucket says nothing; where all are in use, the fullest half is forgotten.
            buckets.retain(|_, bucket| !bucket.is_full(self.settings, now));
            if buckets.len() >= PAYERS_MAX {
                let mut levels: Vec<u64> = buckets.values().map(|bucket| bucket.level).collect();
                let middle = levels.len() / 2;
                let (_, middle, _) = levels.select_nth_unstable(middle);
                let middle = *middle;
                buckets.retain(|_, bucket| bucket.level < middle);
            }
        }
        let bucket = buckets
            .entry(payer.to_owned())
            .or_insert_with(|| Bucket::full(self.settings, now));
        bucket.take(self.settings, cost, now)
    }
}

#[async_trait]
impl CostBudget for MemoryBudget {
    async fn take(&self, payer: &str, cost: u64) -> Taken {
        self.take_now(payer, cost)
    }
}

/// The bucket of whoever is being answered, for one request or one connection.
pub(crate) struct Charge {
    budget: Arc<dyn CostBudget>,
    payer: String,
    refused: OnceLock<Duration>,
}

impl Charge {
    pub(crate) fn new(budget: Arc<dyn CostBudget>, payer: String) -> Self {
        Self {
            budget,
            payer,
            refused: OnceLock::new(),
        }
    }

    /// Takes `cost`, or notes how long to wait and returns it.
    pub(crate) async fn take(&self, cost: u64) -> Result<(), Duration> {
        match self.budget.take(&self.payer, cost).await {
            Taken::Granted => Ok(()),
            Taken::Refused { wait } => {
                // What was refused first is what the answer says.
                let _ = self.refused.set(wait);
                Err(wait)
            }
        }
    }

    /// How long to wait, when something was refused.
    pub(crate) fn refused(&self) -> Option<Duration> {
        self.refused.get().copied()
    }
}

/// Whole seconds, upwards: whoever waits that long is served.
pub(crate) fn seconds(wait: Duration) -> u64 {
    wait.as_secs()
        .saturating_add(u64::from(wait.subsec_nanos() > 0))
        .max(1)
}

/// A stranger's bucket. A household has a whole /64 of IPv6, so that much counts as one address.
pub(crate) fn payer_of(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(six)) => {
            let [a, b, c, d, ..] = six.segments();
            format!("address:{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(_)) | Err(_) => format!("address:{address}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: CostSettings = CostSettings {
        capacity: 100,
        per_second: 10,
    };

    #[test]
    fn a_bucket_holds_what_it_holds_and_says_when_it_will_do() {
        let budget = MemoryBudget::new(SETTINGS);
        assert_eq!(budget.take_at("a", 60, 0), Taken::Granted);
        let wait = Duration::from_secs(2);
        assert_eq!(budget.take_at("a", 60, 0), Taken::Refused { wait });
        assert_eq!(budget.take_at("b", 60, 0), Taken::Granted, "another's");
        let wait = Duration::from_millis(1);
        assert_eq!(budget.take_at("a", 60, 1_999), Taken::Refused { wait });
        assert_eq!(budget.take_at("a", 60, 2_000), Taken::Granted);
        let wait = Duration::from_secs(10);
        assert_eq!(budget.take_at("a", 100, 2_000), Taken::Refused { wait });
        assert_eq!(budget.take_at("a", 100, 9_000_000), Taken::Granted);
        assert_eq!(seconds(Duration::from_millis(1)), 1);
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing_away() {
        let budget = MemoryBudget::new(SETTINGS);
        assert_eq!(budget.take_at("a", 100, 5_000), Taken::Granted);
        assert!(matches!(
            budget.take_at("a", 1, 4_000),
            Taken::Refused { .. }
        ));
        assert!(matches!(
            budget.take_at("a", 1, 5_000),
            Taken::Refused { .. }
        ));
    }

    #[test]
    fn a_million_strangers_do_not_fill_the_memory_nor_empty_a_debtors_bucket() {
        let budget = MemoryBudget::new(SETTINGS);
        assert_eq!(budget.take_at("debtor", 100, 0), Taken::Granted);
        for stranger in 0..200_000_u32 {
            budget.take_at(&format!("s{stranger}"), 1, 0);
        }
        let kept = budget.buckets.lock().unwrap().len();
        assert!(kept <= PAYERS_MAX, "{kept}");
        assert!(matches!(
            budget.take_at("debtor", 50, 0),
            Taken::Refused { .. }
        ));
    }

    #[test]
    fn one_household_of_ipv6_is_one_stranger() {
        assert_eq!(
            payer_of("2001:db8:1:2::7"),
            payer_of("2001:db8:1:2:ffff::9")
        );
        assert_ne!(payer_of("2001:db8:1:2::7"), payer_of("2001:db8:1:3::7"));
        assert_ne!(payer_of("192.0.2.1"), payer_of("192.0.2.2"));
    }
}
