//! Purchases as their organisation sees them.
use std::collections::BTreeMap;

use async_graphql::{Enum, ID, SimpleObject};
use casework::{
    Block, Deed as DeedName, FundedLine, PurchaseActView, PurchaseBookView, PurchaseMayView,
    PurchasePolicyView, PurchaseStep as StepName, PurchaseStepView, PurchaseView,
};
use money::Hkd;
use serde_json::Value;

use super::check::{PurchaseCheck, check};
use crate::graphql::{
    names::PersonName,
    scalars::{DateTime, Decimal},
    types::{Coded, Param, Text, id, params},
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "casework::PurchaseStep")]
pub(crate) enum PurchaseStep {
    Request,
    Award,
    AgreeAndIssueOrder,
    Receipt,
    Invoice,
    Payment,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "casework::PurchaseStage")]
pub(crate) enum PurchaseStage {
    Open,
    Refused,
    Done,
}

/// What a person does to a purchase.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PurchaseDeed {
    Request,
    Award,
    AgreeAndIssueOrder,
    Receipt,
    Invoice,
    Payment,
    Waive,
    DeclareInterest,
    Return,
    Refuse,
}

impl From<DeedName> for PurchaseDeed {
    fn from(deed: DeedName) -> Self {
        match deed {
            DeedName::Step(StepName::Request) => Self::Request,
            DeedName::Step(StepName::Award) => Self::Award,
            DeedName::Step(StepName::AgreeAndIssueOrder) => Self::AgreeAndIssueOrder,
            DeedName::Step(StepName::Receipt) => Self::Receipt,
            DeedName::Step(StepName::Invoice) => Self::Invoice,
            DeedName::Step(StepName::Payment) => Self::Payment,
            DeedName::Waive => Self::Waive,
            DeedName::DeclareInterest => Self::DeclareInterest,
            DeedName::Return => Self::Return,
            DeedName::Refuse => Self::Refuse,
        }
    }
}

impl From<PurchaseDeed> for DeedName {
    fn from(deed: PurchaseDeed) -> Self {
        match deed {
            PurchaseDeed::Request => Self::Step(StepName::Request),
            PurchaseDeed::Award => Self::Step(StepName::Award),
            PurchaseDeed::AgreeAndIssueOrder => Self::Step(StepName::AgreeAndIssueOrder),
            PurchaseDeed::Receipt => Self::Step(StepName::Receipt),
            PurchaseDeed::Invoice => Self::Step(StepName::Invoice),
            PurchaseDeed::Payment => Self::Step(StepName::Payment),
            PurchaseDeed::Waive => Self::Waive,
            PurchaseDeed::DeclareInterest => Self::DeclareInterest,
            PurchaseDeed::Return => Self::Return,
            PurchaseDeed::Refuse => Self::Refuse,
        }
    }
}

/// A line of the awarded budget.
#[derive(SimpleObject)]
pub(crate) struct PurchaseLine {
    id: String,
    description: String,
    total: Decimal,
    /// What it still holds; null = unknown.
    left: Option<Decimal>,
}

impl PurchaseLine {
    fn of(line: FundedLine, left: Option<Hkd>) -> Self {
        Self {
            id: line.id,
            description: line.description,
            total: line.total.into(),
            left: left.map(Decimal::from),
        }
    }
}

/// A step of a purchase's tier, and who took it.
#[derive(SimpleObject)]
pub(crate) struct PurchaseStepOfTier {
    action: PurchaseStep,
    roles: Vec<Text>,
    done_by: Option<PersonName>,
    done_at: Option<DateTime>,
    amount: Option<Decimal>,
}

impl From<PurchaseStepView> for PurchaseStepOfTier {
    fn from(view: PurchaseStepView) -> Self {
        let (done_by, done_at) = view.done.unzip();
        Self {
            action: view.action.into(),
            roles: view.roles.into_iter().map(Text::from).collect(),
            done_by: done_by.map(PersonName::from),
            done_at: done_at.map(DateTime),
            amount: view.amount.map(Decimal::from),
        }
    }
}

/// One deed.
#[derive(SimpleObject)]
pub(crate) struct PurchaseAct {
    seq: i32,
    deed: PurchaseDeed,
    by: PersonName,
    at: DateTime,
    amount: Option<Decimal>,
    interest: Option<bool>,
    reasons: Vec<Coded>,
    note: String,
}

impl From<PurchaseActView> for PurchaseAct {
    fn from(view: PurchaseActView) -> Self {
        Self {
            seq: view.seq,
            deed: view.deed.into(),
            by: view.by.into(),
            at: view.at.into(),
            amount: view.amount.map(Decimal::from),
            interest: view.interest,
            reasons: view.reasons.into_iter().map(coded).collect(),
            note: view.note,
        }
    }
}

