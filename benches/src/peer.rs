//! Peers: small programs under `benches/peers`. Those in Python run in a virtual environment that is
//! made beside the benchmark's own binary with the versions that `requirements.txt` pins; those in
//! Rust are workspaces of their own with a lock file, built beside it too.
use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::Context as _;
use serde_json::Value;

use crate::harness::{Engine, Took};

/// A peer that has read its workload, computed its answer and waits to be timed.
pub(crate) struct Peer {
    name: String,
    version: String,
    units: u32,
    pub(crate) answer: Value,
    channel: Channel,
}

struct Channel {
    child: Child,
    ask: ChildStdin,
    told: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts `benches/peers/<program>` on a workload; one of its runs does so many units.
    pub(crate) fn start(program: &str, workload: &Value, units: u32) -> anyhow::Result<Self> {
        let folder = peers();
        let mut command = Command::new(python(&folder)?);
        command.arg(folder.join(program)).arg(units.to_string());
        Self::talk(command, workload, units)
    }

    /// Builds `benches/peers/<folder>` and starts one of its engines; one timing decides everything
    /// once, which counts as so many units.
    pub(crate) fn built(
        folder: &str,
        engine: &str,
        workload: &Value,
        units: u32,
    ) -> anyhow::Result<Self> {
        let target = std::env::current_exe()?.with_file_name(format!("peer-{folder}"));
        succeed(
            Command::new("cargo")
                .args(["build", "--release", "--locked", "--quiet"])
                .current_dir(peers().join(folder))
                .env("CARGO_TARGET_DIR", &target),
        )?;
        let mut command = Command::new(target.join("release").join(format!("{folder}-peers")));
        command.args([engine, "1"]);
        Self::talk(command, workload, units)
    }

    fn talk(mut command: Command, workload: &Value, units: u32) -> anyhow::Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let ask = child.stdin.take().context("the peer has no input")?;
        let told = child.stdout.take().context("the peer has no output")?;
        let mut channel = Channel {
            child,
            ask,
            told: BufReader::new(told),
        };
        let hello = channel.exchange(&workload.to_string())?;
        let text = |key: &str| hello[key].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            name: text("name"),
            version: text("version"),
            units,
            answer: hello["answer"].clone(),
            channel,
        })
    }

    pub(crate) fn engine(mut self) -> Engine<'static> {
        Engine {
            name: self.name,
            version: self.version,
            units: self.units,
            run: Box::new(move || {
                let told = self.channel.exchange("run")?;
                let seconds = |key: &str| {
                    let seconds = told[key].as_f64().with_context(|| format!("no {key}"))?;
                    anyhow::Ok(Duration::try_from_secs_f64(seconds)?)
                };
                Ok(Took {
                    wall: seconds("wall")?,
                    cpu: seconds("cpu")?,
                })
            }),
        }
    }
}

fn peers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers")
}

impl Channel {
    /// One line there, one line back.
    fn exchange(&mut self, line: &str) -> anyhow::Result<Value> {
        writeln!(self.ask, "{line}")?;
        let mut answer = String::new();
        self.told.read_line(&mut answer)?;
        serde_json::from_str(&answer).context("the peer gave no answer")
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        // A peer that has already gone needs no ending.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The Python of the virtual environment, made at the first call.
fn python(folder: &Path) -> anyhow::Result<PathBuf> {
    let beside = std::env::current_exe()?;
    let home = beside.with_file_name("bench-peers");
    let python = home.join("bin").join("python");
    let requirements = folder.join("requirements.txt");
    let stamp = home.join("installed.txt");
    let wanted = std::fs::read_to_string(&requirements)?;
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    succeed(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    succeed(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(&requirements),
    )?;
    std::fs::write(&stamp, wanted)?;
    Ok(python)
}

fn succeed(command: &mut Command) -> anyhow::Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let last = told.trim().lines().last().unwrap_or_default();
    anyhow::ensure!(output.status.success(), "{last}");
    Ok(())
}
