//! What was done to buy something, held against what the table of tiers asks: the tier of mixed,
//! split and re-valued purchases, quotations and their forms, the lowest offer, who did which
//! step, and waivers. Everything that is missing is unknown and says which fact is missing.
mod compare;
mod estimate;
mod evaluate;
mod finding;
mod normal;
mod offers;
mod people;
mod read;
mod read_evidence;
mod result;
mod settings;
mod tier;
mod window;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use explain::read::Given;
use money::{Amount, MoneyError};

use crate::{Form, Method, Ruleset};

pub use evaluate::{calc, evaluate};
pub use finding::{Code, Finding, Severity};
pub use read::{read, read_at};
pub use result::{Aggregate, Evaluation, Mixture, PurchaseResult};
pub use settings::{Counted, Governing, MixedRule, Settings};

/// Most parts of one purchase.
pub const PARTS_MAX: usize = 50;
/// Most offers of one purchase.
pub const OFFERS_MAX: usize = 200;

/// The three steps that three different people take.
pub const STEPS: [&str; 3] = ["request", "award", "agree_and_issue_order"];

/// A rule set, readings of it, and purchases to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Where the question stands in a larger document; empty when it is the document.
    pub path: String,
    /// The tiers.
    pub ruleset: Ruleset,
    /// What the tiers leave open.
    pub settings: Settings,
    /// The purchases, in the order given.
    pub purchases: Vec<Purchase>,
}

impl Question {
    /// The hash of the question, after defaults and normalised decimals.
    pub fn input_hash(&self) -> String {
        explain::input_hash(&normal::json(self))
    }
}

/// The price of the thing and of keeping it running; both belong to the value of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Value {
    /// The thing itself.
    pub item: Option<Amount>,
    /// Maintenance; zero when stated as none.
    pub maintenance: Option<Amount>,
}

impl Value {
    /// Both together; unknown while either is.
    pub fn total(self) -> Result<Option<Amount>, MoneyError> {
        match (self.item, self.maintenance) {
            (Some(item), Some(maintenance)) => item.checked_add(maintenance).map(Some),
            (None, _) | (_, None) => Ok(None),
        }
    }
}

/// What one purchase holds of one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// One of the rule set's categories.
    pub category: Option<String>,
    /// What it is expected to cost.
    pub estimated: Value,
}

/// One offer received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Unique within the purchase.
    pub id: String,
    /// Who made it.
    pub supplier: Option<String>,
    /// At which price, maintenance included.
    pub amount: Option<Amount>,
    /// Whether it meets the specification.
    pub conforming: Option<bool>,
    /// In which form it was made.
    pub form: Option<Form>,
}

/// How many were asked, and what came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quotations {
    /// Suppliers asked.
    pub invited: Option<u32>,
    /// Offers that came.
    pub received: Option<u32>,
    /// Offers that meet the specification.
    pub conforming: Option<u32>,
    /// The offers one by one, complete when given.
    pub offers: Option<Vec<Offer>>,
}

/// Leave to buy without the method or the number of quotations that the tier asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Code of the reason.
    pub reason: Option<String>,
    /// Who gave leave.
    pub approver: Option<String>,
    /// On which day.
    pub approved_on: Option<NaiveDate>,
}

/// One purchase and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// Unique within the question.
    pub id: String,
    /// The need it serves: purchases of one need are summed. None = stated as a need of its own.
    pub requirement: Given<String>,
    /// When it was requested.
    pub requested_on: Option<NaiveDate>,
    /// When quotations or tenders were invited.
    pub invited_on: Option<NaiveDate>,
    /// When the order was issued.
    pub ordered_on: Option<NaiveDate>,
    /// What it holds, by category.
    pub parts: Option<Vec<Part>>,
    /// What was agreed in the end.
    pub accepted: Value,
    /// How it was bought.
    pub method: Option<Method>,
    /// What was asked and received.
    pub quotations: Quotations,
    /// The offer taken.
    pub chosen: Option<String>,
    /// Why not the lowest conforming one.
    pub lowest_reason: Given<String>,
    /// Leave to deviate.
    pub waiver: Given<Waiver>,
    /// Who took which of the three steps.
    pub people: BTreeMap<&'static str, String>,
    /// Whether a person declared an interest.
    pub interests: BTreeMap<String, bool>,
}
