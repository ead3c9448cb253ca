//! Purchases paid from an awarded project: from request to payment through three people's hands,
//! refused by code, checked against the rules, and never done twice.
mod analysis;
mod at_once;
mod flow;
mod policy;
mod words;

use serde_json::{Value, json};
use testkit::{Client, World};
use uuid::Uuid;

/// Awarded in the demonstration, with purchases in every state.
pub(crate) const AWARDED: &str = "DF-26-006";
pub(crate) const EDITOR: &str = "editor@kestrel.example";
pub(crate) const HEAD: &str = "endorser@kestrel.example";
pub(crate) const OTHER_HEAD: &str = "head@kestrel.example";
pub(crate) const FINANCE: &str = "finance@kestrel.example";

/// What every test looks at.
const PURCHASE: &str = "id reference stage next seq returns line { id left }
    steps { action doneBy amount } acts { seq deed by amount reasons { code } }
    may { deed blocks { code } } request award
    check { satisfied estimated accepted category requirement { version method minQuotations }
        aggregate { sum others } findings { code severity shortfall params { name value } } }";

pub(crate) async fn project(world: &World, reference: &str) -> String {
    let id: Uuid =
        sqlx::query_scalar("select application_id from tenant.applications where reference = $1")
            .bind(reference)
            .fetch_one(world.sql())
            .await
            .unwrap();
    id.to_string()
}

/// Goods of one need on a budget line, maintenance stated as none.
pub(crate) fn content(need: impl Into<Value>, item: &str) -> Value {
    json!({"title": "Case tablets", "department": "it", "category": "equipment", "requirement": need.into(),
           "invited_on": "2026-11-02", "needed_on": "2027-01-31",
           "parts": [{"category": "goods", "estimated": {"item": item, "maintenance": null}}]})
}

/// Written offers at one price, the first taken.
pub(crate) fn quotations(count: usize, price: &str) -> Value {
    let offers: Vec<Value> = (1..=count)
        .map(|n| {
            json!({"id": format!("q{n}"), "supplier": format!("Fictional {n}"), "amount": price,
                   "conforming": true, "form": "written"})
        })
        .collect();
    json!({"method": "quotation", "quotations": {"invited": count, "offers": offers}, "chosen": "q1",
           "lowest_reason": null, "accepted": {"item": price, "maintenance": null}})
}

pub(crate) async fn request(
    client: &Client,
    application: &str,
    line: &str,
    content: Value,
) -> Value {
    let mutation = format!(
        "mutation($input: PurchaseRequestInput!) {{ purchaseRequest(input: $input) {{
            purchase {{ {PURCHASE} }} problems {{ code path params {{ name value }} }} }} }}"
    );
    let input = json!({"applicationId": application, "lineId": line, "content": content, "interest": false,
                       "note": "", "idempotencyKey": Uuid::new_v4()});
    let mut data = client.ask(&mutation, json!({"input": input})).await;
    data["purchaseRequest"].take()
}

/// One deed without an interest; `more` holds what it states beyond that.
pub(crate) async fn act(client: &Client, purchase: &Value, deed: &str, more: Value) -> Value {
    let mutation = format!(
        "mutation($input: PurchaseActInput!) {{ purchaseAct(input: $input) {{
            purchase {{ {PURCHASE} }} problems {{ code path params {{ name value }} }} }} }}"
    );
    let mut input = json!({"purchaseId": purchase["id"], "deed": deed, "expectedSeq": purchase["seq"],
                           "content": {}, "interest": false, "reasons": [], "note": ""});
    let stated = more.as_object().cloned().unwrap_or_default();
    input.as_object_mut().unwrap().extend(stated);
    let mut data = client.ask(&mutation, json!({"input": input})).await;
    data["purchaseAct"].take()
}

pub(crate) async fn seen(client: &Client, id: &Value) -> Value {
    let query = format!("query($id: ID!) {{ purchase(id: $id) {{ {PURCHASE} }} }}");
    let mut data = client.ask(&query, json!({"id": id})).await;
    data["purchase"].take()
}

/// Codes of the problems of a payload.
pub(crate) fn codes(payload: &Value) -> Vec<String> {
    let problems = payload["problems"].as_array().unwrap().iter();
    problems
        .map(|problem| problem["code"].as_str().unwrap().to_owned())
        .collect()
}

/// The purchase of a payload that must have succeeded.
pub(crate) fn done(mut payload: Value) -> Value {
    assert_eq!(payload["problems"], json!([]));
    payload["purchase"].take()
}

pub(crate) fn finding<'a>(purchase: &'a Value, code: &str) -> Option<&'a Value> {
    let findings = purchase["check"]["findings"].as_array().unwrap();
    findings.iter().find(|finding| finding["code"] == code)
}
