//! Whether what an applicant plans satisfies the method its purchases require: the fact that
//! eligibility reads under the rule set's name. True, false, or unknown.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};
use money::Amount;

use crate::{
    Form, Method, Requirement, Ruleset,
    evaluation::{find, requirement},
    request::{PURCHASES_MAX, amount_above_zero, category, refuse_repeated_ids},
};

/// Most quotations a plan may state.
const QUOTATIONS_MAX: i64 = 999;

/// A purchase as planned. Whatever is not stated is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Unique within the plans.
    pub id: String,
    /// The day that decides which version governs.
    pub date: Option<NaiveDate>,
    /// One of the rule set's categories.
    pub category: Option<String>,
    /// Its value, above zero.
    pub amount: Option<Amount>,
    /// The method planned.
    pub method: Option<Method>,
    /// How many quotations are planned.
    pub quotations: Option<u32>,
    /// The form in which offers are invited.
    pub form: Option<Form>,
}

/// Why a plan falls short, is unknown, or goes beyond what is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// No date, so no version.
    DateUnknown,
    /// No category, so no tier.
    CategoryUnknown,
    /// No amount, so no tier.
    AmountUnknown,
    /// No method planned.
    MethodUnknown,
    /// A less strict method than required.
    MethodTooLight,
    /// A stricter method than required, which satisfies it.
    MethodStricter,
    /// The number of quotations is not stated.
    QuotationsUnknown,
    /// Fewer quotations than required.
    TooFewQuotations,
    /// The form is not stated and not every form is accepted.
    FormUnknown,
    /// A form that is not accepted.
    FormNotAccepted,
}

impl Reason {
    /// The stable code under which the web app holds its words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DateUnknown => "date_unknown",
            Self::CategoryUnknown => "category_unknown",
            Self::AmountUnknown => "amount_unknown",
            Self::MethodUnknown => "method_unknown",
            Self::MethodTooLight => "method_too_light",
            Self::MethodStricter => "method_stricter",
            Self::QuotationsUnknown => "quotations_unknown",
            Self::TooFewQuotations => "too_few_quotations",
            Self::FormUnknown => "form_unknown",
            Self::FormNotAccepted => "form_not_accepted",
        }
    }

    /// What this reason alone makes of the plan.
    const fn satisfied(self) -> Option<bool> {
        match self {
            Self::DateUnknown
            | Self::CategoryUnknown
            | Self::AmountUnknown
            | Self::MethodUnknown
            | Self::QuotationsUnknown
            | Self::FormUnknown => None,
            Self::MethodTooLight | Self::TooFewQuotations | Self::FormNotAccepted => Some(false),
            Self::MethodStricter => Some(true),
        }
    }
}

/// A planned purchase, what it requires, and whether the plan satisfies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanResult {
    /// The purchase.
    pub id: String,
    /// What it requires, when date, category and amount are known.
    pub requirement: Option<Requirement>,
    /// Whether the plan satisfies it; none = unknown.
    pub satisfied: Option<bool>,
    /// Why, where there is anything to say.
    pub reasons: Vec<Reason>,
}

/// All planned purchases together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlansResult {
    /// False when any plan falls short, else unknown when any is unknown or none is stated,
    /// else true.
    pub satisfied: Option<bool>,
    /// The purchases in the order given.
    pub purchases: Vec<PlanResult>,
}

/// Reads `[{"id", "date", "category", "amount", "planned_method", "planned_quotations",
/// "planned_form"}]` standing at `path`; only the id is required, null is unknown too.
pub fn plans_read(body: &Json, path: &str, ruleset: &Ruleset) -> Result<Vec<Plan>, Problems> {
    let mut problems = Problems::new();
    let plans = read::list(
        body,
        path,
        PURCHASES_MAX,
        &mut problems,
        |json, at, problems| plan(json, at, &ruleset.categories, problems),
    );
    refuse_repeated_ids(body, path, &mut problems);
    problems.into_result(plans)
}

