//! A programme version: its form, criteria and rubric are published data, typed here.
#![expect(
    clippy::unused_async,
    reason = "the schema's macro takes async functions only"
)]

use std::sync::Arc;

use async_graphql::{ID, Object, SimpleObject};
use casework::{CaseError, CaseResult, ProgrammeView};
use serde_json::Value;

use crate::{
    answer::answer,
    graphql::{
        engine::{Severity, bilingual, list, sources, text},
        scalars::Decimal,
        types::{Coded, Text, id},
    },
};

/// A programme version.
pub(crate) struct Programme(pub(super) Arc<ProgrammeView>);

#[Object]
impl Programme {
    async fn id(&self) -> ID {
        id(self.0.id)
    }

    async fn version(&self) -> &str {
        &self.0.version
    }

    async fn label(&self) -> async_graphql::Result<String> {
        answer(text(&self.0.body, "label"))
    }

    async fn name(&self) -> async_graphql::Result<Text> {
        answer(pair(&self.0.body, "name_en", "name_zh"))
    }

    async fn funder(&self) -> async_graphql::Result<Text> {
        answer(pair(&self.0.body, "funder_en", "funder_zh"))
    }

    /// Made up for demonstration; its label says so.
    async fn illustrative(&self) -> bool {
        self.0.body["label"]
            .as_str()
            .is_some_and(|label| label.starts_with("ILLUSTRATIVE"))
    }

    /// The form, section by section.
    #[graphql(complexity = "7 * child_complexity + 1")]
    async fn sections(&self) -> async_graphql::Result<Vec<FormSection>> {
        let sections = match &self.0.sections {
            Value::Array(sections) => sections.as_slice(),
            other => list(&other["sections"]),
        };
        answer(sections.iter().map(section).collect())
    }

    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn criteria(&self) -> async_graphql::Result<Vec<CriterionInfo>> {
        let body = &self.0.body;
        let criteria = list(&body["criteria"])
            .iter()
            .map(|rule| criterion(rule, body));
        answer(criteria.collect())
    }

    /// The stages an application passes through, with the names this programme gives them.
    #[graphql(complexity = "4 * child_complexity + 1")]
    async fn stages(&self) -> async_graphql::Result<Vec<ProgrammeStage>> {
        answer(list(&self.0.body["stages"]).iter().map(stage).collect())
    }

    #[graphql(complexity = "8 * child_complexity + 1")]
    async fn rubric(&self) -> async_graphql::Result<Vec<RubricDimension>> {
        let body = &self.0.body;
        let dimensions = list(&body["rubric"]["dimensions"]);
        answer(
            dimensions
                .iter()
                .map(|dimension| rubric(dimension, body))
                .collect(),
        )
    }

    async fn discount_rate(&self) -> async_graphql::Result<Decimal> {
        answer(text(&self.0.body["settings"], "discount_rate").map(Decimal))
    }
}

fn pair(value: &Value, en: &str, zh: &str) -> CaseResult<Text> {
    Ok(Text {
        en: text(value, en)?,
        zh: text(value, zh)?,
    })
}

/// A stage, who answers for it, and what happens in it.
#[derive(SimpleObject)]
pub(crate) struct ProgrammeStage {
    code: String,
    name: Text,
    owner_role: Option<String>,
    note: Option<Text>,
}

fn stage(value: &Value) -> CaseResult<ProgrammeStage> {
    Ok(ProgrammeStage {
        code: text(value, "code")?,
        name: bilingual(&value["name"])?,
        owner_role: value["owner_role"].as_str().map(str::to_owned),
        note: bilingual(&value["note"]).ok(),
    })
}

/// A page of the form. `editor` names the screen that fills it in.
#[derive(SimpleObject)]
pub(crate) struct FormSection {
    code: String,
    title: Text,
    intro: Text,
    editor: String,
    /// Whether it must be complete before submitting.
    required: bool,
    #[graphql(complexity = "8 * child_complexity + 1")]
    fields: Vec<FormField>,
}

