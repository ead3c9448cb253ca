//! The working: one step for every displayed figure, from the ratio down to what was typed in.
use explain::Step;
use money::{Decimal, exact_text, normal_text};

use crate::{
    evaluate::{Evaluation, OutcomeFigures},
    fixed::Fixed,
    types::{Outcome, Timing},
};

const TWO_PLACES: &str = "2 places, half away from zero";
const FOUR_PLACES: &str = "4 places, half away from zero";

/// The whole tree under one root.
pub(crate) fn working(evaluation: &Evaluation) -> Step {
    let root = Step::new(
        "sroi",
        "sroi.evaluation",
        "ratio = total present value ÷ investment",
        exact_text(evaluation.ratio().decimal()),
        "Guide to SROI, stages 4 and 5",
    )
    .with("timing", evaluation.request.timing.word())
    .with("currency", evaluation.request.currency.as_str());
    root.child(ratio(evaluation))
        .child(net_ratio(evaluation))
        .child(net_present_value(evaluation))
        .child(sum_of_outcomes(
            evaluation,
            "gross_value",
            "quantity × proxy",
            "stage 3",
            |o| o.gross,
        ))
        .child(sum_of_outcomes(
            evaluation,
            "impact",
            "first-year impact",
            "stage 4.4",
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

fn money_step(id: &str, code: &str, formula: &str, result: Fixed, method: &str) -> Step {
    let method = format!("Guide to SROI, {method}");
    Step::new(id, code, formula, result.exact_text(), method).rounded(TWO_PLACES)
}

fn ratio_step(id: &str, code: &str, formula: &str, result: Decimal, method: &str) -> Step {
    let method = format!("Guide to SROI, {method}");
    Step::new(id, code, formula, exact_text(result), method).rounded(FOUR_PLACES)
}

fn ratio(evaluation: &Evaluation) -> Step {
    ratio_step(
        "ratio",
        "sroi.ratio",
        "total present value ÷ investment",
        evaluation.ratio().decimal(),
        "stage 5.3",
    )
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
        "sum of the present values of the years",
        evaluation.total_present_value,
        "stage 5.2",
    )
    .children(years.map(|(year, value)| {
        let mut sum = money_step(
            &format!("year.{year}.value"),
            "sroi.year_value",
            "sum of the outcomes' values in this year",
            *value,
            "stage 5.1",
        );
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
    let formula = match evaluation.request.timing {
        Timing::EndOfYear => "value ÷ (1 + rate)^n",
        Timing::Year1Undiscounted => "value ÷ (1 + rate)^(n−1)",
    };
    // The evaluation computed the same quotient before; it fits.
    let result = evaluation.present_value(value, year);
    let step = money_step(id, "sroi.present_value", formula, result, "stage 5.2")
        .with("value", value.exact_text())
        .with("n", year.to_string());
    match &evaluation.request.rates {
        crate::types::Rates::Constant(rate) => step.with("rate", rate.to_string()),
        crate::types::Rates::Schedule(spans) => spans.iter().fold(
            Step {
                formula: "value ÷ product of (1 + rate) over the years discounted".to_owned(),
                ..step
            },
            |step, span| {
                let to = span
                    .to_year
                    .map_or_else(|| "…".to_owned(), |to| to.to_string());
                let name = format!("rate of years {} to {to}", span.from_year);
                step.with(&name, span.rate.to_string())
            },
        ),
    }
}

fn investment(evaluation: &Evaluation) -> Step {
    let years = evaluation.inputs.iter().enumerate();
    money_step(
        "investment",
        "sroi.investment",
        "sum of the present values of the inputs",
        evaluation.investment,
        "stage 5.2",
    )
    .children(
        years
            .filter(|(_, value)| !value.is_zero())
            .map(|(year, value)| {
                let id = format!("input_year.{year}.present_value");
                let mut step = present_value(evaluation, &id, *value, year);
                for (at, input) in evaluation.request.inputs.iter().enumerate() {
                    let first = crate::model::position(input.year);
                    let beyond = first + crate::model::position(input.duration);
                    if (first..beyond).contains(&year) {
                        let name = format!("input {}: {}", at + 1, input.name);
                        step = step.with(&name, input.amount.to_string());
                    }
                }
                step
            }),
    )
}

fn net_ratio(evaluation: &Evaluation) -> Step {
    ratio_step(
        "net_ratio",
        "sroi.net_ratio",
        "ratio − 1",
        evaluation.net_ratio().decimal(),
        "stage 5.3",
    )
    .with("ratio", exact_text(evaluation.ratio().decimal()))
}

fn net_present_value(evaluation: &Evaluation) -> Step {
    money_step(
        "net_present_value",
        "sroi.net_present_value",
        "total present value − investment",
        evaluation.net_present_value,
        "stage 5.2",
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
    what: &str,
    method: &str,
    part: impl Fn(&OutcomeFigures) -> Fixed,
) -> Step {
    let result = if id == "impact" {
        evaluation.impact
    } else {
        evaluation.gross_value
    };
    let formula = format!("sum of {what} over the outcomes");
    let step = money_step(id, &format!("sroi.{id}"), &formula, result, method);
    evaluation.outcomes.iter().fold(step, |step, outcome| {
        step.with(&outcome.id, part(outcome).exact_text())
    })
}

fn outcome_steps(evaluation: &Evaluation, outcome: &Outcome, figures: &OutcomeFigures) -> Step {
    let id = |part: &str| format!("outcome.{}.{part}", outcome.id);
    let proxy = outcome
        .value(crate::types::Parameter::Proxy)
        .unwrap_or_default();
    let mut gross = money_step(
        &id("gross"),
        "sroi.outcome_gross",
        "quantity × proxy, summed over the cohorts",
        figures.gross,
        "stage 3",
    )
    .with("proxy", normal_text(proxy));
    for (at, cohort) in outcome.cohorts.iter().enumerate() {
        let name = format!("quantity of cohort {}, from year {}", at + 1, cohort.start);
        gross = gross.with(&name, cohort.quantity.to_string());
    }
    let impact = money_step(
        &id("impact"),
        "sroi.outcome_impact",
        "gross × (1 − deadweight) × (1 − displacement) × (1 − attribution)",
        figures.impact,
        "stages 4.1, 4.2 and 4.4",
    )
    .with("gross", figures.gross.exact_text())
    .with("deadweight", outcome.deadweight.to_string())
    .with("displacement", outcome.displacement.to_string())
    .with("attribution", outcome.attribution.to_string())
    .child(gross);
    let years = figures.years.iter().enumerate().skip(1);
    let years = years
        .filter(|(_, value)| !value.is_zero())
        .map(|(year, value)| {
            let step = money_step(
                &id(&format!("year.{year}")),
                "sroi.outcome_year",
                "impact × (1 − dropoff)^(k−1), k counted from the cohort's own first year",
                *value,
                "stages 4.3 and 5.1",
            )
            .with("impact", figures.impact.exact_text())
            .with("dropoff", outcome.dropoff.to_string())
            .with("duration", outcome.duration.to_string());
            let id = id(&format!("year.{year}.present_value"));
            present_value(evaluation, &id, *value, year).child(step)
        });
    money_step(
        &id("present_value"),
        "sroi.outcome_present_value",
        "sum of the present values of the outcome's years",
        figures.present_value,
        "stage 5.2",
    )
    .child(impact)
    .children(years)
}

fn other_timing(evaluation: &Evaluation) -> [Step; 2] {
    let other = &evaluation.other_timing;
    [
        money_step(
            "other_timing.total_present_value",
            "sroi.total_present_value",
            "the same year totals, discounted under the other timing",
            other.total_present_value,
            "stage 5.2",
        )
        .with("timing", other.timing.word()),
        ratio_step(
            "other_timing.ratio",
            "sroi.ratio",
            "total present value ÷ investment, both under the other timing",
            other.ratio,
            "stage 5.3",
        )
        .with("timing", other.timing.word()),
    ]
}

fn payback(evaluation: &Evaluation) -> Vec<Step> {
    let step = |id: &str, formula: &str, months: Decimal| {
        ratio_step(id, "sroi.payback", formula, months, "stage 5.5")
            .with("investment", evaluation.investment.exact_text())
    };
    let simple = evaluation.payback.simple_months.map(|months| {
        let formula = "investment ÷ (impact ÷ 12)";
        step("payback.simple_months", formula, months)
            .with("impact", evaluation.impact.exact_text())
    });
    let discounted = evaluation.payback.discounted_months.map(|months| {
        let formula = "12 × (full years + investment still to recover ÷ present value of the year)";
        step("payback.discounted_months", formula, months)
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
            let formula = match name {
                "gross" => "quantity × proxy × duration, summed over outcomes and cohorts",
                "total" => "sum of the parts",
                _ => "level after − level before, each rounded to 2 places",
            };
            let step = Step::new(
                format!("bridge.{name}"),
                "sroi.bridge",
                formula,
                part,
                "Guide to SROI, stages 4 and 5",
            )
            .with("level before", before.exact_text())
            .with("level after", level.exact_text());
            before = level;
            step
        })
        .collect()
}