fn plan(
    json: &Json,
    path: &str,
    categories: &BTreeSet<String>,
    problems: &mut Problems,
) -> Option<Plan> {
    let fields = Fields::of(json, path, problems);
    let known = [
        "id",
        "date",
        "category",
        "amount",
        "planned_method",
        "planned_quotations",
        "planned_form",
    ];
    fields.refuse_unknown(&known, problems);
    let id = fields.text("id", problems);
    let date = fields.given("date", problems, read::date);
    let category = fields.given("category", problems, |json, path, problems| {
        category(json, path, Some(categories), problems)
    });
    let amount = fields.given("amount", problems, amount_above_zero);
    let method = fields.given("planned_method", problems, |json, path, problems| {
        read::one_of(json, path, &Method::WORDS, problems)
    });
    let quotations = fields.given("planned_quotations", problems, |json, path, problems| {
        read::integer(json, path, 0, QUOTATIONS_MAX, problems)
            .and_then(|count| u32::try_from(count).ok())
    });
    let form = fields.given("planned_form", problems, |json, path, problems| {
        read::one_of(json, path, &Form::WORDS, problems)
    });
    Some(Plan {
        id: id?,
        date: date.into_option(),
        category: category.into_option(),
        amount: amount.into_option(),
        method: method.into_option(),
        quotations: quotations.into_option(),
        form: form.into_option(),
    })
}

/// Compares every plan with what its purchase requires. `path` is where the plans stand. A day
/// without a version in force is a problem, as in [`crate::evaluate`].
pub fn check(ruleset: &Ruleset, plans: &[Plan], path: &str) -> Result<PlansResult, Problems> {
    let mut problems = Problems::new();
    let mut purchases = Vec::with_capacity(plans.len());
    for (position, plan) in plans.iter().enumerate() {
        let at = format!("{path}[{position}]");
        match check_one(ruleset, plan, &at) {
            Ok(result) => purchases.push(result),
            Err(problem) => problems.push(problem),
        }
    }
    // Nothing planned is nothing known: an empty list proves no compliance.
    let satisfied = if purchases.is_empty() {
        None
    } else {
        all(purchases.iter().map(|purchase| purchase.satisfied))
    };
    problems.into_result(Some(PlansResult {
        satisfied,
        purchases,
    }))
}

/// Kleene's "and": false wins over unknown, unknown over true.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut sum = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => sum = None,
            Some(true) => {}
        }
    }
    sum
}

fn check_one(ruleset: &Ruleset, plan: &Plan, at: &str) -> Result<PlanResult, explain::Problem> {
    let (requirement, reasons) = match (plan.date, &plan.category, plan.amount) {
        (Some(date), Some(category), Some(amount)) => {
            let (version, tier) = find(ruleset, date, category, amount, at)?;
            let needed = requirement(version, tier);
            let reasons = compare(plan, &needed);
            (Some(needed), reasons)
        }
        (date, category, amount) => {
            let unknown = [
                (date.is_none(), Reason::DateUnknown),
                (category.is_none(), Reason::CategoryUnknown),
                (amount.is_none(), Reason::AmountUnknown),
            ];
            let reasons = unknown
                .into_iter()
                .filter_map(|(is_unknown, reason)| is_unknown.then_some(reason))
                .collect();
            (None, reasons)
        }
    };
    Ok(PlanResult {
        id: plan.id.clone(),
        satisfied: all(reasons.iter().map(|reason| reason.satisfied())),
        requirement,
        reasons,
    })
}

/// A stricter method satisfies a lighter requirement (our reading), and a tender is made in
/// writing and needs no count of quotations.
fn compare(plan: &Plan, needed: &Requirement) -> Vec<Reason> {
    if needed.method == Method::Exempt {
        return Vec::new();
    }
    let mut reasons = Vec::new();
    match plan.method {
        None => reasons.push(Reason::MethodUnknown),
        Some(method) if method < needed.method => reasons.push(Reason::MethodTooLight),
        Some(method) if method > needed.method => reasons.push(Reason::MethodStricter),
        Some(_) => {}
    }
    let is_tender = plan.method == Some(Method::Tender);
    if needed.method == Method::Quotation && !is_tender {
        match plan.quotations {
            None => reasons.push(Reason::QuotationsUnknown),
            // Until the method is known it may yet be a tender, which needs no count.
            Some(count) if count < u32::from(needed.quotations_min) => {
                if plan.method.is_some() {
                    reasons.push(Reason::TooFewQuotations);
                }
            }
            Some(_) => {}
        }
    }
    match plan.form {
        Some(form) if !needed.forms.contains(&form) => reasons.push(Reason::FormNotAccepted),
        None if !is_tender && !accepts_any_form(needed) => reasons.push(Reason::FormUnknown),
        Some(_) | None => {}
    }
    reasons
}

fn accepts_any_form(needed: &Requirement) -> bool {
    Form::WORDS
        .iter()
        .all(|(_, form)| needed.forms.contains(form))
}
