//! An organisation's own approval policy as data, and the steps of a requisition under it: who
//! may take which step of a purchase, by amount, and who may not because somebody else must.
mod deed;
mod read;
mod requisition;
mod separate;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use money::Amount;

use crate::tiers::Band;

pub use deed::{Act, Block, BlockCode, Deed, Facts, Person};
pub use read::{read_policy, read_policy_at};
pub use requisition::{Requisition, Stage};

/// One step of a purchase, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Ask for it.
    Request,
    /// Award it to one offer.
    Award,
    /// Agree, and issue the order.
    AgreeAndIssueOrder,
    /// Confirm that it came.
    Receipt,
    /// Record the invoice.
    Invoice,
    /// Pay.
    Payment,
}

impl Action {
    /// Every step, in order.
    pub const ALL: [Self; 6] = [
        Self::Request,
        Self::Award,
        Self::AgreeAndIssueOrder,
        Self::Receipt,
        Self::Invoice,
        Self::Payment,
    ];

    pub(crate) const WORDS: [(&'static str, Self); 6] = [
        ("request", Self::Request),
        ("award", Self::Award),
        ("agree_and_issue_order", Self::AgreeAndIssueOrder),
        ("receipt", Self::Receipt),
        ("invoice", Self::Invoice),
        ("payment", Self::Payment),
    ];

    /// The word in policies and results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Award => "award",
            Self::AgreeAndIssueOrder => "agree_and_issue_order",
            Self::Receipt => "receipt",
            Self::Invoice => "invoice",
            Self::Payment => "payment",
        }
    }

    /// The step of that name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }
}

/// Who fills a role of the policy: everybody with a membership, people by name, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// Roles of membership, such as `ngo_finance`.
    pub memberships: BTreeSet<String>,
    /// People by id.
    pub people: BTreeSet<String>,
}

/// A step and the roles that may take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The step.
    pub action: Action,
    /// Any of these.
    pub roles: BTreeSet<String>,
}

/// The steps of purchases between two amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalTier {
    /// Amounts above this, exclusive.
    pub over: Amount,
    /// Up to this, inclusive; none = no upper end.
    pub up_to: Option<Amount>,
    /// In the order in which they are taken.
    pub steps: Vec<Step>,
}

impl Band for ApprovalTier {
    fn over(&self) -> Amount {
        self.over
    }

    fn up_to(&self) -> Option<Amount> {
        self.up_to
    }
}

/// A policy whose tiers cover every amount once, whose steps have roles, and whose separations
/// can be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Stable id.
    pub id: String,
    /// Who fills which role.
    pub roles: BTreeMap<String, Filled>,
    /// Lowest first, without gap or overlap.
    pub tiers: Vec<ApprovalTier>,
    /// Steps of one group are taken by different people.
    pub separate: Vec<BTreeSet<Action>>,
    /// Roles that may give leave to deviate from the rules of procurement.
    pub waiver_roles: BTreeSet<String>,
    /// Codes of the reasons for such leave.
    pub waiver_reasons: BTreeSet<String>,
    /// Codes of the reasons for refusing or returning, each with its category.
    pub refusal_reasons: BTreeMap<String, String>,
    /// Codes of departments.
    pub departments: BTreeSet<String>,
    /// Codes of what is bought.
    pub categories: BTreeSet<String>,
}

impl Policy {
    /// The tier of an amount; none for amounts of zero or less.
    pub fn tier_of(&self, amount: Amount) -> Option<&ApprovalTier> {
        self.tiers.iter().find(|tier| tier.has(amount))
    }

    /// Whether a person fills any of the roles.
    pub fn fills(&self, person: &Person, roles: &BTreeSet<String>) -> bool {
        let filled = roles.iter().filter_map(|role| self.roles.get(role));
        filled.into_iter().any(|filled| {
            filled.people.contains(&person.id)
                || !filled.memberships.is_disjoint(&person.memberships)
        })
    }
}
