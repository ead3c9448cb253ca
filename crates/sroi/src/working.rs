//! The working: one step for every displayed figure, from the ratio down to what was typed in.
use explain::Step;
use money::{Decimal, exact_text, normal_text};

use crate::{
    evaluate::{Evaluation, OutcomeFigures},
    fixed::Fixed,
    method,
    model::position,
    types::{Outcome, Parameter, RateSpan, Rates, Timing},
};

const TWO_PLACES: &str = "2 places, half away from zero";
const FOUR_PLACES: &str = "4 places, half away from zero";
const SIX_PLACES: &str = "6 places, half away from zero";

/// The whole tree under one root.
pub(crate) fn working(evaluation: &Evaluation) -> Step {
    let ratio_text = exact_text(evaluation.ratio().decimal());
    step("sroi", "sroi.evaluation", ratio_text)
        .with("timing", evaluation.request.timing.word())
        .with("currency", evaluation.request.currency.as_str())
        .child(ratio(evaluation))
        .child(net_ratio(evaluation))
        .child(net_present_value(evaluation))
        .child(sum_of_outcomes(
            evaluation,
            "gross_value",
            evaluation.gross_value,
            |o| o.gross,
        ))
        .child(sum_of_outcomes(
            evaluation,
            "impact",
            evaluation.impact,
            |o| o.impact,
        ))
        .children(evaluation.outcomes.iter().filter_map(|figures| {
            let outcome = evaluation.request.outcomes.get(figures.position)?;
            Some(outcome_steps(evaluation, outcome, figures))
        }))
        .children(other_timing(evaluation))
        .children(payback(evaluation))
        .children(bridge(evaluation))
}

/// A step whose formula and source are those of the method.
fn step(id: &str, code: &str, result: impl Into<String>) -> Step {
    Step::new(
        id,
        code,
        method::formula(code),
        result,
        method::source(code),
    )
}

fn money_step(id: &str, code: &str, result: Fixed) -> Step {
    step(id, code, result.exact_text()).rounded(TWO_PLACES)
}

fn ratio_step(id: &str, code: &str, result: Decimal) -> Step {
    step(id, code, exact_text(result)).rounded(FOUR_PLACES)
}

fn ratio(evaluation: &Evaluation) -> Step {
    ratio_step("ratio", "sroi.ratio", evaluation.ratio().decimal())
        .with(
            "total present value",
            evaluation.total_present_value.exact_text(),
        )
        .with("investment", evaluation.investment.exact_text())
        .child(total_present_value(evaluation))
        .child(investment(evaluation))
}

fn total_present_value(evaluation: &Evaluation) -> Step {
    let years = evaluation.years.iter().enumerate().skip(1);
    money_step(
        "total_present_value",
        "sroi.total_present_value",
        evaluation.total_present_value,
    )
    .children(years.map(|(year, value)| {
        let mut sum = money_step(&format!("year.{year}.value"), "sroi.year_value", *value);
        for outcome in &evaluation.outcomes {
            if let Some(part) = outcome.years.get(year).filter(|part| !part.is_zero()) {
                sum = sum.with(&outcome.id, part.exact_text());
            }
        }
        let id = format!("year.{year}.present_value");
        present_value(evaluation, &id, *value, year).child(sum)
    }))
}

/// Discounting of one amount in one year.
fn present_value(evaluation: &Evaluation, id: &str, value: Fixed, year: usize) -> Step {
    let code = match (&evaluation.request.rates, evaluation.request.timing) {
        (Rates::Schedule(_), _) => "sroi.present_value_schedule",
        (Rates::Constant(_), Timing::EndOfYear) => "sroi.present_value",
        (Rates::Constant(_), Timing::Year1Undiscounted) => "sroi.present_value_year1",
    };
    // The evaluation computed the same quotient before; it fits.
    let result = evaluation.present_value(value, year);
    let step = money_step(id, code, result)
        .with("value", value.exact_text())
        .with("n", year.to_string());
    match &evaluation.request.rates {
        Rates::Constant(rate) => step.with("rate", rate.to_string()),
        Rates::Schedule(spans) => spans.iter().fold(step, with_span),
    }
}

fn with_span(step: Step, span: &RateSpan) -> Step {
    let to = span
        .to_year
        .map_or_else(|| "…".to_owned(), |to| to.to_string());
    let name = format!("rate of years {} to {to}", span.from_year);
    step.with(&name, span.rate.to_string())
}

fn investment(evaluation: &Evaluation) -> Step {
    let years = evaluation.inputs.iter().enumerate();
    money_step("investment", "sroi.investment", evaluation.investment).children(
        years
            .filter(|(_, value)| !value.is_zero())
            .map(|(year, value)| {
                let id = format!("input_year.{year}.present_value");
                let step = present_value(evaluation, &id, *value, year);
                with_inputs(evaluation, step, year)
            }),
    )
}

fn with_inputs(evaluation: &Evaluation, mut step: Step, year: usize) -> Step {
    for (at, input) in evaluation.request.inputs.iter().enumerate() {
        let first = position(input.year);
        if !(first..first + position(input.duration)).contains(&year) {
            continue;
        }
        let name = format!("input {}: {}", at + 1, input.name);
        step = step.with(&name, normal_text(input.amount.decimal()));
        if let Some((hours, rate)) = input.hours {
            step = step
                .with(&format!("{name}, hours"), normal_text(hours))
                .with(
                    &format!("{name}, rate of an hour"),
                    normal_text(rate.decimal()),
                );
        }
    }
    step
}

