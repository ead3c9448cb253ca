//! Reads the further questions of `calc rank`.
use explain::{
    Problems,
    json::Json,
    read::{self, Fields},
};
use money::Hkd;

use super::{APPLICATIONS_MAX, Asks, LineRule, ROBUST, Room, check_asks};

/// The fields that ask more.
pub(super) const FIELDS: [&str; 5] = [
    "line",
    "pairwise",
    "central_weights",
    "sensitivity",
    "second_opinion",
];

/// Reads what is asked; `stability` says whether weights vary at all.
pub(super) fn asks(fields: &Fields<'_>, problems: &mut Problems) -> Asks {
    let flag = |name: &str, problems: &mut Problems| {
        fields
            .given(name, problems, read::boolean)
            .into_option()
            .unwrap_or_default()
    };
    let line = fields.given("line", problems, line).into_option();
    let asks = Asks {
        line,
        pairwise: flag("pairwise", problems),
        central_weights: flag("central_weights", problems),
        sensitivity: flag("sensitivity", problems),
        second_opinion: fields
            .given("second_opinion", problems, |json, path, problems| {
                read::one_of(json, path, &[("topsis", true)], problems)
            })
            .into_option()
            .unwrap_or_default(),
    };
    let stability = !matches!(fields.get("stability"), None | Some(Json::Null));
    check_asks::rests(&asks, stability, problems);
    if let Some(Json::List(items)) = fields.get("applications") {
        check_asks::few_enough(&asks, items.len(), problems);
    }
    asks
}

fn line(json: &Json, path: &str, problems: &mut Problems) -> Option<LineRule> {
    let item = Fields::of(json, path, problems);
    item.refuse_unknown(&["budget", "places", "robust"], problems);
    let budget = item.given("budget", problems, budget).into_option();
    let most = i64::try_from(APPLICATIONS_MAX).unwrap_or(i64::MAX);
    let places = item
        .given("places", problems, |json, path, problems| {
            read::integer(json, path, 1, most, problems)
        })
        .into_option();
    let robust = item.given("robust", problems, read::decimal).into_option();
    let robust = robust.unwrap_or(ROBUST);
    check_asks::robust(robust, &item.path_of("robust"), problems);
    let given = |key: &str| !matches!(item.get(key), None | Some(Json::Null));
    if given("budget") == given("places") {
        problems.add(
            "one_of_two",
            path,
            format!(
                "{path} must have either budget or places, such as \
                 {{\"budget\":\"2640000.00\"}} or {{\"places\":10}}."
            ),
        );
        return None;
    }
    let room = match (budget, places) {
        (Some(budget), _) => Room::Budget(budget),
        (None, Some(places)) => Room::Places(u32::try_from(places).ok()?),
        (None, None) => return None,
    };
    Some(LineRule { room, robust })
}

fn budget(json: &Json, path: &str, problems: &mut Problems) -> Option<Hkd> {
    let budget = read::hkd(json, path, problems)?;
    if budget.cents() < 0 {
        problems.add(
            "out_of_range",
            path,
            format!("{path} is {budget}; it must be 0 or more, such as \"2640000.00\"."),
        );
        return None;
    }
    Some(budget)
}
