//! Which projects need no apportionment, and which stay in the annual financial report.
//!
//! From 2025-04-01 projects under designated funds or schemes need neither; for those already
//! running before that day and continuing, the look-back to 2024-25 lifts apportionment only
//! (letter of 2025-06-12, as quoted in the sector slide decks of 2025).
use explain::{FinancialYear, read::Given};

use crate::{ExemptSchemes, Project, Request, Settings};

/// The first financial year of the exemption starts in 2025 (2025-26).
const EXEMPT_FROM_YEAR: i32 = 2025;

/// How a project stands towards apportionment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Under a listed scheme, from 2025-26: no apportionment, not in the annual report.
    Exempt,
    /// Under a listed scheme in 2024-25 and continuing: no apportionment, still in the report.
    ExemptRetroactive,
    /// Inside the Funding and Service Agreement by the proposal on employability: no
    /// apportionment, still in the report. Only while the programme's switch is on.
    InsideFsa,
    /// Takes its share of the pools.
    Apportion,
    /// A fact is unknown; never read as an exemption.
    NeedsInformation,
}

impl Status {
    /// The word printed in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::ExemptRetroactive => "exempt_retroactive",
            Self::InsideFsa => "inside_fsa",
            Self::Apportion => "apportion",
            Self::NeedsInformation => "needs_information",
        }
    }

    /// Whether no apportionment is needed.
    pub const fn is_exempt(self) -> bool {
        match self {
            Self::Exempt | Self::ExemptRetroactive | Self::InsideFsa => true,
            Self::Apportion | Self::NeedsInformation => false,
        }
    }

    /// Whether the project is in the annual financial report of the year; `None` while unknown.
    pub const fn in_annual_report(self) -> Option<bool> {
        match self {
            Self::Exempt => Some(false),
            Self::ExemptRetroactive | Self::InsideFsa | Self::Apportion => Some(true),
            Self::NeedsInformation => None,
        }
    }
}

/// A fact without which the status cannot be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownFact {
    /// The scheme was not stated.
    Scheme,
    /// The scheme is not listed, but the list is not known to be complete.
    SchemeList,
    /// The first day was not stated.
    Start,
    /// The last day was not stated (open-ended would be stated as null).
    End,
    /// Whether it raises the employability of persons with disabilities was not stated.
    Employability,
}

impl UnknownFact {
    /// The stable code under which the web app holds its words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Scheme => "scheme_unknown",
            Self::SchemeList => "scheme_list_incomplete",
            Self::Start => "start_unknown",
            Self::End => "end_unknown",
            Self::Employability => "employability_unknown",
        }
    }
}

/// A project with its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectResult {
    /// The project.
    pub id: String,
    /// How it stands.
    pub status: Status,
    /// What must be supplied first; empty unless information is needed.
    pub unknown: Vec<UnknownFact>,
}

pub(crate) fn judge_all(request: &Request) -> Vec<ProjectResult> {
    request
        .projects
        .iter()
        .map(|project| {
            let list = request.exempt_schemes.as_ref();
            let judged = judge(request.financial_year, project, list);
            let settings = request.settings.unwrap_or_default();
            let (status, unknown) = with_proposal(judged, project, settings);
            ProjectResult {
                id: project.id.clone(),
                status,
                unknown,
            }
        })
        .collect()
}

/// The dates matter only once the scheme is listed; from there on all of them must be known
/// before anything else is said.
fn judge(
    year: FinancialYear,
    project: &Project,
    list: Option<&ExemptSchemes>,
) -> (Status, Vec<UnknownFact>) {
    let needs = |unknown| (Status::NeedsInformation, unknown);
    let scheme = match &project.scheme {
        Given::None => return (Status::Apportion, Vec::new()),
        Given::Missing => return needs(vec![UnknownFact::Scheme]),
        Given::Some(scheme) => scheme,
    };
    if !list.is_some_and(|list| list.codes.contains(scheme)) {
        return if list.is_some_and(|list| list.complete) {
            (Status::Apportion, Vec::new())
        } else {
            needs(vec![UnknownFact::SchemeList])
        };
    }
    match (project.start, project.end) {
        (Some(start), Given::None | Given::Some(_)) => {
            let start_year = FinancialYear::of(start).starts_in();
            // Open-ended, or running into the first exempt year.
            let continues = project
                .end
                .into_option()
                .is_none_or(|end| FinancialYear::of(end).starts_in() >= EXEMPT_FROM_YEAR);
            (exemption(year, start_year, continues), Vec::new())
        }
        (start, end) => {
            let mut unknown = Vec::new();
            if start.is_none() {
                unknown.push(UnknownFact::Start);
            }
            if end == Given::Missing {
                unknown.push(UnknownFact::End);
            }
            needs(unknown)
        }
    }
}

/// The proposal speaks only where the letter does not exempt: a project that raises the employability
/// of persons with disabilities is free of apportionment whatever its scheme.
fn with_proposal(
    judged: (Status, Vec<UnknownFact>),
    project: &Project,
    settings: Settings,
) -> (Status, Vec<UnknownFact>) {
    if !settings.employability_inside_fsa || judged.0.is_exempt() {
        return judged;
    }
    match project.employability {
        Some(true) => (Status::InsideFsa, Vec::new()),
        Some(false) => judged,
        None => {
            let (_, mut unknown) = judged;
            unknown.push(UnknownFact::Employability);
            (Status::NeedsInformation, unknown)
        }
    }
}

/// A day is before 2025-04-01 exactly when its financial year starts before 2025.
fn exemption(year: FinancialYear, start_year: i32, continues: bool) -> Status {
    if year.starts_in() >= EXEMPT_FROM_YEAR {
        Status::Exempt
    } else if year.starts_in() == EXEMPT_FROM_YEAR - 1 && start_year < EXEMPT_FROM_YEAR && continues
    {
        Status::ExemptRetroactive
    } else {
        Status::Apportion
    }
}
