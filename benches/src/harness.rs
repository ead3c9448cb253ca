//! Timing: engines take turns for five rounds in the same process group, and each row tells wall
//! and CPU time, least, median and most, as one line of JSON.
#![expect(
    clippy::float_arithmetic,
    reason = "measurements are reported; no figure of the platform passes through here"
)]
use std::{
    io::Write as _,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

/// Rounds per row; the median counts.
const ROUNDS: usize = 5;
/// CPU against size may grow with this power at most.
const EXPONENT_MAX: f64 = 1.10;

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Took {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
}

/// One of the programs that are compared.
pub(crate) struct Engine<'a> {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Things done by one run.
    pub(crate) units: u32,
    pub(crate) run: Box<dyn FnMut() -> anyhow::Result<Took> + 'a>,
}

impl<'a> Engine<'a> {
    /// Work done by this process, whose threads all count.
    pub(crate) fn here(
        name: &str,
        version: &str,
        units: u32,
        mut work: impl FnMut() -> anyhow::Result<()> + 'a,
    ) -> Self {
        let run = move || {
            let (start, before) = (Instant::now(), cpu_time());
            work()?;
            Ok(Took {
                wall: start.elapsed(),
                cpu: cpu_time().saturating_sub(before),
            })
        };
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            units,
            run: Box::new(run),
        }
    }
}

/// CPU time of all threads of this process so far.
pub(crate) fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or_default();
    Duration::new(u64::try_from(time.tv_sec).unwrap_or_default(), nanoseconds)
}

/// Runs the engines in turn and prints a row each, then how the first compares with the others.
/// Returns the median CPU seconds per unit of the first.
pub(crate) fn compare(bench: &str, size: u32, engines: Vec<Engine<'_>>) -> anyhow::Result<f64> {
    let mut engines = engines;
    let mut runs: Vec<Vec<Took>> = vec![Vec::with_capacity(ROUNDS); engines.len()];
    for engine in &mut engines {
        (engine.run)()?;
    }
    for _ in 0..ROUNDS {
        for (engine, runs) in engines.iter_mut().zip(&mut runs) {
            runs.push((engine.run)()?);
        }
    }
    let mut medians = Vec::with_capacity(engines.len());
    for (engine, runs) in engines.iter().zip(&runs) {
        let units = f64::from(engine.units);
        let wall = Spread::of(runs.iter().map(|took| took.wall.as_secs_f64() / units));
        let cpu = Spread::of(runs.iter().map(|took| took.cpu.as_secs_f64() / units));
        print(&json!({
            "bench": bench, "size": size, "engine": engine.name, "version": engine.version,
            "units": engine.units, "wall_us": wall.micros(), "cpu_us": cpu.micros(),
            "per_second": rounded(1.0 / wall.median), "per_cpu_second": rounded(1.0 / cpu.median),
        }))?;
        medians.push((wall.median, cpu.median));
    }
    let Some((wall, cpu)) = medians.first().copied() else {
        return Ok(0.0);
    };
    for (engine, (other_wall, other_cpu)) in engines.iter().zip(&medians).skip(1) {
        print(&json!({
            "bench": bench, "size": size, "against": engine.name,
            "wall_ratio": rounded(other_wall / wall), "cpu_ratio": rounded(other_cpu / cpu),
        }))?;
    }
    Ok(cpu)
}

/// Least, median and most.
struct Spread {
    least: f64,
    median: f64,
    most: f64,
}

impl Spread {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
        Self {
            least: at(0),
            median: at(values.len() / 2),
            most: at(values.len().saturating_sub(1)),
        }
    }

    fn micros(&self) -> Value {
        let micros = |seconds: f64| rounded(seconds * 1e6);
        json!({"median": micros(self.median), "least": micros(self.least), "most": micros(self.most)})
    }
}

/// Three digits behind the point are enough for microseconds and ratios.
fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}

/// Prints the power with which CPU grows with size, and whether it stays within the bound.
pub(crate) fn growth(bench: &str, points: &[(u32, f64)]) -> anyhow::Result<()> {
    let logarithms = |(size, cpu): &(u32, f64)| (f64::from(*size).ln(), cpu.ln());
    let places: Vec<(f64, f64)> = points.iter().map(logarithms).collect();
    let count = places.iter().map(|_| 1.0).sum::<f64>();
    let middle_x = places.iter().map(|(x, _)| x).sum::<f64>() / count;
    let middle_y = places.iter().map(|(_, y)| y).sum::<f64>() / count;
    let over: f64 = places
        .iter()
        .map(|(x, y)| (x - middle_x) * (y - middle_y))
        .sum();
    let under: f64 = places
        .iter()
        .map(|(x, _)| (x - middle_x) * (x - middle_x))
        .sum();
    let sizes: Vec<u32> = points.iter().map(|(size, _)| *size).collect();
    let exponent = over / under;
    print(&json!({
        "bench": bench, "sizes": sizes, "growth_exponent": rounded(exponent),
        "at_most": EXPONENT_MAX, "within": exponent <= EXPONENT_MAX,
    }))
}

/// Prints the most memory that this process has held.
pub(crate) fn peak_memory(bench: &str) -> anyhow::Result<()> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes =
        line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    print(&json!({"bench": bench, "peak_memory_kib": kibibytes}))
}

/// Says that a peer is missing, and why; never a guess.
pub(crate) fn not_run(bench: &str, peer: &str, reason: &str) -> anyhow::Result<()> {
    print(&json!({"bench": bench, "engine": peer, "status": "not run", "reason": reason}))
}

pub(crate) fn print(row: &Value) -> anyhow::Result<()> {
    writeln!(std::io::stdout().lock(), "{row}")?;
    Ok(())
}

pub(crate) fn refused(problems: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("the workload was refused: {problems}")
}
