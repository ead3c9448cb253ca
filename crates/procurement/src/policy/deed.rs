//! What a person does to a requisition, what is known when they do it, and why they may not.
use std::collections::{BTreeMap, BTreeSet};

use money::Amount;

use super::Action;

/// A person by id, and the roles of membership they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Id.
    pub id: String,
    /// `ngo_editor`, …
    pub memberships: BTreeSet<String>,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// A step of the policy.
    Step(Action),
    /// Leave to deviate from the rules of procurement.
    Waive,
    /// A person says that they have an interest, and stays out from then on.
    DeclareInterest,
    /// The request is refused for good.
    Refuse,
    /// The request goes back to be made again.
    Return,
}

impl Deed {
    /// The word in results and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Step(action) => action.word(),
            Self::Waive => "waive",
            Self::DeclareInterest => "declare_interest",
            Self::Refuse => "refuse",
            Self::Return => "return",
        }
    }

    /// The deed of that name.
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Waive,
            Self::DeclareInterest,
            Self::Refuse,
            Self::Return,
        ]
        .into_iter()
        .find(|deed| deed.word() == word)
        .or_else(|| Action::from_word(word).map(Self::Step))
    }
}

/// One deed of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// What.
    pub deed: Deed,
    /// By whom.
    pub person: Person,
    /// Estimate of a request, accepted value of an award, sum of an invoice or a payment.
    pub amount: Option<Amount>,
    /// Codes: why it is refused, returned or waived.
    pub reasons: Vec<String>,
}

/// What is known from elsewhere. Unknown is none, never a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Whether the person has an interest.
    pub interest: Option<bool>,
    /// Whether the rules of procurement are kept, this step included.
    pub checks: Option<bool>,
    /// What the budget line still holds.
    pub money_left: Option<Amount>,
}

macro_rules! blocks {
    ($($(#[doc = $doc:literal])+ $name:ident => $word:literal, $sentence:literal;)+) => {
        /// Why a deed is not possible.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum BlockCode {
            $($(#[doc = $doc])+ $name,)+
        }

        impl BlockCode {
            /// Every code, for the words in both languages.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable word.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// What a person can do about it, in English.
            pub const fn sentence(self) -> &'static str {
                match self {
                    $(Self::$name => $sentence,)+
                }
            }
        }
    };
}

blocks! {
    /// It was refused, or everything is done.
    Closed => "closed", "This purchase is closed; request a new one.";
    /// Another step is next.
    WrongOrder => "wrong_order", "Another step is next; take the steps in the order of the policy.";
    /// The person fills none of the roles.
    WrongRole => "wrong_role", "The policy gives this step to other roles; ask somebody who has one of them.";
    /// The person did a step that somebody else must do.
    SamePerson => "same_person", "You took a step that somebody else must take; ask a colleague.";
    /// The person has an interest.
    InterestDeclared => "interest_declared", "Whoever has an interest stays out; ask a colleague.";
    /// The person has not said whether they have an interest.
    InterestNotStated => "interest_not_stated", "Say first whether you have an interest in a supplier.";
    /// The rules of procurement are not kept.
    ChecksUnmet => "checks_unmet", "The rules of procurement are not kept; mend what the findings name, or have it waived.";
    /// It cannot be told whether they are.
    ChecksUnknown => "checks_unknown", "It cannot be told whether the rules are kept; supply what the findings name.";
    /// The step needs an amount.
    AmountMissing => "amount_missing", "Give an amount above zero, such as \"5000.00\".";
    /// More than the budget line still holds.
    OverAward => "over_award", "The budget line does not hold as much; give less, or use another line.";
    /// What the budget line still holds is not known.
    MoneyLeftUnknown => "money_left_unknown", "What the budget line holds is not known; choose a line of the awarded budget.";
    /// The invoice is higher than what was agreed.
    InvoiceExceedsOrder => "invoice_exceeds_order", "The invoice is higher than what was agreed; have it corrected.";
    /// The payment is not the sum of the invoice.
    PaymentDiffersFromInvoice => "payment_differs_from_invoice", "Pay exactly what was invoiced.";
    /// Refusing, returning and waiving need a reason.
    ReasonMissing => "reason_missing", "Give at least one reason code, such as \"over_budget\".";
    /// A reason that the policy does not hold.
    ReasonUnknown => "reason_unknown", "Use reason codes of the policy.";
}

/// One reason why a deed is not possible, with values for the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Why.
    pub code: BlockCode,
    /// Values for the words.
    pub params: BTreeMap<&'static str, String>,
}

impl Block {
    pub(super) const fn new(code: BlockCode) -> Self {
        Self {
            code,
            params: BTreeMap::new(),
        }
    }

    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.insert(name, value.into());
        self
    }
}
