//! Rulebooks and what comes of changing them, as the schema shows them.
use async_graphql::{ComplexObject, Context, Enum, ID, SimpleObject};
use casework::{
    CaseResult, RescreeningView, RuleChange as Change, RuleDraftView, RuleTrialView,
    RuleVersionView, RulebookRoundView, RulebookView, StateCounts as Counts,
    TrialCriterion as ChangedCriterion, TrialRow as ChangedRow,
};
use serde_json::Value;

use crate::{
    answer::answer,
    caller::Caller,
    graphql::{
        engine::{CriterionOutcome, EligibilityState},
        names::PersonName,
        round::RoundStage,
        scalars::DateTime,
        types::{Problem, Text, id, problems},
    },
};

/// A programme as its funder keeps it.
#[derive(SimpleObject)]
pub(crate) struct Rulebook {
    programme_id: ID,
    code: String,
    name: Text,
    label: String,
    illustrative: bool,
    /// Newest first.
    #[graphql(complexity = "10 * child_complexity + 1")]
    versions: Vec<RuleVersion>,
    #[graphql(complexity = "5 * child_complexity + 1")]
    drafts: Vec<RuleDraft>,
    #[graphql(complexity = "10 * child_complexity + 1")]
    rounds: Vec<RulebookRound>,
}

impl From<RulebookView> for Rulebook {
    fn from(view: RulebookView) -> Self {
        Self {
            programme_id: id(view.programme_id),
            code: view.code,
            name: view.name.into(),
            illustrative: view.label.starts_with("ILLUSTRATIVE"),
            label: view.label,
            versions: view.versions.into_iter().map(RuleVersion::from).collect(),
            drafts: view.drafts.into_iter().map(RuleDraft::from).collect(),
            rounds: view.rounds.into_iter().map(RulebookRound::from).collect(),
        }
    }
}

/// A published version; it never changes.
#[derive(SimpleObject)]
pub(crate) struct RuleVersion {
    version: String,
    effective_from: String,
    known_from: Option<String>,
    published_at: Option<DateTime>,
    published_by: Option<PersonName>,
    note: Option<String>,
    criteria_count: usize,
    /// Criteria, parameters, tables, words, stages, rubric and settings.
    body: Value,
    /// The form.
    sections: Value,
}

impl From<RuleVersionView> for RuleVersion {
    fn from(view: RuleVersionView) -> Self {
        Self {
            version: view.version,
            effective_from: view.effective_from.to_string(),
            known_from: view.known_from.map(|day| day.to_string()),
            published_at: view.published_at.map(DateTime::from),
            published_by: view.published_by.map(PersonName::from),
            note: view.note,
            criteria_count: view.body["criteria"].as_array().map_or(0, Vec::len),
            body: view.body,
            sections: view.sections,
        }
    }
}

/// The next version as it is being written.
#[derive(SimpleObject)]
pub(crate) struct RuleDraft {
    id: ID,
    programme_id: ID,
    based_on: String,
    body: Value,
    sections: Value,
    version: i32,
    updated_at: DateTime,
    updated_by: PersonName,
    /// What stands against publishing it.
    problems: Vec<Problem>,
}

impl From<RuleDraftView> for RuleDraft {
    fn from(view: RuleDraftView) -> Self {
        Self {
            id: id(view.id),
            programme_id: id(view.programme_id),
            based_on: view.based_on,
            body: view.body,
            sections: view.sections,
            version: view.version,
            updated_at: view.updated_at.into(),
            updated_by: view.updated_by.into(),
            problems: problems(view.problems),
        }
    }
}

/// A round with the version it runs under.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct RulebookRound {
    id: ID,
    code: String,
    name: Text,
    stage: RoundStage,
    version: String,
    received: usize,
    #[graphql(skip)]
    rescreened: Vec<uuid::Uuid>,
}

impl From<RulebookRoundView> for RulebookRound {
    fn from(view: RulebookRoundView) -> Self {
        Self {
            id: id(view.id),
            code: view.code,
            name: view.name.into(),
            stage: view.stage.into(),
            version: view.version,
            received: view.received,
            rescreened: view.rescreenings,
        }
    }
}

#[ComplexObject]
impl RulebookRound {
    /// Newest first.
    #[graphql(complexity = "3 * child_complexity + 1")]
    async fn rescreenings(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Rescreening>> {
        let ids = self.rescreened.clone();
        let read = Caller::of(context)?.act(|casework, actor| async move {
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                found.push(casework::rescreening(&casework, &actor, id).await?);
            }
            Ok(found)
        });
        answer(read.await)?
            .into_iter()
            .map(|view| answer(Rescreening::try_from(view)))
            .collect()
    }
}

/// How many applications stand where.
#[derive(SimpleObject)]
pub(crate) struct StateCounts {
    eligible: usize,
    not_eligible: usize,
    needs_information: usize,
    not_screened: usize,
}

impl From<Counts> for StateCounts {
    fn from(counts: Counts) -> Self {
        Self {
            eligible: counts.eligible,
            not_eligible: counts.not_eligible,
            needs_information: counts.needs_information,
            not_screened: counts.not_screened,
        }
    }
}

/// What a draft would decide, beside what stands.
#[derive(SimpleObject)]
pub(crate) struct RuleTrial {
    total: usize,
    changed: usize,
    before: StateCounts,
    after: StateCounts,
    #[graphql(complexity = "60 * child_complexity + 1")]
    rows: Vec<TrialRow>,
    problems: Vec<Problem>,
}

