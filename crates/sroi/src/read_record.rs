//! Reading what a value map says beside its figures, and bringing proxies to the map's prices.
use std::collections::BTreeMap;

use explain::{
    Problems,
    json::Json,
    read::{self, Fields, Given},
};
use money::{Amount, Decimal};

use crate::{
    read::count,
    record::{
        Excluded, Exclusion, LibraryProxy, OutcomeRecord, PriceIndex, Record, Reindexed,
        STAKEHOLDERS_MAX, Stakeholder,
    },
    types::{Outcome, Parameter, Price, Range},
};

/// Keys of a request that belong to the record.
pub(crate) const RECORD_FIELDS: [&str; 4] = [
    "stakeholders",
    "exclusions",
    "responsiveness",
    "price_index",
];
/// Largest group: more people than any place has.
const PEOPLE_MAX: i64 = 100_000_000;
/// Years a price may be of.
const PRICE_YEARS: (i64, i64) = (1900, 2200);

pub(crate) fn read_record(fields: &Fields<'_>, problems: &mut Problems) -> Record {
    Record {
        stakeholders: listed(fields, "stakeholders", problems, read_stakeholder),
        exclusions: listed(fields, "exclusions", problems, read_exclusion),
        responsiveness: note(fields, "responsiveness", problems),
        price_index: fields
            .given("price_index", problems, read_price_index)
            .into_option(),
    }
}

pub(crate) fn read_outcome_record(fields: &Fields<'_>, problems: &mut Problems) -> OutcomeRecord {
    OutcomeRecord {
        indicator: note(fields, "indicator", problems),
        proxy_unit: note(fields, "proxy_unit", problems),
        catalogue: note(fields, "catalogue", problems),
        price_year: fields
            .given("price_year", problems, read_year)
            .into_option(),
        local_basis: note(fields, "local_basis", problems),
        library: fields
            .given("library", problems, read_library)
            .into_option(),
        reindexed: None,
    }
}

