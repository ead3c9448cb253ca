//! The walk from one value map to another: one change at a time, each with what it does to the
//! totals.
use std::collections::{BTreeMap, BTreeSet};

use money::{MoneyError, normal_text};

use crate::{
    compare::{DifferenceStep, EffectOn},
    discount::Discounting,
    fixed::Fixed,
    model::{Model, Row, add_years, input_years},
    types::{Cohort, Input, Outcome, Parameter, Rates, Request},
};

/// Where the walk stands: the outcomes' sum by year, the inputs by year and how they are discounted.
pub(crate) struct Walk {
    years: Vec<Fixed>,
    inputs: Vec<Fixed>,
    discounting: Discounting,
    total: Fixed,
    investment: Fixed,
    steps: Vec<DifferenceStep>,
}

/// A change before its effect is known.
struct Change {
    path: String,
    outcome: Option<String>,
    parameter: &'static str,
    from: Option<String>,
    to: Option<String>,
}

impl Walk {
    pub(crate) fn along(
        before: &Request,
        after: &Request,
    ) -> Result<Vec<DifferenceStep>, MoneyError> {
        let model = Model::of(before)?;
        let discounting = model.discounting()?;
        let years = model.years()?;
        let mut walk = Self {
            total: discounting.present_value_of(&years)?,
            investment: discounting.present_value_of(&model.inputs)?,
            years,
            inputs: model.inputs,
            discounting,
            steps: Vec::new(),
        };
        walk.conventions(before, after)?;
        walk.inputs(before, after)?;
        walk.outcomes(before, after)?;
        Ok(walk.steps)
    }

    /// Records the change with its effect on either total; one without any effect is recorded too.
    fn step(&mut self, change: &Change) -> Result<(), MoneyError> {
        let total = self.discounting.present_value_of(&self.years)?;
        let investment = self.discounting.present_value_of(&self.inputs)?;
        let effect =
            |now: Fixed, then: Fixed| now.rounded_to_cents().minus(then.rounded_to_cents());
        let on_total = effect(total, self.total)?;
        let on_investment = effect(investment, self.investment)?;
        (self.total, self.investment) = (total, investment);
        let effects = [
            (EffectOn::Total, on_total),
            (EffectOn::Investment, on_investment),
        ];
        let input = change.path.starts_with("inputs");
        for (effect_on, effect) in effects {
            let own = if input {
                EffectOn::Investment
            } else {
                EffectOn::Total
            };
            if effect.is_zero() && effect_on != own {
                continue;
            }
            self.steps.push(DifferenceStep {
                path: change.path.clone(),
                outcome: change.outcome.clone(),
                parameter: change.parameter,
                from: change.from.clone(),
                to: change.to.clone(),
                effect: effect.cents_text(),
                effect_on,
            });
        }
        Ok(())
    }

    fn conventions(&mut self, before: &Request, after: &Request) -> Result<(), MoneyError> {
        if before.timing != after.timing {
            self.discounting = Discounting::of(&before.rates, after.timing)?;
            self.step(&Change {
                path: "convention.timing".to_owned(),
                outcome: None,
                parameter: "timing",
                from: Some(before.timing.word().to_owned()),
                to: Some(after.timing.word().to_owned()),
            })?;
        }
        if before.rates != after.rates {
            self.discounting = Discounting::of(&after.rates, after.timing)?;
            self.step(&Change {
                path: "discount_rate".to_owned(),
                outcome: None,
                parameter: "discount_rate",
                from: Some(rates_text(&before.rates)),
                to: Some(rates_text(&after.rates)),
            })?;
        }
        Ok(())
    }

    fn inputs(&mut self, before: &Request, after: &Request) -> Result<(), MoneyError> {
        let (then, now) = (keyed(&before.inputs), keyed(&after.inputs));
        let keys: BTreeSet<&Key> = then.keys().chain(now.keys()).collect();
        let mut current: BTreeMap<&Key, &Input> =
            then.iter().map(|(key, (_, input))| (key, *input)).collect();
        for key in keys {
            let (old, new) = (then.get(key), now.get(key));
            if old.map(|(_, input)| input) == new.map(|(_, input)| input) {
                continue;
            }
            match new {
                Some((_, input)) => current.insert(key, input),
                None => current.remove(key),
            };
            let all: Vec<Input> = current.values().map(|input| (*input).clone()).collect();
            self.inputs = input_years(&all)?;
            let at = new.or(old).map_or(0, |(at, _)| *at);
            let amount = |side: Option<&(usize, &Input)>| {
                side.map(|(_, input)| normal_text(input.amount.decimal()))
            };
            self.step(&Change {
                path: format!("inputs[{at}].amount"),
                outcome: None,
                parameter: "input",
                from: amount(old),
                to: amount(new),
            })?;
        }
        Ok(())
    }

