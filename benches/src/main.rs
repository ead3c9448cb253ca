//! `make bench`: times the calculators against peers and limits on seeded workloads and prints
//! one line of JSON per row. Engines must agree on the answers before they are timed. With names
//! as arguments only those benchmarks run; each runs in a process of its own.
mod eligibility;
mod export;
mod flat;
mod harness;
mod isolation;
mod peer;
mod rank;
#[expect(
    clippy::unwrap_used,
    reason = "a made-up shortlist, the same as in the tests"
)]
#[path = "../../crates/report/tests/sample/mod.rs"]
mod sample;
mod select;
mod sroi_exact;
mod sroi_simulation;
mod stability;
mod value_map;

use std::process::Command;

type Bench = fn() -> anyhow::Result<()>;

const BENCHES: [(&str, Bench); 8] = [
    ("sroi-exact", sroi_exact::run),
    ("sroi-simulation", sroi_simulation::run),
    ("eligibility", eligibility::run),
    ("rank", rank::run),
    ("stability", stability::run),
    ("select", select::run),
    ("export", export::run),
    ("isolation", isolation::run),
];

fn main() -> anyhow::Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let [name] = asked.as_slice() {
        let (name, bench) = BENCHES
            .into_iter()
            .find(|(known, _)| known == name)
            .ok_or_else(|| anyhow::anyhow!("no benchmark is called {name}"))?;
        bench()?;
        return harness::peak_memory(name);
    }
    for (name, _) in BENCHES {
        if asked.is_empty() || asked.iter().any(|asked| asked == name) {
            let status = Command::new(std::env::current_exe()?).arg(name).status()?;
            anyhow::ensure!(status.success(), "{name} failed");
        }
    }
    Ok(())
}
