//! Hints for reviewers: figures unlike those of published reports or of the proxy library, one
//! change counted twice, harms nobody mentions. A hint is a question, never a score or a default.
use std::collections::BTreeMap;

use money::{Decimal, normal_text};

use crate::{
    evaluate::Evaluation,
    record::{Excluded, LibraryProxy, Reindexed},
    types::{Outcome, Parameter, Price, Request},
    warnings::Warning,
};

/// Reported non-zero values at the tenth and ninetieth percentile, in hundred-thousandths, and
/// whether most reports state a value above zero, so that zero deserves a question too.
/// Source: factor benchmarks of 383 published SROI reports, recomputed from
/// github.com/jcmunozmora/sroi-meta-analysis, commit 68098e7.
const REPORTED: [(Parameter, i64, i64, bool); 4] = [
    (Parameter::Deadweight, 5_201, 50_000, true),
    (Parameter::Displacement, 5_000, 50_000, false),
    (Parameter::Attribution, 10_000, 53_000, true),
    (Parameter::Dropoff, 10_000, 50_000, false),
];
/// The ratio at the ninetieth percentile of the same reports, in hundredths.
const RATIO_P90: i64 = 1_137;
/// A map of this many outcomes without one harm deserves the question whether there is none.
const OUTCOMES_WITHOUT_HARM: usize = 3;

/// All hints, in the order of the map.
pub(crate) fn hints(evaluation: &Evaluation) -> Vec<Warning> {
    let request = &evaluation.request;
    let mut found = Vec::new();
    let ratio = evaluation.ratio().decimal();
    let p90 = Decimal::new(RATIO_P90, 2);
    if ratio > p90 {
        let values = [
            ("value", evaluation.ratio().to_text()),
            ("p90", normal_text(p90)),
        ];
        found.push(hint(request, "ratio_above_reported", "ratio", values));
    }
    found.extend(no_harm(request));
    found.extend(price_years_missing(request));
    for (position, outcome) in request.outcomes.iter().enumerate() {
        let at = |key: &str| format!("outcomes[{position}].{key}");
        found.extend(
            REPORTED
                .iter()
                .filter_map(|reported| share_hint(request, outcome, *reported, &at)),
        );
        if outcome.duration == 1 && outcome.dropoff.decimal() > Decimal::ZERO {
            found.push(hint(request, "dropoff_without_years", &at("dropoff"), []));
        }
        if outcome.duration > 1 && outcome.dropoff.decimal().is_zero() {
            let values = [("years", outcome.duration.to_string())];
            found.push(hint(
                request,
                "no_dropoff_over_years",
                &at("dropoff"),
                values,
            ));
        }
        found.extend(counted_twice(request, position, outcome, &at));
        let listed = &request.record.stakeholders;
        if !listed.is_empty()
            && !listed
                .iter()
                .any(|group| same(&group.name, &outcome.stakeholder))
        {
            let values = [("stakeholder", outcome.stakeholder.clone())];
            found.push(hint(
                request,
                "stakeholder_not_listed",
                &at("stakeholder"),
                values,
            ));
        }
        if let Some(library) = &outcome.record.library {
            found.extend(library_hints(request, outcome, library, &at));
        }
    }
    found
}

