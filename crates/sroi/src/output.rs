//! Printing an evaluation: the JSON of `plumbline calc sroi`.
use money::{Decimal, MoneyError, exact_text, fixed_text, normal_text};
use serde_json::{Map, Value, json};

use crate::{
    ENGINE_NAME, ENGINE_VERSION,
    evaluate::{Evaluation, OutcomeFigures},
    fixed::Fixed,
    options::Lever,
    principles::{Principle, principles},
    sensitivity::{ScenarioResult, SensitivityResult},
    simulation::SimulationResult,
    types::{Parameter, Price, RateSpan, Rates},
    warnings::Warning,
    working::working,
};

impl Evaluation {
    /// The result as documents carry it.
    pub fn to_json(&self) -> Value {
        let mut out = self.figures();
        let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
        put("years", self.years_json(&self.years, 1));
        put(
            "outcomes",
            self.outcomes
                .iter()
                .map(|outcome| self.outcome_json(outcome))
                .collect(),
        );
        put("unvalued", self.unvalued_json());
        let parts = self
            .bridge
            .parts()
            .map(|(name, part)| (name.to_owned(), json!(part)));
        put("bridge", parts.into_iter().collect::<Map<_, _>>().into());
        put("warnings", self.warnings.iter().map(warning_json).collect());
        put("hints", self.hints().iter().map(warning_json).collect());
        let kept = principles(&self.request);
        put("principles", kept.iter().map(Principle::to_json).collect());
        put("working", json!(working(self)));
        if let Some(result) = &self.sensitivity {
            put("sensitivity", sensitivity_json(result));
        }
        if let Some(result) = &self.simulation {
            put("simulation", simulation_json(result));
        }
        Value::Object(out)
    }

    fn figures(&self) -> Map<String, Value> {
        let other = &self.other_timing;
        let months = |months: Option<Decimal>| months.map(|months| fixed_text(months, 4));
        let figures = json!({
            "format": 1,
            "engine": {"name": ENGINE_NAME, "version": ENGINE_VERSION},
            "input_hash": self.input_hash(),
            "currency": self.request.currency,
            "price_year": self.request.price_year,
            "convention": self.convention_json(),
            "gross_value": self.gross_value.cents_text(),
            "gross_value_exact": self.gross_value.exact_text(),
            "impact": self.impact.cents_text(),
            "impact_exact": self.impact.exact_text(),
            "total_present_value": self.total_present_value.cents_text(),
            "total_present_value_exact": self.total_present_value.exact_text(),
            "investment": self.investment.cents_text(),
            "investment_exact": self.investment.exact_text(),
            "net_present_value": self.net_present_value.cents_text(),
            "net_present_value_exact": self.net_present_value.exact_text(),
            "ratio": self.ratio().to_text(),
            "ratio_exact": self.ratio().to_exact_text(),
            "net_ratio": self.net_ratio().to_text(),
            "other_timing": {
                "timing": other.timing.word(),
                "total_present_value": other.total_present_value.cents_text(),
                "ratio": fixed_text(other.ratio, 4),
            },
            "payback": {
                "simple_months": months(self.payback.simple_months),
                "discounted_months": months(self.payback.discounted_months),
            },
        });
        match figures {
            Value::Object(figures) => figures,
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Map::new(),
        }
    }

    fn convention_json(&self) -> Value {
        let mut out = json!({
            "timing": self.request.timing.word(),
            "filters": "multiplicative",
            "dropoff": "geometric_from_year2",
            "rounding": "half_away_from_zero",
        });
        if !self.request.bands.is_empty() {
            let bands = self.request.bands.iter();
            out["bands"] = bands
                .map(|(grade, width)| (grade.word().to_owned(), json!(width)))
                .collect::<Map<_, _>>()
                .into();
        }
        match &self.request.rates {
            Rates::Constant(rate) => out["discount_rate"] = json!(rate),
            Rates::Schedule(spans) => {
                out["discount_schedule"] = spans.iter().map(span_json).collect();
            }
        }
        out
    }

    fn years_json(&self, years: &[Fixed], first: usize) -> Value {
        let years = years.iter().enumerate().skip(first);
        years
            .map(|(year, value)| {
                let present_value = self.present_value(*value, year);
                json!({
                    "year": year,
                    "value": value.cents_text(),
                    "value_exact": value.exact_text(),
                    "present_value": present_value.cents_text(),
                    "present_value_exact": present_value.exact_text(),
                })
            })
            .collect()
    }

