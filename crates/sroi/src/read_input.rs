//! Reading what is put in: money, goods, volunteers' time.
use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};
use money::{Amount, Decimal};

use crate::{
    read::count,
    types::{HORIZON_YEARS_MAX, Input, InputKind},
};

pub(crate) fn read_input(json: &Json, path: &str, problems: &mut Problems) -> Option<Input> {
    let fields = Fields::of(json, path, problems);
    let horizon = i64::from(HORIZON_YEARS_MAX);
    let words =
        [InputKind::Cash, InputKind::InKind, InputKind::Volunteer].map(|kind| (kind.word(), kind));
    let name = fields.text("name", problems);
    let worth = read_worth(&fields, problems);
    let year = fields.integer("year", 0, horizon, problems);
    let kind = fields.want("kind", problems, |json, path, problems| {
        read::one_of(json, path, &words, problems)
    });
    let duration = fields
        .given("duration", problems, |json, path, problems| {
            read::integer(json, path, 1, horizon, problems)
        })
        .into_option()
        .map_or(1, count);
    fields.refuse_unknown(
        &[
            "name",
            "amount",
            "year",
            "kind",
            "duration",
            "hours",
            "hourly_rate",
        ],
        problems,
    );
    let (amount, hours) = worth?;
    let input = Input {
        name: name?,
        amount,
        year: count(year?),
        kind: kind?,
        duration,
        hours,
    };
    if input.hours.is_some() && input.kind != InputKind::Volunteer {
        let at = fields.path_of("hours");
        problems.add(
            "contradiction",
            &at,
            format!("{at} belongs to volunteers; give an amount for other inputs."),
        );
    }
    if input.year + input.duration - 1 > HORIZON_YEARS_MAX {
        problems.add(
            "out_of_range",
            fields.path_of("duration"),
            format!("{path} runs beyond year {HORIZON_YEARS_MAX}; shorten its duration."),
        );
        return None;
    }
    Some(input)
}

type Worth = (Amount, Option<(Decimal, Amount)>);

/// An amount, or for volunteers hours times the rate of an hour.
fn read_worth(fields: &Fields<'_>, problems: &mut Problems) -> Option<Worth> {
    let stated = |key| fields.get(key).is_some_and(|json| *json != Json::Null);
    if !stated("hours") && !stated("hourly_rate") {
        return fields
            .amount("amount", problems)
            .map(|amount| (amount, None));
    }
    if stated("amount") {
        problems.add(
            "contradiction",
            fields.path_of("amount"),
            format!(
                "{} stands beside hours; give one of the two.",
                fields.path_of("amount")
            ),
        );
    }
    let hours = fields.want("hours", problems, read::decimal);
    let rate = fields.amount("hourly_rate", problems);
    let (hours, rate) = (hours?, rate?);
    let at = fields.path_of("hours");
    let Some(amount) = hours.checked_mul(rate.decimal()) else {
        problems.add(
            "too_large",
            &at,
            format!("{at} times the rate is too large to compute with."),
        );
        return None;
    };
    Some((Amount::from_decimal(amount), Some((hours, rate))))
}