fn net_ratio(evaluation: &Evaluation) -> Step {
    ratio_step(
        "net_ratio",
        "sroi.net_ratio",
        evaluation.net_ratio().decimal(),
    )
    .with("ratio", exact_text(evaluation.ratio().decimal()))
}

fn net_present_value(evaluation: &Evaluation) -> Step {
    money_step(
        "net_present_value",
        "sroi.net_present_value",
        evaluation.net_present_value,
    )
    .with(
        "total present value",
        evaluation.total_present_value.exact_text(),
    )
    .with("investment", evaluation.investment.exact_text())
}

fn sum_of_outcomes(
    evaluation: &Evaluation,
    id: &str,
    result: Fixed,
    part: impl Fn(&OutcomeFigures) -> Fixed,
) -> Step {
    let step = money_step(id, &format!("sroi.{id}"), result);
    evaluation.outcomes.iter().fold(step, |step, outcome| {
        step.with(&outcome.id, part(outcome).exact_text())
    })
}

fn outcome_steps(evaluation: &Evaluation, outcome: &Outcome, figures: &OutcomeFigures) -> Step {
    let id = |part: &str| format!("outcome.{}.{part}", outcome.id);
    let impact = money_step(&id("impact"), "sroi.outcome_impact", figures.impact)
        .with("gross", figures.gross.exact_text())
        .with("deadweight", outcome.deadweight.to_string())
        .with("displacement", outcome.displacement.to_string())
        .with("attribution", outcome.attribution.to_string())
        .child(gross(&id, outcome, figures));
    let years = figures.years.iter().enumerate().skip(1);
    let years = years
        .filter(|(_, value)| !value.is_zero())
        .map(|(year, value)| {
            let code = "sroi.outcome_year";
            let step = money_step(&id(&format!("year.{year}")), code, *value)
                .with("impact", figures.impact.exact_text())
                .with("dropoff", outcome.dropoff.to_string())
                .with("duration", outcome.duration.to_string());
            let id = id(&format!("year.{year}.present_value"));
            present_value(evaluation, &id, *value, year).child(step)
        });
    money_step(
        &id("present_value"),
        "sroi.outcome_present_value",
        figures.present_value,
    )
    .child(impact)
    .children(years)
}

fn gross(id: &impl Fn(&str) -> String, outcome: &Outcome, figures: &OutcomeFigures) -> Step {
    let proxy = outcome.value(Parameter::Proxy).unwrap_or_default();
    let mut gross = money_step(&id("gross"), "sroi.outcome_gross", figures.gross)
        .with("proxy", normal_text(proxy));
    for (at, cohort) in outcome.cohorts.iter().enumerate() {
        let name = format!("quantity of cohort {}, from year {}", at + 1, cohort.start);
        gross = gross.with(&name, cohort.quantity.to_string());
    }
    if let Some(moved) = &outcome.record.reindexed {
        let step = step(&id("proxy"), "sroi.proxy_reindexed", normal_text(proxy))
            .rounded(SIX_PLACES)
            .with("proxy", normal_text(moved.stated.decimal()))
            .with("index of the map's year", normal_text(moved.index_to))
            .with("index of the proxy's year", normal_text(moved.index_from));
        gross = gross.child(step);
    }
    gross
}

fn other_timing(evaluation: &Evaluation) -> [Step; 2] {
    let other = &evaluation.other_timing;
    [
        money_step(
            "other_timing.total_present_value",
            "sroi.other_timing_total",
            other.total_present_value,
        )
        .with("timing", other.timing.word()),
        ratio_step("other_timing.ratio", "sroi.other_timing_ratio", other.ratio)
            .with("timing", other.timing.word()),
    ]
}

fn payback(evaluation: &Evaluation) -> Vec<Step> {
    let investment = evaluation.investment.exact_text();
    let simple = evaluation.payback.simple_months.map(|months| {
        ratio_step("payback.simple_months", "sroi.payback_simple", months)
            .with("investment", investment.clone())
            .with("impact", evaluation.impact.exact_text())
    });
    let discounted = evaluation.payback.discounted_months.map(|months| {
        ratio_step(
            "payback.discounted_months",
            "sroi.payback_discounted",
            months,
        )
        .with("investment", investment.clone())
    });
    simple.into_iter().chain(discounted).collect()
}

fn bridge(evaluation: &Evaluation) -> Vec<Step> {
    let levels = &evaluation.bridge;
    let after = [
        ("gross", levels.gross),
        ("deadweight", levels.after_deadweight),
        ("displacement", levels.after_displacement),
        ("attribution", levels.after_attribution),
        ("dropoff", levels.after_dropoff),
        ("discounting", levels.total),
        ("total", levels.total),
    ];
    let mut before = Fixed::ZERO;
    let parts = levels.parts().into_iter().zip(after);
    parts
        .map(|((name, part), (_, level))| {
            let code = match name {
                "gross" => "sroi.bridge_gross",
                "total" => "sroi.bridge_total",
                _ => "sroi.bridge_part",
            };
            let step = step(&format!("bridge.{name}"), code, part)
                .with("level before", before.exact_text())
                .with("level after", level.exact_text());
            before = level;
            step
        })
        .collect()
}
