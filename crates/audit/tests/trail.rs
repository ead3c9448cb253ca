//! Whatever somebody who may write every table does to a trail afterwards is found.
#![expect(clippy::unwrap_used, reason = "a helper that fails, fails its test")]
use audit::{Checker, Checkpoint, Entry, Finding, FindingKind, Link, SignedCheckpoint, SigningKey};
use chrono::{TimeZone as _, Utc};
use serde_json::json;
use uuid::Uuid;

const TENANT: Uuid = Uuid::from_u128(7);

fn key() -> SigningKey {
    SigningKey::from_hex(&"1f".repeat(32)).unwrap()
}

fn entry(number: u128) -> Entry {
    Entry {
        tenant: TENANT,
        id: Uuid::from_u128(number),
        at: Utc.timestamp_opt(1_800_000_000, 123_456_000).unwrap(),
        actor: Some(Uuid::from_u128(99)),
        actor_name: "陳大文".to_owned(),
        action: "decision_record".to_owned(),
        subject_kind: "submission".to_owned(),
        subject: Uuid::from_u128(5),
        detail: json!({"amount": "100.00", "n": number.to_string()}),
    }
}

fn signed(link: &Link) -> SignedCheckpoint {
    key().sign(Checkpoint {
        tenant: TENANT,
        sequence: link.sequence,
        chain_sha256: link.chain_sha256.clone(),
        signed_at: Utc.timestamp_opt(1_800_000_001, 0).unwrap(),
    })
}

/// Six entries, sealed in two goes, with the checkpoint that was signed at the end.
fn trail() -> (Vec<(Link, Entry)>, Vec<SignedCheckpoint>) {
    let entries: Vec<Entry> = (1..=6).map(entry).collect();
    let mut links = audit::seal(None, &entries[..4]);
    links.extend(audit::seal(links.last(), &entries[4..]));
    let checkpoints = vec![signed(&links[3]), signed(&links[5])];
    (links.into_iter().zip(entries).collect(), checkpoints)
}

fn found(rows: &[(Link, Option<Entry>)], checkpoints: &[SignedCheckpoint]) -> Vec<Finding> {
    let mut checker = Checker::new(checkpoints);
    for (link, entry) in rows {
        checker.link(link, entry.as_ref());
    }
    checker.finish(checkpoints, key().public())
}

fn kinds(rows: &[(Link, Option<Entry>)], checkpoints: &[SignedCheckpoint]) -> Vec<FindingKind> {
    let mut kinds: Vec<FindingKind> = found(rows, checkpoints)
        .iter()
        .map(|finding| finding.kind)
        .collect();
    kinds.dedup();
    kinds
}

fn whole() -> (Vec<(Link, Option<Entry>)>, Vec<SignedCheckpoint>) {
    let (rows, checkpoints) = trail();
    let rows = rows
        .into_iter()
        .map(|(link, entry)| (link, Some(entry)))
        .collect();
    (rows, checkpoints)
}

#[test]
fn an_untouched_trail_holds_and_one_seal_or_two_make_the_same_chain() {
    let (rows, checkpoints) = whole();
    assert_eq!(found(&rows, &checkpoints), []);
    let entries: Vec<Entry> = (1..=6).map(entry).collect();
    let at_once = audit::seal(None, &entries);
    assert_eq!(at_once[5], rows[5].0);
}

#[test]
fn a_letter_changed_anywhere_in_an_entry_is_found() {
    type Change = fn(&mut Entry);
    let changes: [Change; 8] = [
        |entry| entry.tenant = Uuid::from_u128(8),
        |entry| entry.at += chrono::TimeDelta::microseconds(1),
        |entry| entry.actor = None,
        |entry| entry.actor_name.push('.'),
        |entry| entry.action = "decision_propose".to_owned(),
        |entry| entry.subject_kind = "round".to_owned(),
        |entry| entry.subject = Uuid::from_u128(6),
        |entry| entry.detail["amount"] = json!("100.01"),
    ];
    for change in changes {
        let (mut rows, checkpoints) = whole();
        change(rows[2].1.as_mut().unwrap());
        let found = found(&rows, &checkpoints);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].kind, found[0].sequence, found[0].entry),
            (FindingKind::EntryChanged, Some(3), Some(Uuid::from_u128(3)))
        );
    }
}

