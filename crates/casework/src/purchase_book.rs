//! An organisation's purchases with everything that follows from what was recorded: where each
//! stands, what was stated, what the rules of procurement find, and what its budget lines hold.
use std::collections::{BTreeMap, BTreeSet};

use access::Actor;
use chrono::NaiveDate;
use explain::{Problem, Problems, json::Json};
use money::{Amount, Hkd};
use procurement::policy::{Act, Action, Deed, Person, Policy, Requisition, Stage, read_policy};
use serde_json::{Map, Value, json};
use store::{
    TenantTx, published,
    purchases::{self as rows, ActRow, PolicyRow, PurchaseRow},
};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework,
    assembly::{PROCUREMENT_RULES, amount, hkd, hong_kong_day, pick},
    names::Names,
    purchase_funds::Funds,
};

/// Readings of the rule set that the file states as data.
pub(crate) const READINGS: [&str; 4] = ["governing_date", "mixed_rule", "counted", "split_months"];
/// What an award states for the rules.
const AWARD_KEYS: [&str; 6] = [
    "invited_on",
    "method",
    "quotations",
    "chosen",
    "lowest_reason",
    "accepted",
];

/// What people stated about one purchase since it was last returned.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stated {
    pub(crate) request: Value,
    pub(crate) award: Value,
    waiver: Value,
    requested_on: Option<NaiveDate>,
    ordered_on: Option<NaiveDate>,
    interests: BTreeMap<String, bool>,
}

/// One purchase, its deeds, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Bought {
    pub(crate) id: Uuid,
    /// How the rules and the reader name it.
    pub(crate) reference: String,
    pub(crate) application: Uuid,
    pub(crate) line_id: String,
    pub(crate) state: Requisition,
    pub(crate) stated: Stated,
}

/// Everything together.
pub(crate) struct Book {
    pub(crate) rows: Vec<PurchaseRow>,
    pub(crate) acts: BTreeMap<Uuid, Vec<ActRow>>,
    pub(crate) bought: Vec<Bought>,
    /// Versions, newest first, each read.
    pub(crate) policies: Vec<(PolicyRow, Policy)>,
    pub(crate) rules: Value,
    pub(crate) today: NaiveDate,
    names: Names,
}

/// A person as the policy sees them.
pub(crate) fn person(actor: &Actor) -> Person {
    Person {
        id: actor.user.0.to_string(),
        memberships: memberships(actor.roles.iter().map(|role| role.as_str())),
    }
}

fn memberships<'a>(roles: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    roles.map(str::to_owned).collect()
}

impl Book {
    pub(crate) async fn load(casework: &Casework, tx: &mut TenantTx) -> CaseResult<Self> {
        let mut policies = Vec::new();
        for row in rows::policies(tx).await? {
            let policy = read_policy(&Json::from(&row.body)).map_err(CaseError::internal)?;
            policies.push((row, policy));
        }
        let purchases = rows::list(tx).await?;
        let mut acts: BTreeMap<Uuid, Vec<ActRow>> = BTreeMap::new();
        for act in rows::acts(tx).await? {
            acts.entry(act.purchase_id).or_default().push(act);
        }
        let actors: Vec<&str> = acts
            .values()
            .flatten()
            .map(|act| act.actor_name.as_str())
            .collect();
        let names = Names::of(casework, actors).await?;
        let rules = published::rule_set(tx, PROCUREMENT_RULES)
            .await?
            .ok_or_else(|| CaseError::internal("the rules of procurement are not loaded"))?;
        let mut book = Self {
            rows: purchases,
            acts,
            bought: Vec::new(),
            policies,
            rules,
            today: hong_kong_day(published::clock(tx).await?),
            names,
        };
        book.bought = book
            .rows
            .iter()
            .map(|row| book.fold(row))
            .collect::<CaseResult<_>>()?;
        Ok(book)
    }

    /// The policy of a version.
    pub(crate) fn policy(&self, version: i32) -> CaseResult<&Policy> {
        self.policies
            .iter()
            .find(|(row, _)| row.version == version)
            .map(|(_, policy)| policy)
            .ok_or_else(|| CaseError::internal(format!("purchase policy {version} is missing")))
    }

