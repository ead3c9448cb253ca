//! What an API token may be used for: a short list that a person can read, mapped onto the table's actions. What
//! a named person must do in person (submit, score, decide, publish, pay) is in no scope at all.
use crate::{Action, Role};

/// One thing that a token may be used for, at most as far as its owner's roles go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Read the organisation's applications, and compute with their figures.
    ApplicationsRead,
    /// Start applications and save their drafts.
    ApplicationsWrite,
    /// Read purchases, the approval policy and the analysis.
    PurchasesRead,
    /// Request purchases.
    PurchasesWrite,
    /// Read what was received, scored and ranked.
    ReceivedRead,
    /// Keep assessed copies, assurances and levels of part funding; close and rank rounds.
    ReceivedWrite,
    /// Read rules and their drafts.
    RulesRead,
    /// Draft rules.
    RulesWrite,
    /// Read the proxy library.
    ProxiesRead,
    /// Propose entries of it.
    ProxiesWrite,
    /// Read sector reports.
    SectorRead,
    /// Read and check the organisation's audit trail.
    AuditRead,
    /// Read counts and ages of work.
    WorkRead,
}

impl Scope {
    /// Every scope, reading before writing in each domain.
    pub const ALL: [Self; 13] = [
        Self::ApplicationsRead,
        Self::ApplicationsWrite,
        Self::PurchasesRead,
        Self::PurchasesWrite,
        Self::ReceivedRead,
        Self::ReceivedWrite,
        Self::RulesRead,
        Self::RulesWrite,
        Self::ProxiesRead,
        Self::ProxiesWrite,
        Self::SectorRead,
        Self::AuditRead,
        Self::WorkRead,
    ];

    /// The stable name, as stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ApplicationsRead => "applications:read",
            Self::ApplicationsWrite => "applications:write",
            Self::PurchasesRead => "purchases:read",
            Self::PurchasesWrite => "purchases:write",
            Self::ReceivedRead => "received:read",
            Self::ReceivedWrite => "received:write",
            Self::RulesRead => "rules:read",
            Self::RulesWrite => "rules:write",
            Self::ProxiesRead => "proxies:read",
            Self::ProxiesWrite => "proxies:write",
            Self::SectorRead => "sector:read",
            Self::AuditRead => "audit:read",
            Self::WorkRead => "work:read",
        }
    }

    /// Reads the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }

    /// Of a scope that changes things, the one that reads them: whoever writes reads what they wrote.
    fn reading(self) -> Option<Self> {
        match self {
            Self::ApplicationsWrite => Some(Self::ApplicationsRead),
            Self::PurchasesWrite => Some(Self::PurchasesRead),
            Self::ReceivedWrite => Some(Self::ReceivedRead),
            Self::RulesWrite => Some(Self::RulesRead),
            Self::ProxiesWrite => Some(Self::ProxiesRead),
            Self::ApplicationsRead
            | Self::PurchasesRead
            | Self::ReceivedRead
            | Self::RulesRead
            | Self::ProxiesRead
            | Self::SectorRead
            | Self::AuditRead
            | Self::WorkRead => None,
        }
    }

    /// Whether anything can be changed with it.
    pub fn writes(self) -> bool {
        self.reading().is_some()
    }

    /// Whether holding it is enough where `wanted` is needed.
    pub fn covers(self, wanted: Self) -> bool {
        self == wanted || self.reading() == Some(wanted)
    }

    /// Whether it is of any use to somebody in these roles.
    pub fn is_within(self, roles: impl IntoIterator<Item = Role>) -> bool {
        let actions = || {
            Action::ALL
                .into_iter()
                .filter(|action| action.scope() == Some(self))
        };
        roles
            .into_iter()
            .any(|role| actions().any(|action| action.is_open_to(role)))
    }
}

impl Action {
    /// The scope that a token needs for it; none where a person must do it in person.
    pub fn scope(self) -> Option<Scope> {
        match self {
            Self::ApplicationRead => Some(Scope::ApplicationsRead),
            Self::ApplicationStart
            | Self::ApplicationEdit
            | Self::ApplicationEditFigures
            | Self::FileAttach => Some(Scope::ApplicationsWrite),
            Self::PurchaseRead => Some(Scope::PurchasesRead),
            Self::PurchaseRequest => Some(Scope::PurchasesWrite),
            Self::ReceivedRead | Self::ReviewReadAll | Self::ShortlistRead => {
                Some(Scope::ReceivedRead)
            }
            Self::AssessmentWrite
            | Self::AssuranceRecord
            | Self::FundingLevelsEdit
            | Self::RoundManage => Some(Scope::ReceivedWrite),
            Self::RulesRead => Some(Scope::RulesRead),
            Self::RulesEdit => Some(Scope::RulesWrite),
            Self::ProxyRead => Some(Scope::ProxiesRead),
            Self::ProxyPropose => Some(Scope::ProxiesWrite),
            Self::SectorRead => Some(Scope::SectorRead),
            Self::AuditRead => Some(Scope::AuditRead),
            Self::WorkloadRead => Some(Scope::WorkRead),
            Self::ApplicationSubmit
            | Self::AppealSend
            | Self::ReviewWrite
            | Self::RankingAdopt
            | Self::DecisionRecord
            | Self::DecisionConfirm
            | Self::LetterSend
            | Self::AppealDecide
            | Self::RulesPublish
            | Self::ProxyDecide
            | Self::PurchaseAct
            | Self::PurchasePolicyEdit
            | Self::MembersRead
            | Self::MembersManage
            | Self::RegistrationDecide => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_has_a_name_of_its_own_and_something_behind_it() {
        for scope in Scope::ALL {
            assert_eq!(Scope::from_name(scope.as_str()), Some(scope));
            assert!(scope.is_within(Role::ALL), "{scope:?} is of use to nobody");
            assert_eq!(scope.writes(), scope.as_str().ends_with(":write"));
        }
        assert_eq!(Scope::from_name("everything"), None);
    }

    #[test]
    fn a_scope_is_offered_to_those_only_whose_roles_reach_it() {
        assert!(Scope::ApplicationsRead.is_within([Role::NgoViewer]));
        assert!(!Scope::ApplicationsWrite.is_within([Role::NgoViewer]));
        assert!(!Scope::ReceivedRead.is_within([Role::NgoEndorser, Role::Operator]));
    }
}
