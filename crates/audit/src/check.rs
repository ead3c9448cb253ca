//! Checking a trail: the links are given one after the other with the entries they name, then what lies
//! unsealed, then the checkpoints, those that were kept outside the database among them.
use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{Entry, Link, PublicKey, SignedCheckpoint, chain::chained};

/// What was found to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// The entry does not say what it said when it was sealed.
    EntryChanged,
    /// The chain names an entry that is not there.
    EntryMissing,
    /// Numbers are missing from the chain, or stand twice.
    SequenceBroken,
    /// A link does not follow from the one before it.
    ChainBroken,
    /// An entry was never sealed.
    NeverSealed,
    /// A checkpoint was not signed with our key.
    SignatureWrong,
    /// A checkpoint lies beyond the end of the chain: its end was cut off.
    ChainCut,
    /// The chain differs from what was signed: it was made again.
    ChainDiffers,
}

impl FindingKind {
    /// The stable name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::EntryChanged => "entry_changed",
            Self::EntryMissing => "entry_missing",
            Self::SequenceBroken => "sequence_broken",
            Self::ChainBroken => "chain_broken",
            Self::NeverSealed => "never_sealed",
            Self::SignatureWrong => "signature_wrong",
            Self::ChainCut => "chain_cut",
            Self::ChainDiffers => "chain_differs",
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// At which link; none for an entry that has none.
    pub sequence: Option<i64>,
    /// In which entry, where it is one.
    pub entry: Option<Uuid>,
}

/// Most findings that are kept: one broken link is enough to know, many help to see what happened.
const FINDINGS_MAX: usize = 100;

/// Walks one tenant's trail.
#[derive(Debug, Default)]
pub struct Checker {
    last: Option<(i64, String)>,
    links: u64,
    /// The chain as it should be at each place; a checkpoint may name any.
    signed_places: BTreeMap<i64, Option<String>>,
    findings: Vec<Finding>,
}

impl Checker {
    /// Ready to walk, knowing the checkpoints that the chain will be held against.
    pub fn new(checkpoints: &[SignedCheckpoint]) -> Self {
        Self {
            signed_places: checkpoints
                .iter()
                .map(|signed| (signed.checkpoint.sequence, None))
                .collect(),
            ..Self::default()
        }
    }

    /// The next link with its entry, by sequence.
    pub fn link(&mut self, link: &Link, entry: Option<&Entry>) {
        self.links = self.links.saturating_add(1);
        let expected = self.last.as_ref().map_or(1, |(last, _)| last + 1);
        if link.sequence != expected {
            self.find(FindingKind::SequenceBroken, Some(link), None);
        }
        match entry {
            None => self.find(FindingKind::EntryMissing, Some(link), None),
            Some(entry) if entry.id != link.entry || entry.sha256() != link.entry_sha256 => {
                self.find(FindingKind::EntryChanged, Some(link), None);
            }
            Some(_) => {}
        }
        let before = self.last.as_ref().map(|(_, chain)| chain.as_str());
        let chain = chained(before, link.sequence, &link.entry_sha256);
        if chain != link.chain_sha256 {
            self.find(FindingKind::ChainBroken, Some(link), None);
        }
        if let Some(place) = self.signed_places.get_mut(&link.sequence) {
            *place = Some(link.chain_sha256.clone());
        }
        self.last = Some((link.sequence, link.chain_sha256.clone()));
    }

    /// An entry that should long have been sealed and has no link.
    pub fn unsealed(&mut self, entry: Uuid) {
        self.find(FindingKind::NeverSealed, None, Some(entry));
    }

    /// Links walked so far.
    pub fn links(&self) -> u64 {
        self.links
    }

    /// Holds the chain against its checkpoints and says everything that was found.
    pub fn finish(mut self, checkpoints: &[SignedCheckpoint], key: PublicKey) -> Vec<Finding> {
        for signed in checkpoints {
            let sequence = signed.checkpoint.sequence;
            let kind = match self.signed_places.get(&sequence) {
                _ if !signed.holds(key) => FindingKind::SignatureWrong,
                Some(Some(chain)) if *chain == signed.checkpoint.chain_sha256 => continue,
                Some(Some(_)) => FindingKind::ChainDiffers,
                Some(None) | None => FindingKind::ChainCut,
            };
            self.keep(Finding {
                kind,
                sequence: Some(sequence),
                entry: None,
            });
        }
        self.findings
    }

    fn find(&mut self, kind: FindingKind, link: Option<&Link>, entry: Option<Uuid>) {
        self.keep(Finding {
            kind,
            sequence: link.map(|link| link.sequence),
            entry: entry.or(link.map(|link| link.entry)),
        });
    }

    fn keep(&mut self, finding: Finding) {
        if self.findings.len() < FINDINGS_MAX && !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}
