//! Which version and tier each purchase falls under, and the JSON that is printed.
use chrono::NaiveDate;
use explain::{Problem, Problems, RuleRef, Step, input_hash, json::Json, read::join};
use money::Amount;
use serde_json::{Value, json};

use crate::{Form, Method, Request, Ruleset, Tier, Version, request};

/// What a purchase requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The version in force on the day.
    pub version: String,
    /// The method.
    pub method: Method,
    /// Least number of quotations.
    pub quotations_min: u8,
    /// Forms accepted, in the order of the rule file.
    pub forms: Vec<Form>,
}

/// A purchase and what it requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseResult {
    /// The purchase.
    pub id: String,
    /// What it requires.
    pub requirement: Requirement,
}

/// The requirements and working of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The purchases in the order given.
    pub purchases: Vec<PurchaseResult>,
    rules: Vec<RuleRef>,
    working: Vec<Step>,
    input_hash: String,
}

/// Classifies every purchase, or lists every one on whose day no version is in force.
pub fn evaluate(request: &Request) -> Result<Evaluation, Problems> {
    let mut problems = Problems::new();
    let mut purchases = Vec::with_capacity(request.purchases.len());
    let mut working = Vec::with_capacity(request.purchases.len());
    for (position, purchase) in request.purchases.iter().enumerate() {
        let at = join(&request.path, &format!("purchases[{position}]"));
        let day = purchase.date;
        match find(
            &request.ruleset,
            day,
            &purchase.category,
            purchase.amount,
            &at,
        ) {
            Ok((version, tier)) => {
                purchases.push(PurchaseResult {
                    id: purchase.id.clone(),
                    requirement: requirement(version, tier),
                });
                let id = format!("purchase.{}", purchase.id);
                working.push(
                    step(id, &request.ruleset, version, tier, purchase.amount)
                        .with("date", day.to_string())
                        .with("category", purchase.category.clone()),
                );
            }
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Evaluation {
        purchases,
        rules: request.ruleset.rules(),
        working,
        input_hash: input_hash(&normal_json(request)),
    })
}

/// `calc procurement`: reads, classifies and prints.
pub fn calc(body: &Json) -> Result<Value, Problems> {
    Ok(evaluate(&request::read(body)?)?.to_json())
}

/// The version in force on a day and the tier an amount falls in; `at` is the purchase's path.
pub(crate) fn find<'a>(
    ruleset: &'a Ruleset,
    day: NaiveDate,
    category: &str,
    amount: Amount,
    at: &str,
) -> Result<(&'a Version, &'a Tier), Problem> {
    let Some(version) = ruleset.version_on(day) else {
        let at = join(at, "date");
        return Err(Problem::new(
            "no_version_in_force",
            &at,
            format!(
                "{at}: no version of {} is in force on {day}; give a day that one covers{}.",
                ruleset.id,
                ruleset.example_day()
            ),
        )
        .with("date", day.to_string()));
    };
    version
        .tiers
        .get(category)
        .and_then(|tiers| tiers.iter().find(|tier| tier.holds(amount)))
        .map(|tier| (version, tier))
        .ok_or_else(|| {
            Problem::new(
                "no_tier",
                at,
                format!(
                    "{at}: version {} has no tier for {amount} of \"{category}\"; give a category \
                     of the rule set and an amount above zero, such as \"5000.01\".",
                    version.version
                ),
            )
        })
}

pub(crate) fn requirement(version: &Version, tier: &Tier) -> Requirement {
    Requirement {
        version: version.version.clone(),
        method: tier.method,
        quotations_min: tier.quotations_min,
        forms: tier.forms.clone(),
    }
}

fn step(id: String, ruleset: &Ruleset, version: &Version, tier: &Tier, amount: Amount) -> Step {
    let up_to = tier
        .up_to
        .map_or_else(|| "no upper end".to_owned(), |up_to| up_to.to_string());
    Step::new(
        id,
        "procurement.tier",
        "over < amount ≤ up to, in the version in force on the date",
        tier.method.word(),
        format!("{}, {}", ruleset.id, version.version),
    )
    .with("amount", amount.to_string())
    .with("over", tier.over.to_string())
    .with("up_to", up_to)
}

/// The rule set is part of the input, its documentation is not.
fn normal_json(request: &Request) -> Value {
    let purchases: Vec<Value> = request
        .purchases
        .iter()
        .map(|purchase| {
            json!({
                "id": purchase.id,
                "date": purchase.date.to_string(),
                "category": purchase.category,
                "amount": purchase.amount.to_string(),
            })
        })
        .collect();
    json!({ "format": 1, "ruleset": request.ruleset.normal_json(), "purchases": purchases })
}

impl Ruleset {
    /// Its versions as results refer to them, earliest first.
    pub fn rules(&self) -> Vec<RuleRef> {
        self.versions
            .iter()
            .map(|version| RuleRef {
                id: self.id.clone(),
                version: version.version.clone(),
                effective_from: version.effective_from,
                known_from: None,
            })
            .collect()
    }

    fn example_day(&self) -> String {
        self.versions
            .last()
            .and_then(|version| version.effective_from.or(version.effective_to))
            .map_or_else(String::new, |day| format!(", such as \"{day}\""))
    }
}

impl Requirement {
    /// As results print it.
    pub fn to_json(&self) -> Value {
        let forms: Vec<&str> = self.forms.iter().map(|form| form.word()).collect();
        json!({
            "version": self.version,
            "method": self.method.word(),
            "min_quotations": self.quotations_min,
            "accepted_forms": forms,
        })
    }
}

impl Evaluation {
    /// How each requirement was found.
    pub fn working(&self) -> &[Step] {
        &self.working
    }

    /// The hash of the input.
    pub fn input_hash(&self) -> &str {
        &self.input_hash
    }

    /// The versions of the rule set that were at hand.
    pub fn rules(&self) -> &[RuleRef] {
        &self.rules
    }

    /// The result as `calc procurement` prints it.
    pub fn to_json(&self) -> Value {
        let purchases: Vec<Value> = self
            .purchases
            .iter()
            .map(|purchase| {
                let mut printed = purchase.requirement.to_json();
                printed["id"] = json!(purchase.id);
                printed
            })
            .collect();
        json!({ "purchases": purchases })
    }
}
