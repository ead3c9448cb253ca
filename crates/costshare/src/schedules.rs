//! Schedules to be printed: apportionment by activity and pool, and what the annual financial
//! report shows. Each carries its totals and the comparisons that prove them.
use std::collections::{BTreeMap, BTreeSet};

use money::{Hkd, MoneyError};
use serde_json::{Value, json};

use crate::{Effect, PoolResult, ProjectResult, Request, Status, tie::Tie};

/// Where an activity stands towards the annual financial report of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Membership {
    /// In the report.
    In,
    /// Every project under it is exempt and the year is 2025-26 or later.
    Out,
    /// A project under it needs information first.
    Unknown,
}

impl Membership {
    /// The word printed in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Unknown => "unknown",
        }
    }
}

/// An activity in the view of the annual financial report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// The activity.
    pub activity: String,
    /// Whether it is in the report.
    pub membership: Membership,
    /// The projects that name it.
    pub projects: Vec<String>,
    /// Shared cost it would bear if no project were exempt.
    pub before: Hkd,
    /// Shared cost it bears.
    pub after: Hkd,
}

/// Both schedules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedules {
    /// Activity, then pool: what the activity bears of it. Pools that an activity has no part in
    /// are not there.
    pub by_activity: BTreeMap<String, BTreeMap<String, Hkd>>,
    /// What each activity bears in all.
    pub activity_totals: BTreeMap<String, Hkd>,
    /// What each pool comes to, from its shares.
    pub pool_totals: BTreeMap<String, Hkd>,
    /// All pools.
    pub total: Hkd,
    /// The annual financial report, by activity.
    pub annual_report: Vec<ReportRow>,
    /// Shared cost in the report, left out of it, and not known yet.
    pub report_totals: BTreeMap<Membership, Hkd>,
    /// Every comparison of sums.
    pub ties: Vec<Tie>,
}

pub(crate) fn of(
    request: &Request,
    projects: &[ProjectResult],
    pools: &[PoolResult],
    effect: &Effect,
) -> Result<Schedules, MoneyError> {
    let mut by_activity: BTreeMap<String, BTreeMap<String, Hkd>> = BTreeMap::new();
    let mut activity_totals: BTreeMap<String, Hkd> = BTreeMap::new();
    let mut pool_totals = BTreeMap::new();
    for pool in pools {
        let sum = Hkd::checked_sum(pool.shares.values().copied())?;
        pool_totals.insert(pool.id.clone(), sum);
        for (activity, share) in &pool.shares {
            let total = activity_totals.entry(activity.clone()).or_default();
            *total = total.checked_add(*share)?;
            by_activity
                .entry(activity.clone())
                .or_default()
                .insert(pool.id.clone(), *share);
        }
    }
    let annual_report = report(request, projects, effect);
    let mut report_totals: BTreeMap<Membership, Hkd> = BTreeMap::new();
    for row in &annual_report {
        let total = report_totals.entry(row.membership).or_default();
        *total = total.checked_add(row.after)?;
    }
    // The amounts as given, not the shares: what every other sum is held against.
    let total = Hkd::checked_sum(request.pools.iter().map(|pool| pool.amount))?;
    let ties = vec![
        Tie::sum("pools", pool_totals.values(), total)?,
        Tie::sum("activities", activity_totals.values(), total)?,
        Tie::sum("annual_report", report_totals.values(), total)?,
        Tie::sum("without_exemption", [&effect.total.before], total)?,
    ];
    Ok(Schedules {
        by_activity,
        activity_totals,
        pool_totals,
        total,
        annual_report,
        report_totals,
        ties,
    })
}

fn report(request: &Request, projects: &[ProjectResult], effect: &Effect) -> Vec<ReportRow> {
    let row = |(activity, change): (&String, &crate::Change)| {
        let named: Vec<&ProjectResult> = request
            .projects
            .iter()
            .zip(projects)
            .filter(|(project, _)| project.activity.as_ref() == Some(activity))
            .map(|(_, result)| result)
            .collect();
        ReportRow {
            activity: activity.clone(),
            membership: membership(&named),
            projects: named.iter().map(|result| result.id.clone()).collect(),
            before: change.before,
            after: change.after,
        }
    };
    effect.activities.iter().map(row).collect()
}

/// An activity leaves the report only when every project under it does; an activity without a
/// project has nothing to leave by.
fn membership(projects: &[&ProjectResult]) -> Membership {
    let said: BTreeSet<Status> = projects.iter().map(|result| result.status).collect();
    if said
        .iter()
        .any(|status| status.in_annual_report() == Some(true))
        || said.is_empty()
    {
        Membership::In
    } else if said
        .iter()
        .any(|status| status.in_annual_report().is_none())
    {
        Membership::Unknown
    } else {
        Membership::Out
    }
}

impl Schedules {
    /// As `calc costshare` prints them.
    pub fn to_json(&self) -> Value {
        let texts = |sums: &BTreeMap<String, Hkd>| -> Value {
            sums.iter()
                .map(|(key, sum)| (key.clone(), json!(sum.to_string())))
                .collect::<serde_json::Map<_, _>>()
                .into()
        };
        let activities: Vec<Value> = self
            .by_activity
            .iter()
            .map(|(activity, pools)| {
                let total = self.activity_totals.get(activity).copied();
                json!({
                    "activity": activity,
                    "pools": texts(pools),
                    "total": total.unwrap_or_default().to_string(),
                })
            })
            .collect();
        let report: Vec<Value> = self.annual_report.iter().map(ReportRow::to_json).collect();
        let sum = |membership| {
            let found = self.report_totals.get(&membership).copied();
            found.unwrap_or_default().to_string()
        };
        json!({
            "by_activity": {
                "rows": activities,
                "pools": texts(&self.pool_totals),
                "total": self.total.to_string(),
            },
            "annual_report": {
                "rows": report,
                "in": sum(Membership::In),
                "out": sum(Membership::Out),
                "unknown": sum(Membership::Unknown),
                "total": self.total.to_string(),
            },
            "ties": self.ties.iter().map(Tie::to_json).collect::<Vec<_>>(),
        })
    }
}

impl ReportRow {
    fn to_json(&self) -> Value {
        json!({
            "activity": self.activity,
            "membership": self.membership.word(),
            "projects": self.projects,
            "before": self.before.to_string(),
            "after": self.after.to_string(),
        })
    }
}
