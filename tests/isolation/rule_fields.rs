//! The fields through which a funder changes its rules, and how each is tried.
use access::Action;
use serde_json::json;

use super::fields::{Field, Target, mutation, query};
use crate::drafting::PAST_ROUND;

pub(super) const RULES: [Field; 10] = [
    query(
        "rulebook",
        Target::Programme,
        Action::RulesRead,
        "query($id: ID!) { rulebook(programmeId: $id) { code versions { version } drafts { id } } }",
    ),
    query(
        "ruleDraft",
        Target::RuleDraft,
        Action::RulesRead,
        "query($id: ID!) { ruleDraft(id: $id) { basedOn body } }",
    ),
    query(
        "rescreening",
        Target::Rescreening,
        Action::RulesRead,
        "query($id: ID!) { rescreening(id: $id) { reason rows { reference } } }",
    ),
    Field {
        name: "ruleDifference",
        target: Some(Target::RuleDraft),
        action: Action::RulesRead,
        changes: false,
        document: "query($input: RuleDifferenceInput!) { ruleDifference(input: $input) {
            changes { part id } } }",
        variables: |id| json!({"input": {"from": {"draftId": id}, "to": {"draftId": id}}}),
    },
    Field {
        name: "ruleTrial",
        target: Some(Target::RuleDraft),
        action: Action::RulesRead,
        changes: false,
        document: "query($input: RuleTrialInput!) { ruleTrial(input: $input) { total } }",
        variables: |id| json!({"input": {"draftId": id, "roundId": PAST_ROUND}}),
    },
    mutation(
        "ruleDraftStart",
        Target::Programme,
        Action::RulesEdit,
        "mutation($input: RuleDraftStartInput!) { ruleDraftStart(input: $input) {
            draft { id } problems { code path message } } }",
        |id| json!({"input": {"programmeId": id, "basedOn": "1"}}),
    ),
    mutation(
        "ruleDraftSave",
        Target::RuleDraft,
        Action::RulesEdit,
        "mutation($input: RuleDraftSaveInput!) { ruleDraftSave(input: $input) {
            draft { version } problems { code path message } } }",
        |id| json!({"input": {"id": id, "expectedVersion": 1, "body": {}, "sections": {}}}),
    ),
    mutation(
        "ruleDraftDiscard",
        Target::RuleDraft,
        Action::RulesEdit,
        "mutation($input: RuleDraftDiscardInput!) { ruleDraftDiscard(input: $input) {
            rulebook { code } problems { code path message } } }",
        |id| json!({"input": {"id": id}}),
    ),
    mutation(
        "ruleDraftPublish",
        Target::RuleDraft,
        Action::RulesPublish,
        "mutation($input: RuleDraftPublishInput!) { ruleDraftPublish(input: $input) {
            rulebook { code } problems { code path message } } }",
        |id| {
            json!({"input": {"id": id, "expectedVersion": 1, "version": "x", "note": "n",
                             "effectiveFrom": "2027-01-01"}})
        },
    ),
    mutation(
        "roundRulesApply",
        Target::Round,
        Action::RoundManage,
        "mutation($input: RoundRulesApplyInput!) { roundRulesApply(input: $input) {
            rescreening { id } problems { code path message } } }",
        |id| json!({"input": {"roundId": id, "version": "1", "reason": "r"}}),
    ),
];
