//! What the demonstration's purchases come to: groups, refusals by code, the forecast.
use serde_json::{Value, json};
use testkit::World;

use super::{AWARDED, EDITOR, FINANCE, HEAD, act, content, done, project, request};

async fn analysis(world: &World) -> Value {
    let finance = world.graphql(Some(FINANCE)).await;
    let query = "query($id: ID) { purchaseAnalysis(applicationId: $id) {
        departments { code requested committed paid }
        categories { code requested refused returned estimated committed paid }
        refusals { code category { en } refused returned } forecast { month count amount } } }";
    let id = project(world, AWARDED).await;
    finance.ask(query, json!({"id": id})).await["purchaseAnalysis"].take()
}

fn row<'a>(rows: &'a Value, code: &str) -> &'a Value {
    let rows = rows.as_array().unwrap();
    rows.iter().find(|row| row["code"] == code).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_by_category_and_month_are_those_of_the_demonstration() {
    let world = World::seeded().await;
    let found = analysis(&world).await;
    let equipment = row(&found["categories"], "equipment");
    assert_eq!(equipment["requested"], 2);
    assert_eq!(equipment["returned"], 1);
    assert_eq!(
        (&equipment["committed"], &equipment["paid"]),
        (&json!("88500"), &json!("88500"))
    );
    assert_eq!(row(&found["categories"], "services")["refused"], 1);
    assert_eq!(row(&found["departments"], "it")["requested"], 4);
    // Ordered print of 4,650 for January, awarded interface of 78,000 for February.
    assert_eq!(
        found["forecast"],
        json!([{"month": "2027-01", "count": 1, "amount": "4650"},
               {"month": "2027-02", "count": 1, "amount": "78000"}])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_are_counted_by_code_and_the_commonest_comes_first() {
    let world = World::seeded().await;
    let before = analysis(&world).await;
    let tied = row(&before["refusals"], "specification_tied");
    assert_eq!(
        (&tied["refused"], &tied["category"]["en"]),
        (&json!(1), &json!("Specification"))
    );
    assert_eq!(row(&before["refusals"], "split")["returned"], 1);
    let (editor, head) = (
        world.graphql(Some(EDITOR)).await,
        world.graphql(Some(HEAD)).await,
    );
    let application = project(&world, AWARDED).await;
    for _ in 0..2 {
        let asked = content(Value::Null, "5000.00");
        let asked = done(request(&editor, &application, "b2", asked).await);
        let because = json!({"reasons": ["over_budget"], "note": "Not this year."});
        let refused = done(act(&head, &asked, "REFUSE", because).await);
        assert_eq!(refused["stage"], "REFUSED");
    }
    let after = analysis(&world).await;
    assert_eq!(after["refusals"][0]["code"], "over_budget");
    assert_eq!(after["refusals"][0]["refused"], 2);
    assert_eq!(row(&after["categories"], "equipment")["refused"], 2);
}