impl TryFrom<RuleTrialView> for RuleTrial {
    type Error = casework::CaseError;

    fn try_from(view: RuleTrialView) -> CaseResult<Self> {
        Ok(Self {
            total: view.total,
            changed: view.rows.len(),
            before: view.before.into(),
            after: view.after.into(),
            rows: view
                .rows
                .into_iter()
                .map(TrialRow::try_from)
                .collect::<CaseResult<_>>()?,
            problems: problems(view.problems),
        })
    }
}

/// An application on which something changes.
#[derive(SimpleObject)]
pub(crate) struct TrialRow {
    received_id: ID,
    reference: String,
    applicant: Text,
    title: Text,
    before: Option<EligibilityState>,
    after: EligibilityState,
    #[graphql(complexity = "5 * child_complexity + 1")]
    criteria: Vec<TrialCriterion>,
}

impl TryFrom<ChangedRow> for TrialRow {
    type Error = casework::CaseError;

    fn try_from(row: ChangedRow) -> CaseResult<Self> {
        Ok(Self {
            received_id: id(row.received_id),
            reference: row.reference,
            applicant: row.applicant.into(),
            title: row.title.into(),
            before: row
                .before
                .as_deref()
                .map(EligibilityState::from_word)
                .transpose()?,
            after: EligibilityState::from_word(&row.after)?,
            criteria: row
                .criteria
                .into_iter()
                .map(TrialCriterion::try_from)
                .collect::<CaseResult<_>>()?,
        })
    }
}

/// A criterion whose outcome changes; null where it did not exist, or does not any more.
#[derive(SimpleObject)]
pub(crate) struct TrialCriterion {
    id: String,
    before: Option<CriterionOutcome>,
    after: Option<CriterionOutcome>,
    reason: Option<Text>,
    fix: Option<Text>,
}

impl TryFrom<ChangedCriterion> for TrialCriterion {
    type Error = casework::CaseError;

    fn try_from(criterion: ChangedCriterion) -> CaseResult<Self> {
        let outcome =
            |word: Option<String>| word.as_deref().map(CriterionOutcome::from_word).transpose();
        Ok(Self {
            id: criterion.id,
            before: outcome(criterion.before)?,
            after: outcome(criterion.after)?,
            reason: criterion.reason.map(Text::from),
            fix: criterion.fix.map(Text::from),
        })
    }
}

/// A round put under another version: why, by whom, how far, and what changed.
#[derive(SimpleObject)]
pub(crate) struct Rescreening {
    id: ID,
    round_id: ID,
    from_version: String,
    to_version: String,
    reason: String,
    by: PersonName,
    at: DateTime,
    total: usize,
    done: usize,
    changed: usize,
    before: StateCounts,
    after: StateCounts,
    #[graphql(complexity = "60 * child_complexity + 1")]
    rows: Vec<TrialRow>,
}

impl TryFrom<RescreeningView> for Rescreening {
    type Error = casework::CaseError;

    fn try_from(view: RescreeningView) -> CaseResult<Self> {
        let trial = RuleTrial::try_from(view.trial)?;
        Ok(Self {
            id: id(view.id),
            round_id: id(view.round_id),
            from_version: view.from_version,
            to_version: view.to_version,
            reason: view.reason,
            by: view.by.into(),
            at: view.at.into(),
            total: trial.total,
            done: view.done,
            changed: trial.changed,
            before: trial.before,
            after: trial.after,
            rows: trial.rows,
        })
    }
}

/// What happened to one thing.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "casework::RuleChangeKind", name = "ChangeKind")]
pub(crate) enum RuleChangeKind {
    Added,
    Removed,
    Changed,
}

/// From one side to the other.
#[derive(SimpleObject)]
pub(crate) struct RuleDifference {
    #[graphql(complexity = "30 * child_complexity + 1")]
    changes: Vec<RuleChange>,
}

/// One thing that differs: a criterion, a parameter, a table, a word, a stage, a section, a rubric
/// dimension, a setting, or a text of the programme.
#[derive(SimpleObject)]
pub(crate) struct RuleChange {
    part: String,
    id: String,
    kind: RuleChangeKind,
    #[graphql(complexity = "4 * child_complexity + 1")]
    fields: Vec<RuleFieldChange>,
}

/// A path inside it; empty for the whole.
#[derive(SimpleObject)]
pub(crate) struct RuleFieldChange {
    path: String,
    before: Option<Value>,
    after: Option<Value>,
}

impl From<Vec<Change>> for RuleDifference {
    fn from(changes: Vec<Change>) -> Self {
        let fields = |change: Vec<(String, Option<Value>, Option<Value>)>| {
            change
                .into_iter()
                .map(|(path, before, after)| RuleFieldChange {
                    path,
                    before,
                    after,
                })
                .collect()
        };
        Self {
            changes: changes
                .into_iter()
                .map(|change| RuleChange {
                    part: change.part.to_owned(),
                    id: change.id,
                    kind: change.kind.into(),
                    fields: fields(change.fields),
                })
                .collect(),
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct RuleDraftPayload {
    pub(super) draft: Option<RuleDraft>,
    pub(super) problems: Vec<Problem>,
}

#[derive(SimpleObject)]
pub(crate) struct RulebookPayload {
    pub(super) rulebook: Option<Rulebook>,
    pub(super) problems: Vec<Problem>,
}

#[derive(SimpleObject)]
pub(crate) struct RescreeningPayload {
    pub(super) rescreening: Option<Rescreening>,
    pub(super) problems: Vec<Problem>,
}