    fn outcomes(&mut self, before: &Request, after: &Request) -> Result<(), MoneyError> {
        let place = |request: &Request, id: &str| {
            request.outcomes.iter().position(|outcome| outcome.id == id)
        };
        for (at, outcome) in before.outcomes.iter().enumerate() {
            if place(after, &outcome.id).is_none() {
                self.swap(Row::of(outcome), None)?;
                self.step(&whole(at, outcome, "removed", true))?;
            }
        }
        for (at, outcome) in after.outcomes.iter().enumerate() {
            let earlier = place(before, &outcome.id).and_then(|at| before.outcomes.get(at));
            if let Some(earlier) = earlier {
                self.parameters(at, earlier, outcome)?;
            } else {
                self.swap(None, Row::of(outcome))?;
                self.step(&whole(at, outcome, "added", false))?;
            }
        }
        Ok(())
    }

    /// Takes one row out of the year totals and puts another in.
    fn swap(&mut self, old: Option<Row>, new: Option<Row>) -> Result<(), MoneyError> {
        if let Some(old) = old {
            for (sum, value) in self.years.iter_mut().zip(old.years()?) {
                *sum = sum.minus(value)?;
            }
        }
        if let Some(new) = new {
            self.years = add_years(std::mem::take(&mut self.years), &new.years()?)?;
        }
        Ok(())
    }

    /// Moves one outcome from its earlier to its later figures, parameter by parameter.
    fn parameters(&mut self, at: usize, old: &Outcome, new: &Outcome) -> Result<(), MoneyError> {
        let mut now = old.clone();
        for part in Part::ALL {
            if part.text(&now) == part.text(new) {
                continue;
            }
            let change = Change {
                path: format!("outcomes[{at}].{}", part.word()),
                outcome: Some(new.id.clone()),
                parameter: part.word(),
                from: part.text(&now),
                to: part.text(new),
            };
            let earlier = Row::of(&now);
            part.copy(new, &mut now);
            self.swap(earlier, Row::of(&now))?;
            self.step(&change)?;
        }
        Ok(())
    }
}

/// What of an outcome can change its value, in the order of the calculation.
#[derive(Clone, Copy)]
enum Part {
    Units,
    Duration,
    Of(Parameter),
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Units,
        Self::Of(Parameter::Proxy),
        Self::Duration,
        Self::Of(Parameter::Deadweight),
        Self::Of(Parameter::Displacement),
        Self::Of(Parameter::Attribution),
        Self::Of(Parameter::Dropoff),
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Units => "quantity",
            Self::Duration => "duration",
            Self::Of(parameter) => parameter.word(),
        }
    }

    /// The figure as text; none for the proxy of an unvalued outcome.
    fn text(self, outcome: &Outcome) -> Option<String> {
        match self {
            Self::Units => Some(units_text(&outcome.cohorts)),
            Self::Duration => Some(outcome.duration.to_string()),
            Self::Of(parameter) => outcome.value(parameter).map(normal_text),
        }
    }

    fn copy(self, from: &Outcome, to: &mut Outcome) {
        match self {
            Self::Units | Self::Of(Parameter::Quantity) => to.cohorts.clone_from(&from.cohorts),
            Self::Duration => to.duration = from.duration,
            Self::Of(Parameter::Proxy) => to.price.clone_from(&from.price),
            Self::Of(Parameter::Deadweight) => to.deadweight = from.deadweight,
            Self::Of(Parameter::Displacement) => to.displacement = from.displacement,
            Self::Of(Parameter::Attribution) => to.attribution = from.attribution,
            Self::Of(Parameter::Dropoff) => to.dropoff = from.dropoff,
        }
    }
}

/// `95`, or with cohorts `1: 50, 2: 200`.
fn units_text(cohorts: &[Cohort]) -> String {
    match cohorts {
        [only] if only.start == 1 => normal_text(only.quantity.decimal()),
        _ => {
            let pair = |cohort: &Cohort| {
                format!(
                    "{}: {}",
                    cohort.start,
                    normal_text(cohort.quantity.decimal())
                )
            };
            cohorts.iter().map(pair).collect::<Vec<_>>().join(", ")
        }
    }
}

fn whole(at: usize, outcome: &Outcome, parameter: &'static str, gone: bool) -> Change {
    let name = Some(outcome.name.clone());
    let (from, to) = if gone { (name, None) } else { (None, name) };
    Change {
        path: format!("outcomes[{at}]"),
        outcome: Some(outcome.id.clone()),
        parameter,
        from,
        to,
    }
}

fn rates_text(rates: &Rates) -> String {
    match rates {
        Rates::Constant(rate) => normal_text(rate.decimal()),
        Rates::Schedule(spans) => spans
            .iter()
            .map(|span| format!("{}: {}", span.from_year, normal_text(span.rate.decimal())))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// Kind, name, first year and how many alike stood before it.
type Key = (&'static str, String, u32, usize);

fn keyed(inputs: &[Input]) -> BTreeMap<Key, (usize, &Input)> {
    let mut found: BTreeMap<Key, (usize, &Input)> = BTreeMap::new();
    for (at, input) in inputs.iter().enumerate() {
        let mut key = (input.kind.word(), input.name.clone(), input.year, 0);
        while found.contains_key(&key) {
            key.3 += 1;
        }
        found.insert(key, (at, input));
    }
    found
}