    fn fold(&self, row: &PurchaseRow) -> CaseResult<Bought> {
        let policy = self.policy(row.policy_version)?;
        let mut bought = Bought {
            id: row.purchase_id,
            reference: row.reference.clone(),
            application: row.application_id,
            line_id: row.line_id.clone(),
            state: Requisition::default(),
            stated: Stated::default(),
        };
        for act in self.acts_of(row.purchase_id) {
            let deed = Deed::from_word(&act.action)
                .ok_or_else(|| CaseError::internal(format!("purchase act {}", act.action)))?;
            let done = Act {
                deed,
                person: Person {
                    id: act.actor_id.to_string(),
                    memberships: memberships(act.actor_role.split(' ')),
                },
                amount: act.amount.map(amount),
                reasons: act.reasons.clone(),
            };
            bought = bought.after(
                policy,
                &done,
                &act.content,
                act.interest,
                hong_kong_day(act.acted_at),
            );
        }
        Ok(bought)
    }

    pub(crate) fn acts_of(&self, purchase: Uuid) -> &[ActRow] {
        self.acts.get(&purchase).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn find(&self, purchase: Uuid) -> Option<(&PurchaseRow, &Bought)> {
        let row = self.rows.iter().find(|row| row.purchase_id == purchase)?;
        let bought = self.bought.iter().find(|bought| bought.id == purchase)?;
        Some((row, bought))
    }

    /// What the rules find in all live purchases, with one of them as it would be; by purchase.
    pub(crate) fn checks(
        &self,
        candidate: Option<&Bought>,
    ) -> Result<BTreeMap<Uuid, Value>, Problems> {
        let is_new = |one: &&Bought| self.bought.iter().all(|bought| bought.id != one.id);
        let live: Vec<&Bought> = self
            .bought
            .iter()
            .map(|bought| {
                candidate
                    .filter(|one| one.id == bought.id)
                    .unwrap_or(bought)
            })
            .chain(candidate.filter(is_new))
            .filter(|bought| bought.is_live())
            .collect();
        let question = json!({
            "format": 1,
            "ruleset": self.rules,
            "settings": pick(&self.rules["readings"], &READINGS),
            "purchases": live.iter().map(|bought| bought.question()).collect::<Vec<_>>(),
        });
        let read = procurement::purchase::read(&Json::from(&question));
        let answer = read.and_then(|question| {
            let hash = question.input_hash();
            Ok(procurement::purchase::evaluate(&question)?.to_json(&hash))
        });
        let mine = candidate.and_then(|one| live.iter().position(|bought| bought.id == one.id));
        let answer = answer.map_err(|problems| placed(&problems, mine))?;
        let found = answer["purchases"].as_array().into_iter().flatten();
        Ok(live
            .iter()
            .zip(found)
            .map(|(bought, found)| (bought.id, self.with_names(found)))
            .collect())
    }

    /// The rules compare people by id; a reader knows them by name, which is empty once they were erased.
    fn with_names(&self, found: &Value) -> Value {
        let mut found = found.clone();
        let findings = found["findings"].as_array_mut();
        for finding in findings.into_iter().flatten() {
            let person = finding["params"]["person"].as_str().map(str::to_owned);
            let acts = self.acts.values().flatten();
            let name = person.and_then(|person| {
                let mut own = acts.filter(|act| act.actor_id.to_string() == person);
                own.next().map(|act| self.names.read(&act.actor_name))
            });
            if let Some(name) = name {
                finding["params"]["person"] = Value::String(name);
            }
        }
        found
    }

    /// What the line and the whole project still hold, one purchase left aside.
    pub(crate) fn money_left(&self, funds: &Funds, line: &str, aside: Option<Uuid>) -> Option<Hkd> {
        let total = funds.lines.iter().find(|found| found.id == line)?.total;
        let others = || {
            self.bought.iter().filter(|bought| {
                bought.application == funds.application && aside != Some(bought.id)
            })
        };
        let on_line = others().filter(|bought| bought.line_id == line);
        let line_left = total.checked_sub(sum(on_line)?).ok()?;
        let project_left = funds.total.checked_sub(sum(others())?).ok()?;
        Some(line_left.min(project_left))
    }
}

fn sum<'a>(bought: impl Iterator<Item = &'a Bought>) -> Option<Hkd> {
    let committed = bought.map(|bought| {
        let committed = bought.committed().unwrap_or_default();
        hkd(committed.decimal()).ok()
    });
    let committed: Option<Vec<Hkd>> = committed.collect();
    Hkd::checked_sum(committed?).ok()
}