    fn outcome_json(&self, figures: &OutcomeFigures) -> Value {
        let outcome = self.request.outcomes.get(figures.position);
        let first = outcome.and_then(|outcome| {
            outcome
                .cohorts
                .iter()
                .map(|cohort| crate::model::position(cohort.start))
                .min()
        });
        let moved = outcome.and_then(|outcome| outcome.record.reindexed.as_ref());
        let proxy = outcome.and_then(|outcome| outcome.value(Parameter::Proxy));
        json!({
            "id": figures.id,
            "proxy": proxy.map(normal_text),
            "proxy_stated": moved.map(|moved| normal_text(moved.stated.decimal())),
            "stakeholder": outcome.map(|outcome| outcome.stakeholder.as_str()),
            "name": outcome.map(|outcome| outcome.name.as_str()),
            "gross_value": figures.gross.cents_text(),
            "impact": figures.impact.cents_text(),
            "impact_exact": figures.impact.exact_text(),
            "present_value": figures.present_value.cents_text(),
            "present_value_exact": figures.present_value.exact_text(),
            "years": self.years_json(&figures.years, first.unwrap_or(1)),
        })
    }

    fn unvalued_json(&self) -> Value {
        let unvalued = self
            .request
            .outcomes
            .iter()
            .filter_map(|outcome| match &outcome.price {
                Price::Proxy(_) => None,
                Price::Unvalued { reason } => Some(json!({
                    "id": outcome.id,
                    "stakeholder": outcome.stakeholder,
                    "name": outcome.name,
                    "reason": reason,
                })),
            });
        unvalued.collect()
    }

    /// Present value of a figure that this evaluation has discounted before.
    pub(crate) fn present_value(&self, value: Fixed, year: usize) -> Fixed {
        let found: Result<Fixed, MoneyError> = self.discounting.present_value(value, year);
        found.unwrap_or(Fixed::ZERO)
    }
}

fn span_json(span: &RateSpan) -> Value {
    json!({"from_year": span.from_year, "to_year": span.to_year, "rate": span.rate})
}

fn warning_json(warning: &Warning) -> Value {
    let mut out = json!({"code": warning.code, "path": warning.path});
    for (name, value) in &warning.values {
        out[*name] = json!(value);
    }
    out
}

fn sensitivity_json(result: &SensitivityResult) -> Value {
    let mut out = Map::new();
    let bars = result.tornado.iter().map(|bar| {
        let mut json = lever_json(&bar.lever);
        let ends = ["low", "high"].into_iter().zip(&bar.lever.values);
        for (key, value) in ends {
            json[key] = json!(normal_text(*value));
        }
        json["ratio_low"] = json!(fixed_text(bar.ratio_low, 4));
        json["ratio_high"] = json!(fixed_text(bar.ratio_high, 4));
        json["swing"] = json!(fixed_text(bar.swing, 4));
        json
    });
    out.insert("tornado".to_owned(), bars.collect());
    if let Some(grid) = &result.grid {
        let line = |line: &Vec<Decimal>| line.iter().map(|ratio| fixed_text(*ratio, 4)).collect();
        let ratios: Vec<Vec<String>> = grid.ratios.iter().map(line).collect();
        let grid = json!({
            "row": axis_json(&grid.row),
            "column": axis_json(&grid.column),
            "ratios": ratios,
        });
        out.insert("grid".to_owned(), grid);
    }
    if let Some(switching) = &result.switching {
        let values = switching.iter().map(|found| {
            json!({
                "parameter": found.parameter.word(),
                "scope": found.scope.word(),
                "unit": found.unit.word(),
                "value": found.value.map(exact_text),
            })
        });
        out.insert("switching".to_owned(), values.collect());
    }
    if !result.scenarios.is_empty() {
        let scenarios = result.scenarios.iter().map(scenario_json);
        out.insert("scenarios".to_owned(), scenarios.collect());
    }
    Value::Object(out)
}

fn scenario_json(scenario: &ScenarioResult) -> Value {
    json!({
        "name": scenario.name,
        "ratio": fixed_text(scenario.ratio, 4),
        "total_present_value": scenario.total_present_value.cents_text(),
        "investment": scenario.investment.cents_text(),
        "net_present_value": scenario.net_present_value.cents_text(),
    })
}

fn lever_json(lever: &Lever) -> Value {
    json!({
        "parameter": lever.parameter.word(),
        "scope": lever.scope.word(),
        "unit": lever.unit.word(),
    })
}

fn axis_json(lever: &Lever) -> Value {
    let mut json = lever_json(lever);
    json["values"] = lever.values.iter().copied().map(normal_text).collect();
    json
}

fn simulation_json(result: &SimulationResult) -> Value {
    json!({
        "generator": result.generator,
        "distribution": result.distribution,
        "draws": result.draws,
        "seed": result.seed,
        "p5": fixed_text(result.p5, 4),
        "p50": fixed_text(result.p50, 4),
        "p95": fixed_text(result.p95, 4),
        "mean": fixed_text(result.mean, 4),
        "standard_error": fixed_text(result.standard_error, 4),
        "probability_above_1": fixed_text(result.probability_above_1, 4),
        "point_percentile": fixed_text(result.point_percentile, 4),
        "histogram": {
            "from": fixed_text(result.histogram.from, 6),
            "width": fixed_text(result.histogram.width, 6),
            "counts": result.histogram.counts,
        },
    })
}
