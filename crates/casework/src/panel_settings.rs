//! How a programme's panel works: how reviews are read, when a second person confirms, how long an
//! applicant may appeal. Read from the published version; every value is data with its source.
use money::Hkd;
use serde_json::Value;
use store::{
    TenantTx,
    published::{self, RoundRow},
};

use crate::{CaseError, CaseResult};

/// Days to appeal where a programme states none.
const APPEAL_DAYS: i64 = 28;
/// Share of weightings that makes a standing robust where a programme states none.
const ROBUST: &str = "0.95";

/// Levels between two reviewers, or between one and the mean of the others, that send an application to
/// moderation: the rubric's own rule.
pub(crate) const LEVELS_APART: i64 = 2;

/// How reviewers' severity is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// Means as scored; nothing else is computed.
    Off,
    /// Means as scored are official, adjusted ones stand beside them.
    Beside,
    /// Adjusted means are official, the ones as scored stand beside them.
    Adjusted,
}

impl Severity {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Beside => "beside",
            Self::Adjusted => "adjusted",
        }
    }
}

/// How a programme's panel works.
#[derive(Debug, Clone)]
pub(crate) struct PanelSettings {
    pub(crate) severity: Severity,
    /// Awards above this need a second person; none: never.
    pub(crate) confirm_above: Option<Hkd>,
    /// Share of weightings that makes a standing robust, as text.
    pub(crate) robust: String,
    /// Keys such as `R2:max` that decide where the line falls inside a tie.
    pub(crate) tie_break: Vec<String>,
    pub(crate) appeal_days: i64,
}

impl PanelSettings {
    pub(crate) fn of(body: &Value) -> CaseResult<Self> {
        let settings = &body["settings"];
        let confirm_above = match settings["confirm_above"].as_str() {
            Some(text) => Some(Hkd::try_from_text(text).map_err(CaseError::internal)?),
            None => None,
        };
        Ok(Self {
            severity: match settings["severity"].as_str() {
                Some("beside") => Severity::Beside,
                Some("adjusted") => Severity::Adjusted,
                _ => Severity::Off,
            },
            confirm_above,
            robust: settings["line_robust"]
                .as_str()
                .unwrap_or(ROBUST)
                .to_owned(),
            tie_break: words(&settings["tie_break"]),
            appeal_days: settings["appeal_days"].as_i64().unwrap_or(APPEAL_DAYS),
        })
    }

    /// Of the version under which a round runs.
    pub(crate) async fn of_round(tx: &mut TenantTx, round: &RoundRow) -> CaseResult<Self> {
        let programme = published::programme(tx, round.programme_id, &round.programme_version)
            .await?
            .ok_or(CaseError::NotFound)?;
        Self::of(&programme.body)
    }
}

/// The texts of a list.
pub(crate) fn words(value: &Value) -> Vec<String> {
    let items = value.as_array();
    items
        .into_iter()
        .flatten()
        .filter_map(|item| Some(item.as_str()?.to_owned()))
        .collect()
}