#[test]
fn a_deleted_entry_is_found_with_its_link_and_without() {
    let (mut rows, checkpoints) = whole();
    rows[1].1 = None;
    assert_eq!(kinds(&rows, &checkpoints), [FindingKind::EntryMissing]);
    let (mut rows, checkpoints) = whole();
    rows.remove(1);
    assert_eq!(
        kinds(&rows, &checkpoints),
        [FindingKind::SequenceBroken, FindingKind::ChainBroken]
    );
}

#[test]
fn two_entries_that_change_places_are_found() {
    let (mut rows, checkpoints) = whole();
    let (left, right) = (rows[1].1.clone(), rows[2].1.clone());
    rows[1].1 = right;
    rows[2].1 = left;
    assert_eq!(kinds(&rows, &checkpoints), [FindingKind::EntryChanged]);
}

#[test]
fn a_chain_made_again_after_a_change_differs_from_what_was_signed() {
    let (_, checkpoints) = trail();
    let mut entries: Vec<Entry> = (1..=6).map(entry).collect();
    entries.remove(0);
    entries.push(entry(7));
    let links = audit::seal(None, &entries);
    let rows: Vec<_> = links
        .into_iter()
        .zip(entries.into_iter().map(Some))
        .collect();
    assert_eq!(kinds(&rows, &checkpoints), [FindingKind::ChainDiffers]);
}

#[test]
fn a_chain_whose_end_was_cut_off_is_shorter_than_its_checkpoint() {
    let (mut rows, checkpoints) = whole();
    rows.truncate(4);
    // The checkpoint at the fourth link alone would not notice; the one kept elsewhere does.
    assert_eq!(found(&rows, &checkpoints[..1]), []);
    assert_eq!(kinds(&rows, &checkpoints), [FindingKind::ChainCut]);
    assert_eq!(kinds(&[], &checkpoints), [FindingKind::ChainCut]);
}

#[test]
fn a_checkpoint_that_another_key_signed_does_not_count() {
    let (rows, mut checkpoints) = whole();
    let other = SigningKey::from_hex(&"20".repeat(32)).unwrap();
    checkpoints[1] = other.sign(checkpoints[1].checkpoint.clone());
    assert_eq!(kinds(&rows, &checkpoints), [FindingKind::SignatureWrong]);
    let (rows, mut checkpoints) = whole();
    checkpoints[1].checkpoint.sequence = 5;
    assert_eq!(kinds(&rows, &checkpoints), [FindingKind::SignatureWrong]);
}

#[test]
fn an_entry_that_nobody_sealed_is_told() {
    let mut checker = Checker::new(&[]);
    checker.unsealed(Uuid::from_u128(9));
    let found = checker.finish(&[], key().public());
    assert_eq!(found[0].kind.word(), "never_sealed");
    assert_eq!(found[0].entry, Some(Uuid::from_u128(9)));
}

#[test]
fn keys_and_checkpoints_are_read_back_from_text() {
    let public = key().public();
    assert_eq!(audit::PublicKey::from_hex(&public.to_hex()), Some(public));
    for broken in ["", "1f", &"zz".repeat(32), &"1".repeat(63)] {
        assert!(SigningKey::from_hex(broken).is_none(), "{broken}");
    }
    let (_, checkpoints) = trail();
    let line = serde_json::to_string(&checkpoints[0]).unwrap();
    let back: SignedCheckpoint = serde_json::from_str(&line).unwrap();
    assert_eq!(back, checkpoints[0]);
    assert!(back.holds(public));
}
