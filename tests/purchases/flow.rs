//! One purchase from request to payment, and everything that stops it on the way.
use serde_json::{Value, json};
use testkit::World;

use super::{
    AWARDED, EDITOR, FINANCE, HEAD, OTHER_HEAD, act, codes, content, done, finding, project,
    quotations, request, seen,
};

#[tokio::test(flavor = "multi_thread")]
async fn three_people_take_a_purchase_from_request_to_payment() {
    let world = World::seeded().await;
    let (editor, head, finance) = (
        world.graphql(Some(EDITOR)).await,
        world.graphql(Some(HEAD)).await,
        world.graphql(Some(FINANCE)).await,
    );
    let application = project(&world, AWARDED).await;
    let content = content(json!("chairs"), "30000.00");
    let requested = done(request(&editor, &application, "b2", content).await);
    assert_eq!(requested["next"], "AWARD");
    assert_eq!(requested["check"]["requirement"]["minQuotations"], 2);
    let award = json!({"content": quotations(2, "28000.00")});
    let awarded = done(act(&head, &requested, "AWARD", award).await);
    assert_eq!(
        awarded["check"]["satisfied"],
        Value::Null,
        "nobody has agreed yet"
    );
    let ordered = done(act(&finance, &awarded, "AGREE_AND_ISSUE_ORDER", json!({})).await);
    assert_eq!(ordered["check"]["satisfied"], true);
    let received = done(act(&editor, &ordered, "RECEIPT", json!({})).await);
    let invoice = json!({"amount": "27500.00"});
    let invoiced = done(act(&editor, &received, "INVOICE", invoice).await);
    let wrong = act(
        &finance,
        &invoiced,
        "PAYMENT",
        json!({"amount": "28000.00"}),
    )
    .await;
    assert_eq!(codes(&wrong), ["purchase_payment_differs_from_invoice"]);
    let paid = done(
        act(
            &finance,
            &invoiced,
            "PAYMENT",
            json!({"amount": "27500.00"}),
        )
        .await,
    );
    assert_eq!(
        (&paid["stage"], &paid["next"]),
        (&json!("DONE"), &Value::Null)
    );
    let by: Vec<&Value> = paid["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| &step["doneBy"])
        .collect();
    assert_eq!(by[0], by[3]);
    assert!(by[0] != by[1] && by[1] != by[2] && by[0] != by[2], "{by:?}");
    let audited: i64 = sqlx::query_scalar(
        "select count(*) from tenant.audit_entries where subject_id = $1::uuid and actor_id is not null",
    )
    .bind(paid["id"].as_str().unwrap())
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(audited, 6, "each deed has its audit entry");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_person_is_refused_and_told_every_reason_at_once() {
    let world = World::seeded().await;
    // A person who holds all three roles.
    world
        .arrange(
            "update identity.memberships set roles = array['ngo_editor', 'ngo_endorser', 'ngo_finance']
             where user_id = (select user_id from identity.users where email = 'editor@kestrel.example')",
        )
        .await;
    let editor = world.graphql(Some(EDITOR)).await;
    let viewer = world.graphql(Some("viewer@kestrel.example")).await;
    let application = project(&world, AWARDED).await;
    let requested = done(
        request(
            &editor,
            &application,
            "b2",
            content(Value::Null, "30000.00"),
        )
        .await,
    );
    let award = json!({"content": quotations(2, "28000.00")});
    let refused = act(&editor, &requested, "AWARD", award.clone()).await;
    assert_eq!(
        codes(&refused),
        ["purchase_same_person", "purchase_checks_unmet"],
        "the policy and the rules say the same"
    );
    let early = act(&editor, &requested, "PAYMENT", json!({})).await;
    assert_eq!(
        codes(&early),
        ["purchase_wrong_order", "purchase_amount_missing"]
    );
    let stranger = act(&viewer, &requested, "AWARD", award).await;
    assert_eq!(codes(&stranger), ["not_found"], "a viewer reads only");
    let now = seen(&viewer, &requested["id"]).await;
    assert_eq!(now["seq"], 1, "nothing was recorded");
    assert_eq!(now["may"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn unkept_rules_stop_the_award_and_a_waiver_by_a_fourth_person_lifts_them() {
    let world = World::seeded().await;
    let (editor, head, other, finance) = (
        world.graphql(Some(EDITOR)).await,
        world.graphql(Some(HEAD)).await,
        world.graphql(Some(OTHER_HEAD)).await,
        world.graphql(Some(FINANCE)).await,
    );
    let application = project(&world, AWARDED).await;
    let requested = done(
        request(
            &editor,
            &application,
            "b2",
            content(Value::Null, "30000.00"),
        )
        .await,
    );
    let short = json!({"content": quotations(1, "28000.00")});
    let stopped = act(&head, &requested, "AWARD", short.clone()).await;
    assert_eq!(codes(&stopped), ["purchase_checks_unmet"]);
    assert_eq!(
        stopped["problems"][0]["params"],
        json!([{"name": "findings", "value": "too_few_invited, too_few_received"}])
    );
    let nameless = act(&other, &requested, "WAIVE", json!({})).await;
    assert_eq!(codes(&nameless), ["purchase_reason_missing"]);
    let because = json!({"reasons": ["sole_supplier"]});
    let waived = done(act(&other, &requested, "WAIVE", because).await);
    let own = act(&other, &waived, "AWARD", short.clone()).await;
    assert!(
        codes(&own).contains(&"purchase_same_person".to_owned()),
        "{own}"
    );
    let awarded = done(act(&head, &waived, "AWARD", short).await);
    let ordered = done(act(&finance, &awarded, "AGREE_AND_ISSUE_ORDER", json!({})).await);
    assert_eq!(ordered["check"]["satisfied"], true);
    assert_eq!(
        finding(&ordered, "too_few_received").unwrap()["severity"],
        "waived"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_one_need_are_summed_with_what_was_bought_before() {
    let world = World::seeded().await;
    let editor = world.graphql(Some(EDITOR)).await;
    let application = project(&world, AWARDED).await;
    // Tablets of HK$96,000 were bought under this need in October.
    let tablets = done(
        request(
            &editor,
            &application,
            "b2",
            content(json!("tablets"), "6000.00"),
        )
        .await,
    );
    assert_eq!(tablets["check"]["requirement"]["minQuotations"], 5);
    assert_eq!(tablets["check"]["aggregate"]["sum"], "102000");
    let raised = finding(&tablets, "aggregate_raises_tier").unwrap();
    assert_eq!(raised["severity"], "warning");
    let alone = done(request(&editor, &application, "b2", content(Value::Null, "6000.00")).await);
    assert_eq!(alone["check"]["requirement"]["minQuotations"], 2);
    assert_eq!(alone["check"]["aggregate"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_award_stays_within_what_the_budget_line_still_holds() {
    let world = World::seeded().await;
    let (editor, head) = (
        world.graphql(Some(EDITOR)).await,
        world.graphql(Some(HEAD)).await,
    );
    let application = project(&world, AWARDED).await;
    // The line holds 152,000; 88,500 of it was paid.
    let requested = done(
        request(
            &editor,
            &application,
            "b2",
            content(Value::Null, "63000.00"),
        )
        .await,
    );
    assert_eq!(requested["line"]["left"], "63500.00");
    let over = act(
        &head,
        &requested,
        "AWARD",
        json!({"content": quotations(5, "63500.01")}),
    )
    .await;
    assert_eq!(codes(&over), ["purchase_over_award"]);
    let exact = act(
        &head,
        &requested,
        "AWARD",
        json!({"content": quotations(5, "63500.00")}),
    )
    .await;
    assert_eq!(codes(&exact), Vec::<String>::new());
    let again = done(request(&editor, &application, "b2", content(Value::Null, "1.00")).await);
    assert_eq!(again["line"]["left"], "0.00");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_declares_an_interest_stays_out() {
    let world = World::seeded().await;
    let (editor, head) = (
        world.graphql(Some(EDITOR)).await,
        world.graphql(Some(HEAD)).await,
    );
    let application = project(&world, AWARDED).await;
    let requested = done(
        request(
            &editor,
            &application,
            "b2",
            content(Value::Null, "30000.00"),
        )
        .await,
    );
    let award = json!({"content": quotations(2, "28000.00"), "interest": null});
    let silent = act(&head, &requested, "AWARD", award).await;
    assert_eq!(codes(&silent), ["purchase_interest_not_stated"]);
    let declared = done(
        act(
            &head,
            &requested,
            "DECLARE_INTEREST",
            json!({"interest": true}),
        )
        .await,
    );
    let award = json!({"content": quotations(2, "28000.00")});
    let blocked = act(&head, &declared, "AWARD", award).await;
    assert!(
        codes(&blocked).contains(&"purchase_interest_declared".to_owned()),
        "{blocked}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_request_comes_back_by_path_and_nothing_is_recorded() {
    let world = World::seeded().await;
    let editor = world.graphql(Some(EDITOR)).await;
    let application = project(&world, AWARDED).await;
    let before: i64 = sqlx::query_scalar("select count(*) from tenant.purchases")
        .fetch_one(world.sql())
        .await
        .unwrap();
    let content = json!({"title": " ", "department": "navy", "category": "equipment", "colour": "red",
        "parts": [{"category": "food", "estimated": {"item": "0"}}]});
    let refused = request(&editor, &application, "b2", content).await;
    let problems = refused["problems"].as_array().unwrap().iter();
    let found: Vec<(&str, &str)> = problems
        .map(|problem| {
            (
                problem["code"].as_str().unwrap(),
                problem["path"].as_str().unwrap(),
            )
        })
        .collect();
    for expected in [
        ("unknown_field", "colour"),
        ("blank", "title"),
        ("not_one_of", "department"),
        ("missing", "requirement"),
        ("unknown_category", "parts[0].category"),
        ("not_above_zero", "parts[0].estimated.item"),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    let elsewhere = request(
        &editor,
        &application,
        "b99",
        super::content(Value::Null, "1.00"),
    )
    .await;
    assert_eq!(codes(&elsewhere), ["unknown_line"]);
    let other = world.graphql(Some("editor@nine-bridges.example")).await;
    let unfunded = project(&world, "DF-26-033").await;
    let nothing = request(&other, &unfunded, "b1", super::content(Value::Null, "1.00")).await;
    assert_eq!(codes(&nothing), ["purchase_not_awarded"]);
    let after: i64 = sqlx::query_scalar("select count(*) from tenant.purchases")
        .fetch_one(world.sql())
        .await
        .unwrap();
    assert_eq!(after, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_stated_leaves_the_order_unknown_and_not_a_pass() {
    let world = World::seeded().await;
    let (editor, head, finance) = (
        world.graphql(Some(EDITOR)).await,
        world.graphql(Some(HEAD)).await,
        world.graphql(Some(FINANCE)).await,
    );
    let application = project(&world, AWARDED).await;
    let requested = done(
        request(
            &editor,
            &application,
            "b2",
            content(Value::Null, "30000.00"),
        )
        .await,
    );
    let mut stated = quotations(2, "28000.00");
    stated["quotations"]
        .as_object_mut()
        .unwrap()
        .remove("invited");
    let awarded = done(act(&head, &requested, "AWARD", json!({"content": stated})).await);
    assert_eq!(
        finding(&awarded, "invited_unknown").unwrap()["severity"],
        "unknown"
    );
    let order = act(&finance, &awarded, "AGREE_AND_ISSUE_ORDER", json!({})).await;
    assert_eq!(codes(&order), ["purchase_checks_unknown"]);
    // Sent back, it is requested and awarded again with what was missing.
    let back = json!({"reasons": ["too_few_quotations"], "note": "How many were invited?"});
    let returned = done(act(&finance, &awarded, "RETURN", back).await);
    assert_eq!(
        (&returned["next"], &returned["returns"]),
        (&json!("REQUEST"), &json!(1))
    );
    let again = json!({"content": content(Value::Null, "30000.00")});
    let requested = done(act(&editor, &returned, "REQUEST", again).await);
    let awarded = done(
        act(
            &head,
            &requested,
            "AWARD",
            json!({"content": quotations(2, "28000.00")}),
        )
        .await,
    );
    done(act(&finance, &awarded, "AGREE_AND_ISSUE_ORDER", json!({})).await);
}
