//! The request in its one spelling, for the input hash: defaults filled in, decimals without
//! trailing zeros, one quantity and start written as one cohort.
use std::collections::BTreeMap;

use money::{Decimal, normal_text};
use serde_json::{Map, Value, json};

use crate::{
    normal_record::{put_outcome_record, put_record},
    options::{Lever, Seed, Sensitivity, Simulation},
    types::{Input, Outcome, Parameter, Price, Rates, Request, Stated},
};

/// `v1:` and the hash of the request in its one spelling.
pub(crate) fn request_hash(request: &Request) -> String {
    explain::input_hash(&normal_request(request))
}

fn normal_request(request: &Request) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("format", json!(1));
    put("currency", json!(request.currency));
    put("convention", json!({"timing": request.timing.word()}));
    match &request.rates {
        Rates::Constant(rate) => put("discount_rate", decimal(rate.decimal())),
        Rates::Schedule(spans) => put(
            "discount_schedule",
            spans
                .iter()
                .map(|span| {
                    json!({
                        "from_year": span.from_year,
                        "to_year": span.to_year,
                        "rate": decimal(span.rate.decimal()),
                    })
                })
                .collect(),
        ),
    };
    put("inputs", request.inputs.iter().map(input).collect());
    put("outcomes", request.outcomes.iter().map(outcome).collect());
    if !request.bands.is_empty() {
        let bands = request.bands.iter();
        put(
            "bands",
            bands
                .map(|(grade, width)| (grade.word().to_owned(), decimal(width.decimal())))
                .collect::<Map<_, _>>()
                .into(),
        );
    }
    if let Some(year) = request.price_year {
        put("price_year", json!(year));
    }
    if let Some(figures) = request.stated {
        put("stated", stated(figures));
    }
    put_record(&mut out, &request.record);
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    if let Some(options) = &request.sensitivity {
        put("sensitivity", sensitivity(options));
    }
    if let Some(options) = request.simulation {
        put("simulation", simulation(options));
    }
    Value::Object(out)
}

pub(crate) fn decimal(value: Decimal) -> Value {
    Value::String(normal_text(value))
}

fn input(input: &Input) -> Value {
    let mut out = json!({
        "name": input.name,
        "year": input.year,
        "kind": input.kind.word(),
        "duration": input.duration,
    });
    match input.hours {
        None => out["amount"] = decimal(input.amount.decimal()),
        Some((hours, rate)) => {
            out["hours"] = decimal(hours);
            out["hourly_rate"] = decimal(rate.decimal());
        }
    }
    out
}

fn outcome(outcome: &Outcome) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("id", json!(outcome.id));
    put("stakeholder", json!(outcome.stakeholder));
    put("name", json!(outcome.name));
    match &outcome.price {
        // A re-indexed proxy is hashed as it was stated; the index stands beside it.
        Price::Proxy(proxy) => {
            let moved = outcome.record.reindexed.as_ref();
            let stated = moved.map_or(*proxy, |moved| moved.stated);
            put("proxy", decimal(stated.decimal()))
        }
        Price::Unvalued { reason } => {
            put("proxy", Value::Null);
            put("unvalued_reason", json!(reason))
        }
    };
    put("deadweight", decimal(outcome.deadweight.decimal()));
    put("displacement", decimal(outcome.displacement.decimal()));
    put("attribution", decimal(outcome.attribution.decimal()));
    put("dropoff", decimal(outcome.dropoff.decimal()));
    put("duration", json!(outcome.duration));
    put(
        "cohorts",
        outcome
            .cohorts
            .iter()
            .map(|cohort| {
                json!({"start": cohort.start, "quantity": decimal(cohort.quantity.decimal())})
            })
            .collect(),
    );
    if !outcome.grades.is_empty() {
        let grades = outcome.grades.iter();
        put(
            "evidence_grade",
            grades
                .map(|(parameter, grade)| (parameter.word().to_owned(), json!(grade.word())))
                .collect::<Map<_, _>>()
                .into(),
        );
    }
    if !outcome.ranges.is_empty() {
        let ranges = outcome.ranges.iter();
        put(
            "range",
            ranges
                .map(|(parameter, range)| {
                    let moved = outcome.record.reindexed.as_ref();
                    let stated = moved
                        .filter(|_| *parameter == Parameter::Proxy)
                        .and_then(|moved| moved.stated_range);
                    let range = stated.unwrap_or(*range);
                    let ends = json!([decimal(range.low), decimal(range.high)]);
                    (parameter.word().to_owned(), ends)
                })
                .collect::<Map<_, _>>()
                .into(),
        );
    }
    put_notes(&mut out, "sources", &outcome.sources);
    put_notes(&mut out, "reasons", &outcome.reasons);
    put_outcome_record(&mut out, &outcome.record);
    Value::Object(out)
}

fn put_notes(out: &mut Map<String, Value>, key: &str, notes: &BTreeMap<String, String>) {
    if !notes.is_empty() {
        out.insert(key.to_owned(), json!(notes));
    }
}

fn stated(stated: Stated) -> Value {
    [
        ("ratio", stated.ratio),
        ("total_present_value", stated.total_present_value),
        ("investment", stated.investment),
    ]
    .into_iter()
    // The printed digits matter here: 16.0 and 16.00 are different claims.
    .filter_map(|(key, value)| Some((key.to_owned(), Value::String(value?.to_string()))))
    .collect::<Map<_, _>>()
    .into()
}

fn lever(lever: &Lever) -> Value {
    json!({
        "parameter": lever.parameter.word(),
        "scope": lever.scope.word(),
        "unit": lever.unit.word(),
        "values": lever.values.iter().copied().map(decimal).collect::<Vec<_>>(),
    })
}

fn sensitivity(options: &Sensitivity) -> Value {
    let mut out = json!({
        "tornado": options.tornado.iter().map(lever).collect::<Vec<_>>(),
        "grid": options.grid.as_ref().map(|(row, column)| {
            json!({"row": lever(row), "column": lever(column)})
        }),
        "switching": options.switching,
    });
    if !options.scenarios.is_empty() {
        let scenarios = options.scenarios.iter().map(|scenario| {
            json!({
                "name": scenario.name,
                "changes": scenario.changes.iter().map(lever).collect::<Vec<_>>(),
            })
        });
        out["scenarios"] = scenarios.collect();
    }
    out
}

fn simulation(options: Simulation) -> Value {
    let seed = match options.seed {
        Seed::InputHash => json!("input_hash"),
        Seed::Number(number) => json!(number),
    };
    json!({
        "draws": options.draws,
        "seed": seed,
        "distribution": options.distribution.word(),
    })
}
