//! A requisition from request to payment as a pure state: each deed is either the next state or
//! every reason why it is not possible.
use std::collections::{BTreeMap, BTreeSet};

use money::Amount;

use super::{Act, Action, Block, BlockCode, Deed, Facts, Person, Policy, Step};

/// Where a requisition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A step is next.
    Open,
    /// Refused for good.
    Refused,
    /// Every step is done.
    Done,
}

/// The state of one requisition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requisition {
    stage: Stage,
    /// Who did which step since the last return.
    done: BTreeMap<Action, String>,
    /// Who waived, since the last return.
    waived_by: Option<String>,
    /// Who declared an interest, at any time.
    interested: BTreeSet<String>,
    amounts: BTreeMap<Action, Amount>,
    returns: u32,
}

impl Default for Requisition {
    fn default() -> Self {
        Self {
            stage: Stage::Open,
            done: BTreeMap::new(),
            waived_by: None,
            interested: BTreeSet::new(),
            amounts: BTreeMap::new(),
            returns: 0,
        }
    }
}

impl Requisition {
    /// Where it stands.
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// Who did which step since the last return.
    pub const fn done(&self) -> &BTreeMap<Action, String> {
        &self.done
    }

    /// Who waived.
    pub fn waived_by(&self) -> Option<&str> {
        self.waived_by.as_deref()
    }

    /// How often it went back.
    pub const fn returns(&self) -> u32 {
        self.returns
    }

    /// The amount of a step: estimate, accepted value, invoice, payment.
    pub fn amount_of(&self, action: Action) -> Option<Amount> {
        self.amounts.get(&action).copied()
    }

    /// What decides the tier: the estimate, or the accepted value where that is higher.
    pub fn deciding_amount(&self) -> Option<Amount> {
        self.amount_of(Action::Request)
            .max(self.amount_of(Action::Award))
    }

