//! The audit trail: sealing it as a job of the machine, and reading and checking it as a person. Who may
//! read it sees who did and saw what in their own organisation.
use access::{Action, Actor, TenantId};
use audit::{Checker, Checkpoint, Entry, Finding, Link, PublicKey, SignedCheckpoint, SigningKey};
use store::{
    OwnerPool, TenantTx,
    audit::{self as trail, FoundEntry, Looking},
    members,
};
use uuid::Uuid;

use crate::{CaseError, CaseResult, Casework, Page, context::permitted, names::Names};

/// Links that are read at one time while a trail is checked.
const CHECK_PAGE: i64 = 1_000;
/// An entry without a link is a finding once it is this old; the sealer needs a second.
const SEAL_WITHIN_SECONDS: i32 = 60;
/// Most unsealed entries that are named.
const UNSEALED_MAX: i64 = 20;

/// Where signed checkpoints go besides the database: whoever may write every table must not reach it.
pub trait CheckpointLog: Send + Sync {
    /// Adds one line at the end.
    fn append(&self, line: &str) -> std::io::Result<()>;
}

/// Keeps checkpoints in the database alone.
pub struct NoCheckpointLog;

impl CheckpointLog for NoCheckpointLog {
    fn append(&self, _: &str) -> std::io::Result<()> {
        Ok(())
    }
}

/// Chains and signs everything that waits; returns how many entries that were.
pub async fn audit_seal(casework: &Casework) -> CaseResult<usize> {
    let key = signing_key(casework)?;
    let pool = &casework.databases.worker;
    let mut sealed: usize = 0;
    for tenant in trail::awaiting(pool).await? {
        while let Some(sealing) = trail::take(pool, tenant).await? {
            let links = audit::seal(sealing.head.as_ref(), &sealing.entries);
            let Some(last) = links.last() else { break };
            let signed = key.sign(Checkpoint {
                tenant: tenant.0,
                sequence: last.sequence,
                chain_sha256: last.chain_sha256.clone(),
                signed_at: sealing.now,
            });
            sealing.keep(&links, &signed).await?;
            sealed = sealed.saturating_add(links.len());
            let line = serde_json::to_string(&signed).map_err(CaseError::internal)?;
            let kept = casework.checkpoints.append(&line);
            kept.map_err(|error| CaseError::internal(format!("checkpoint log: {error}")))?;
        }
    }
    Ok(sealed)
}

fn signing_key(casework: &Casework) -> CaseResult<SigningKey> {
    SigningKey::from_hex(&casework.secrets.audit_key)
        .ok_or_else(|| CaseError::internal("the audit key is not 64 hexadecimal characters"))
}

/// What was found when a trail was checked.
#[derive(Debug, Clone)]
pub struct AuditCheckView {
    /// Whose.
    pub tenant: TenantId,
    /// Links that were walked.
    pub links: u64,
    /// Checkpoints the chain was held against.
    pub checkpoints: usize,
    /// Everything that is wrong; empty: the trail holds.
    pub findings: Vec<Finding>,
}

/// Where a chain stands.
#[derive(Debug, Clone)]
pub struct AuditStateView {
    /// The end of the chain as it was last signed; none before the first.
    pub checkpoint: Option<SignedCheckpoint>,
    /// What checks the signature.
    pub public_key: PublicKey,
    /// The kinds of deeds in the trail.
    pub actions: Vec<String>,
}

/// Where the own trail stands.
pub async fn audit_state(casework: &Casework, actor: &Actor) -> CaseResult<AuditStateView> {
    let mut tx = casework.begin(actor, Action::AuditRead).await?;
    let checkpoint = trail::checkpoint_last(&mut tx).await?;
    let actions = trail::actions(&mut tx).await?;
    tx.end_read().await?;
    Ok(AuditStateView {
        checkpoint,
        public_key: signing_key(casework)?.public(),
        actions,
    })
}

/// Entries of the own trail, newest first.
pub async fn audit_entries(
    casework: &Casework,
    actor: &Actor,
    mut looking: Looking,
    first: usize,
    after: Option<&str>,
) -> CaseResult<Page<FoundEntry>> {
    permitted(actor, Action::AuditRead)?;
    if let Some(part) = &looking.actor {
        looking.actors = named_like(casework, actor, part).await?;
    }
    let mut tx = casework.begin(actor, Action::AuditRead).await?;
    looking.before = after.and_then(|cursor| cursor.parse().ok());
    let limit = i64::try_from(first.saturating_add(1)).map_err(CaseError::internal)?;
    let mut rows = trail::find(&mut tx, &looking, limit).await?;
    tx.end_read().await?;
    let has_next = rows.len() > first;
    rows.truncate(first);
    Ok(Page {
        end_cursor: rows.last().map(|row| row.entry.id.to_string()),
        has_next,
        rows,
    })
}

/// Everybody who ever belonged to the organisation and whose name has this part.
async fn named_like(casework: &Casework, actor: &Actor, part: &str) -> CaseResult<Vec<Uuid>> {
    let people = members::ever(&casework.databases.identity, actor.tenant.0).await?;
    let names = Names::of(casework, people.iter().map(|(_, name)| name.as_str())).await?;
    let part = part.to_lowercase();
    Ok(people
        .iter()
        .filter(|(_, name)| names.read(name).to_lowercase().contains(&part))
        .map(|(person, _)| *person)
        .collect())
}

