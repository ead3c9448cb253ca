//! The operator keeps the machine running and lets organisations in, and reads nothing of what they write.
use access::{Action, Role};
use casework::{TenantInput, mail_send_due, password_reset, password_reset_ask, tenant_make};
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use testkit::World;

use super::{OPERATOR, WAITING};
use crate::{
    drafting::problem_codes,
    isolation::{EVERYBODY, reads},
    letterbox::Letterbox,
};

/// Every action that an operator has; what each shows is no organisation's content.
const NO_CONTENT: [Action; 4] = [
    Action::WorkloadRead,
    Action::MembersRead,
    Action::MembersManage,
    Action::RegistrationDecide,
];

#[tokio::test(flavor = "multi_thread")]
async fn every_read_of_content_is_refused_to_the_operator_and_every_table_is_empty_to_them() {
    let world = World::seeded().await;
    let operator = world.actor(OPERATOR).await;
    let held: Vec<Action> = Action::ALL
        .into_iter()
        .filter(|action| access::may(&operator, *action))
        .collect();
    assert_eq!(held, NO_CONTENT);
    assert_eq!(
        operator.roles.iter().copied().collect::<Vec<_>>(),
        [Role::Operator]
    );
    let client = world.graphql(Some(OPERATOR)).await;
    let mut tried = 0;
    for (field, id) in reads(&world).await {
        let answer = client.send(field.document, (field.variables)(id)).await;
        let data = &answer["data"][field.name];
        let empty = data.is_null()
            || data["problems"][0]["code"] == "not_found"
            || data["nodes"] == json!([]);
        assert!(empty, "{}: {answer}", field.name);
        tried += 1;
    }
    for list in [
        "{ applications(first: 5) { nodes { id } } }",
        "{ purchasePolicy { __typename } }",
        "{ deskTasks { __typename } }",
        "{ proxies { nodes { __typename } } }",
        "{ proxyProposals { __typename } }",
        "{ rulebooks { __typename } }",
        "{ sectorReport(dimension: DISTRICT) { __typename } }",
        "{ auditEntries { nodes { __typename } } }",
    ] {
        let answer = client.send(list, json!({})).await;
        let refused = answer["errors"][0]["extensions"]["code"] == "not_found";
        let nothing = answer["data"]
            .as_object()
            .is_some_and(|data| data.values().all(is_nothing));
        assert!(refused || nothing, "{list}: {answer}");
        tried += 1;
    }
    // In the database: acting for the operator's tenant, no table holds a row but the operator's own trail.
    let app = world.sql_as("plumbline_app").await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class
         where relnamespace = 'tenant'::regnamespace and relkind = 'r' and relname not like 'audit%'",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    for table in &tables {
        let mut tx = app.begin().await.unwrap();
        sqlx::query("select set_config('app.tenant', $1, true)")
            .bind(operator.tenant.0.to_string())
            .execute(&mut *tx)
            .await
            .unwrap();
        let counting = format!("select count(*) from tenant.{table}");
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(counting))
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    println!(
        "trust-01 pass operator: {tried} reads refused, 0 rows in {} tables",
        tables.len()
    );
}

fn is_nothing(value: &Value) -> bool {
    value.is_null()
        || value.as_array().is_some_and(Vec::is_empty)
        || value["nodes"].as_array().is_some_and(Vec::is_empty)
}

#[tokio::test(flavor = "multi_thread")]
async fn registrations_exist_for_operators_alone() {
    let world = World::seeded().await;
    for address in EVERYBODY
        .into_iter()
        .filter(|address| !address.contains("other-funder"))
    {
        let client = world.graphql(Some(address)).await;
        let answer = client.send(WAITING, json!({})).await;
        let seen = answer["data"]["registrations"].as_array().is_some();
        assert_eq!(seen, address == OPERATOR, "{address}: {answer}");
    }
    let nobody = world.graphql(None).await.send(WAITING, json!({})).await;
    assert_eq!(nobody["errors"][0]["extensions"]["code"], "not_signed_in");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machines_owner_makes_an_operator_who_sets_a_password_and_sees_who_waits() {
    let world = World::seeded().await;
    let (casework, letterbox) = Letterbox::of(&world);
    let mut input = TenantInput {
        kind: "ngo",
        name_en: "",
        name_zh: "平安營運",
        person: " ",
        email: "nobody",
    };
    let refused = problem_codes(tenant_make(&casework, &input).await);
    assert_eq!(refused.len(), 4, "{refused:?}");
    input.kind = "operator";
    (input.name_en, input.person, input.email) =
        ("Second Watch", "YIP Wing-sum", "Yip@watch.example");
    tenant_make(&casework, &input).await.unwrap();
    password_reset_ask(&casework, "yip@watch.example", "192.0.2.1")
        .await
        .unwrap();
    mail_send_due(&casework).await.unwrap();
    password_reset(&casework, &letterbox.link("reset"), super::PASSWORD)
        .await
        .unwrap();
    // The password that every browser of the tests signs in with.
    world
        .arrange(
            "update identity.users set password_hash =
                 (select password_hash from identity.users where email = 'operator@plumbline.example')
             where email = 'yip@watch.example'",
        )
        .await;
    let operator = world.graphql(Some("yip@watch.example")).await;
    let told = operator
        .ask(
            "{ me { name tenant { kind } } registrations { id } }",
            json!({}),
        )
        .await;
    assert_eq!(
        told["me"],
        json!({"name": "YIP Wing-sum", "tenant": {"kind": "OPERATOR"}})
    );
    assert_eq!(told["registrations"].as_array().unwrap().len(), 1);
}
