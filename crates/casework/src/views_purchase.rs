//! What a person gets to see of purchases, as plain data.
use chrono::{DateTime, Utc};
use explain::{Problem, Text};
use money::{Amount, Hkd};
use procurement::policy::{Action, Block, Deed, Stage};
use serde_json::Value;
use uuid::Uuid;

use crate::FundedLine;

/// The approval policy, or the example to start from.
#[derive(Debug, Clone)]
pub struct PurchasePolicyView {
    /// 0 while the example has not been saved.
    pub version: i32,
    /// The policy.
    pub body: Value,
    /// Who saved it.
    pub made_by: Option<String>,
    /// When.
    pub made_at: Option<DateTime<Utc>>,
    /// Whether the person may save another version.
    pub editable: bool,
}

/// A step of a purchase's tier.
#[derive(Debug, Clone)]
pub struct PurchaseStepView {
    /// The step.
    pub action: Action,
    /// Names of the roles that may take it.
    pub roles: Vec<Text>,
    /// Who took it, when.
    pub done: Option<(String, DateTime<Utc>)>,
    /// The amount stated with it.
    pub amount: Option<Amount>,
}

/// A deed in the order in which they happened.
#[derive(Debug, Clone)]
pub struct PurchaseActView {
    /// 1, 2, …
    pub seq: i32,
    /// What.
    pub deed: Deed,
    /// Who, as named then.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Estimate, accepted value, invoice or payment.
    pub amount: Option<Amount>,
    /// Whether they have an interest.
    pub interest: Option<bool>,
    /// Codes with their names.
    pub reasons: Vec<(String, Text)>,
    /// Words.
    pub note: String,
}

/// A deed and why this person may not do it; nothing = they may.
#[derive(Debug, Clone)]
pub struct PurchaseMayView {
    /// What.
    pub deed: Deed,
    /// Why not.
    pub blocks: Vec<Block>,
}

/// One purchase.
#[derive(Debug, Clone)]
pub struct PurchaseView {
    /// Id.
    pub id: Uuid,
    /// The awarded project.
    pub application: Uuid,
    /// Short name.
    pub reference: String,
    /// Its budget line.
    pub line: FundedLine,
    /// What the line still holds beside this purchase; none = unknown.
    pub line_left: Option<Hkd>,
    /// The policy it was requested under.
    pub policy_version: i32,
    /// When it was requested first.
    pub created_at: DateTime<Utc>,
    /// Where it stands.
    pub stage: Stage,
    /// The step that is next.
    pub next: Option<Action>,
    /// How often it went back.
    pub returns: u32,
    /// The steps of its tier.
    pub steps: Vec<PurchaseStepView>,
    /// What happened.
    pub acts: Vec<PurchaseActView>,
    /// What the person may do.
    pub may: Vec<PurchaseMayView>,
    /// What the request says.
    pub request: Value,
    /// What the award says; null before.
    pub award: Value,
    /// Names of department and category.
    pub department: (String, Text),
    /// What kind of thing.
    pub category: (String, Text),
    /// What the rules of procurement find; none while it is not requested or refused.
    pub check: Option<Value>,
    /// Number of deeds: expected by the next one.
    pub seq: i32,
}

/// The purchases of one project.
#[derive(Debug, Clone)]
pub struct PurchaseBookView {
    /// The project.
    pub application: Uuid,
    /// Awarded less refunds.
    pub awarded: Hkd,
    /// Award and money of other sources.
    pub total: Hkd,
    /// Committed by awards of purchases.
    pub committed: Hkd,
    /// Budget lines with what they still hold.
    pub lines: Vec<(FundedLine, Option<Hkd>)>,
    /// Oldest first.
    pub purchases: Vec<PurchaseView>,
    /// Whether the person may request one, as far as the policy can tell before an amount.
    pub may_request: bool,
    /// 0 while no policy was saved.
    pub policy_version: i32,
}

/// What a draft of a request or an award would come to.
#[derive(Debug, Clone)]
pub struct PurchaseCheckView {
    /// What the rules find; none while there are problems.
    pub check: Option<Value>,
    /// What the line still holds.
    pub line_left: Option<Hkd>,
    /// Steps of the tier it would fall in.
    pub steps: Vec<PurchaseStepView>,
    /// What is wrong with what was typed.
    pub problems: Vec<Problem>,
}

/// One row of the analysis: a department or a category.
#[derive(Debug, Clone)]
pub struct PurchaseGroupView {
    /// Code.
    pub code: String,
    /// Names.
    pub label: Text,
    /// Purchases requested.
    pub requested: usize,
    /// Of these, refused.
    pub refused: usize,
    /// How often returned.
    pub returned: usize,
    /// Sum of the estimates.
    pub estimated: Amount,
    /// Sum of what was awarded and not refused.
    pub committed: Amount,
    /// Sum of what was paid.
    pub paid: Amount,
}

/// How often a reason was given for refusing or returning.
#[derive(Debug, Clone)]
pub struct RefusalCountView {
    /// Code.
    pub code: String,
    /// Names.
    pub label: Text,
    /// Names of its category.
    pub category: Text,
    /// Refusals that name it.
    pub refused: usize,
    /// Returns that name it.
    pub returned: usize,
}

/// Committed but not yet paid.
#[derive(Debug, Clone)]
pub struct ForecastView {
    /// `2027-02`; none where no day was stated.
    pub month: Option<String>,
    /// Purchases.
    pub count: usize,
    /// Their accepted value.
    pub amount: Amount,
}

/// Counts and sums over purchases.
#[derive(Debug, Clone)]
pub struct PurchaseAnalysisView {
    /// By department.
    pub departments: Vec<PurchaseGroupView>,
    /// By what was bought.
    pub categories: Vec<PurchaseGroupView>,
    /// Commonest first.
    pub refusals: Vec<RefusalCountView>,
    /// By month, unknown last.
    pub forecast: Vec<ForecastView>,
}
