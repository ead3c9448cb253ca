//! What a reviewer should look at: figures that the applicant printed and that do not follow from
//! the value map, or not from each other.
use std::collections::BTreeMap;

use explain::read::join;
use money::{Decimal, round_half_away};

use crate::{evaluate::Evaluation, fixed::Fixed, types::Stated};

/// A finding that is not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Stable code; the web app holds its words.
    pub code: &'static str,
    /// The field it is about.
    pub path: String,
    /// Values for the words.
    pub values: BTreeMap<&'static str, String>,
}

/// All findings, in a fixed order.
pub(crate) fn warnings(evaluation: &Evaluation) -> Vec<Warning> {
    let Some(stated) = evaluation.request.stated else {
        return Vec::new();
    };
    let at = |key: &str| join(&evaluation.request.path, &format!("stated.{key}"));
    let differing = |code, key, stated: Option<Decimal>, computed: Option<Decimal>| {
        let (stated, computed) = (stated?, computed?);
        let rounded = round_half_away(computed, stated.scale());
        (rounded != stated).then(|| Warning {
            code,
            path: at(key),
            values: [
                ("stated", stated.to_string()),
                ("computed", money::fixed_text(computed, stated.scale())),
            ]
            .into(),
        })
    };
    let decimal = |figure: Fixed| figure.to_decimal().ok();
    let mut found = Vec::new();
    found.extend(differing(
        "stated_ratio_differs",
        "ratio",
        stated.ratio,
        Some(evaluation.ratio().decimal()),
    ));
    found.extend(differing(
        "stated_total_present_value_differs",
        "total_present_value",
        stated.total_present_value,
        decimal(evaluation.total_present_value),
    ));
    found.extend(differing(
        "stated_investment_differs",
        "investment",
        stated.investment,
        decimal(evaluation.investment),
    ));
    found.extend(inconsistent(stated).map(|(implied, ratio)| Warning {
        code: "stated_figures_inconsistent",
        path: at("ratio"),
        values: [("stated", ratio.to_string()), ("implied", implied)].into(),
    }));
    found
}

/// The ratio that the stated total and investment imply, when the stated ratio is another. Both
/// may have been rounded when they were printed, so that a ratio counts as implied when any total
/// and investment that print alike lead to it.
fn inconsistent(stated: Stated) -> Option<(String, Decimal)> {
    let (ratio, total) = (stated.ratio?, stated.total_present_value?);
    let investment = stated.investment?;
    let half = |figure: Decimal| Decimal::new(5, figure.scale() + 1);
    let implied = |total: Decimal, investment: Decimal| {
        let quotient = total.checked_div(investment)?;
        Some(round_half_away(quotient, ratio.scale()))
    };
    let smallest = investment.checked_sub(half(investment))?;
    if smallest <= Decimal::ZERO {
        return None;
    }
    let largest = investment.checked_add(half(investment))?;
    let (below, above) = (
        total.checked_sub(half(total))?,
        total.checked_add(half(total))?,
    );
    let corners = [
        implied(below, smallest)?,
        implied(below, largest)?,
        implied(above, smallest)?,
        implied(above, largest)?,
    ];
    let within = corners.iter().any(|corner| *corner <= ratio)
        && corners.iter().any(|corner| *corner >= ratio);
    if within {
        return None;
    }
    let text = money::fixed_text(implied(total, investment)?, ratio.scale());
    Some((text, ratio))
}