    /// The steps of its tier; none before it was requested.
    pub fn steps<'a>(&self, policy: &'a Policy) -> &'a [Step] {
        self.deciding_amount()
            .and_then(|amount| policy.tier_of(amount))
            .map_or(&[], |tier| tier.steps.as_slice())
    }

    /// The step that is next; none when closed. A request has no amount yet, and is open to
    /// whoever may request in any tier.
    pub fn next(&self, policy: &Policy) -> Option<Action> {
        if self.stage != Stage::Open {
            return None;
        }
        if !self.done.contains_key(&Action::Request) {
            return Some(Action::Request);
        }
        let mut steps = self.steps(policy).iter();
        let next = steps.find(|step| !self.done.contains_key(&step.action));
        next.map(|step| step.action)
    }

    /// Why a person may not do it, whatever the amounts and checks; empty when they may.
    pub fn may(&self, policy: &Policy, deed: Deed, person: &Person) -> Vec<Block> {
        let next = self.next(policy);
        let Some(next) = next else {
            return vec![Block::new(BlockCode::Closed)];
        };
        let mut blocks = Vec::new();
        if !fits(deed, next) {
            blocks.push(Block::new(BlockCode::WrongOrder).with("next", next.word()));
        }
        if let Some(roles) = self.roles_for(policy, deed, next)
            && !policy.fills(person, &roles)
        {
            let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
            blocks.push(Block::new(BlockCode::WrongRole).with("roles", roles.join(", ")));
        }
        for step in self.steps_of_others(policy, deed, person) {
            blocks.push(Block::new(BlockCode::SamePerson).with("step", step));
        }
        if self.interested.contains(&person.id) && deed != Deed::DeclareInterest {
            blocks.push(Block::new(BlockCode::InterestDeclared));
        }
        blocks
    }

    /// The state after an act, or every reason why it is not possible.
    pub fn advance(&self, policy: &Policy, act: &Act, facts: Facts) -> Result<Self, Vec<Block>> {
        let mut blocks = self.may(policy, act.deed, &act.person);
        // The tier of a request is known with its amount only.
        if act.deed == Deed::Step(Action::Request)
            && let Some(tier) = act.amount.and_then(|amount| policy.tier_of(amount))
            && let Some(step) = tier.steps.iter().find(|s| s.action == Action::Request)
            && !policy.fills(&act.person, &step.roles)
            && !blocks.iter().any(|b| b.code == BlockCode::WrongRole)
        {
            let roles: Vec<&str> = step.roles.iter().map(String::as_str).collect();
            blocks.push(Block::new(BlockCode::WrongRole).with("roles", roles.join(", ")));
        }
        blocks.extend(interest(act.deed, facts));
        match act.deed {
            Deed::Step(action) => blocks.extend(self.amount_blocks(action, act.amount, facts)),
            Deed::Refuse | Deed::Return => {
                let known = |code: &String| policy.refusal_reasons.contains_key(code);
                blocks.extend(reasons(&act.reasons, known));
            }
            Deed::Waive => {
                let known = |code: &String| policy.waiver_reasons.contains(code);
                blocks.extend(reasons(&act.reasons, known));
            }
            Deed::DeclareInterest => {}
        }
        if blocks.is_empty() {
            Ok(self.recorded(policy, act))
        } else {
            Err(blocks)
        }
    }

    /// The state after a deed that was judged when it was done.
    #[must_use]
    pub fn recorded(&self, policy: &Policy, act: &Act) -> Self {
        let mut state = self.clone();
        let person = act.person.id.clone();
        match act.deed {
            Deed::Step(action) => {
                state.done.insert(action, person);
                if let Some(amount) = act.amount {
                    state.amounts.insert(action, amount);
                }
                if state.next(policy).is_none() {
                    state.stage = Stage::Done;
                }
            }
            Deed::Waive => state.waived_by = Some(person),
            Deed::DeclareInterest => {
                state.interested.insert(person);
            }
            Deed::Refuse => state.stage = Stage::Refused,
            Deed::Return => {
                state.done.clear();
                state.amounts.clear();
                state.waived_by = None;
                state.returns = state.returns.saturating_add(1);
            }
        }
        state
    }

    fn roles_for(&self, policy: &Policy, deed: Deed, next: Action) -> Option<BTreeSet<String>> {
        let of = |action: Action| -> BTreeSet<String> {
            let steps = self.steps(policy);
            let tiers = policy.tiers.iter().flat_map(|tier| &tier.steps);
            let own = steps.iter().filter(|step| step.action == action);
            if steps.is_empty() {
                let all = tiers.filter(|step| step.action == action);
                all.flat_map(|step| step.roles.clone()).collect()
            } else {
                own.flat_map(|step| step.roles.clone()).collect()
            }
        };
        match deed {
            Deed::Step(action) => Some(of(action)),
            Deed::Waive => Some(policy.waiver_roles.clone()),
            Deed::Refuse | Deed::Return => Some(of(next)),
            Deed::DeclareInterest => None,
        }
    }

    /// Steps the person took that somebody else must take.
    fn steps_of_others(&self, policy: &Policy, deed: Deed, person: &Person) -> Vec<&'static str> {
        let own = |action: &Action| self.done.get(action) == Some(&person.id);
        let decisive = |action: &Action| *action <= Action::AgreeAndIssueOrder;
        match deed {
            Deed::Step(action) => {
                let apart: BTreeSet<Action> = policy
                    .separate
                    .iter()
                    .filter(|group| group.contains(&action))
                    .flatten()
                    .copied()
                    .filter(|other| *other != action)
                    .collect();
                let mut steps: Vec<&'static str> =
                    apart.iter().filter(|a| own(a)).map(|a| a.word()).collect();
                if decisive(&action) && self.waived_by.as_deref() == Some(&person.id) {
                    steps.push(Deed::Waive.word());
                }
                steps
            }
            Deed::Waive => {
                let taken = self.done.keys().filter(|action| decisive(action));
                taken.filter(|a| own(a)).map(|a| a.word()).collect()
            }
            Deed::DeclareInterest | Deed::Refuse | Deed::Return => Vec::new(),
        }
    }

    fn amount_blocks(&self, action: Action, amount: Option<Amount>, facts: Facts) -> Vec<Block> {
        let mut blocks = Vec::new();
        match (action, facts.checks) {
            (Action::Award | Action::AgreeAndIssueOrder, Some(false)) => {
                blocks.push(Block::new(BlockCode::ChecksUnmet));
            }
            // At the award it is not known yet who will agree.
            (Action::AgreeAndIssueOrder, None) => {
                blocks.push(Block::new(BlockCode::ChecksUnknown));
            }
            (
                Action::Request
                | Action::Award
                | Action::AgreeAndIssueOrder
                | Action::Receipt
                | Action::Invoice
                | Action::Payment,
                _,
            ) => {}
        }
        let needs_amount = !matches!(action, Action::AgreeAndIssueOrder | Action::Receipt);
        let Some(amount) = amount.filter(|amount| *amount > Amount::ZERO) else {
            if needs_amount {
                blocks.push(Block::new(BlockCode::AmountMissing));
            }
            return blocks;
        };
        match action {
            Action::Award => match facts.money_left {
                None => blocks.push(Block::new(BlockCode::MoneyLeftUnknown)),
                Some(left) if amount > left => {
                    blocks.push(above(BlockCode::OverAward, amount, left));
                }
                Some(_) => {}
            },
            Action::Invoice => {
                let agreed = self.amount_of(Action::Award);
                blocks.extend(
                    agreed
                        .filter(|agreed| amount > *agreed)
                        .map(|agreed| above(BlockCode::InvoiceExceedsOrder, amount, agreed)),
                );
            }
            Action::Payment => {
                // Where a tier has no invoice step, what was agreed is paid.
                let due = self
                    .amount_of(Action::Invoice)
                    .or(self.amount_of(Action::Award));
                blocks.extend(
                    due.filter(|due| amount != *due)
                        .map(|due| above(BlockCode::PaymentDiffersFromInvoice, amount, due)),
                );
            }
            Action::Request | Action::AgreeAndIssueOrder | Action::Receipt => {}
        }
        blocks
    }
}

