//! Ordinary files of every type are taken, keep their hash, and leave as attachments of their own type.
use axum::http::{StatusCode, header};
use explain::sha256_hex;
use testkit::World;

use super::{ask, attach, fetch, made, state};
use crate::drafting::{EDITOR, ENDORSER, complete_draft};

/// Name, bytes, and what it leaves as.
fn ordinary() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let link = made::external("relationships/hyperlink");
    let phone = [made::jpeg(b"front"), vec![0, 0], made::jpeg(b"depth")].concat();
    vec![
        ("報價單 (第 1 份).pdf", made::pdf("scan"), "application/pdf"),
        (
            "packed.pdf",
            made::pdf_with_stream(
                "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
                &made::deflated(b"7 0 << /Title (Launch of /JavaScript) >>"),
            ),
            "application/pdf",
        ),
        (
            "minutes.docx",
            made::office(
                "docx",
                "<p>Minutes<instrText> HYPERLINK \"http://a.example/dde\" </instrText></p>",
                &[("word/_rels/document.xml.rels", link.as_bytes())],
            ),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "accounts 2025-26.xlsx",
            made::office("xlsx", "", &[("xl/media/image1.png", &made::png(9, 9))]),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            "prices.csv",
            "名稱,價格\n電腦,-12.50\n".as_bytes().to_vec(),
            "text/csv; charset=utf-8",
        ),
        (
            "note.txt",
            b"\xef\xbb\xbfa < b, BMI 20\r\n".to_vec(),
            "text/plain; charset=utf-8",
        ),
        ("site.JPG", phone, "image/jpeg"),
        ("plan.png", made::png(640, 480), "image/png"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_21_ordinary_files_keep_their_hash_and_none_is_shown_in_the_page() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(EDITOR)).await;
    let mut kept = Vec::new();
    for (name, bytes, media) in ordinary() {
        let file = attach(&client, application, name, &bytes).await;
        let file = file.unwrap_or_else(|codes| panic!("{name}: {codes:?}"));
        assert_eq!(state(&world, file).await.0, "quarantined", "{name}");
        kept.push((file, name, bytes, media));
    }
    // The same content once more.
    let again = attach(&client, application, "other.png", &made::png(640, 480)).await;
    assert_eq!(again.unwrap_err(), ["file_already_there"]);
    world.run_jobs().await;
    for (file, name, bytes, media) in &kept {
        assert_eq!(
            state(&world, *file).await,
            ("clean".into(), None, Some("none".into()))
        );
        let grant = ask(&client, *file).await["grant"]
            .as_str()
            .unwrap()
            .to_owned();
        let (status, headers, body) = fetch(&client, &grant).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(&body, bytes, "{name}");
        let recorded: (String, String) =
            sqlx::query_as("select sha256, object_name from tenant.files where file_id = $1")
                .bind(file)
                .fetch_one(world.sql())
                .await
                .unwrap();
        assert_eq!(recorded.0, sha256_hex(bytes), "{name}");
        assert_eq!(
            std::fs::read(world.files_folder().join(recorded.1)).unwrap(),
            *bytes
        );
        assert_eq!(headers[header::CONTENT_TYPE], *media);
        let disposition = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(disposition.starts_with("attachment; "), "{disposition}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    }
    println!(
        "trust-21 pass {} ordinary files, 0 shown inline",
        kept.len()
    );
}

#[test]
fn every_problem_with_a_file_has_words_in_both_languages() {
    let own = [
        "document_too_large",
        "file_already_there",
        "file_changed",
        "file_length_differs",
        "file_missing",
        "file_quarantined",
        "file_store_unavailable",
        "file_was_refused",
        "files_too_many",
        "files_total",
        "grant_invalid",
    ];
    for language in ["en", "zh"] {
        let path = format!("frontend/src/locales/{language}/problems.ts");
        let words = std::fs::read_to_string(testkit::root().join(path)).unwrap();
        for code in attachments::CODES.into_iter().chain(own) {
            assert!(
                words.contains(&format!("\n  {code}: '")),
                "{language}: {code}"
            );
        }
    }
}
