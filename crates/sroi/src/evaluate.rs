//! The base result: every figure of an evaluation, exact, in the order of the Guide to SROI.
use std::sync::OnceLock;

use explain::{Problem, Problems, read::join};
use money::{Amount, Decimal, MoneyError, Ratio};

use crate::{
    bridge::Bridge,
    discount::Discounting,
    fixed::Fixed,
    hints::hints,
    model::{Model, Row, add_years, ratio},
    normal::request_hash,
    payback::Payback,
    sensitivity::{SensitivityResult, sensitivity},
    simulation::{SimulationResult, simulate},
    types::{Request, Timing},
    warnings::{Warning, warnings},
};

/// The figures of one valued outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeFigures {
    /// Its id.
    pub id: String,
    /// Its position in the request.
    pub position: usize,
    /// Quantity × proxy over its cohorts: one year, nothing deducted.
    pub gross: Fixed,
    /// First-year impact over its cohorts.
    pub impact: Fixed,
    /// Values by year, position 0 being year 0.
    pub years: Vec<Fixed>,
    /// Present value of those years.
    pub present_value: Fixed,
}

/// The result under the timing that was not chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherTiming {
    /// That timing.
    pub timing: Timing,
    /// Total present value under it.
    pub total_present_value: Fixed,
    /// Ratio under it, inputs discounted on the same axis.
    pub ratio: Decimal,
}

/// An evaluated value map.
#[derive(Debug, Clone)]
pub struct Evaluation {
    pub(crate) request: Request,
    pub(crate) discounting: Discounting,
    pub(crate) inputs: Vec<Fixed>,
    /// Made when asked for: hashing a map costs more than computing it.
    input_hash: OnceLock<String>,
    /// Quantity × proxy over all valued outcomes and cohorts.
    pub gross_value: Fixed,
    /// Sum of first-year impacts.
    pub impact: Fixed,
    /// Year totals, position 0 being year 0.
    pub years: Vec<Fixed>,
    /// The valued outcomes in the order of the request.
    pub outcomes: Vec<OutcomeFigures>,
    /// Sum of the discounted year totals.
    pub total_present_value: Fixed,
    /// Present value of the inputs.
    pub investment: Fixed,
    /// Total present value less investment.
    pub net_present_value: Fixed,
    /// Under the other timing.
    pub other_timing: OtherTiming,
    /// How soon the inputs are recovered.
    pub payback: Payback,
    /// From gross to total.
    pub bridge: Bridge,
    /// Stated figures that do not hold.
    pub warnings: Vec<Warning>,
    /// What a reviewer may want to ask about.
    pub hints: Vec<Warning>,
    /// Sensitivity, when asked.
    pub sensitivity: Option<SensitivityResult>,
    /// Simulation, when asked.
    pub simulation: Option<SimulationResult>,
    ratio: Decimal,
}

impl Evaluation {
    /// Hash of the request in its one spelling.
    pub fn input_hash(&self) -> &str {
        self.input_hash.get_or_init(|| request_hash(&self.request))
    }

    /// Social return per unit put in.
    pub const fn ratio(&self) -> Ratio {
        Ratio::from_decimal(self.ratio)
    }

    /// The ratio less one.
    pub fn net_ratio(&self) -> Ratio {
        Ratio::from_decimal(self.ratio - Decimal::ONE)
    }

    /// Total present value as an amount of up to 28 digits.
    pub fn total_present_value_amount(&self) -> Result<Amount, MoneyError> {
        self.total_present_value
            .to_decimal()
            .map(Amount::from_decimal)
    }

    /// Present value of the inputs as an amount of up to 28 digits.
    pub fn investment_amount(&self) -> Result<Amount, MoneyError> {
        self.investment.to_decimal().map(Amount::from_decimal)
    }

    /// The request that was evaluated.
    pub const fn request(&self) -> &Request {
        &self.request
    }
}

