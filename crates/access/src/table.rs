//! The table. Everything a person can do is one [`Action`]; each names the roles that may.
use crate::{Actor, Role, Scope};

/// One thing a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Read the NGO's own applications, drafts included.
    ApplicationRead,
    /// Start an application.
    ApplicationStart,
    /// Save any section of a draft.
    ApplicationEdit,
    /// Save the sections that hold figures.
    ApplicationEditFigures,
    /// Attach supporting documents to a draft, and take them off.
    FileAttach,
    /// Submit, and withdraw.
    ApplicationSubmit,
    /// Read what was delivered to the funder.
    ReceivedRead,
    /// Score, or declare a conflict.
    ReviewWrite,
    /// Keep the assessed copy of a value map.
    AssessmentWrite,
    /// Record what an assurer found.
    AssuranceRecord,
    /// See the scores of all reviewers.
    ReviewReadAll,
    /// Read versions and drafts of the funder's rules, and try a draft.
    RulesRead,
    /// Draft the next version of the rules.
    RulesEdit,
    /// Publish a draft.
    RulesPublish,
    /// Read a ranked shortlist.
    ShortlistRead,
    /// Close a round; ask for a ranking.
    RoundManage,
    /// Adopt a ranking.
    RankingAdopt,
    /// Record a decision, or propose one that needs a second person.
    DecisionRecord,
    /// Confirm or return what another person proposed.
    DecisionConfirm,
    /// Send the letter of a decision.
    LetterSend,
    /// State what less than full funding would bring.
    FundingLevelsEdit,
    /// Appeal against a decision.
    AppealSend,
    /// Decide an appeal; whoever took part in the decision may not.
    AppealDecide,
    /// Read sector reports.
    SectorRead,
    /// Read counts and ages of work.
    WorkloadRead,
    /// Read the proxy library, and the proposals to it that are one's own to see.
    ProxyRead,
    /// Propose an entry of the library, or a new version of one.
    ProxyPropose,
    /// Publish or refuse what was proposed.
    ProxyDecide,
    /// Read purchases, the approval policy, and what they come to.
    PurchaseRead,
    /// Request a purchase; the organisation's policy says who of these.
    PurchaseRequest,
    /// Award, order, receive, pay, waive, refuse or return one; the policy says who of these.
    PurchaseAct,
    /// Save the approval policy.
    PurchasePolicyEdit,
    /// Read and check the organisation's audit trail.
    AuditRead,
    /// See who belongs to the organisation.
    MembersRead,
    /// Invite people, change their roles, end memberships. Exactly those who sign for it ([`Role::signs`]).
    MembersManage,
    /// Read what organisations that register say of themselves, and approve or refuse them.
    RegistrationDecide,
}

impl Action {
    /// Every action, for the generated authorisation matrix.
    pub const ALL: [Self; 36] = [
        Self::ApplicationRead,
        Self::ApplicationStart,
        Self::ApplicationEdit,
        Self::ApplicationEditFigures,
        Self::FileAttach,
        Self::ApplicationSubmit,
        Self::ReceivedRead,
        Self::ReviewWrite,
        Self::AssessmentWrite,
        Self::AssuranceRecord,
        Self::ReviewReadAll,
        Self::RulesRead,
        Self::RulesEdit,
        Self::RulesPublish,
        Self::ShortlistRead,
        Self::RoundManage,
        Self::RankingAdopt,
        Self::DecisionRecord,
        Self::DecisionConfirm,
        Self::LetterSend,
        Self::FundingLevelsEdit,
        Self::AppealSend,
        Self::AppealDecide,
        Self::SectorRead,
        Self::WorkloadRead,
        Self::ProxyRead,
        Self::ProxyPropose,
        Self::ProxyDecide,
        Self::PurchaseRead,
        Self::PurchaseRequest,
        Self::PurchaseAct,
        Self::PurchasePolicyEdit,
        Self::AuditRead,
        Self::MembersRead,
        Self::MembersManage,
        Self::RegistrationDecide,
    ];

    /// Whether somebody in this role may.
    pub(crate) fn is_open_to(self, role: Role) -> bool {
        self.roles().contains(&role)
    }

    fn roles(self) -> &'static [Role] {
        use Role::{
            CouncilAnalyst, CouncilSteward, FunderApprover, FunderChair, FunderOfficer,
            FunderReviewer, NgoAdviser, NgoEditor, NgoEndorser, NgoFinance, NgoViewer, Operator,
        };
        match self {
            Self::ApplicationRead => &[NgoViewer, NgoEditor, NgoFinance, NgoEndorser, NgoAdviser],
            Self::PurchaseRead => &[NgoViewer, NgoEditor, NgoFinance, NgoEndorser],
            Self::PurchasePolicyEdit => &[NgoFinance, NgoEndorser],
            Self::ApplicationStart | Self::ApplicationEdit => &[NgoEditor, NgoEndorser],
            Self::ApplicationEditFigures
            | Self::FileAttach
            | Self::ProxyPropose
            | Self::PurchaseRequest
            | Self::PurchaseAct => &[NgoEditor, NgoFinance, NgoEndorser],
            Self::ApplicationSubmit | Self::AppealSend => &[NgoEndorser],
            Self::ReceivedRead => &[FunderOfficer, FunderReviewer, FunderChair, FunderApprover],
            Self::ReviewWrite => &[FunderReviewer],
            Self::ReviewReadAll | Self::ShortlistRead | Self::RulesRead => {
                &[FunderOfficer, FunderChair, FunderApprover]
            }
            Self::RoundManage
            | Self::RulesEdit
            | Self::AssessmentWrite
            | Self::AssuranceRecord
            | Self::LetterSend
            | Self::FundingLevelsEdit => &[FunderOfficer, FunderChair],
            Self::DecisionConfirm | Self::AppealDecide => &[FunderChair, FunderApprover],
            Self::RankingAdopt | Self::DecisionRecord | Self::RulesPublish => &[FunderChair],
            Self::SectorRead => &[CouncilAnalyst, CouncilSteward],
            Self::WorkloadRead | Self::RegistrationDecide => &[Operator],
            Self::ProxyRead => &[
                NgoViewer,
                NgoEditor,
                NgoFinance,
                NgoEndorser,
                NgoAdviser,
                FunderOfficer,
                FunderReviewer,
                FunderChair,
                FunderApprover,
                CouncilAnalyst,
                CouncilSteward,
            ],
            Self::ProxyDecide => &[CouncilSteward],
            Self::AuditRead => &[NgoEndorser, FunderChair, FunderApprover, CouncilSteward],
            // Whoever comes from outside does not see who works there.
            Self::MembersRead => &[
                NgoViewer,
                NgoEditor,
                NgoFinance,
                NgoEndorser,
                FunderOfficer,
                FunderReviewer,
                FunderChair,
                FunderApprover,
                CouncilAnalyst,
                CouncilSteward,
                Operator,
            ],
            Self::MembersManage => &[
                NgoEndorser,
                FunderChair,
                FunderApprover,
                CouncilSteward,
                Operator,
            ],
        }
    }
}

