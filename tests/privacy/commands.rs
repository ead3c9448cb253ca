//! What the machine's owner does by hand: lists the register, expires, erases after a request on paper.
use serde_json::Value;
use testkit::World;

use super::id_of;

const PERSON: &str = "viewer@kestrel.example";

/// What a command prints; none when it ends with an error.
fn said(world: &World, arguments: &[&str]) -> Option<String> {
    let output = world.plumbline(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    output.status.success().then_some(text)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_lists_expires_and_erases() {
    let world = World::seeded().await;
    let text = said(&world, &["privacy", "register"]).unwrap();
    assert!(text.contains("identity.users.email") && text.contains("用作登入"));
    let json = said(&world, &["privacy", "register", "--json"]).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert!(json["fields"].as_array().unwrap().len() > 100);
    let counts = said(&world, &["privacy", "expire"]).unwrap();
    assert!(counts.contains("session: 0"), "{counts}");
    let user = id_of(&world, PERSON).await;
    let erase = ["privacy", "erase", "--user", PERSON];
    let told = said(&world, &erase).unwrap();
    assert!(told.contains(&user.to_string()), "{told}");
    assert_eq!(said(&world, &erase), None);
}
