//! The fields a panel decides with, and how each is tried.
use access::Action;
use serde_json::json;

use super::fields::{Field, Target, mutation, query};

pub(super) const PANEL: [Field; 14] = [
    query(
        "rankings",
        Target::Round,
        Action::ShortlistRead,
        "query($id: ID!) { rankings(roundId: $id) { id inputHash } }",
    ),
    Field {
        name: "rankingTrial",
        target: Some(Target::Round),
        action: Action::ShortlistRead,
        changes: false,
        document: "query($input: RankingTrialInput!) { rankingTrial(input: $input) {
            trial { committed rows { rank score } } problems { code path message } } }",
        variables: |id| json!({"input": {"roundId": id, "weights": []}}),
    },
    Field {
        name: "rankingMoves",
        target: Some(Target::Ranking),
        action: Action::ShortlistRead,
        changes: false,
        document: "query($id: ID!) { rankingMoves(before: $id, after: $id) { moved rows { reference } } }",
        variables: super::fields::id,
    },
    query(
        "panel",
        Target::Round,
        Action::ShortlistRead,
        "query($id: ID!) { panel(roundId: $id) { agenda { reference } reviewers { reviewer } } }",
    ),
    query(
        "fairness",
        Target::Round,
        Action::ShortlistRead,
        "query($id: ID!) { fairness(roundId: $id, basis: LINE) { all { applications asked } } }",
    ),
    Field {
        name: "weightsFromPairs",
        target: None,
        action: Action::ShortlistRead,
        changes: false,
        document: "{ weightsFromPairs(input: {items: [\"a\", \"b\"], judgements: [{a: \"a\", b: \"b\", value: \"3\"}]}) {
            result { consistencyRatio } } }",
        variables: super::fields::id,
    },
    Field {
        name: "deskTasks",
        target: None,
        action: Action::ShortlistRead,
        changes: false,
        document: "{ deskTasks { reference } }",
        variables: super::fields::id,
    },
    query(
        "letterPreview",
        Target::Decision,
        Action::ShortlistRead,
        "query($id: ID!) { letterPreview(decisionId: $id) { en { subject paragraphs } sha256 } }",
    ),
    query(
        "appealBundle",
        Target::Appeal,
        Action::ShortlistRead,
        "query($id: ID!) { appealBundle(appealId: $id) { sha256 document } }",
    ),
    mutation(
        "fundingLevelsSave",
        Target::Submission,
        Action::FundingLevelsEdit,
        "mutation($input: FundingLevelsSaveInput!) { fundingLevelsSave(input: $input) {
            received { id } problems { code path message } } }",
        |id| json!({"input": {"submissionId": id, "expectedVersion": 0, "levels": []}}),
    ),
    mutation(
        "decisionConfirm",
        Target::DecisionProposal,
        Action::DecisionConfirm,
        "mutation($input: DecisionConfirmInput!) { decisionConfirm(input: $input) {
            received { id } problems { code path message } } }",
        |id| json!({"input": {"proposalId": id, "confirm": true, "note": ""}}),
    ),
    mutation(
        "letterSend",
        Target::Decision,
        Action::LetterSend,
        "mutation($input: LetterSendInput!) { letterSend(input: $input) {
            received { id } problems { code path message } } }",
        |id| json!({"input": {"decisionId": id, "idempotencyKey": id}}),
    ),
    mutation(
        "appealSend",
        Target::Application,
        Action::AppealSend,
        "mutation($input: AppealSendInput!) { appealSend(input: $input) {
            application { id } problems { code path message } } }",
        |id| {
            json!({"input": {"applicationId": id, "grounds": "Read it again.",
                             "idempotencyKey": id}})
        },
    ),
    mutation(
        "appealDecide",
        Target::Appeal,
        Action::AppealDecide,
        "mutation($input: AppealDecideInput!) { appealDecide(input: $input) {
            received { id } problems { code path message } } }",
        |id| {
            json!({"input": {"appealId": id, "outcome": "DISMISSED", "reason": "Read again.",
                             "bundleSha256": ""}})
        },
    ),
];
