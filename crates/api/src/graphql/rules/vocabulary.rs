//! What criteria may be made of, as the schema shows it.
use async_graphql::SimpleObject;
use casework::{FactView, RuleVocabularyView};

use crate::graphql::types::{Coded, Text};

/// Facts, operators and headings.
#[derive(SimpleObject)]
pub(crate) struct RuleVocabulary {
    #[graphql(complexity = "70 * child_complexity + 1")]
    facts: Vec<FactInfo>,
    #[graphql(complexity = "40 * child_complexity + 1")]
    operators: Vec<RuleOperator>,
    #[graphql(complexity = "15 * child_complexity + 1")]
    groups: Vec<Coded>,
}

impl From<RuleVocabularyView> for RuleVocabulary {
    fn from(view: RuleVocabularyView) -> Self {
        Self {
            facts: view.facts.into_iter().map(FactInfo::from).collect(),
            operators: eligibility_operators(),
            groups: coded(view.groups),
        }
    }
}

fn coded(codes: Vec<(String, explain::Text)>) -> Vec<Coded> {
    codes
        .into_iter()
        .map(|(code, label)| Coded {
            code,
            label: label.into(),
        })
        .collect()
}

/// A fact that a criterion may look at.
#[derive(SimpleObject)]
pub(crate) struct FactInfo {
    path: String,
    #[graphql(name = "type")]
    kind: String,
    unit: Option<String>,
    label: Text,
    /// Where in the form it is filled in.
    section: Option<String>,
    anchor: Option<String>,
    provenance: String,
    options: Vec<Coded>,
}

impl From<FactView> for FactInfo {
    fn from(view: FactView) -> Self {
        Self {
            path: view.path,
            kind: view.kind,
            unit: view.unit,
            label: view.label.into(),
            section: view.section,
            anchor: view.anchor,
            provenance: view.provenance,
            options: coded(view.options),
        }
    }
}

/// An operator; `gives` is `yes_no` or `value`.
#[derive(SimpleObject)]
pub(crate) struct RuleOperator {
    word: String,
    gives: String,
    operands: Vec<RuleOperand>,
    label: Text,
}

/// What stands beside the operator, in order.
#[derive(SimpleObject)]
pub(crate) struct RuleOperand {
    key: String,
    kind: String,
    optional: bool,
}

fn eligibility_operators() -> Vec<RuleOperator> {
    casework::RULE_OPERATORS
        .iter()
        .map(|operator| RuleOperator {
            word: operator.word.to_owned(),
            gives: if operator.yes_or_no {
                "yes_no"
            } else {
                "value"
            }
            .to_owned(),
            operands: operator
                .operands
                .iter()
                .map(|operand| RuleOperand {
                    key: operand.key.to_owned(),
                    kind: operand.kind.to_owned(),
                    optional: operand.optional,
                })
                .collect(),
            label: Text {
                en: operator.en.to_owned(),
                zh: operator.zh.to_owned(),
            },
        })
        .collect()
}
