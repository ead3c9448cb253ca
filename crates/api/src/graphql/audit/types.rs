//! Entries of the audit trail, where its chain stands, and what a check found.
use async_graphql::{ID, InputObject, Json, SimpleObject};
use audit::{Finding, SignedCheckpoint};
use casework::{AuditCheckView, AuditStateView, FoundEntry};
use serde_json::Value;

use crate::graphql::{
    names::PersonName,
    scalars::DateTime,
    types::{PageInfo, id},
};

/// What somebody looks for; whatever is not given does not narrow it.
#[derive(InputObject, Default)]
pub(crate) struct AuditFilter {
    /// One application, submission, round or other thing.
    pub(super) subject: Option<ID>,
    /// One kind of deed, such as `application_submit`.
    pub(super) action: Option<String>,
    /// Part of a person's name.
    pub(super) actor: Option<String>,
    pub(super) from: Option<DateTime>,
    /// Before this moment.
    pub(super) until: Option<DateTime>,
}

#[derive(SimpleObject)]
pub(crate) struct AuditConnection {
    pub(super) nodes: Vec<AuditEntry>,
    pub(super) page_info: PageInfo,
}

/// Who did what to which thing, and when.
#[derive(SimpleObject)]
pub(crate) struct AuditEntry {
    id: ID,
    at: DateTime,
    /// The person's name as it was then, or `worker`.
    actor: PersonName,
    /// Null for a job of the machine.
    actor_id: Option<ID>,
    action: String,
    subject_kind: String,
    subject_id: ID,
    detail: Json<Value>,
    /// Place in the chain; null until it is sealed, within a second.
    sequence: Option<i32>,
    /// SHA-256 over everything that the entry says.
    sha256: String,
}

impl From<FoundEntry> for AuditEntry {
    fn from(found: FoundEntry) -> Self {
        let sha256 = found.entry.sha256();
        let entry = found.entry;
        Self {
            id: id(entry.id),
            at: DateTime(entry.at),
            actor: entry.actor_name.into(),
            actor_id: entry.actor.map(id),
            action: entry.action,
            subject_kind: entry.subject_kind,
            subject_id: id(entry.subject),
            detail: Json(entry.detail),
            sequence: found.sequence.and_then(|place| i32::try_from(place).ok()),
            sha256,
        }
    }
}

/// The chain at one place, signed (Ed25519).
#[derive(SimpleObject)]
pub(crate) struct AuditCheckpoint {
    sequence: i32,
    chain_sha256: String,
    signed_at: DateTime,
    key_id: String,
    signature: String,
}

impl From<SignedCheckpoint> for AuditCheckpoint {
    fn from(signed: SignedCheckpoint) -> Self {
        let checkpoint = signed.checkpoint;
        Self {
            sequence: i32::try_from(checkpoint.sequence).unwrap_or(i32::MAX),
            chain_sha256: checkpoint.chain_sha256,
            signed_at: DateTime(checkpoint.signed_at),
            key_id: signed.key_id,
            signature: signed.signature,
        }
    }
}

/// Where the trail stands.
#[derive(SimpleObject)]
pub(crate) struct AuditState {
    /// Null before the first entry was sealed.
    checkpoint: Option<AuditCheckpoint>,
    /// Checks the signatures; 64 hexadecimal characters.
    public_key: String,
    /// The kinds of deeds in the trail.
    actions: Vec<String>,
}

impl From<AuditStateView> for AuditState {
    fn from(view: AuditStateView) -> Self {
        Self {
            checkpoint: view.checkpoint.map(AuditCheckpoint::from),
            public_key: view.public_key.to_hex(),
            actions: view.actions,
        }
    }
}

/// One thing that is wrong with the trail.
#[derive(SimpleObject)]
pub(crate) struct AuditFinding {
    /// `entry_changed`, `entry_missing`, `sequence_broken`, `chain_broken`, `never_sealed`,
    /// `signature_wrong`, `chain_cut` or `chain_differs`.
    kind: String,
    sequence: Option<i32>,
    entry_id: Option<ID>,
}

impl From<Finding> for AuditFinding {
    fn from(finding: Finding) -> Self {
        Self {
            kind: finding.kind.word().to_owned(),
            sequence: finding.sequence.and_then(|place| i32::try_from(place).ok()),
            entry_id: finding.entry.map(id),
        }
    }
}

/// What a check of the whole trail found.
#[derive(SimpleObject)]
pub(crate) struct AuditCheck {
    /// Entries that were walked.
    entries: i32,
    /// Checkpoints that the chain was held against.
    checkpoints: i32,
    /// Empty: the trail holds.
    findings: Vec<AuditFinding>,
}

impl From<AuditCheckView> for AuditCheck {
    fn from(view: AuditCheckView) -> Self {
        Self {
            entries: i32::try_from(view.links).unwrap_or(i32::MAX),
            checkpoints: i32::try_from(view.checkpoints).unwrap_or(i32::MAX),
            findings: view.findings.into_iter().map(AuditFinding::from).collect(),
        }
    }
}