/// A problem of the candidate is placed where the person typed it; others are ours.
fn placed(problems: &Problems, mine: Option<usize>) -> Problems {
    let prefix = mine.map(|position| format!("purchases[{position}]."));
    let mut all = Problems::new();
    for problem in problems.as_slice() {
        let path = prefix
            .as_ref()
            .and_then(|prefix| problem.path.strip_prefix(prefix))
            .unwrap_or(&problem.path)
            .to_owned();
        all.push(Problem {
            path,
            ..problem.clone()
        });
    }
    all
}

impl Bought {
    /// As it is after a deed.
    pub(crate) fn after(
        &self,
        policy: &Policy,
        act: &Act,
        content: &Value,
        interest: Option<bool>,
        day: NaiveDate,
    ) -> Self {
        let mut next = self.clone();
        next.state = self.state.recorded(policy, act);
        let stated = &mut next.stated;
        if let Some(declared) = interest {
            let known = stated.interests.entry(act.person.id.clone()).or_default();
            *known |= declared;
        }
        match act.deed {
            Deed::Step(Action::Request) => {
                stated.request = content.clone();
                stated.requested_on = Some(day);
            }
            Deed::Step(Action::Award) => stated.award = content.clone(),
            Deed::Step(Action::AgreeAndIssueOrder) => stated.ordered_on = Some(day),
            Deed::Waive => {
                stated.waiver = json!({"reason": act.reasons.first(), "approver": act.person.id,
                                       "approved_on": day.to_string()});
            }
            Deed::DeclareInterest => {
                stated.interests.insert(act.person.id.clone(), true);
            }
            Deed::Return => {
                stated.award = Value::Null;
                stated.waiver = Value::Null;
            }
            Deed::Step(Action::Receipt | Action::Invoice | Action::Payment) | Deed::Refuse => {}
        }
        next
    }

    /// Requested and not refused: what counts for the rules.
    fn is_live(&self) -> bool {
        self.state.stage() != Stage::Refused && self.state.done().contains_key(&Action::Request)
    }

    /// What is or will be paid for it: nothing before the award, nor when refused.
    pub(crate) fn committed(&self) -> Option<Amount> {
        let state = &self.state;
        match state.stage() {
            Stage::Refused => None,
            Stage::Done => state.amount_of(Action::Payment),
            Stage::Open => state.amount_of(Action::Award),
        }
    }

    /// The purchase as the rules read it.
    fn question(&self) -> Value {
        let stated = &self.stated;
        let mut question = Map::new();
        question.insert("id".to_owned(), json!(self.reference));
        for key in ["requirement", "parts", "invited_on"] {
            if let Some(found) = stated.request.get(key) {
                question.insert(key.to_owned(), found.clone());
            }
        }
        for key in AWARD_KEYS {
            if let Some(found) = stated.award.get(key).filter(|found| !found.is_null()) {
                question.insert(key.to_owned(), found.clone());
            }
        }
        // An award without a reason is an award for which none was recorded.
        question.entry("lowest_reason").or_insert(Value::Null);
        let day = |day: Option<NaiveDate>| json!(day.map(|day| day.to_string()));
        question.insert("requested_on".to_owned(), day(stated.requested_on));
        question.insert("ordered_on".to_owned(), day(stated.ordered_on));
        question.insert("waiver".to_owned(), stated.waiver.clone());
        let done = self.state.done().iter();
        let people: Map<String, Value> = done
            .filter(|(action, _)| **action <= Action::AgreeAndIssueOrder)
            .map(|(action, person)| (action.word().to_owned(), json!(person)))
            .collect();
        question.insert("people".to_owned(), Value::Object(people));
        question.insert("interests".to_owned(), json!(stated.interests));
        Value::Object(question)
    }
}
