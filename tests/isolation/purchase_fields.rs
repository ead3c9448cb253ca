//! The fields through which an NGO buys with granted money, and how each is tried.
use access::Action;
use serde_json::json;

use super::fields::{Field, Target, id, mutation, query};

pub(super) const PURCHASES: [Field; 7] = [
    query(
        "purchaseBook",
        Target::Application,
        Action::PurchaseRead,
        "query($id: ID!) { purchaseBook(applicationId: $id) { awarded lines { id } purchases { id } } }",
    ),
    query(
        "purchase",
        Target::Purchase,
        Action::PurchaseRead,
        "query($id: ID!) { purchase(id: $id) { reference request award acts { note } check { satisfied } } }",
    ),
    query(
        "purchaseAnalysis",
        Target::Application,
        Action::PurchaseRead,
        "query($id: ID!) { purchaseAnalysis(applicationId: $id) { categories { code } } }",
    ),
    Field {
        name: "purchaseCheck",
        target: Some(Target::Application),
        action: Action::PurchaseRead,
        changes: false,
        document: "query($input: PurchaseCheckInput!) { purchaseCheck(input: $input) {
            lineLeft check { satisfied } problems { code path message } } }",
        variables: |id| json!({"input": {"applicationId": id, "lineId": "b1", "content": {}}}),
    },
    mutation(
        "purchaseRequest",
        Target::Application,
        Action::PurchaseRequest,
        "mutation($input: PurchaseRequestInput!) { purchaseRequest(input: $input) {
            purchase { id } problems { code path message } } }",
        |id| {
            json!({"input": {"applicationId": id, "lineId": "b1", "content": {}, "note": "",
                             "idempotencyKey": id}})
        },
    ),
    mutation(
        "purchaseAct",
        Target::Purchase,
        Action::PurchaseAct,
        "mutation($input: PurchaseActInput!) { purchaseAct(input: $input) {
            purchase { id } problems { code path message } } }",
        |id| {
            json!({"input": {"purchaseId": id, "deed": "REFUSE", "expectedSeq": 1, "content": {},
                             "reasons": ["other"], "note": ""}})
        },
    ),
    Field {
        name: "purchasePolicy",
        target: None,
        action: Action::PurchaseRead,
        changes: false,
        document: "{ purchasePolicy { version } }",
        variables: id,
    },
];
