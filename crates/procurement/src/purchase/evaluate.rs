//! Looks at every purchase: its day, its window, its tier, and what was done against that.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use explain::{Problem, Problems, Step, json::Json, read::Given, read::join};
use money::Amount;
use serde_json::Value;

use super::{
    Aggregate, Code, Evaluation, Finding, Governing, Mixture, Purchase, PurchaseResult, Question,
    Severity, compare,
    estimate::{Estimate, too_large},
    finding::satisfied,
    people, read,
    tier::{Placed, place},
    window::{Window, Windows},
};
use crate::{Method, evaluation::requirement};

/// `calc purchases`: reads, looks and prints.
pub fn calc(body: &Json) -> Result<Value, Problems> {
    let question = read(body)?;
    Ok(evaluate(&question)?.to_json(&question.input_hash()))
}

/// Everything that is computed once for all purchases.
struct Scene<'a> {
    question: &'a Question,
    days: Vec<Option<NaiveDate>>,
    estimates: Vec<Estimate>,
    windows: Windows,
}

/// Looks at every purchase, or lists every one on whose day no version is in force.
pub fn evaluate(question: &Question) -> Result<Evaluation, Problems> {
    let scene = Scene::of(question)?;
    let mut problems = Problems::new();
    let mut purchases = Vec::with_capacity(question.purchases.len());
    let mut working = Vec::with_capacity(question.purchases.len());
    for (position, purchase) in question.purchases.iter().enumerate() {
        match scene.look(position, purchase) {
            Ok((result, step)) => {
                purchases.push(result);
                working.extend(step);
            }
            Err(problem) => problems.push(problem),
        }
    }
    problems.into_result(Some(Evaluation {
        satisfied: together(&purchases),
        purchases,
        settings: question.settings,
        rules: question.ruleset.rules(),
        working,
    }))
}

/// No purchase stated proves nothing.
fn together(purchases: &[PurchaseResult]) -> Option<bool> {
    if purchases.iter().any(|p| p.satisfied == Some(false)) {
        Some(false)
    } else if purchases.is_empty() || purchases.iter().any(|p| p.satisfied.is_none()) {
        None
    } else {
        Some(true)
    }
}

impl<'a> Scene<'a> {
    fn of(question: &'a Question) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let mut estimates = Vec::with_capacity(question.purchases.len());
        for (position, purchase) in question.purchases.iter().enumerate() {
            match Estimate::of(purchase, &path_of(question, position)) {
                Ok(estimate) => estimates.push(estimate),
                Err(problem) => problems.push(problem),
            }
        }
        let estimates = problems.into_result(Some(estimates))?;
        let days: Vec<Option<NaiveDate>> = question
            .purchases
            .iter()
            .map(|purchase| match question.settings.governing {
                Governing::InvitedOn => purchase.invited_on,
                Governing::RequestedOn => purchase.requested_on,
                Governing::OrderedOn => purchase.ordered_on,
            })
            .collect();
        let months = question.settings.window_months;
        let windows = Windows::find(&question.purchases, &days, &estimates, months)
            .map_err(|error| too_large(&join(&question.path, "purchases"), error))?;
        Ok(Self {
            question,
            days,
            estimates,
            windows,
        })
    }

    fn look(
        &self,
        position: usize,
        purchase: &Purchase,
    ) -> Result<(PurchaseResult, Option<Step>), Problem> {
        let at = path_of(self.question, position);
        let overflow = |error| too_large(&at, error);
        let mut findings = Vec::new();
        let day = self.days.get(position).copied().flatten();
        if day.is_none() {
            let basis = self.question.settings.governing.word();
            findings.push(Finding::unknown(Code::DateUnknown).with("basis", basis));
        }
        let estimate = self.estimates.get(position);
        findings.extend(
            estimate
                .map(|estimate| estimate.findings(purchase))
                .unwrap_or_default(),
        );
        let accepted = purchase.accepted.total().map_err(overflow)?;
        let window = self.windows.of(position);
        findings.extend(self.about_window(position, purchase, window));
        let mut result = PurchaseResult {
            id: purchase.id.clone(),
            day,
            estimated: estimate.and_then(|estimate| estimate.total),
            accepted,
            mixture: None,
            aggregate: window.and_then(|window| self.aggregate(position, window)),
            requirement: None,
            satisfied: None,
            findings,
        };
        let by_category = estimate.and_then(|estimate| estimate.by_category.as_ref());
        let step = match by_category {
            Some(by_category) => self.judge(position, purchase, by_category, &mut result)?,
            None => None,
        };
        let mut findings = std::mem::take(&mut result.findings);
        if accepted.is_none() {
            findings.push(Finding::unknown(Code::AcceptedUnknown));
        }
        findings.extend(people::people(purchase));
        people::apply_waiver(purchase, &mut findings);
        // What decides comes first; of one weight, in the order of the checks.
        findings.sort_by_key(|finding| finding.severity);
        result.satisfied = satisfied(&findings);
        result.findings = findings;
        Ok((result, step))
    }

