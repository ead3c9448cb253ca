//! Less than full funding that a funder holds possible: what it costs, and what share of the points it
//! would still bring. The exact set may choose one; a person decides.
use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Actor};
use explain::{Problem, Problems};
use money::{Decimal, Hkd};
use serde_json::{Value, json};
use store::{funding_levels as rows, received, work::WorkKind};
use uuid::Uuid;

use crate::{
    CaseError, CaseResult, Casework, FundingLevelView,
    assembly::hkd,
    conflict::open_to,
    context::{deed, work},
    shortlist_parts::funding_level,
};

/// Most levels beside full funding.
const LEVELS_MAX: usize = 5;
/// Longest name or reason, in characters.
const TEXT_CHARS_MAX: usize = 500;

/// One level as somebody typed it.
#[derive(Debug, Clone)]
pub struct FundingLevelInput {
    /// Short name, such as `phase_1`.
    pub id: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// What it costs, as text.
    pub amount: String,
    /// Share of the points that it still brings, as text.
    pub benefit_share: String,
    /// Why.
    pub reason: String,
}

/// The newest levels of several submissions, with the version they were saved as.
pub async fn funding_levels_of(
    casework: &Casework,
    actor: &Actor,
    ids: &[Uuid],
) -> CaseResult<BTreeMap<Uuid, (i32, Vec<FundingLevelView>)>> {
    let mut tx = casework.begin(actor, Action::ReceivedRead).await?;
    let open = open_to(&mut tx, actor, ids).await?;
    let found = rows::list(&mut tx, &open).await?;
    tx.end_read().await?;
    Ok(found
        .into_iter()
        .map(|row| {
            let levels = row.levels.as_array().into_iter().flatten();
            let levels = levels.map(funding_level).collect();
            (row.submission_id, (row.version, levels))
        })
        .collect())
}

/// Saves the levels of one application, and has its round ranked again.
pub async fn funding_levels_save(
    casework: &Casework,
    actor: &Actor,
    submission: Uuid,
    expected_version: i32,
    levels: &[FundingLevelInput],
) -> CaseResult<()> {
    let mut tx = casework.begin(actor, Action::FundingLevelsEdit).await?;
    let received = received::find(&mut tx, submission)
        .await?
        .ok_or(CaseError::NotFound)?;
    let body = checked(levels, hkd(received.ask)?)?;
    let by = (actor.user.0, actor.name.as_str());
    rows::save(&mut tx, submission, expected_version, &body, by).await?;
    let detail = json!({"version": expected_version + 1, "levels": levels.len()});
    let entry = deed(
        actor,
        "funding_levels_save",
        "submission",
        submission,
        detail,
    );
    let round = received.round_id;
    let rank = work(WorkKind::RankRound, actor.tenant, actor.tenant, round);
    casework.commit(tx, entry, &[rank]).await
}

/// The levels as stored, when nothing is wrong with them.
fn checked(levels: &[FundingLevelInput], ask: Hkd) -> CaseResult<Value> {
    let mut problems = Problems::new();
    if levels.len() > LEVELS_MAX {
        problems.add(
            "too_many",
            "levels",
            format!("At most {LEVELS_MAX} levels can stand beside full funding."),
        );
    }
    let mut seen = BTreeSet::new();
    let mut body = Vec::new();
    for (position, level) in levels.iter().enumerate() {
        let at = |field: &str| format!("levels[{position}].{field}");
        if !seen.insert(level.id.trim()) || level.id.trim().is_empty() {
            problems.add(
                "duplicate_id",
                at("id"),
                "Each level has a short name of its own, such as \"phase_1\".",
            );
        }
        for (field, text) in [
            ("nameEn", &level.name_en),
            ("nameZh", &level.name_zh),
            ("reason", &level.reason),
        ] {
            if text.trim().is_empty() || text.chars().count() > TEXT_CHARS_MAX {
                problems.push(Problem::new(
                    "blank",
                    at(field),
                    format!(
                        "Write 1 to {TEXT_CHARS_MAX} characters, such as \"First phase only\"."
                    ),
                ));
            }
        }
        let amount = Hkd::try_from_text(&level.amount)
            .ok()
            .filter(|amount| *amount > Hkd::ZERO && *amount < ask);
        if amount.is_none() {
            problems.add(
                "amount_not_in_part",
                at("amount"),
                format!("It is more than 0.00 and less than the HK${ask} asked for."),
            );
        }
        let share = money::decimal_from_text(&level.benefit_share)
            .ok()
            .filter(|share| *share > Decimal::ZERO && *share <= Decimal::ONE);
        if share.is_none() {
            problems.add(
                "out_of_range",
                at("benefitShare"),
                "It is a share above 0 and up to 1, such as \"0.60\".",
            );
        }
        if let (Some(amount), Some(share)) = (amount, share) {
            body.push(json!({
                "id": level.id.trim(), "name_en": level.name_en.trim(), "name_zh": level.name_zh.trim(),
                "amount": amount.to_string(), "benefit_share": money::normal_text(share),
                "reason": level.reason.trim(),
            }));
        }
    }
    Ok(problems.into_result(Some(Value::Array(body)))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(amount: &str, share: &str) -> FundingLevelInput {
        FundingLevelInput {
            id: "phase_1".to_owned(),
            name_en: "First phase".to_owned(),
            name_zh: "第一期".to_owned(),
            amount: amount.to_owned(),
            benefit_share: share.to_owned(),
            reason: "Stands alone.".to_owned(),
        }
    }

    #[test]
    fn a_level_costs_less_than_what_was_asked_and_brings_a_share() {
        let ask = Hkd::from_cents(10_000);
        let stored = checked(&[level("60.00", "0.5")], ask).unwrap();
        assert_eq!(stored[0]["amount"], "60.00");
        assert_eq!(stored[0]["benefit_share"], "0.5");
        let CaseError::Problems(problems) =
            checked(&[level("100.00", "1.5"), level("1.00", "1")], ask).unwrap_err()
        else {
            panic!("expected problems");
        };
        let found: Vec<_> = problems
            .as_slice()
            .iter()
            .map(|problem| (problem.code.as_str(), problem.path.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("amount_not_in_part", "levels[0].amount"),
                ("out_of_range", "levels[0].benefitShare"),
                ("duplicate_id", "levels[1].id"),
            ]
        );
    }
}