fn section(value: &Value) -> CaseResult<FormSection> {
    Ok(FormSection {
        code: text(value, "code")?,
        title: bilingual(&value["title"])?,
        intro: bilingual(&value["intro"])?,
        editor: text(value, "editor")?,
        required: value["required"].as_bool().unwrap_or(true),
        fields: list(&value["fields"])
            .iter()
            .map(field)
            .collect::<CaseResult<_>>()?,
    })
}

#[derive(SimpleObject)]
pub(crate) struct FormField {
    path: String,
    kind: String,
    label: Text,
    help: Text,
    required: bool,
    max_chars: Option<i64>,
    #[graphql(complexity = "4 * child_complexity + 1")]
    options: Vec<Coded>,
    unit: Option<String>,
    show_if: Option<Value>,
}

fn field(value: &Value) -> CaseResult<FormField> {
    Ok(FormField {
        path: text(value, "path")?,
        kind: text(value, "kind")?,
        label: bilingual(&value["label"])?,
        help: bilingual(&value["help"])?,
        required: value["required"].as_bool().unwrap_or_default(),
        max_chars: value["max_chars"].as_i64(),
        options: list(&value["options"])
            .iter()
            .map(option)
            .collect::<CaseResult<_>>()?,
        unit: value["unit"].as_str().map(str::to_owned),
        show_if: Some(value["show_if"].clone()).filter(|rule| !rule.is_null()),
    })
}

fn option(value: &Value) -> CaseResult<Coded> {
    Ok(Coded {
        code: text(value, "code")?,
        label: bilingual(&value["label"])?,
    })
}

#[derive(SimpleObject)]
pub(crate) struct CriterionInfo {
    id: String,
    group: String,
    severity: Severity,
    question: Text,
    evidence: Option<String>,
    source: Vec<String>,
}

fn criterion(rule: &Value, body: &Value) -> CaseResult<CriterionInfo> {
    Ok(CriterionInfo {
        id: text(rule, "id")?,
        group: text(rule, "group")?,
        severity: Severity::from_word(&text(rule, "severity")?)?,
        question: pair(rule, "question_en", "question_zh")?,
        evidence: rule["evidence"].as_str().map(str::to_owned),
        source: sources(rule, body),
    })
}

/// What reviewers score. A machine-read dimension comes from the SROI run.
#[derive(SimpleObject)]
pub(crate) struct RubricDimension {
    id: String,
    name: Text,
    weight: Decimal,
    /// What reviewers look for; in English only where an earlier version says it so.
    look_for: Text,
    machine_read: bool,
    /// What each level means, from 0 up; none in versions that do not say.
    #[graphql(complexity = "child_complexity + 1")]
    levels: Vec<RubricLevel>,
}

/// What an application shows that is given a level.
#[derive(SimpleObject)]
pub(crate) struct RubricLevel {
    level: i32,
    text: Text,
}

fn level(value: &Value) -> CaseResult<RubricLevel> {
    let number = value["level"]
        .as_i64()
        .and_then(|level| i32::try_from(level).ok());
    Ok(RubricLevel {
        level: number.ok_or_else(|| CaseError::Internal("a level lacks its number".to_owned()))?,
        text: bilingual(value)?,
    })
}

/// A pair, or one text for both languages.
fn pair_or_text(value: &Value, key: &str) -> CaseResult<Text> {
    if value[key].is_object() {
        return bilingual(&value[key]);
    }
    let both = text(value, key)?;
    Ok(Text {
        en: both.clone(),
        zh: both,
    })
}

/// Points out of a hundred are printed as a weight out of one, like the shortlist's.
fn rubric(dimension: &Value, body: &Value) -> CaseResult<RubricDimension> {
    let id = text(dimension, "id")?;
    let points = dimension["weight"]
        .as_i64()
        .ok_or_else(|| CaseError::Internal("a dimension lacks its weight".to_owned()))?;
    Ok(RubricDimension {
        name: bilingual(dimension)?,
        weight: Decimal(money::normal_text(money::Decimal::new(points, 2))),
        look_for: pair_or_text(dimension, "look_for")?,
        levels: list(&dimension["levels"])
            .iter()
            .map(level)
            .collect::<CaseResult<_>>()?,
        machine_read: !body["settings"]["machine_read"][&id].is_null(),
        id,
    })
}
