//! What a funder gets to see of its rules, as plain data.
use chrono::{DateTime, NaiveDate, Utc};
use explain::{Problem, Text};
use grants::RoundStage;
use serde_json::Value;
use uuid::Uuid;

/// A programme as its funder keeps it.
#[derive(Debug, Clone)]
pub struct RulebookView {
    /// Programme.
    pub programme_id: Uuid,
    /// `demo-dedicated-fund-it`.
    pub code: String,
    /// Name in the newest version.
    pub name: Text,
    /// What the programme is, such as an illustration.
    pub label: String,
    /// Newest first.
    pub versions: Vec<RuleVersionView>,
    /// Open drafts, newest first.
    pub drafts: Vec<RuleDraftView>,
    /// Rounds that run under it.
    pub rounds: Vec<RulebookRoundView>,
}

/// A published version.
#[derive(Debug, Clone)]
pub struct RuleVersionView {
    /// Its name.
    pub version: String,
    /// First day on which a round may be put under it.
    pub effective_from: NaiveDate,
    /// Day from which it was known.
    pub known_from: Option<NaiveDate>,
    /// None for the one that came with the programme.
    pub published_at: Option<DateTime<Utc>>,
    /// As named then.
    pub published_by: Option<String>,
    /// What changed, in the publisher's words.
    pub note: Option<String>,
    /// Criteria, parameters, tables, rubric, settings.
    pub body: Value,
    /// The form.
    pub sections: Value,
}

/// A draft of the next version.
#[derive(Debug, Clone)]
pub struct RuleDraftView {
    /// Id.
    pub id: Uuid,
    /// Programme.
    pub programme_id: Uuid,
    /// Version it started from.
    pub based_on: String,
    /// As typed.
    pub body: Value,
    /// The form as typed.
    pub sections: Value,
    /// Counts saves.
    pub version: i32,
    /// Last save.
    pub updated_at: DateTime<Utc>,
    /// As named then.
    pub updated_by: String,
    /// What stands against publishing it.
    pub problems: Vec<Problem>,
}

/// A round under one of the versions.
#[derive(Debug, Clone)]
pub struct RulebookRoundView {
    /// Id.
    pub id: Uuid,
    /// `DF-IT-2026-2`.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Stage.
    pub stage: RoundStage,
    /// Version it runs under.
    pub version: String,
    /// Applications received.
    pub received: usize,
    /// Newest first.
    pub rescreenings: Vec<Uuid>,
}

/// How many applications stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StateCounts {
    /// Every hard criterion is met.
    pub eligible: usize,
    /// A hard criterion fails.
    pub not_eligible: usize,
    /// Something is not known.
    pub needs_information: usize,
    /// Not decided yet.
    pub not_screened: usize,
}

/// One application on which something changes.
#[derive(Debug, Clone)]
pub struct TrialRow {
    /// Delivered copy.
    pub received_id: Uuid,
    /// `DF-26-001`.
    pub reference: String,
    /// Organisation.
    pub applicant: Text,
    /// Project.
    pub title: Text,
    /// Word of the state before; none when it was not screened.
    pub before: Option<String>,
    /// Word of the state after.
    pub after: String,
    /// Criteria whose outcome changes.
    pub criteria: Vec<TrialCriterion>,
}

/// One criterion before and after, by the words of outcomes; none where it did not exist.
#[derive(Debug, Clone)]
pub struct TrialCriterion {
    /// Criterion.
    pub id: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
    /// Why, after.
    pub reason: Option<Text>,
    /// What mends it.
    pub fix: Option<Text>,
}

/// What another set of rules makes of the applications of a round.
#[derive(Debug, Clone, Default)]
pub struct RuleTrialView {
    /// Applications looked at.
    pub total: usize,
    /// Before.
    pub before: StateCounts,
    /// After.
    pub after: StateCounts,
    /// Those on which something changes; changed verdicts first.
    pub rows: Vec<TrialRow>,
    /// Why nothing could be tried.
    pub problems: Vec<Problem>,
}

/// A round put under another version, and what that changed so far.
#[derive(Debug, Clone)]
pub struct RescreeningView {
    /// Id.
    pub id: Uuid,
    /// Round.
    pub round_id: Uuid,
    /// Version before.
    pub from_version: String,
    /// Version after.
    pub to_version: String,
    /// Why.
    pub reason: String,
    /// As named then.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Screened again so far.
    pub done: usize,
    /// What changed; `total` counts all that are to be screened.
    pub trial: RuleTrialView,
}

/// What happened to one thing between two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleChangeKind {
    /// Only on the later side.
    Added,
    /// Only on the earlier side.
    Removed,
    /// On both, with differences.
    Changed,
}

impl RuleChangeKind {
    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// One thing that differs between two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleChange {
    /// criteria, parameters, tables, words, stages, sections, rubric, settings, texts.
    pub part: &'static str,
    /// Which of them.
    pub id: String,
    /// What happened.
    pub kind: RuleChangeKind,
    /// Path inside it, before and after.
    pub fields: Vec<(String, Option<Value>, Option<Value>)>,
}

/// What criteria may be made of.
#[derive(Debug, Clone)]
pub struct RuleVocabularyView {
    /// Facts.
    pub facts: Vec<FactView>,
    /// Headings under which criteria stand.
    pub groups: Vec<(String, Text)>,
}

/// One fact.
#[derive(Debug, Clone)]
pub struct FactView {
    /// `application.requested_hkd`.
    pub path: String,
    /// hkd, share, date, code, …
    pub kind: String,
    /// What it counts.
    pub unit: Option<String>,
    /// Name.
    pub label: Text,
    /// Section of the form.
    pub section: Option<String>,
    /// Field of that section.
    pub anchor: Option<String>,
    /// Who states it.
    pub provenance: String,
    /// Codes it may have.
    pub options: Vec<(String, Text)>,
    /// Least value as stated in the catalogue; null for none.
    pub(crate) min: Option<Value>,
}
