//! The person acting, for which tenant, in which roles.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Scope;

/// One NGO, funder, council or operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TenantId(pub Uuid);

/// One person who signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UserId(pub Uuid);

/// What kind of organisation a tenant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TenantKind {
    /// Applies for grants.
    Ngo,
    /// Decides on them.
    Funder,
    /// Reports on the sector.
    Council,
    /// Keeps the machine running, without access to content.
    Operator,
}

impl TenantKind {
    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ngo => "ngo",
            Self::Funder => "funder",
            Self::Council => "council",
            Self::Operator => "operator",
        }
    }

    /// Reads the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Ngo, Self::Funder, Self::Council, Self::Operator]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// What a person does for a tenant. One person may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads the NGO's applications.
    NgoViewer,
    /// Writes them.
    NgoEditor,
    /// Writes budgets, cost plans and value maps.
    NgoFinance,
    /// Submits for the NGO.
    NgoEndorser,
    /// Comes from outside, by invitation and until a day; reads the NGO's applications.
    NgoAdviser,
    /// Runs programmes and rounds.
    FunderOfficer,
    /// Scores applications.
    FunderReviewer,
    /// Chairs the panel: adopts rankings and decides.
    FunderChair,
    /// Confirms decisions above an amount.
    FunderApprover,
    /// Reads sector reports.
    CouncilAnalyst,
    /// Keeps the council's libraries.
    CouncilSteward,
    /// Watches the work ledger.
    Operator,
}

impl Role {
    /// Every role, in the order of the table.
    pub const ALL: [Self; 12] = [
        Self::NgoViewer,
        Self::NgoEditor,
        Self::NgoFinance,
        Self::NgoEndorser,
        Self::NgoAdviser,
        Self::FunderOfficer,
        Self::FunderReviewer,
        Self::FunderChair,
        Self::FunderApprover,
        Self::CouncilAnalyst,
        Self::CouncilSteward,
        Self::Operator,
    ];

    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NgoViewer => "ngo_viewer",
            Self::NgoEditor => "ngo_editor",
            Self::NgoFinance => "ngo_finance",
            Self::NgoEndorser => "ngo_endorser",
            Self::NgoAdviser => "ngo_adviser",
            Self::FunderOfficer => "funder_officer",
            Self::FunderReviewer => "funder_reviewer",
            Self::FunderChair => "funder_chair",
            Self::FunderApprover => "funder_approver",
            Self::CouncilAnalyst => "council_analyst",
            Self::CouncilSteward => "council_steward",
            Self::Operator => "operator",
        }
    }

    /// The kind of organisation that gives it.
    pub fn kind(self) -> TenantKind {
        match self {
            Self::NgoViewer
            | Self::NgoEditor
            | Self::NgoFinance
            | Self::NgoEndorser
            | Self::NgoAdviser => TenantKind::Ngo,
            Self::FunderOfficer
            | Self::FunderReviewer
            | Self::FunderChair
            | Self::FunderApprover => TenantKind::Funder,
            Self::CouncilAnalyst | Self::CouncilSteward => TenantKind::Council,
            Self::Operator => TenantKind::Operator,
        }
    }

    /// Whether it signs for the organisation. Whoever does also says who belongs to it.
    pub fn signs(self) -> bool {
        match self {
            Self::NgoEndorser
            | Self::FunderChair
            | Self::FunderApprover
            | Self::CouncilSteward
            | Self::Operator => true,
            Self::NgoViewer
            | Self::NgoEditor
            | Self::NgoFinance
            | Self::NgoAdviser
            | Self::FunderOfficer
            | Self::FunderReviewer
            | Self::CouncilAnalyst => false,
        }
    }

    /// Whether it is given by invitation alone, and until a day.
    pub fn ends(self) -> bool {
        self == Self::NgoAdviser
    }

    /// Reads the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// The API token through which a program acts in its owner's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenUse {
    /// By which its owner recognises it, such as `plt_3fa94c1e`; it opens nothing.
    pub prefix: String,
    /// What it may be used for at most.
    pub scopes: BTreeSet<Scope>,
}

/// A signed-in person acting for one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// The name as it is written into reviews, decisions and the audit trail: sealed with the person's key.
    pub name: String,
    /// For whom.
    pub tenant: TenantId,
    /// What kind of tenant that is.
    pub kind: TenantKind,
    /// In which roles.
    pub roles: BTreeSet<Role>,
    /// None for a person in front of the web app.
    pub token: Option<TokenUse>,
}
