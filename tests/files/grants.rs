//! A permission holds once, for one person, one file, one deed and a short time; every other use is answered alike.
use axum::http::{Method, StatusCode};
use testkit::World;

use super::{announce, ask, attach, attached, codes, fetch, made, send};
use crate::drafting::{EDITOR, ENDORSER, FINANCE, complete_draft};

const STRANGER: &str = "endorser@harbour-lantern.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_to_send_is_refused_to_everybody_and_everything_else() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(EDITOR)).await;
    let pdf = made::pdf("one");
    let grant = async || {
        let answer = announce(&client, application, "a.pdf", pdf.len()).await;
        answer["grant"].as_str().unwrap().to_owned()
    };
    let refused = async |email: &str, grant: &str| {
        let other = world.graphql(Some(email)).await;
        let (status, answer) = send(&other, grant, &pdf).await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{email}: {answer}"
        );
        assert_eq!(codes(&answer), ["grant_invalid"], "{email}");
    };
    // Another person of the same organisation, another organisation, nobody, and a guess.
    let first = grant().await;
    refused(FINANCE, &first).await;
    refused(STRANGER, &first).await;
    refused(EDITOR, &"0".repeat(64)).await;
    let nobody = world.graphql(None).await;
    let (status, _) = send(&nobody, &first, &pdf).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    // A viewer and a funder may not send at all.
    for email in ["viewer@kestrel.example", "officer@funder.example"] {
        let other = world.graphql(Some(email)).await;
        assert_eq!(
            send(&other, &first, &pdf).await.0,
            StatusCode::NOT_FOUND,
            "{email}"
        );
    }
    // Another deed.
    assert_eq!(
        codes(&serde_json::from_slice(&fetch(&client, &first).await.2).unwrap()),
        ["grant_invalid"]
    );
    // The right person, once.
    assert_eq!(send(&client, &first, &pdf).await.0, StatusCode::OK);
    refused(EDITOR, &first).await;
    // Run out.
    let late = grant().await;
    world
        .arrange(
            "update tenant.file_grants set granted_at = granted_at - interval '1 hour',
                 expires_at = expires_at - interval '1 hour' where used_at is null",
        )
        .await;
    refused(EDITOR, &late).await;
    // What was refused for its content has used its permission up.
    let bad = announce(&client, application, "a.pdf", 4).await["grant"]
        .as_str()
        .unwrap()
        .to_owned();
    let (_, answer) = send(&client, &bad, b"MZ\0\0").await;
    assert!(codes(&answer).contains(&"file_type_refused".to_owned()));
    let (_, answer) = send(&client, &bad, b"MZ\0\0").await;
    assert_eq!(codes(&answer), ["grant_invalid"]);
    // Other bytes than announced.
    let other = grant().await;
    let (_, answer) = send(&client, &other, &made::pdf("longer than announced")).await;
    assert_eq!(codes(&answer), ["file_length_differs"]);
    // The secret itself is nowhere in the database.
    let stored: i64 =
        sqlx::query_scalar("select count(*) from tenant.file_grants where grant_hash = $1")
            .bind(&first)
            .fetch_one(world.sql())
            .await
            .unwrap();
    assert_eq!(stored, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_uses_of_one_permission_at_once_one_is_taken() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(EDITOR)).await;
    let pdf = made::pdf("race");
    let answer = announce(&client, application, "a.pdf", pdf.len()).await;
    let grant = answer["grant"].as_str().unwrap().to_owned();
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (client, grant, pdf) = (client.clone(), grant.clone(), pdf.clone());
        sending.spawn(async move { send(&client, &grant, &pdf).await.0 });
    }
    let all = sending.join_all().await;
    let taken = all
        .iter()
        .filter(|status| **status == StatusCode::OK)
        .count();
    assert_eq!(taken, 1, "{all:?}");
    let rows: i64 = sqlx::query_scalar("select count(*) from tenant.files")
        .fetch_one(world.sql())
        .await
        .unwrap();
    assert_eq!(rows, 1);
    // What the others brought is gone again.
    let folders = std::fs::read_dir(world.files_folder()).unwrap();
    let objects = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
    assert_eq!(objects.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_to_fetch_holds_once_and_for_its_owner_alone() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let file = attached(&world, EDITOR, application).await;
    let client = world.graphql(Some(EDITOR)).await;
    assert_eq!(codes(&ask(&client, file).await), ["file_quarantined"]);
    world.run_jobs().await;
    let grant = ask(&client, file).await["grant"]
        .as_str()
        .unwrap()
        .to_owned();
    for email in [FINANCE, STRANGER, "officer@funder.example"] {
        let other = world.graphql(Some(email)).await;
        assert_eq!(
            fetch(&other, &grant).await.0,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{email}"
        );
    }
    // Another deed.
    assert_eq!(
        send(&client, &grant, b"x").await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(fetch(&client, &grant).await.0, StatusCode::OK);
    assert_eq!(
        fetch(&client, &grant).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let late = ask(&client, file).await["grant"]
        .as_str()
        .unwrap()
        .to_owned();
    world
        .arrange(
            "update tenant.file_grants set granted_at = granted_at - interval '1 hour',
                 expires_at = expires_at - interval '1 hour' where used_at is null",
        )
        .await;
    assert_eq!(
        fetch(&client, &late).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_20_a_file_over_the_limit_and_a_foreign_page_are_turned_away() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(EDITOR)).await;
    let most = attachments::FILE_BYTES_MAX;
    assert_eq!(
        codes(&announce(&client, application, "a.pdf", most + 1).await),
        ["file_over_limit"]
    );
    assert_eq!(
        codes(&announce(&client, application, "a.exe", 10).await),
        ["file_type_refused"]
    );
    let answer = announce(&client, application, "a.pdf", 100).await;
    let grant = answer["grant"].as_str().unwrap();
    let (status, _) = send(&client, grant, &vec![b'x'; most + 1]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    for kind in [
        "text/plain",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
    ] {
        let path = format!("/files/upload/{grant}");
        let (status, ..) = client
            .fetch(Method::POST, &path, Some(kind), b"x".to_vec())
            .await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    // Thirty files and no more.
    for number in 0..30 {
        let name = format!("{number}.pdf");
        attach(&client, application, &name, &made::pdf(&name))
            .await
            .unwrap();
    }
    let more = attach(&client, application, "more.pdf", &made::pdf("more")).await;
    assert_eq!(more.unwrap_err(), ["files_too_many"]);
    println!("trust-20 pass {most} bytes are the limit of a file");
}
