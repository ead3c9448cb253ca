//! Quarantine until scanned, against a stand-in for the daemon of `ClamAV` on loopback: clean, found, talking nonsense,
//! cut off, silent, not there at all.
use std::{sync::Arc, time::Duration};

use casework::{Scanned, Scanner as _};
use server::Clamav;
use testkit::World;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, UnixListener},
};

use super::{ask, attach, attached, codes, made, state};
use crate::drafting::{EDITOR, ENDORSER, complete_draft};

/// How the daemon behaves.
#[derive(Clone, Copy)]
enum Daemon {
    Honest,
    Nonsense,
    CutOff,
    Silent,
}

/// Reads what `INSTREAM` sends; none when it is not framed as it must be.
async fn read_stream(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut command = [0; 10];
    stream.read_exact(&mut command).await.ok()?;
    if &command != b"zINSTREAM\0" {
        return None;
    }
    let mut bytes = Vec::new();
    loop {
        let length = usize::try_from(stream.read_u32().await.ok()?).ok()?;
        if length == 0 {
            return Some(bytes);
        }
        let mut piece = vec![0; length];
        stream.read_exact(&mut piece).await.ok()?;
        bytes.extend(piece);
    }
}

async fn answer(mut stream: TcpStream, daemon: Daemon) {
    let Some(bytes) = read_stream(&mut stream).await else {
        let _ = stream.write_all(b"UNKNOWN COMMAND\0").await;
        return;
    };
    let marked = bytes.windows(6).any(|window| window == b"marked");
    let said: &[u8] = match daemon {
        Daemon::Honest if marked => b"stream: Test.Marked FOUND\0",
        Daemon::Honest => b"stream: OK\0",
        Daemon::Nonsense => b"stream: \xff\xfe maybe OK\0",
        Daemon::CutOff => b"",
        Daemon::Silent => {
            // Keeps the line open and says nothing; the test's runtime ends it.
            return std::future::pending().await;
        }
    };
    let _ = stream.write_all(said).await;
}

async fn start(daemon: Daemon) -> Clamav {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, daemon));
        }
    });
    format!("tcp:{address}").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_scanner_finds_is_refused_and_its_bytes_are_dropped() {
    let world = World::seeded()
        .await
        .scanned_by(Arc::new(start(Daemon::Honest).await));
    let actor = world.actor(ENDORSER).await;
    let application = complete_draft(&world, &actor).await;
    let client = world.graphql(Some(EDITOR)).await;
    let good = attached(&world, EDITOR, application).await;
    let bad = attach(&client, application, "b.pdf", &made::pdf("marked"))
        .await
        .unwrap();
    world.run_jobs().await;
    assert_eq!(
        state(&world, good).await,
        ("clean".into(), None, Some("clamav".into()))
    );
    let refused = (
        "refused".into(),
        Some("file_infected".into()),
        Some("clamav".into()),
    );
    assert_eq!(state(&world, bad).await, refused);
    assert_eq!(codes(&ask(&client, bad).await), ["file_was_refused"]);
    let object: String =
        sqlx::query_scalar("select object_name from tenant.files where file_id = $1")
            .bind(bad)
            .fetch_one(world.sql())
            .await
            .unwrap();
    assert!(!world.files_folder().join(object).exists());
    let detail: serde_json::Value = sqlx::query_scalar(
        "select detail from tenant.audit_entries where action = 'file_settle' and subject_id = $1",
    )
    .bind(bad)
    .fetch_one(world.sql())
    .await
    .unwrap();
    assert_eq!(detail["signature"], "Test.Marked");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_verdict_a_file_stays_in_quarantine() {
    let nowhere: Clamav = "tcp:127.0.0.1:1".parse().unwrap();
    let mut scanners = vec![nowhere];
    for daemon in [Daemon::Nonsense, Daemon::CutOff, Daemon::Silent] {
        scanners.push(start(daemon).await.waiting(Duration::from_millis(300)));
    }
    for scanner in scanners {
        let world = World::seeded().await.scanned_by(Arc::new(scanner));
        let actor = world.actor(ENDORSER).await;
        let application = complete_draft(&world, &actor).await;
        let file = attached(&world, EDITOR, application).await;
        assert!(world.run_failing_job().await, "the job must be tried again");
        assert_eq!(
            state(&world, file).await,
            ("quarantined".into(), None, None)
        );
        let client = world.graphql(Some(EDITOR)).await;
        assert_eq!(codes(&ask(&client, file).await), ["file_quarantined"]);
    }
}

#[tokio::test]
async fn large_files_go_in_pieces_over_either_kind_of_socket() {
    let scanner = start(Daemon::Honest).await;
    let mut large = vec![b'x'; 20 * 1024 * 1024];
    assert_eq!(scanner.scan(&large).await.unwrap(), Scanned::Clean);
    large.extend(b"marked");
    let found = scanner.scan(&large).await.unwrap();
    assert_eq!(found, Scanned::Infected("Test.Marked".to_owned()));

    let folder = std::env::temp_dir().join(format!("clamd-{}", uuid::Uuid::now_v7().simple()));
    let listener = UnixListener::bind(&folder).unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut sent = vec![0; 10 + 4 + 3 + 4];
        stream.read_exact(&mut sent).await.unwrap();
        assert_eq!(&sent, b"zINSTREAM\0\0\0\0\x03abc\0\0\0\0");
        stream.write_all(b"stream: OK\0").await.unwrap();
    });
    let scanner: Clamav = format!("unix:{}", folder.display()).parse().unwrap();
    assert_eq!(scanner.scan(b"abc").await.unwrap(), Scanned::Clean);
    std::fs::remove_file(folder).unwrap();
}
