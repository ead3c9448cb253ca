//! Everything the calculators need about one application, gathered once: from a draft for the live
//! preview, from the frozen document for the workers. Both then take the same road.
use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use explain::Problems;
use money::{Amount, Decimal};
use serde_json::{Map, Value};
use store::{
    TenantTx,
    organisations::{FactRow, IdentifierRow},
    published,
};

use crate::{
    CaseError, CaseResult, budget::Budget, cost_question::EXEMPT_SCHEMES,
    proxy_snapshot::Snapshots, settings::Settings,
};

/// Hong Kong is eight hours ahead of UTC all year.
const HONG_KONG_OFFSET_SECONDS: i32 = 8 * 3600;
/// The rule set of DF-E14.
pub(crate) const PROCUREMENT_RULES: &str = "hk-swd-lsg-lf-procurement";
/// The rule set of DF-E20.
pub(crate) const COSTSHARE_RULES: &str = costshare::RULESET_ID;

/// One application, ready for the calculators.
#[derive(Clone)]
pub(crate) struct Case {
    /// Content by section code.
    pub(crate) sections: BTreeMap<String, Value>,
    /// Facts of the organisation by year.
    pub(crate) facts: Vec<FactRow>,
    /// Its identifiers.
    pub(crate) identifiers: Vec<IdentifierRow>,
    /// Earlier awards under the programme.
    pub(crate) awarded_to_date: Decimal,
    /// Day of submission, or today for a draft.
    pub(crate) submitted_on: NaiveDate,
    /// Applications received in the round before this one, and how many of them came from
    /// organisations without an award; none for a draft, which has no place in the order yet.
    pub(crate) received_before: Option<(i64, i64)>,
    /// The library entries that its value map names, by id and version.
    pub(crate) proxies: Snapshots,
    /// Rules.
    pub(crate) rules: Rules,
}

/// The rules an application is judged under.
#[derive(Clone)]
pub(crate) struct Rules {
    /// Programme version with its settings.
    pub(crate) programme: Value,
    /// The settings, read.
    pub(crate) settings: Settings,
    /// Procurement tiers.
    pub(crate) procurement: Value,
    /// Cost apportionment.
    pub(crate) costshare: Value,
    /// The exempt schemes: the loaded list, else the fictional codes of the demonstration.
    pub(crate) exempt_schemes: Value,
    /// Whether an official list was loaded.
    pub(crate) exempt_schemes_loaded: bool,
    /// Outcome catalogue with its price index and volunteer rates.
    pub(crate) catalogue: Value,
}

impl Rules {
    /// Loads the rules of a programme version.
    pub(crate) async fn load(
        tx: &mut TenantTx,
        programme: uuid::Uuid,
        version: &str,
    ) -> CaseResult<Self> {
        let row = published::programme(tx, programme, version)
            .await?
            .ok_or(CaseError::NotFound)?;
        let missing = |id: &str| CaseError::internal(format!("rule set {id} is not loaded"));
        let named = [COSTSHARE_RULES, EXEMPT_SCHEMES, PROCUREMENT_RULES];
        let mut sets = published::rule_sets(tx, &named).await?;
        let costshare = sets
            .remove(COSTSHARE_RULES)
            .ok_or_else(|| missing(COSTSHARE_RULES))?;
        let loaded = sets.remove(EXEMPT_SCHEMES);
        Ok(Self {
            exempt_schemes_loaded: loaded.is_some(),
            exempt_schemes: loaded
                .unwrap_or_else(|| costshare["exemption"]["demo_schemes"].clone()),
            costshare,
            settings: Settings::of(&row.body)?,
            programme: row.body,
            procurement: sets
                .remove(PROCUREMENT_RULES)
                .ok_or_else(|| missing(PROCUREMENT_RULES))?,
            catalogue: published::reference(tx, "catalogue")
                .await?
                .unwrap_or_default(),
        })
    }
}

impl Case {
    /// The content of a section; an empty object when it was never saved.
    pub(crate) fn section(&self, code: &str) -> Value {
        self.sections
            .get(code)
            .cloned()
            .unwrap_or_else(|| Value::Object(Map::new()))
    }

    /// The budget, leaving out what cannot be read.
    pub(crate) fn budget(&self) -> Budget {
        Budget::read(&self.section("budget"), &mut Problems::new())
    }
}

/// The calendar day in Hong Kong.
pub(crate) fn hong_kong_day(at: DateTime<Utc>) -> NaiveDate {
    FixedOffset::east_opt(HONG_KONG_OFFSET_SECONDS).map_or_else(
        || at.date_naive(),
        |offset| at.with_timezone(&offset).date_naive(),
    )
}

/// A stored NUMERIC as whole cents.
pub(crate) fn hkd(value: Decimal) -> CaseResult<money::Hkd> {
    money::Hkd::try_from_decimal(value).map_err(CaseError::internal)
}

/// A stored NUMERIC as an amount.
pub(crate) fn amount(value: Decimal) -> Amount {
    Amount::from_decimal(value)
}

/// The named keys that are there.
pub(crate) fn pick(value: &Value, keys: &[&str]) -> Value {
    let entries = keys
        .iter()
        .filter_map(|key| {
            value
                .get(*key)
                .map(|found| ((*key).to_owned(), found.clone()))
        })
        .collect();
    Value::Object(entries)
}