    /// The tier of the window's sum, and what was done against it; nothing while it is unknown.
    fn judge(
        &self,
        position: usize,
        purchase: &Purchase,
        by_category: &BTreeMap<String, Amount>,
        result: &mut PurchaseResult,
    ) -> Result<Option<Step>, Problem> {
        let (Some(day), Some(own)) = (result.day, result.estimated) else {
            return Ok(None);
        };
        let at = path_of(self.question, position);
        let overflow = |error| too_large(&at, error);
        let settings = self.question.settings;
        let sum = self.windows.of(position).map_or(own, |window| window.sum);
        let place_at = |amount: Amount| {
            let rules = &self.question.ruleset;
            place(rules, settings.mixed, day, by_category, amount, &at)
        };
        let placed = place_at(sum)?;
        let findings = &mut result.findings;
        findings.extend(self.about_tier(&place_at(own)?, &placed, own, sum));
        findings.extend(mixture_finding(by_category.len(), &placed, self.question));
        findings.extend(compare::demands(purchase, placed.tier, settings.counted));
        let is_exempt = placed.tier.method == Method::Exempt;
        findings.extend(compare::choice(purchase, is_exempt).map_err(overflow)?);
        if let Some(accepted) = result.accepted {
            let bought = sum
                .checked_sub(own)
                .and_then(|rest| rest.checked_add(accepted))
                .map_err(overflow)?;
            let reached = place_at(bought)?;
            findings.extend(self.about_accepted(purchase, &placed, &reached, bought));
        }
        result.mixture = Some(Mixture {
            category: placed.category.clone(),
            tied: placed.tied,
            by_category: by_category.clone(),
        });
        result.requirement = Some(requirement(placed.version, placed.tier));
        Ok(Some(self.step(purchase, day, &placed, sum)))
    }

    fn id_of(&self, position: usize) -> Option<String> {
        self.question
            .purchases
            .get(position)
            .map(|purchase| purchase.id.clone())
    }

    fn aggregate(&self, position: usize, window: &Window) -> Option<Aggregate> {
        if window.members.len() < 2 {
            return None;
        }
        let others = window.members.iter().filter(|member| **member != position);
        Some(Aggregate {
            sum: window.sum,
            first_day: window.first_day,
            last_day: window.last_day,
            others: others.filter_map(|member| self.id_of(*member)).collect(),
        })
    }

    fn about_window(
        &self,
        position: usize,
        purchase: &Purchase,
        window: Option<&Window>,
    ) -> Vec<Finding> {
        if purchase.requirement == Given::Missing {
            return vec![Finding::unknown(Code::RequirementUnknown)];
        }
        let mut findings = Vec::new();
        if let Some(aggregate) = window.and_then(|window| self.aggregate(position, window)) {
            findings.push(
                Finding::new(Code::Aggregated, Severity::Info)
                    .with("sum", aggregate.sum.to_string())
                    .with("first_day", aggregate.first_day.to_string())
                    .with("last_day", aggregate.last_day.to_string())
                    .with("others", aggregate.others.join(", ")),
            );
        }
        let unknown = self.windows.unknown_beside(position);
        if !unknown.is_empty() {
            let ids: Vec<String> = unknown.iter().filter_map(|p| self.id_of(*p)).collect();
            findings.push(Finding::unknown(Code::RelatedUnknown).with("others", ids.join(", ")));
        }
        findings
    }

    fn about_tier(
        &self,
        alone: &Placed<'_>,
        placed: &Placed<'_>,
        own: Amount,
        sum: Amount,
    ) -> Option<Finding> {
        let months = self.question.settings.window_months;
        placed.is_stricter_than(alone).then(|| {
            Finding::new(Code::AggregateRaisesTier, Severity::Warning)
                .with("own", own.to_string())
                .with("sum", sum.to_string())
                .with("months", months.to_string())
                .with("method", placed.tier.method.word())
                .with("needed", placed.tier.quotations_min.to_string())
        })
    }

    /// Fails when what was done does not satisfy the stricter tier either.
    fn about_accepted(
        &self,
        purchase: &Purchase,
        placed: &Placed<'_>,
        reached: &Placed<'_>,
        bought: Amount,
    ) -> Option<Finding> {
        if !reached.is_stricter_than(placed) {
            return None;
        }
        let rule = self.question.settings.counted;
        let severity = match satisfied(&compare::demands(purchase, reached.tier, rule)) {
            Some(false) => Severity::Fail,
            None => Severity::Unknown,
            Some(true) => Severity::Info,
        };
        let excess = bought.checked_sub(reached.tier.over).ok();
        let mut finding = Finding::new(Code::AcceptedExceedsTier, severity)
            .with("accepted", bought.to_string())
            .with("over", reached.tier.over.to_string())
            .with("method", reached.tier.method.word())
            .with("needed", reached.tier.quotations_min.to_string());
        finding.shortfall = excess.map(|excess| excess.to_string());
        Some(finding)
    }

    fn step(&self, purchase: &Purchase, day: NaiveDate, placed: &Placed<'_>, sum: Amount) -> Step {
        let up_to = placed.tier.up_to;
        Step::new(
            format!("purchase.{}", purchase.id),
            "procurement.purchase_tier",
            "over < sum of the window ≤ up to, in the version in force on the governing date",
            placed.tier.method.word(),
            format!("{}, {}", self.question.ruleset.id, placed.version.version),
        )
        .with("date", day.to_string())
        .with("category", placed.category.clone())
        .with("sum", sum.to_string())
        .with("over", placed.tier.over.to_string())
        .with(
            "up_to",
            up_to.map_or_else(|| "no upper end".to_owned(), |up_to| up_to.to_string()),
        )
    }
}

fn mixture_finding(categories: usize, placed: &Placed<'_>, question: &Question) -> Option<Finding> {
    (categories > 1).then(|| {
        Finding::new(Code::MixedCategories, Severity::Info)
            .with("category", placed.category.clone())
            .with("rule", question.settings.mixed.word())
            .with("tied", placed.tied.to_string())
    })
}

fn path_of(question: &Question, position: usize) -> String {
    join(&question.path, &format!("purchases[{position}]"))
}