/// A part of the own trail with its links, oldest first, as lines of JSON that anybody can check.
#[derive(Debug)]
pub struct AuditPart {
    /// The lines. Those of the last part end with the newest checkpoint that the lines reach.
    pub lines: String,
    /// After which link the next part begins; none: this is the last.
    pub next: Option<i64>,
}

/// The part of the own trail after a link; the first is after zero. A trail of any length is read part by part, so
/// that none is cut short.
pub async fn audit_export(casework: &Casework, actor: &Actor, after: i64) -> CaseResult<AuditPart> {
    let mut tx = casework.begin(actor, Action::AuditRead).await?;
    let mut text = String::new();
    let (links, entries) = page(&mut tx, after).await?;
    let names = Names::of(
        casework,
        entries.iter().map(|entry| entry.actor_name.as_str()),
    )
    .await?;
    for (link, entry) in links.iter().zip(paired(&links, entries)) {
        text.push_str(&line_of(link, entry.as_ref(), &names).to_string());
        text.push('\n');
    }
    let next = links.last().map(|link| link.sequence);
    if next.is_none()
        && let Some(signed) = trail::checkpoint_up_to(&mut tx, after).await?
    {
        let checkpoint = serde_json::json!({"checkpoint": signed,
            "public_key": signing_key(casework)?.public().to_hex()});
        text.push_str(&checkpoint.to_string());
        text.push('\n');
    }
    tx.end_read().await?;
    Ok(AuditPart { lines: text, next })
}

/// The name is beside the entry, whose hash covers it as it is kept: sealed.
fn line_of(link: &Link, entry: Option<&Entry>, names: &Names) -> serde_json::Value {
    let said = entry.map(Entry::said);
    let name = entry.map(|entry| names.read(&entry.actor_name));
    serde_json::json!({"sequence": link.sequence, "entry_sha256": link.entry_sha256,
                       "chain_sha256": link.chain_sha256, "entry": said, "name": name})
}

/// Checks the own trail against the checkpoints in the database.
pub async fn audit_check(casework: &Casework, actor: &Actor) -> CaseResult<AuditCheckView> {
    let mut tx = casework.begin(actor, Action::AuditRead).await?;
    let key = signing_key(casework)?.public();
    let view = check(&mut tx, &[], key).await?;
    tx.end_read().await?;
    Ok(view)
}

/// Checks every trail, for the machine's owner: against the checkpoints in the database and those that
/// were kept elsewhere.
pub async fn audit_check_all(
    owner: &OwnerPool,
    kept: &[SignedCheckpoint],
    key: PublicKey,
) -> CaseResult<Vec<AuditCheckView>> {
    let mut tenants = trail::tenants(owner).await?;
    let elsewhere = kept.iter().map(|signed| TenantId(signed.checkpoint.tenant));
    tenants.extend(elsewhere);
    tenants.sort();
    tenants.dedup();
    let mut views = Vec::with_capacity(tenants.len());
    for tenant in tenants {
        let own: Vec<SignedCheckpoint> = kept
            .iter()
            .filter(|signed| signed.checkpoint.tenant == tenant.0)
            .cloned()
            .collect();
        let mut tx = TenantTx::begin_seed(owner, tenant).await?;
        views.push(check(&mut tx, &own, key).await?);
        tx.end_read().await?;
    }
    Ok(views)
}

async fn check(
    tx: &mut TenantTx,
    kept: &[SignedCheckpoint],
    key: PublicKey,
) -> CaseResult<AuditCheckView> {
    // Read first: what is sealed meanwhile makes the chain longer, never shorter.
    let mut checkpoints = trail::checkpoints(tx).await?;
    for signed in kept {
        if !checkpoints.contains(signed) {
            checkpoints.push(signed.clone());
        }
    }
    let mut checker = Checker::new(&checkpoints);
    let mut after = 0;
    loop {
        let (links, entries) = page(tx, after).await?;
        let Some(last) = links.last() else { break };
        after = last.sequence;
        for (link, entry) in links.iter().zip(paired(&links, entries)) {
            checker.link(link, entry.as_ref());
        }
    }
    for entry in trail::unsealed(tx, SEAL_WITHIN_SECONDS, UNSEALED_MAX).await? {
        checker.unsealed(entry);
    }
    Ok(AuditCheckView {
        tenant: tx.tenant(),
        links: checker.links(),
        checkpoints: checkpoints.len(),
        findings: checker.finish(&checkpoints, key),
    })
}

async fn page(tx: &mut TenantTx, after: i64) -> CaseResult<(Vec<Link>, Vec<Entry>)> {
    let links = trail::links(tx, after, CHECK_PAGE).await?;
    let ids: Vec<Uuid> = links.iter().map(|link| link.entry).collect();
    let entries = trail::entries(tx, &ids).await?;
    Ok((links, entries))
}

/// The entry of each link, where it is there.
fn paired(links: &[Link], entries: Vec<Entry>) -> Vec<Option<Entry>> {
    let mut by_id: std::collections::BTreeMap<Uuid, Entry> =
        entries.into_iter().map(|entry| (entry.id, entry)).collect();
    links.iter().map(|link| by_id.remove(&link.entry)).collect()
}
