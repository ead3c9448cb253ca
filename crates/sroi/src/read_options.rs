//! Reading what to compute beside the base result: levers for sensitivity, draws for simulation.
use explain::{
    Problems,
    json::Json,
    read::{self, Fields, Given},
};
use money::Decimal;

use crate::{
    options::{
        CHANGES_MAX, DRAWS_DEFAULT, DRAWS_MAX, Distribution, GRID_VALUES_MAX, Lever,
        LeverParameter, SCENARIOS_MAX, Scenario, Scope, Seed, Sensitivity, Simulation, TORNADO_MAX,
        Unit,
    },
    read::count,
    types::{Outcome, Parameter, Price},
};

/// Fewest draws that have a spread.
const DRAWS_MIN: i64 = 2;

/// `outcomes` is `None` when they could not be read; scopes are then taken as they are.
pub(crate) fn read_sensitivity(
    json: &Json,
    path: &str,
    outcomes: Option<&[Outcome]>,
    problems: &mut Problems,
) -> Sensitivity {
    let fields = Fields::of(json, path, problems);
    let tornado = fields
        .given("tornado", problems, |json, path, problems| {
            read::list(json, path, TORNADO_MAX, problems, |json, path, problems| {
                read_lever(json, path, &["low", "high"], outcomes, problems)
            })
        })
        .into_option();
    let grid = fields
        .given("grid", problems, |json, path, problems| {
            read_grid(json, path, outcomes, problems)
        })
        .into_option();
    let switching = fields
        .given("switching", problems, read::boolean)
        .into_option();
    let scenarios = fields
        .given("scenarios", problems, |json, path, problems| {
            read::list(
                json,
                path,
                SCENARIOS_MAX,
                problems,
                |json, path, problems| read_scenario(json, path, outcomes, problems),
            )
        })
        .into_option();
    fields.refuse_unknown(&["tornado", "grid", "switching", "scenarios"], problems);
    Sensitivity {
        tornado: tornado.unwrap_or_default(),
        grid,
        switching: switching.unwrap_or_default(),
        scenarios: scenarios.unwrap_or_default(),
    }
}

fn read_scenario(
    json: &Json,
    path: &str,
    outcomes: Option<&[Outcome]>,
    problems: &mut Problems,
) -> Option<Scenario> {
    let fields = Fields::of(json, path, problems);
    let name = fields.text("name", problems);
    let changes = fields.list("changes", CHANGES_MAX, problems, |json, path, problems| {
        read_lever(json, path, &["value"], outcomes, problems)
    });
    fields.refuse_unknown(&["name", "changes"], problems);
    Some(Scenario {
        name: name?,
        changes: changes?,
    })
}

fn read_grid(
    json: &Json,
    path: &str,
    outcomes: Option<&[Outcome]>,
    problems: &mut Problems,
) -> Option<(Lever, Lever)> {
    let fields = Fields::of(json, path, problems);
    let axis = |json: &Json, path: &str, problems: &mut Problems| {
        read_lever(json, path, &["values"], outcomes, problems)
    };
    let row = fields.want("row", problems, axis);
    let column = fields.want("column", problems, axis);
    fields.refuse_unknown(&["row", "column"], problems);
    let (row, column) = (row?, column?);
    let overlap =
        row.scope == column.scope || row.scope == Scope::All || column.scope == Scope::All;
    // A multiplier goes on top of whatever the other axis set; two values would overwrite.
    if row.parameter == column.parameter && overlap {
        problems.add(
            "contradiction",
            path,
            format!("{path} moves the same parameter on both axes; choose another for one."),
        );
        return None;
    }
    Some((row, column))
}

fn read_lever(
    json: &Json,
    path: &str,
    ends: &[&str],
    outcomes: Option<&[Outcome]>,
    problems: &mut Problems,
) -> Option<Lever> {
    let fields = Fields::of(json, path, problems);
    let words: Vec<(&str, LeverParameter)> = Parameter::ALL
        .into_iter()
        .map(LeverParameter::Outcome)
        .chain([LeverParameter::DiscountRate])
        .map(|parameter| (parameter.word(), parameter))
        .collect();
    let parameter = fields.want("parameter", problems, |json, path, problems| {
        read::one_of(json, path, &words, problems)
    });
    let scope = read_scope(&fields, parameter, outcomes, problems);
    let units = [Unit::Value, Unit::Multiplier].map(|unit| (unit.word(), unit));
    let unit = fields
        .given("unit", problems, |json, path, problems| {
            read::one_of(json, path, &units, problems)
        })
        .into_option()
        .unwrap_or(Unit::Value);
    let values = read_values(&fields, ends, problems);
    let known: Vec<&str> = ["parameter", "scope", "unit"]
        .iter()
        .chain(ends)
        .copied()
        .collect();
    fields.refuse_unknown(&known, problems);
    let lever = Lever {
        path: path.to_owned(),
        parameter: parameter?,
        scope: scope?,
        unit,
        values: values?,
    };
    check_values(&lever, &fields, ends, problems);
    check_cohorts(&lever, outcomes, problems);
    Some(lever)
}

