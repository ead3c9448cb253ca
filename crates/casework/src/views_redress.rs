//! What follows a decision, as plain data: second persons, letters, appeals and what waits on a desk.
use chrono::{DateTime, NaiveDate, Utc};
use explain::Text;
use grants::{AppealOutcome, DecisionOutcome, LetterText};
use money::Hkd;
use uuid::Uuid;

use crate::{ProposalState, RunRefView};

/// A decision that waits, waited, or was returned.
#[derive(Debug, Clone)]
pub struct ProposalView {
    /// Id.
    pub id: Uuid,
    /// Outcome.
    pub outcome: DecisionOutcome,
    /// Total to be awarded.
    pub amount: Hkd,
    /// Amount per budget line.
    pub lines: Vec<(String, Hkd)>,
    /// Coded reasons.
    pub reason_codes: Vec<String>,
    /// Reason in words.
    pub reason: String,
    /// Conditions.
    pub conditions: String,
    /// Whether it departs from the adopted order, and why.
    pub departure: Option<String>,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// How it stands.
    pub state: ProposalState,
    /// Who answered, and when.
    pub answered: Option<(String, DateTime<Utc>)>,
    /// The second person's note.
    pub note: String,
    /// Proposed by the person who reads it.
    pub mine: bool,
}

/// A letter in both languages.
#[derive(Debug, Clone)]
pub struct LetterView {
    /// Id; none before it is sent.
    pub id: Option<Uuid>,
    /// The decision it tells.
    pub decision: Uuid,
    /// `DF-26-001`.
    pub reference: String,
    /// English.
    pub en: LetterText,
    /// Chinese.
    pub zh: LetterText,
    /// Hash of what was sent.
    pub sha256: Option<String>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Who sent it; the applicant is not told.
    pub sent_by: Option<String>,
}

/// An appeal as its applicant sees it.
#[derive(Debug, Clone)]
pub struct AppealView {
    /// Id.
    pub id: Uuid,
    /// In the applicant's words.
    pub grounds: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// Outcome, reason and time; none while open.
    pub answer: Option<(AppealOutcome, String, DateTime<Utc>)>,
}

/// Letters and appeals of one's own application.
#[derive(Debug, Clone, Default)]
pub struct RedressView {
    /// Newest first.
    pub letters: Vec<LetterView>,
    /// The newest one.
    pub appeal: Option<AppealView>,
    /// Last day for an appeal; none when there is nothing to appeal against.
    pub appeal_until: Option<NaiveDate>,
}

/// An appeal as the funder sees it.
#[derive(Debug, Clone)]
pub struct ReceivedAppealView {
    /// Id.
    pub id: Uuid,
    /// The decision it is against.
    pub decision: Uuid,
    /// In the applicant's words.
    pub grounds: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Outcome, reason, who, when; none while open.
    pub answer: Option<(AppealOutcome, String, String, DateTime<Utc>)>,
    /// Hash of the bundle it was decided on.
    pub bundle_sha256: Option<String>,
    /// `took_part` or `role`: why the reader may not decide it.
    pub why_not: Option<&'static str>,
}

/// A run asked again.
#[derive(Debug, Clone)]
pub struct BundleCheckView {
    /// Which.
    pub run: RunRefView,
    /// The answer is the same, byte for byte.
    pub equal: bool,
}

/// Everything an appeal is decided on.
#[derive(Debug, Clone)]
pub struct AppealBundleView {
    /// The appeal.
    pub appeal: Uuid,
    /// Canonical JSON.
    pub text: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Every run asked again.
    pub checks: Vec<BundleCheckView>,
}

/// Something that waits for a person.
#[derive(Debug, Clone)]
pub struct DeskTaskView {
    /// `confirm` or `appeal`.
    pub kind: &'static str,
    /// Frozen version.
    pub submission: Uuid,
    /// `DF-26-001`.
    pub reference: String,
    /// Organisation's names.
    pub organisation: Text,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The amount to confirm.
    pub amount: Option<Hkd>,
}