/// A note that may be missing or empty.
fn note(fields: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<String> {
    fields
        .given(key, problems, read::any_text)
        .into_option()
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn listed<T>(
    fields: &Fields<'_>,
    key: &str,
    problems: &mut Problems,
    item: impl Fn(&Json, &str, &mut Problems) -> Option<T>,
) -> Vec<T> {
    fields
        .given(key, problems, |json, path, problems| {
            read::list(json, path, STAKEHOLDERS_MAX, problems, &item)
        })
        .into_option()
        .unwrap_or_default()
}

fn read_year(json: &Json, path: &str, problems: &mut Problems) -> Option<i64> {
    read::integer(json, path, PRICE_YEARS.0, PRICE_YEARS.1, problems)
}

fn read_stakeholder(json: &Json, path: &str, problems: &mut Problems) -> Option<Stakeholder> {
    let fields = Fields::of(json, path, problems);
    let name = fields.text("name", problems);
    let number = fields.integer("number", 0, PEOPLE_MAX, problems);
    let consulted = fields.integer("consulted", 0, PEOPLE_MAX, problems);
    let (subgroup, method) = (
        note(&fields, "subgroup", problems),
        note(&fields, "method", problems),
    );
    fields.refuse_unknown(
        &["id", "name", "subgroup", "number", "consulted", "method"],
        problems,
    );
    let (number, consulted) = (number?, consulted?);
    if consulted > number {
        let at = fields.path_of("consulted");
        problems.add(
            "out_of_range",
            &at,
            format!("{at} is {consulted}, more than the {number} people there are."),
        );
    }
    Some(Stakeholder {
        name: name?,
        subgroup,
        number: count(number),
        consulted: count(consulted),
        method,
    })
}

fn read_exclusion(json: &Json, path: &str, problems: &mut Problems) -> Option<Exclusion> {
    let fields = Fields::of(json, path, problems);
    let words = [Excluded::Stakeholder, Excluded::Outcome].map(|kind| (kind.word(), kind));
    let kind = fields.want("kind", problems, |json, path, problems| {
        read::one_of(json, path, &words, problems)
    });
    let name = fields.text("name", problems);
    let reason = fields.text("reason", problems);
    fields.refuse_unknown(&["id", "kind", "name", "reason"], problems);
    Some(Exclusion {
        kind: kind?,
        name: name?,
        reason: reason?,
    })
}

fn read_price_index(json: &Json, path: &str, problems: &mut Problems) -> Option<PriceIndex> {
    let fields = Fields::of(json, path, problems);
    let name = fields.text("name", problems);
    let source = fields.text("source", problems);
    let values = fields.want("values", problems, |json, path, problems| {
        Some(read_index_values(json, path, problems))
    });
    fields.refuse_unknown(&["name", "source", "values"], problems);
    Some(PriceIndex {
        name: name?,
        source: source?,
        values: values?,
    })
}

fn read_index_values(json: &Json, path: &str, problems: &mut Problems) -> BTreeMap<i64, Decimal> {
    let fields = Fields::of(json, path, problems);
    let mut values = BTreeMap::new();
    for key in fields.keys() {
        let at = fields.path_of(key);
        let year = key
            .parse()
            .ok()
            .filter(|year| (PRICE_YEARS.0..=PRICE_YEARS.1).contains(year));
        let Some(year) = year else {
            problems.add(
                "bad_year",
                &at,
                format!("{at} is not a year, such as \"2026\"."),
            );
            continue;
        };
        if let Given::Some(value) = fields.given(key, problems, read::decimal) {
            if value > Decimal::ZERO {
                values.insert(year, value);
            } else {
                problems.add(
                    "out_of_range",
                    &at,
                    format!("{at} is {value}; an index is above zero, such as \"104.2\"."),
                );
            }
        }
    }
    values
}

fn read_library(json: &Json, path: &str, problems: &mut Problems) -> Option<LibraryProxy> {
    let fields = Fields::of(json, path, problems);
    let id = fields.text("id", problems);
    let version = fields.integer("version", 1, i64::from(u32::MAX), problems);
    let value = fields.amount("value", problems);
    let low = fields.amount("low", problems);
    let high = fields.amount("high", problems);
    let unit = note(&fields, "unit", problems);
    let price_year = fields
        .given("price_year", problems, read_year)
        .into_option();
    let foreign = fields
        .given("needs_local_basis", problems, read::boolean)
        .into_option();
    let states = [("published", true), ("proposed", false)];
    let approved = fields
        .given("state", problems, |json, path, problems| {
            read::one_of(json, path, &states, problems)
        })
        .into_option();
    fields.refuse_unknown(
        &[
            "id",
            "version",
            "value",
            "low",
            "high",
            "unit",
            "price_year",
            "needs_local_basis",
            "state",
        ],
        problems,
    );
    Some(LibraryProxy {
        id: id?,
        version: version?,
        value: value?,
        low: low?,
        high: high?,
        unit,
        price_year,
        needs_local_basis: foreign.unwrap_or(false),
        approved: approved.unwrap_or(true),
    })
}

/// Brings every proxy of another year to the prices of `to`, visibly.
pub(crate) fn reindex(
    outcomes: &mut [Outcome],
    to: Option<i64>,
    index: Option<&PriceIndex>,
    outcomes_path: &str,
    problems: &mut Problems,
) {
    let Some(to) = to else { return };
    for (position, outcome) in outcomes.iter_mut().enumerate() {
        let Some(from) = outcome.record.price_year.filter(|from| *from != to) else {
            continue;
        };
        let Price::Proxy(stated) = outcome.price else {
            continue;
        };
        let at = format!("{outcomes_path}[{position}].price_year");
        let value_of = |year| index.and_then(|index| index.values.get(&year).copied());
        let (Some(index_from), Some(index_to)) = (value_of(from), value_of(to)) else {
            problems.add(
                "price_index_missing",
                &at,
                format!(
                    "{at} is {from}, but price_index has no values for both {from} and {to}; add \
                     them, or state the proxy in prices of {to}."
                ),
            );
            continue;
        };
        let moved = |value| Reindexed::moved(value, index_from, index_to);
        let Some(proxy) = moved(stated.decimal()) else {
            problems.add(
                "too_large",
                &at,
                format!("{at} makes the proxy too large to compute with."),
            );
            continue;
        };
        let stated_range = outcome.ranges.get(&Parameter::Proxy).copied();
        if let Some(range) = stated_range
            && let (Some(low), Some(high)) = (moved(range.low), moved(range.high))
        {
            outcome.ranges.insert(Parameter::Proxy, Range { low, high });
        }
        outcome.price = Price::Proxy(Amount::from_decimal(proxy));
        outcome.record.reindexed = Some(Reindexed {
            stated,
            stated_range,
            index_from,
            index_to,
        });
    }
}