fn hint<const N: usize>(
    request: &Request,
    code: &'static str,
    path: &str,
    values: [(&'static str, String); N],
) -> Warning {
    Warning {
        code,
        path: explain::read::join(&request.path, path),
        values: BTreeMap::from(values),
    }
}

fn share_hint(
    request: &Request,
    outcome: &Outcome,
    (parameter, p10, p90, zero_is_rare): (Parameter, i64, i64, bool),
    at: &impl Fn(&str) -> String,
) -> Option<Warning> {
    let value = outcome.value(parameter)?;
    let (p10, p90) = (Decimal::new(p10, 5), Decimal::new(p90, 5));
    let (code, name, limit) = if value > p90 {
        ("share_above_reported", "p90", p90)
    } else if value < p10 && (zero_is_rare || value > Decimal::ZERO) {
        ("share_below_reported", "p10", p10)
    } else {
        return None;
    };
    let values = [("value", normal_text(value)), (name, normal_text(limit))];
    Some(hint(request, code, &at(parameter.word()), values))
}

fn no_harm(request: &Request) -> Option<Warning> {
    let harm = |outcome: &Outcome| {
        let mut cohorts = outcome.cohorts.iter();
        cohorts.any(|cohort| cohort.quantity.decimal() < Decimal::ZERO)
    };
    let considered = request.outcomes.iter().any(harm)
        || request
            .record
            .exclusions
            .iter()
            .any(|exclusion| exclusion.kind == Excluded::Outcome);
    (!considered && request.outcomes.len() >= OUTCOMES_WITHOUT_HARM)
        .then(|| hint(request, "no_negative_outcome", "outcomes", []))
}

/// With an index at hand, a price without a year cannot be compared with the others.
fn price_years_missing(request: &Request) -> Option<Warning> {
    request.record.price_index.as_ref()?;
    let priced = |outcome: &&Outcome| matches!(outcome.price, Price::Proxy(_));
    let of = request.outcomes.iter().filter(priced).count();
    let missing = request
        .outcomes
        .iter()
        .filter(priced)
        .filter(|outcome| outcome.record.price_year.is_none())
        .count();
    let values = [("missing", missing.to_string()), ("of", of.to_string())];
    (missing > 0).then(|| hint(request, "proxy_price_year_unknown", "outcomes", values))
}

/// The same change for several stakeholders may be one change counted twice.
fn counted_twice(
    request: &Request,
    position: usize,
    outcome: &Outcome,
    at: &impl Fn(&str) -> String,
) -> Option<Warning> {
    let alike = |other: &&Outcome| {
        let coded = outcome.record.catalogue.is_some()
            && outcome.record.catalogue == other.record.catalogue;
        (coded || same(&outcome.name, &other.name))
            && !same(&outcome.stakeholder, &other.stakeholder)
    };
    let earlier = request.outcomes.iter().take(position).find(alike)?;
    let values = [
        ("outcome", earlier.id.clone()),
        ("others", earlier.stakeholder.clone()),
    ];
    Some(hint(request, "counted_twice", &at("name"), values))
}

fn library_hints(
    request: &Request,
    outcome: &Outcome,
    library: &LibraryProxy,
    at: &impl Fn(&str) -> String,
) -> Vec<Warning> {
    let mut found = Vec::new();
    if !library.approved {
        let values = [("library", library.id.clone())];
        found.push(hint(request, "proxy_not_approved", &at("proxy"), values));
    }
    if library.needs_local_basis && outcome.record.local_basis.is_none() {
        let values = [("library", library.id.clone())];
        found.push(hint(
            request,
            "proxy_needs_local_basis",
            &at("local_basis"),
            values,
        ));
    }
    if let Some((value, low, high)) = in_library_prices(request, outcome, library)
        && (value < low || value > high)
    {
        let values = [
            ("value", normal_text(value)),
            ("low", normal_text(low)),
            ("high", normal_text(high)),
            ("library", library.id.clone()),
        ];
        found.push(hint(request, "proxy_outside_library", &at("proxy"), values));
    }
    found
}

/// The stated proxy with the library's range in prices of the same year; none when the years differ
/// and no index tells by how much, or the library's price is not from here.
fn in_library_prices(
    request: &Request,
    outcome: &Outcome,
    library: &LibraryProxy,
) -> Option<(Decimal, Decimal, Decimal)> {
    if library.needs_local_basis {
        return None;
    }
    let moved = outcome.record.reindexed.as_ref();
    let value = match (moved, &outcome.price) {
        (Some(moved), _) => moved.stated.decimal(),
        (None, Price::Proxy(proxy)) => proxy.decimal(),
        (None, Price::Unvalued { .. }) => return None,
    };
    let (low, high) = (library.low.decimal(), library.high.decimal());
    let year = outcome.record.price_year.or(request.price_year);
    match (year, library.price_year) {
        (Some(ours), Some(theirs)) if ours != theirs => {
            let index = &request.record.price_index.as_ref()?.values;
            let (from, to) = (*index.get(&theirs)?, *index.get(&ours)?);
            let low = Reindexed::moved(low, from, to)?;
            Some((value, low, Reindexed::moved(high, from, to)?))
        }
        _ => Some((value, low, high)),
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
