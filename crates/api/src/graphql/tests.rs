//! The schema's shape and limits, without a database: nothing here gets as far as a resolver.
use async_graphql::Request;

use super::*;

async fn message_for(document: &str) -> String {
    let response = schema(false).execute(Request::new(document)).await;
    response
        .errors
        .first()
        .map(|error| error.message.clone())
        .unwrap_or_default()
}

#[test]
fn the_schema_has_every_type_of_the_contract() {
    let sdl = schema_sdl();
    let definitions = [
        "scalar Decimal",
        "scalar DateTime",
        "scalar JSON",
        "enum TenantKind",
        "enum Role",
        "enum ApplicationStage",
        "enum SectionState",
        "enum EligibilityState",
        "enum CriterionOutcome",
        "enum Severity",
        "enum RoundStage",
        "enum DecisionOutcome",
        "enum SizeBand",
        "enum WorkState",
        "enum SectorDimension",
        "type Query",
        "type Mutation",
        "type Subscription",
        "type Application",
        "type Received",
        "type Shortlist",
        "type SroiResult",
        "type Verdict",
        "type ProgressEvent",
        "rounds(first: Int = 50, after: String): RoundConnection!",
        "inbox(roundId: ID!, first: Int = 100, after: String): ReceivedConnection!",
        "applicationSectionSave(input: ApplicationSectionSaveInput!): SectionSavePayload!",
        "decisionRecord(input: DecisionRecordInput!): ReceivedPayload!",
        "roundProgress(roundId: ID!): ProgressEvent!",
        "content: JSON!",
        "sroiLow: Decimal",
    ];
    for definition in definitions {
        assert!(sdl.contains(definition), "{definition} is missing");
    }
    assert!(
        !sdl.contains("Float"),
        "a figure would pass through a float"
    );
}

#[tokio::test]
async fn trust_16_a_document_with_a_thousand_aliases_is_refused() {
    let fields: Vec<String> = (0..1_000)
        .map(|count| format!("a{count}: serverTime"))
        .collect();
    let message = message_for(&format!("{{ {} }}", fields.join(" "))).await;
    assert_eq!(message, "The document has more than 30 aliases.");
}

#[tokio::test]
async fn trust_16_deep_nesting_is_refused_before_it_is_parsed() {
    for open in ["{ a ", "{", "[", "("] {
        let message = message_for(&format!("{{ a {}", open.repeat(20_000))).await;
        let refusals = [
            "The document has brackets more than 48 deep inside each other.",
            "The document is longer than 64 KiB.",
        ];
        assert!(refusals.contains(&message.as_str()), "{open}: {message}");
    }
}

#[tokio::test]
async fn trust_16_fragments_that_double_or_go_round_are_refused() {
    let doubling: Vec<String> = (0..60)
        .map(|count| {
            let next = count + 1;
            format!("fragment F{count} on Query {{ ...F{next} ...F{next} }}")
        })
        .collect();
    let last = "fragment F60 on Query { serverTime }";
    assert_eq!(
        message_for(&format!("{{ ...F0 }} {} {last}", doubling.join(" "))).await,
        "The document has more than 2000 fields."
    );
    let round = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }";
    assert_eq!(
        message_for(round).await,
        "The document's fragments go round in a circle."
    );
}

#[tokio::test]
async fn trust_16_too_many_directives_or_operations_are_refused() {
    let directives = "@include(if: true) ".repeat(1_000);
    let message = message_for(&format!("{{ serverTime {directives} }}")).await;
    assert_eq!(message, "The document has more than 50 directives.");
    let operations: Vec<String> = (0..1_000)
        .map(|count| format!("query Q{count} {{ serverTime }}"))
        .collect();
    assert_eq!(
        message_for(&operations.join(" ")).await,
        "The document has more than 10 operations."
    );
}

#[tokio::test]
async fn trust_16_a_query_is_weighed_by_the_length_of_its_lists() {
    let heavy = "{ applications(first: 100) { nodes { preview { ask } } } }";
    assert_eq!(
        message_for(heavy).await,
        "The query weighs more than 20000; ask for less at once, such as first: 20."
    );
    let lists = "{ inbox(roundId: \"1\") { nodes { verdict { criteria { id outcome \
        question { en zh } reason { en zh } fix { en zh } factsUsed } } } } }";
    assert_eq!(
        message_for(lists).await,
        "The query weighs more than 20000; ask for less at once, such as first: 20."
    );
}

#[tokio::test]
async fn trust_18_the_schema_tells_nothing_about_itself() {
    let asked = Request::new("{ __schema { types { name } } }");
    let response = schema(false).execute(asked).await;
    assert_eq!(response.data, async_graphql::value!({ "__schema": null }));
    let message = message_for("{ serverTim }").await;
    assert!(!message.contains("Did you mean"), "{message}");
}

#[tokio::test]
async fn nothing_but_subscriptions_is_taken_over_a_socket() {
    use futures_util::StreamExt as _;
    let mut data = async_graphql::Data::default();
    data.insert(OverSocket(std::sync::Arc::default()));
    let request =
        Request::new("mutation { roundRank(input: {roundId: \"1\"}) { problems { code } } }");
    let mut answers =
        schema(false).execute_stream_with_session_data(request, std::sync::Arc::new(data));
    let answer = answers.next().await.unwrap();
    assert_eq!(
        answer.errors[0].message,
        "Only subscriptions are taken over WebSocket."
    );
}
