//! One entry of the trail and the hash that stands for it.
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// Who did what to which thing, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose trail.
    pub tenant: Uuid,
    /// Id.
    pub id: Uuid,
    /// The database's clock when it was written.
    pub at: DateTime<Utc>,
    /// The person; none for a job.
    pub actor: Option<Uuid>,
    /// Name as it was then, sealed with the person's key: the hash holds on when the name can no longer be read.
    pub actor_name: String,
    /// `application_submit`.
    pub action: String,
    /// Kind of thing it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject: Uuid,
    /// What an auditor needs beyond that.
    pub detail: Value,
}

impl Entry {
    /// Everything the entry says, as JSON.
    pub fn said(&self) -> Value {
        json!({
            "tenant": self.tenant, "entry": self.id,
            "at": self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
            "actor": self.actor, "actor_name": self.actor_name, "action": self.action,
            "subject_kind": self.subject_kind, "subject": self.subject, "detail": self.detail,
        })
    }

    /// SHA-256 over the canonical JSON of what it says.
    pub fn sha256(&self) -> String {
        explain::sha256_hex(explain::canonical_json(&self.said()).as_bytes())
    }
}
