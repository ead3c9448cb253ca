//! An eligibility verdict: the engine's outcome per criterion, with the question and the source
//! from the rule file that was applied.
use async_graphql::{Enum, SimpleObject};
use casework::{CaseError, CaseResult};
use serde_json::Value;

use super::read::{bilingual, list, optional_text, shown, text, texts};
use crate::graphql::{scalars::Decimal, types::Text};

#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EligibilityState {
    Eligible,
    NotEligible,
    NeedsInformation,
}

impl EligibilityState {
    /// Reads the engine's word.
    pub(crate) fn from_word(word: &str) -> CaseResult<Self> {
        match word {
            "eligible" => Ok(Self::Eligible),
            "not_eligible" => Ok(Self::NotEligible),
            "needs_information" => Ok(Self::NeedsInformation),
            other => Err(unknown("eligibility state", other)),
        }
    }
}

#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CriterionOutcome {
    Pass,
    Fail,
    Unknown,
    Info,
}

impl CriterionOutcome {
    /// Reads the engine's word.
    pub(crate) fn from_word(word: &str) -> CaseResult<Self> {
        match word {
            "pass" => Ok(Self::Pass),
            "fail" => Ok(Self::Fail),
            "unknown" => Ok(Self::Unknown),
            "info" => Ok(Self::Info),
            other => Err(unknown("outcome", other)),
        }
    }
}

#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Severity {
    Hard,
    Soft,
    Info,
}

impl Severity {
    /// Reads the rule file's word.
    pub(crate) fn from_word(word: &str) -> CaseResult<Self> {
        match word {
            "hard" => Ok(Self::Hard),
            "soft" => Ok(Self::Soft),
            "info" => Ok(Self::Info),
            other => Err(unknown("severity", other)),
        }
    }
}

fn unknown(what: &str, word: &str) -> CaseError {
    CaseError::Internal(format!("unknown {what} {word}"))
}

/// What the machine proposes on eligibility; a person decides.
#[derive(SimpleObject)]
pub(crate) struct Verdict {
    state: EligibilityState,
    ruleset: String,
    version: String,
    input_hash: String,
    #[graphql(complexity = "25 * child_complexity + 1")]
    criteria: Vec<Criterion>,
}

#[derive(SimpleObject)]
pub(crate) struct Criterion {
    id: String,
    severity: Severity,
    outcome: CriterionOutcome,
    question: Text,
    value: Option<String>,
    threshold: Option<String>,
    shortfall: Option<Decimal>,
    reason: Text,
    fix: Option<Text>,
    fix_field: Option<String>,
    facts_used: Vec<String>,
    source: Vec<String>,
    /// What one fact would have to become for it to pass, where that can be computed; each is
    /// enough by itself.
    #[graphql(complexity = "3 * child_complexity + 1")]
    changes: Vec<CriterionChange>,
}

/// `kind`: number, date, size, choose, add, remove or give; `by` is the difference.
#[derive(SimpleObject)]
pub(crate) struct CriterionChange {
    field: String,
    kind: String,
    from: Option<String>,
    to: Vec<String>,
    by: Option<String>,
}

fn change(value: &Value) -> CaseResult<CriterionChange> {
    Ok(CriterionChange {
        field: text(value, "field")?,
        kind: text(value, "kind")?,
        from: shown(&value["from"]),
        to: match &value["to"] {
            Value::Array(items) => items.iter().filter_map(shown).collect(),
            other => shown(other).into_iter().collect(),
        },
        by: shown(&value["by"]),
    })
}

/// Types the engine's output, joined with the rule file by the criterion's id.
pub(crate) fn verdict(output: &Value, programme: &Value) -> CaseResult<Verdict> {
    let rules = list(&programme["criteria"]);
    let criteria = list(&output["criteria"]).iter().map(|result| {
        let rule = rules.iter().find(|rule| rule["id"] == result["id"]);
        criterion(result, rule.unwrap_or(&Value::Null), programme)
    });
    Ok(Verdict {
        state: EligibilityState::from_word(&text(output, "state")?)?,
        ruleset: text(&output["ruleset"], "id")?,
        version: text(&output["ruleset"], "version")?,
        input_hash: text(output, "input_hash")?,
        criteria: criteria.collect::<CaseResult<_>>()?,
    })
}

fn criterion(result: &Value, rule: &Value, programme: &Value) -> CaseResult<Criterion> {
    let id = text(result, "id")?;
    Ok(Criterion {
        severity: Severity::from_word(&text(result, "severity")?)?,
        outcome: CriterionOutcome::from_word(&text(result, "outcome")?)?,
        question: question(rule, &id),
        value: shown(&result["value"]),
        threshold: shown(&result["threshold"]),
        shortfall: optional_text(result, "shortfall").map(Decimal),
        reason: bilingual(&result["reason"])?,
        fix: bilingual(&result["fix"]).ok(),
        fix_field: optional_text(rule, "fix_field"),
        facts_used: texts(&result["facts_used"]),
        source: sources(rule, programme),
        changes: list(&result["changes"])
            .iter()
            .map(change)
            .collect::<CaseResult<_>>()?,
        id,
    })
}

/// The question in both languages; the id where the rule file has none.
pub(crate) fn question(rule: &Value, id: &str) -> Text {
    let words = |key| optional_text(rule, key).unwrap_or_else(|| id.to_owned());
    Text {
        en: words("question_en"),
        zh: words("question_zh"),
    }
}

/// Where a criterion comes from, in words where the rule file lists them.
pub(crate) fn sources(rule: &Value, programme: &Value) -> Vec<String> {
    let named = |code: String| {
        let words = programme["sources"][&code]["ref"].as_str();
        words.map_or_else(|| code.clone(), |words| format!("{code}: {words}"))
    };
    texts(&rule["source"]).into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_verdict_is_joined_with_the_questions_of_its_rule_file() {
        let programme = json!({
            "criteria": [{
                "id": "DF-E06", "question_en": "Within the cap?", "question_zh": "上限之內？",
                "fix_field": "application.requested_hkd", "source": ["P-DF", "X"],
            }],
            "sources": {"P-DF": {"ref": "press report"}},
        });
        let output = json!({
            "state": "not_eligible", "input_hash": "v1:00",
            "ruleset": {"id": "demo", "version": "1"},
            "criteria": [{
                "id": "DF-E06", "severity": "hard", "outcome": "fail", "value": "600000.00",
                "threshold": ["0.00", "500000.00"], "shortfall": "100000.00",
                "reason": {"en": "Too much.", "zh": "過多。"}, "fix": null,
                "facts_used": ["application.requested_hkd"],
            }],
        });
        let verdict = verdict(&output, &programme).unwrap();
        assert_eq!(verdict.state, EligibilityState::NotEligible);
        let criterion = &verdict.criteria[0];
        assert_eq!(criterion.question.en, "Within the cap?");
        assert_eq!(criterion.threshold.as_deref(), Some("0.00 – 500000.00"));
        assert_eq!(
            criterion.fix_field.as_deref(),
            Some("application.requested_hkd")
        );
        assert_eq!(criterion.source, ["P-DF: press report", "X"]);
        assert!(criterion.fix.is_none());
    }

    #[test]
    fn an_unknown_word_of_the_engine_is_our_fault_and_not_a_guess() {
        let output = json!({"state": "perhaps"});
        assert!(matches!(
            verdict(&output, &json!({})),
            Err(CaseError::Internal(_))
        ));
    }
}
