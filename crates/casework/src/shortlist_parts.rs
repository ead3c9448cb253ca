//! Parts of what the ranking engine answered, as views: the best set, the second opinion, how far
//! weights may move.
use std::collections::BTreeMap;

use explain::Text;
use serde_json::Value;
use store::received::ReceivedRow;
use uuid::Uuid;

use crate::{
    FundingLevelView, RelaxationView, SecondOpinionView, SelectionView, SmallestMoveView,
    WeightRangeView, panel_settings::words, settings::Settings,
};

/// Submissions by the reference under which the engines know them.
pub(crate) struct References(BTreeMap<String, Uuid>);

impl References {
    pub(crate) fn of(rows: &[ReceivedRow]) -> Self {
        let pairs = rows
            .iter()
            .map(|row| (row.reference.clone(), row.submission_id));
        Self(pairs.collect())
    }

    pub(crate) fn id(&self, reference: &str) -> Option<Uuid> {
        self.0.get(reference).copied()
    }

    fn listed(&self, value: &Value) -> Vec<Uuid> {
        words(value)
            .iter()
            .filter_map(|reference| self.id(reference))
            .collect()
    }
}

pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn word(value: &Value) -> String {
    text(value).unwrap_or_default()
}

pub(crate) fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}

fn both(value: &Value) -> Text {
    Text::new(word(&value["en"]), word(&value["zh"]))
}

/// The best set as `calc select` answers.
pub(crate) fn selection(select: &Value, references: &References) -> SelectionView {
    let prices = select["price_of_fairness"].as_object();
    let checks = select["checks"].as_array();
    SelectionView {
        status: word(&select["status"]),
        objective: word(&select["objective"]),
        spent: word(&select["spent"]),
        bound: text(&select["bound"]),
        gap: text(&select["gap"]),
        method: both(&select["method"]),
        greedy_objective: word(&select["greedy"]["objective"]),
        greedy_spent: word(&select["greedy"]["spent"]),
        selected: references.listed(&select["selected"]),
        greedy: references.listed(&select["greedy"]["selected"]),
        price_of_fairness: prices
            .into_iter()
            .flatten()
            .map(|(rule, price)| (rule.clone(), text(&price["points"]), text(&price["spent"])))
            .collect(),
        checks: checks
            .into_iter()
            .flatten()
            .map(|check| {
                let holds = check["holds"] == Value::Bool(true);
                (
                    word(&check["rule"]),
                    word(&check["value"]),
                    word(&check["limit"]),
                    holds,
                )
            })
            .collect(),
        relaxation: relaxation(&select["relaxation"]),
        together: words(&select["relaxation"]["together"]),
    }
}

fn relaxation(value: &Value) -> Vec<RelaxationView> {
    let plain = |value: &Value| match value {
        Value::Number(number) => Some(number.to_string()),
        other => text(other),
    };
    let rules = value.as_object();
    rules
        .into_iter()
        .flatten()
        .filter(|(_, short)| short.is_object())
        .filter_map(|(rule, short)| {
            let first = |keys: [&str; 2]| keys.iter().find_map(|key| plain(&short[*key]));
            Some(RelaxationView {
                rule: rule.clone(),
                required: first(["required", "limit"]),
                achievable: first(["achievable", "needed"]),
                shortfall: plain(&short["shortfall"])?,
            })
        })
        .collect()
}

/// The level that the best set chose for an application instead of full funding.
pub(crate) fn chosen_level(
    select: Option<&Value>,
    reference: &str,
    levels: Option<&Value>,
) -> Option<FundingLevelView> {
    let chosen = select?["levels"][reference].as_str()?;
    levels
        .and_then(Value::as_array)?
        .iter()
        .find(|level| level["id"] == chosen)
        .map(funding_level)
}

/// One level of part funding as stored.
pub(crate) fn funding_level(level: &Value) -> FundingLevelView {
    FundingLevelView {
        id: word(&level["id"]),
        name: Text::new(word(&level["name_en"]), word(&level["name_zh"])),
        amount: word(&level["amount"]),
        benefit_share: word(&level["benefit_share"]),
        reason: word(&level["reason"]),
    }
}

pub(crate) fn second_opinion(output: &Value) -> Option<SecondOpinionView> {
    let second = &output["second_opinion"];
    let agreement = &second["agreement"];
    Some(SecondOpinionView {
        method: text(&second["method"])?,
        label: both(&second["label"]),
        kendall_tau: text(&agreement["kendall_tau"]),
        spearman: text(&agreement["spearman"]),
        same_above_line: number(&agreement["same_above_line"]),
    })
}

pub(crate) fn smallest_move(
    output: &Value,
    references: &References,
    settings: &Settings,
) -> Option<SmallestMoveView> {
    let smallest = &output["smallest_move"];
    let criterion = text(&smallest["criterion"])?;
    let agreed = settings.rubric.iter().find(|each| each.id == criterion)?;
    Some(SmallestMoveView {
        submission: references.id(smallest["application"].as_str()?)?,
        from: agreed.weight.clone(),
        to: text(&smallest["to"])?,
        criterion,
    })
}

/// How far each weight may move, by reference.
pub(crate) fn sensitivity(
    output: &Value,
    weights: &BTreeMap<String, String>,
) -> BTreeMap<String, Vec<WeightRangeView>> {
    let range = |value: &Value| Some((text(&value["from"])?, text(&value["to"])?));
    let mut all = BTreeMap::<String, Vec<WeightRangeView>>::new();
    for row in output["sensitivity"].as_array().into_iter().flatten() {
        let criterion = word(&row["criterion"]);
        let view = range(&row["rank"]).map(|rank| WeightRangeView {
            weight: weights.get(&criterion).cloned().unwrap_or_default(),
            rank,
            line: range(&row["line"]),
            criterion,
        });
        all.entry(word(&row["application"]))
            .or_default()
            .extend(view);
    }
    all
}