fn above(code: BlockCode, amount: Amount, limit: Amount) -> Block {
    Block::new(code)
        .with("amount", amount.to_string())
        .with("limit", limit.to_string())
}

/// Whether a deed is possible while a step is next.
fn fits(deed: Deed, next: Action) -> bool {
    match deed {
        Deed::Step(action) => action == next,
        // After the order there is nothing left to waive or refuse.
        Deed::Waive | Deed::Refuse | Deed::Return => {
            matches!(next, Action::Award | Action::AgreeAndIssueOrder)
        }
        Deed::DeclareInterest => true,
    }
}

/// Whoever decides says first whether they have an interest.
fn interest(deed: Deed, facts: Facts) -> Option<Block> {
    let decides = match deed {
        Deed::Step(action) => action <= Action::AgreeAndIssueOrder,
        Deed::Waive => true,
        Deed::DeclareInterest | Deed::Refuse | Deed::Return => false,
    };
    match (decides, facts.interest) {
        (true, None) => Some(Block::new(BlockCode::InterestNotStated)),
        (true, Some(true)) => Some(Block::new(BlockCode::InterestDeclared)),
        (true, Some(false)) | (false, _) => None,
    }
}

fn reasons(given: &[String], known: impl Fn(&String) -> bool) -> Vec<Block> {
    if given.is_empty() {
        return vec![Block::new(BlockCode::ReasonMissing)];
    }
    given
        .iter()
        .filter(|code| !known(code))
        .map(|code| Block::new(BlockCode::ReasonUnknown).with("reason", code.clone()))
        .collect()
}
