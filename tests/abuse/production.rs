//! What is served in production: the web app's own documents, and nothing that tells about the schema (trust 18).
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use api::{CostBudget, CostSettings, Documents, MemoryBudget, Taken};
use async_graphql::parser::{parse_query, types::VariableDefinition};
use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::{World, root};

use super::{PAGE, free, generate::Generator, ids, post, served::Served, tokens};
use crate::isolation::EVERYBODY;

const INTROSPECTION: [&str; 3] = [
    "{ __schema { types { name } } }",
    "{ __type(name: \"Query\") { fields { name } } }",
    "query IntrospectionQuery { __schema { queryType { name } directives { name args { name } } } }",
];

pub(super) fn manifest() -> String {
    std::fs::read_to_string(root().join("graphql/documents.json")).unwrap()
}

pub(super) fn documents() -> BTreeMap<String, String> {
    serde_json::from_str(&manifest()).unwrap()
}

fn production() -> Documents {
    Documents::free().with_manifest(&manifest()).unwrap().only()
}

/// Notes what each operation costs.
#[derive(Default)]
struct Noted(Mutex<Vec<u64>>);

#[async_trait::async_trait]
impl CostBudget for Noted {
    async fn take(&self, _: &str, cost: u64) -> Taken {
        self.0.lock().unwrap().push(cost);
        Taken::Granted
    }
}

fn by_id(id: &str) -> String {
    json!({"documentId": id}).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_18_a_session_runs_the_web_apps_documents_and_no_others() {
    let settings = CostSettings::try_new(1_000_000, 1_000).unwrap();
    let budget = Arc::new(MemoryBudget::new(settings));
    let world = World::seeded().await.with_doors(production(), budget);
    let owner = world.graphql(Some("endorser@kestrel.example")).await;
    let session = [PAGE, ("cookie", owner.cookie().unwrap())];
    let (secret, _) = tokens::make(&owner, &["applications:read"]).await;
    let bearer = format!("Bearer {secret}");
    let token = [("authorization", bearer.as_str())];
    let mut refused = 0;
    for query in INTROSPECTION
        .into_iter()
        .chain(["{ me { email } }", "{ serverTim }"])
    {
        for who in [&session[..], &[PAGE][..]] {
            let answer = post(&world, who, free(query)).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
            assert_eq!(answer.code(), "document_not_trusted", "{query}");
            refused += 1;
        }
    }
    for query in INTROSPECTION {
        let answer = post(&world, &token, free(query)).await.json();
        assert!(!answer.to_string().contains("\"name\""), "{answer}");
    }
    let misspelt = post(&world, &token, free("{ serverTim }")).await.json();
    let message = misspelt["errors"][0]["message"].as_str().unwrap();
    assert!(!message.contains("Did you mean"), "{message}");
    let unknown = format!("sha256:{}", "0".repeat(64));
    for who in [&session[..], &token[..], &[PAGE][..]] {
        let answer = post(&world, who, by_id(&unknown)).await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::BAD_REQUEST, "document_unknown".to_owned())
        );
    }
    let clock = documents();
    let (clock, _) = clock
        .iter()
        .find(|(_, text)| text.starts_with("query ServerTime "))
        .unwrap();
    let told = post(&world, &session, by_id(clock)).await.json();
    assert!(told["data"]["serverTime"].is_string(), "{told}");
    let free_by_token = post(&world, &token, free("{ me { email } }")).await.json();
    assert_eq!(
        free_by_token["data"]["me"]["email"],
        "endorser@kestrel.example"
    );
    println!(
        "trust-18 pass {refused} free documents of sessions refused, unknown hashes refused, no introspection, no suggestions"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_18_the_served_product_shows_no_playground_and_takes_no_free_document() {
    let world = World::seeded().await;
    let web = world.plumbline_folder().join("web");
    std::fs::create_dir_all(&web).unwrap();
    std::fs::write(web.join("index.html"), "<!doctype html>").unwrap();
    std::fs::write(web.join("documents.json"), manifest()).unwrap();
    let served = Served::start(&world, &web, &[], None).await;
    let page = served.get("/").await.unwrap();
    assert_eq!(page.status, 200);
    for asked in [
        "default-src 'none'",
        "script-src 'self';",
        "frame-ancestors 'none'",
        "nosniff",
        "max-age=31536000",
    ] {
        assert!(page.head.contains(asked), "{asked} is not in {}", page.head);
    }
    let script = page
        .head
        .split("script-src")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    assert!(!script.contains("unsafe"), "{script}");
    let get = served.get("/graphql").await.unwrap();
    assert_eq!((get.status, get.body.contains('<')), (405, false));
    for path in [
        "/playground",
        "/graphiql",
        "/graphql/playground",
        "/graphql/",
    ] {
        let found = served.get(path).await.unwrap();
        assert!(!found.body.to_lowercase().contains("graphiql"), "{path}");
    }
    let own = "x-plumbline: 1\r\n";
    let refused = served.post("/graphql", own, &free(INTROSPECTION[0])).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert!(refused.body.contains("document_not_trusted"));
    let (clock, _) = documents()
        .into_iter()
        .find(|(_, text)| text.starts_with("query ServerTime "))
        .unwrap();
    let told = served.post("/graphql", own, &by_id(&clock)).await;
    assert!(
        told.status == 200 && told.body.contains("serverTime"),
        "{}",
        told.body
    );
    assert!(told.head.contains("default-src 'none'") && told.head.contains("no-store"));
}

/// The document with a value for each of its variables.
pub(super) fn filled(text: &str, generator: &mut Generator) -> String {
    let document = parse_query(text).unwrap();
    let mut filled = text.to_owned();
    for (_, operation) in document.operations.iter() {
        for variable in &operation.node.variable_definitions {
            let VariableDefinition {
                name,
                var_type,
                default_value,
                ..
            } = &variable.node;
            if default_value.is_none() && !var_type.node.nullable {
                let declared = format!("${}: {}", name.node, var_type.node);
                let value = generator.argument(&var_type.node, &name.node, text);
                filled = filled.replacen(&declared, &format!("{declared} = {value}"), 1);
            }
        }
    }
    filled
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_of_the_web_app_keeps_every_limit_and_costs_little_of_a_budget() {
    let noted = Arc::new(Noted::default());
    let world = World::seeded()
        .await
        .with_doors(Documents::free(), noted.clone());
    let mut generator = Generator::new(18, ids(&world).await);
    let chair = world.graphql(Some("chair@funder.example")).await;
    let (mut heaviest, mut all) = ((0, String::new()), 0);
    let documents = documents();
    for text in documents
        .values()
        .filter(|text| !text.starts_with("subscription"))
    {
        noted.0.lock().unwrap().clear();
        let filled = filled(text, &mut generator);
        let answer = chair.send(&filled, json!({})).await;
        let costs: Vec<u64> = noted.0.lock().unwrap().clone();
        assert_eq!(costs.len(), 2, "{answer}\n{filled}");
        let name = text.split(['(', '{']).next().unwrap().trim().to_owned();
        heaviest = heaviest.max((costs[1], name));
        all += costs[1];
        assert!(!matches!(answer["data"], Value::Null) || answer["errors"].is_array());
    }
    assert!(EVERYBODY.len() > 1 && documents.len() > 80);
    println!(
        "cost pass {} operations of the web app: the heaviest, {}, costs {}; all together {all}",
        documents.len(),
        heaviest.1,
        heaviest.0
    );
}