/// Computes everything that the request asks for.
pub fn evaluate(request: &Request) -> Result<Evaluation, Problems> {
    let too_large = |key: &str| {
        let at = join(&request.path, key);
        move |error| Problems::from(overflow(error, &at))
    };
    let model = Model::of(request).map_err(too_large("inputs"))?;
    let discounting = model.discounting().map_err(too_large("discount_rate"))?;
    let mut outcomes = Vec::with_capacity(model.rows.len());
    let mut levels = Vec::with_capacity(model.rows.len());
    for (position, row) in &model.rows {
        let (figures, level) = outcome_figures(request, *position, row)
            .map_err(|error| too_large(&format!("outcomes[{position}]"))(error))?;
        outcomes.push(figures);
        levels.push(level);
    }
    present_values(&mut outcomes, &discounting)
        .map_err(|(position, error)| too_large(&format!("outcomes[{position}]"))(error))?;
    let mut evaluation =
        total(request, &model, discounting, outcomes, &levels).map_err(too_large("outcomes"))?;
    evaluation.warnings = warnings(&evaluation);
    evaluation.hints = hints(&evaluation);
    if let Some(asked) = &request.sensitivity {
        evaluation.sensitivity = Some(sensitivity(asked, &model, &evaluation)?);
    }
    if let Some(asked) = request.simulation {
        let result = simulate(asked, &model, &evaluation).map_err(too_large("simulation"))?;
        evaluation.simulation = Some(result);
    }
    Ok(evaluation)
}

/// The figures of one row but its present value, and its levels for the bridge.
fn outcome_figures(
    request: &Request,
    position: usize,
    row: &Row,
) -> Result<(OutcomeFigures, [Fixed; 4]), MoneyError> {
    let outcome = request
        .outcomes
        .get(position)
        .ok_or(MoneyError::OutOfRange)?;
    let (levels, years) = row.levels_and_years()?;
    let [gross, _, _, impact] = levels;
    let figures = OutcomeFigures {
        id: outcome.id.clone(),
        position,
        gross,
        impact,
        present_value: Fixed::ZERO,
        years,
    };
    Ok((figures, levels))
}

/// Discounts all outcomes together; when a figure does not fit, says whose.
fn present_values(
    outcomes: &mut [OutcomeFigures],
    discounting: &Discounting,
) -> Result<(), (usize, MoneyError)> {
    let years: Vec<&[Fixed]> = outcomes.iter().map(|outcome| &*outcome.years).collect();
    let found = discounting.present_values_of(&years).map_err(|error| {
        let alone =
            |outcome: &&OutcomeFigures| discounting.present_value_of(&outcome.years).is_err();
        let position = outcomes.iter().find(alone).map(|outcome| outcome.position);
        (position.unwrap_or_default(), error)
    })?;
    for (outcome, present_value) in outcomes.iter_mut().zip(found) {
        outcome.present_value = present_value;
    }
    Ok(())
}

fn total(
    request: &Request,
    model: &Model,
    discounting: Discounting,
    outcomes: Vec<OutcomeFigures>,
    levels: &[[Fixed; 4]],
) -> Result<Evaluation, MoneyError> {
    let mut years = Vec::new();
    let mut gross_value = Fixed::ZERO;
    let mut impact = Fixed::ZERO;
    for outcome in &outcomes {
        years = add_years(years, &outcome.years)?;
        gross_value = gross_value.plus(outcome.gross)?;
        impact = impact.plus(outcome.impact)?;
    }
    let total_present_value = discounting.present_value_of(&years)?;
    let investment = discounting.present_value_of(&model.inputs)?;
    let other = discounting.with_timing(request.timing.other());
    let other_total = other.present_value_of(&years)?;
    Ok(Evaluation {
        input_hash: OnceLock::new(),
        gross_value,
        impact,
        net_present_value: total_present_value.minus(investment)?,
        ratio: ratio(total_present_value, investment)?,
        other_timing: OtherTiming {
            timing: request.timing.other(),
            total_present_value: other_total,
            ratio: ratio(other_total, other.present_value_of(&model.inputs)?)?,
        },
        payback: Payback::of(model, &years, impact, investment, &discounting)?,
        bridge: Bridge::of(model, levels, &years, total_present_value)?,
        total_present_value,
        investment,
        years,
        outcomes,
        inputs: model.inputs.clone(),
        discounting,
        request: request.clone(),
        warnings: Vec::new(),
        hints: Vec::new(),
        sensitivity: None,
        simulation: None,
    })
}

/// The problem of a figure that does not fit.
pub(crate) fn overflow(error: MoneyError, at: &str) -> Problem {
    Problem::new(
        error.code(),
        at,
        format!("{at} {error}; use smaller quantities or amounts, such as \"1850000.00\"."),
    )
}
