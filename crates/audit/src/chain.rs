//! The chain: each link holds the hash of its entry and, through the link before it, of all before.
use uuid::Uuid;

use crate::Entry;

/// What the first link is chained to.
const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One entry's place in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// 1, 2, 3 … without a gap.
    pub sequence: i64,
    /// The entry.
    pub entry: Uuid,
    /// Its hash.
    pub entry_sha256: String,
    /// Over the link before, the sequence and the entry's hash.
    pub chain_sha256: String,
}

/// The chain's hash at `sequence`, from the one before it.
pub(crate) fn chained(before: Option<&str>, sequence: i64, entry_sha256: &str) -> String {
    let text = format!("{}\n{sequence}\n{entry_sha256}", before.unwrap_or(START));
    explain::sha256_hex(text.as_bytes())
}

/// Chains entries, in the order given, behind the last link.
pub fn seal(head: Option<&Link>, entries: &[Entry]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::with_capacity(entries.len());
    for entry in entries {
        let before = links.last().or(head);
        let sequence = before.map_or(1, |link| link.sequence.saturating_add(1));
        let entry_sha256 = entry.sha256();
        links.push(Link {
            chain_sha256: chained(
                before.map(|link| link.chain_sha256.as_str()),
                sequence,
                &entry_sha256,
            ),
            sequence,
            entry: entry.id,
            entry_sha256,
        });
    }
    links
}