fn coded((code, label): (String, explain::Text)) -> Coded {
    Coded {
        code,
        label: label.into(),
    }
}

/// Why a deed is not possible; the client has the words, by code.
#[derive(SimpleObject)]
pub(crate) struct PurchaseBlock {
    code: String,
    params: Vec<Param>,
}

impl From<Block> for PurchaseBlock {
    fn from(block: Block) -> Self {
        let values = block.params.into_iter();
        let values: BTreeMap<String, String> = values
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        Self {
            code: block.code.word().to_owned(),
            params: params(values),
        }
    }
}

/// A deed and why the person may not do it; without blocks they may.
#[derive(SimpleObject)]
pub(crate) struct PurchaseMay {
    deed: PurchaseDeed,
    blocks: Vec<PurchaseBlock>,
}

impl From<PurchaseMayView> for PurchaseMay {
    fn from(view: PurchaseMayView) -> Self {
        Self {
            deed: view.deed.into(),
            blocks: view.blocks.into_iter().map(PurchaseBlock::from).collect(),
        }
    }
}

/// A purchase from request to payment.
#[derive(SimpleObject)]
pub(crate) struct Purchase {
    id: ID,
    application_id: ID,
    reference: String,
    line: PurchaseLine,
    policy_version: i32,
    created_at: DateTime,
    stage: PurchaseStage,
    next: Option<PurchaseStep>,
    returns: i32,
    steps: Vec<PurchaseStepOfTier>,
    acts: Vec<PurchaseAct>,
    may: Vec<PurchaseMay>,
    /// `{title, department, category, requirement, invited_on, needed_on, parts}`.
    request: Value,
    /// `{invited_on, method, quotations, chosen, lowest_reason, accepted}`; null before the award.
    award: Value,
    department: Coded,
    category: Coded,
    check: Option<PurchaseCheck>,
    /// Expected by the next deed.
    seq: i32,
}

impl From<PurchaseView> for Purchase {
    fn from(view: PurchaseView) -> Self {
        Self {
            id: id(view.id),
            application_id: id(view.application),
            reference: view.reference,
            line: PurchaseLine::of(view.line, view.line_left),
            policy_version: view.policy_version,
            created_at: view.created_at.into(),
            stage: view.stage.into(),
            next: view.next.map(PurchaseStep::from),
            returns: i32::try_from(view.returns).unwrap_or(i32::MAX),
            steps: view
                .steps
                .into_iter()
                .map(PurchaseStepOfTier::from)
                .collect(),
            acts: view.acts.into_iter().map(PurchaseAct::from).collect(),
            may: view.may.into_iter().map(PurchaseMay::from).collect(),
            request: view.request,
            award: view.award,
            department: coded(view.department),
            category: coded(view.category),
            check: view.check.as_ref().map(check),
            seq: view.seq,
        }
    }
}

/// The purchases of one awarded project.
#[derive(SimpleObject)]
pub(crate) struct PurchaseBook {
    application_id: ID,
    /// Awarded less refunds; zero where nothing was awarded.
    awarded: Decimal,
    /// The award and the money of other sources.
    total: Decimal,
    committed: Decimal,
    lines: Vec<PurchaseLine>,
    purchases: Vec<Purchase>,
    may_request: bool,
    /// 0 while no approval policy was saved.
    policy_version: i32,
}

impl From<PurchaseBookView> for PurchaseBook {
    fn from(view: PurchaseBookView) -> Self {
        let lines = view.lines.into_iter();
        Self {
            application_id: id(view.application),
            awarded: view.awarded.into(),
            total: view.total.into(),
            committed: view.committed.into(),
            lines: lines
                .map(|(line, left)| PurchaseLine::of(line, left))
                .collect(),
            purchases: view.purchases.into_iter().map(Purchase::from).collect(),
            may_request: view.may_request,
            policy_version: view.policy_version,
        }
    }
}

/// The approval policy; version 0 is an example to start from.
#[derive(SimpleObject)]
pub(crate) struct PurchasePolicy {
    version: i32,
    body: Value,
    made_by: Option<PersonName>,
    made_at: Option<DateTime>,
    editable: bool,
}

impl From<PurchasePolicyView> for PurchasePolicy {
    fn from(view: PurchasePolicyView) -> Self {
        Self {
            version: view.version,
            body: view.body,
            made_by: view.made_by.map(PersonName::from),
            made_at: view.made_at.map(DateTime),
            editable: view.editable,
        }
    }
}