fn read_values(
    fields: &Fields<'_>,
    ends: &[&str],
    problems: &mut Problems,
) -> Option<Vec<Decimal>> {
    let &["values"] = ends else {
        let read: Vec<_> = ends
            .iter()
            .map(|key| fields.decimal(key, problems))
            .collect();
        return read.into_iter().collect();
    };
    let values = fields.list("values", GRID_VALUES_MAX, problems, read::decimal)?;
    if values.is_empty() {
        let at = fields.path_of("values");
        problems.add(
            "too_few",
            &at,
            format!("{at} is empty; give at least one value."),
        );
        return None;
    }
    Some(values)
}

fn read_scope(
    fields: &Fields<'_>,
    parameter: Option<LeverParameter>,
    outcomes: Option<&[Outcome]>,
    problems: &mut Problems,
) -> Option<Scope> {
    let at = fields.path_of("scope");
    let of_rate = parameter == Some(LeverParameter::DiscountRate);
    let id = match fields.given("scope", problems, read::text) {
        Given::Some(id) if id == "all" => return Some(Scope::All),
        Given::Some(id) => id,
        Given::Missing if of_rate => return Some(Scope::All),
        Given::Missing | Given::None => {
            if fields.get("scope").is_none_or(|json| *json == Json::Null) {
                problems.add(
                    "missing",
                    &at,
                    format!("{at} is missing; give \"all\" or the id of an outcome."),
                );
            }
            return None;
        }
    };
    if of_rate {
        problems.add(
            "bad_scope",
            &at,
            format!("{at} must be \"all\" or left out: the discount rate has no outcome."),
        );
        return None;
    }
    let valued = outcomes.is_none_or(|outcomes| {
        outcomes
            .iter()
            .any(|outcome| outcome.id == id && matches!(outcome.price, Price::Proxy(_)))
    });
    if !valued {
        problems.add(
            "bad_scope",
            &at,
            format!("{at} \"{id}\" is not the id of a valued outcome; give one, or \"all\"."),
        );
        return None;
    }
    Some(Scope::Outcome(id))
}

/// Shares and rates stay within 0 and 1, multipliers are not negative.
fn check_values(lever: &Lever, fields: &Fields<'_>, ends: &[&str], problems: &mut Problems) {
    let share = match lever.parameter {
        LeverParameter::Outcome(parameter) => parameter.is_share(),
        LeverParameter::DiscountRate => true,
    };
    let most = match lever.unit {
        Unit::Value if share => Some(Decimal::ONE),
        Unit::Value => return,
        Unit::Multiplier => None,
    };
    for (position, value) in lever.values.iter().enumerate() {
        if *value >= Decimal::ZERO && most.is_none_or(|most| *value <= most) {
            continue;
        }
        let at = match ends.get(position) {
            Some(end) if *end != "values" => fields.path_of(end),
            Some(_) | None => format!("{}[{position}]", fields.path_of("values")),
        };
        let bound = if most.is_some() {
            "between 0 and 1"
        } else {
            "zero or more"
        };
        let message = format!("{at} is {value}; it must be {bound}.");
        problems.add("out_of_range", at, message);
    }
}

/// One value cannot stand for the quantities of several cohorts.
fn check_cohorts(lever: &Lever, outcomes: Option<&[Outcome]>, problems: &mut Problems) {
    if lever.parameter != LeverParameter::Outcome(Parameter::Quantity) || lever.unit != Unit::Value
    {
        return;
    }
    let several = outcomes.unwrap_or_default().iter().any(|outcome| {
        let meant = match &lever.scope {
            Scope::All => true,
            Scope::Outcome(id) => *id == outcome.id,
        };
        meant && outcome.cohorts.len() > 1
    });
    if several {
        let at = format!("{}.unit", lever.path);
        let message =
            format!("{at} must be \"multiplier\": an outcome with cohorts has several quantities.");
        problems.add("needs_multiplier", at, message);
    }
}

pub(crate) fn read_simulation(json: &Json, path: &str, problems: &mut Problems) -> Simulation {
    let fields = Fields::of(json, path, problems);
    let draws = fields
        .given("draws", problems, |json, path, problems| {
            read::integer(json, path, DRAWS_MIN, DRAWS_MAX, problems)
        })
        .into_option();
    let seed = fields.given("seed", problems, read_seed).into_option();
    let words = [
        Distribution::Triangular,
        Distribution::Pert,
        Distribution::Lognormal,
    ]
    .map(|distribution| (distribution.word(), distribution));
    let distribution = fields
        .given("distribution", problems, |json, path, problems| {
            read::one_of(json, path, &words, problems)
        })
        .into_option();
    fields.refuse_unknown(&["draws", "seed", "distribution"], problems);
    Simulation {
        draws: draws.map_or(DRAWS_DEFAULT, count),
        seed: seed.unwrap_or(Seed::InputHash),
        distribution: distribution.unwrap_or(Distribution::Triangular),
    }
}

fn read_seed(json: &Json, path: &str, problems: &mut Problems) -> Option<Seed> {
    match json {
        Json::Text(word) if word == "input_hash" => Some(Seed::InputHash),
        Json::Integer(number) if *number >= 0 => u64::try_from(*number).ok().map(Seed::Number),
        Json::Null
        | Json::Bool(_)
        | Json::Integer(_)
        | Json::Fraction
        | Json::Text(_)
        | Json::List(_)
        | Json::Object(_) => {
            problems.add(
                "bad_seed",
                path,
                format!("{path} must be \"input_hash\" or a whole number of zero or more."),
            );
            None
        }
    }
}