/// Whether one of the actor's roles allows the action, and, where a token is used, one of its scopes as well.
/// Which rows it then touches is decided by the actor's tenant, in the database.
pub fn may(actor: &Actor, action: Action) -> bool {
    may_in_person(actor, action) && token_lacks(actor, action).is_none()
}

fn may_in_person(actor: &Actor, action: Action) -> bool {
    actor.roles.iter().any(|role| action.is_open_to(*role))
}

/// What a token lacks for an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenLack {
    /// This scope.
    Scope(Scope),
    /// A person: no scope is enough.
    Person,
}

/// What stands in the way when it is the token alone: its owner may do the action in person.
pub fn token_lacks(actor: &Actor, action: Action) -> Option<TokenLack> {
    let token = actor.token.as_ref()?;
    if !may_in_person(actor, action) {
        return None;
    }
    match action.scope() {
        None => Some(TokenLack::Person),
        Some(wanted) if token.scopes.iter().any(|held| held.covers(wanted)) => None,
        Some(wanted) => Some(TokenLack::Scope(wanted)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;
    use crate::{TenantId, TenantKind, TokenUse, UserId};

    fn actor(role: Role) -> Actor {
        Actor {
            user: UserId(Uuid::nil()),
            name: "A".to_owned(),
            tenant: TenantId(Uuid::nil()),
            kind: TenantKind::Ngo,
            roles: BTreeSet::from([role]),
            token: None,
        }
    }

    #[test]
    fn an_operator_sees_no_content() {
        let allowed: Vec<Action> = Action::ALL
            .into_iter()
            .filter(|action| may(&actor(Role::Operator), *action))
            .collect();
        let no_content = [
            Action::WorkloadRead,
            Action::MembersRead,
            Action::MembersManage,
            Action::RegistrationDecide,
        ];
        assert_eq!(allowed, no_content);
    }

    #[test]
    fn an_adviser_reads_applications_and_the_library_and_nothing_else() {
        let allowed: Vec<Action> = Action::ALL
            .into_iter()
            .filter(|action| may(&actor(Role::NgoAdviser), *action))
            .collect();
        assert_eq!(allowed, [Action::ApplicationRead, Action::ProxyRead]);
    }

    #[test]
    fn whoever_signs_for_an_organisation_says_who_belongs_to_it() {
        for role in Role::ALL {
            assert_eq!(
                may(&actor(role), Action::MembersManage),
                role.signs(),
                "{role:?}"
            );
        }
    }

    #[test]
    fn only_the_chair_decides_and_only_the_endorser_submits() {
        let holders = |action| -> Vec<Role> {
            Role::ALL
                .into_iter()
                .filter(|role| may(&actor(*role), action))
                .collect()
        };
        assert_eq!(holders(Action::DecisionRecord), [Role::FunderChair]);
        assert_eq!(holders(Action::ApplicationSubmit), [Role::NgoEndorser]);
    }

    #[test]
    fn nobody_both_proposes_a_proxy_and_decides_on_it() {
        for role in Role::ALL {
            let person = actor(role);
            let both = may(&person, Action::ProxyPropose) && may(&person, Action::ProxyDecide);
            assert!(!both, "{role:?}");
        }
    }

    #[test]
    fn a_token_reaches_what_both_its_scopes_and_its_owners_roles_allow() {
        let mut chair = actor(Role::FunderChair);
        chair.token = Some(TokenUse {
            prefix: "plt_00000000".to_owned(),
            scopes: Scope::ALL.into(),
        });
        assert!(may(&chair, Action::ShortlistRead));
        assert!(!may(&chair, Action::ApplicationRead), "not a chair's");
        assert!(!may(&chair, Action::DecisionRecord), "in person only");
        chair.token = Some(TokenUse {
            prefix: "plt_00000000".to_owned(),
            scopes: [Scope::RulesRead].into(),
        });
        assert!(may(&chair, Action::RulesRead));
        assert!(!may(&chair, Action::ShortlistRead), "not in its scopes");
    }

    #[test]
    fn nobody_without_a_role_may_do_anything() {
        let mut nobody = actor(Role::NgoViewer);
        nobody.roles.clear();
        assert!(Action::ALL.into_iter().all(|action| !may(&nobody, action)));
    }
}
