//! Limits that contradict each other: refused before anything is solved, all of them at once.
use std::collections::{BTreeMap, BTreeSet};

use explain::{Problem, Problems, read::join};
use money::{Hkd, MoneyError};

use crate::{
    Counted, Side, Source,
    limits::{MATCHING, Rules},
};

/// Limits that no plan of this cost could keep at once, whoever pays what.
pub(crate) fn refuse_contradictions(
    rules: &Rules<'_>,
    sources: &BTreeSet<Source>,
    cost: Hkd,
    path: &str,
    problems: &mut Problems,
) -> Result<(), MoneyError> {
    let floors = by_source(rules, Side::AtLeast);
    let mut ceilings = by_source(rules, Side::AtMost);
    if let Some(matching) = rules.matching
        && let (Some(most), Counted::InTotal) = (matching.ceiling, matching.counted)
    {
        let held = ceilings
            .entry(matching.payer.clone())
            .or_insert((MATCHING, most));
        if most < held.1 {
            *held = (MATCHING, most);
        }
    }
    for (source, (floor, least)) in &floors {
        if let Some((ceiling, most)) = ceilings.get(source)
            && least > most
        {
            problems.push(contradiction(
                path,
                floor,
                &format!(
                    "{source} must be at least {least} by {floor} and at most {most} by {ceiling}; \
                     lower the first to \"{most}\" or raise the second"
                ),
                (least.checked_sub(*most)?, ceiling),
            ));
        }
    }
    for limit in &rules.limits {
        if limit.side == Side::AtLeast && limit.counted.len() > 1 && limit.amount > cost {
            let cause = format!(
                "{} asks for {}, more than the cost {cost}; lower it, for example to \"0.00\"",
                limit.name, limit.amount
            );
            let by = limit.amount.checked_sub(cost)?;
            problems.push(contradiction(path, limit.name, &cause, (by, "cost")));
        }
    }
    let least = Hkd::checked_sum(floors.values().map(|(_, amount)| *amount))?;
    if let (true, Some((name, _))) = (least > cost, floors.values().next()) {
        let cause = format!(
            "the least amounts of all sources come to {least}, more than the cost {cost}; lower one \
             of them, for example to \"0.00\""
        );
        problems.push(contradiction(
            path,
            name,
            &cause,
            (least.checked_sub(cost)?, "cost"),
        ));
    }
    if sources.iter().all(|source| ceilings.contains_key(source)) {
        let most = Hkd::checked_sum(sources.iter().filter_map(|s| Some(ceilings.get(s)?.1)))?;
        if let (true, Some((name, _))) = (most < cost, ceilings.values().next()) {
            let cause = format!(
                "the most that all sources may pay comes to {most}, less than the cost {cost}; \
                 raise one of them or leave it out"
            );
            problems.push(contradiction(
                path,
                name,
                &cause,
                (cost.checked_sub(most)?, "cost"),
            ));
        }
    }
    Ok(())
}

fn contradiction(path: &str, name: &str, cause: &str, (by, other): (Hkd, &str)) -> Problem {
    let key = match name {
        "source_min" | "source_max" => "limits.sources".to_owned(),
        MATCHING => MATCHING.to_owned(),
        _ => format!("limits.{name}"),
    };
    let at = join(path, &key);
    Problem::new("limits_contradict", &at, format!("{at}: {cause}."))
        .with("by", by.to_string())
        .with("limit", name)
        .with("other", other)
}

/// The sharpest limit of one side on each single source.
fn by_source(rules: &Rules<'_>, side: Side) -> BTreeMap<Source, (&'static str, Hkd)> {
    let mut sharpest: BTreeMap<Source, (&'static str, Hkd)> = BTreeMap::new();
    for limit in rules.limits.iter().filter(|limit| limit.side == side) {
        // A floor that several sources share is no floor of any one of them.
        let [source] = limit.counted.as_slice() else {
            continue;
        };
        let held = sharpest
            .entry(source.clone())
            .or_insert((limit.name, limit.amount));
        let sharper = match side {
            Side::AtLeast => limit.amount > held.1,
            Side::AtMost => limit.amount < held.1,
        };
        if sharper {
            *held = (limit.name, limit.amount);
        }
    }
    sharpest
}
