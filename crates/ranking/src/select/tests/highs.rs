//! Part of `make soak`: requests of forty to a hundred and twenty applications with rules of every
//! kind, given to `HiGHS` as well, which runs in a Python environment made beside the test's binary.
use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use super::{
    super::{Effort, best_set},
    random::request_of,
    *,
};
use crate::select::{
    Measure, PartRule, Status,
    rule::{Rule, stated},
};

const CASES: u64 = 60;

/// A whole number of thousandths.
fn thousandths(value: Decimal) -> i64 {
    let scaled = (value * Decimal::ONE_THOUSAND).normalize();
    scaled.to_string().parse().unwrap()
}

fn part(rule: &PartRule, application: &Application, cost: Decimal) -> i64 {
    let share = rule.share(application);
    match rule.measure {
        Measure::Spend => thousandths(cost * share),
        Measure::Count => 1_000 * i64::from(!share.is_zero()),
    }
}

/// An application, and cost and score of one way to fund it.
type Way<'a> = (&'a Application, Decimal, Decimal);

fn ways(request: &Request) -> Vec<Way<'_>> {
    let applications = request.applications.iter();
    let ways = applications.flat_map(|one| {
        let levels = one.levels.iter();
        let levels = levels.map(move |level| (one, level.cost.decimal(), level.score));
        levels.chain([(one, one.cost.decimal(), one.score)])
    });
    ways.collect()
}

/// Columns, one for each way to fund an application, and rows from a least to a most.
fn model(request: &Request) -> Value {
    let ways = ways(request);
    let row =
        |least: Option<i64>, most: Option<i64>, entry: &dyn Fn(&Application, Decimal) -> i64| {
            let entries = ways.iter().map(|(one, cost, _)| entry(one, *cost));
            let entries: Vec<(usize, i64)> = entries.enumerate().filter(|(_, e)| *e != 0).collect();
            json!({"least": least, "most": most, "entries": entries})
        };
    let rules = &request.constraints;
    let mut rows = Vec::new();
    for one in &request.applications {
        rows.push(row(None, Some(1), &|other, _| {
            i64::from(other.id == one.id)
        }));
    }
    for rule in stated(rules) {
        match rule {
            Rule::Budget => {
                let most = thousandths(request.budget.decimal());
                rows.push(row(None, Some(most), &|_, cost| thousandths(cost)));
            }
            Rule::SmallShare => {
                let least = rules.small_share.unwrap().decimal() * request.budget.decimal();
                rows.push(row(Some(thousandths(least)), None, &|one, cost| {
                    i64::from(one.small) * thousandths(cost)
                }));
            }
            Rule::MaxPerGroup => {
                let cap = rules.max_per_group.map(i64::from);
                for one in &request.applications {
                    rows.push(row(None, cap, &|other, _| {
                        i64::from(other.group == one.group)
                    }));
                }
            }
            Rule::AtMost(at) => {
                let rule = &rules.at_most[at];
                let most = thousandths(rule.value);
                rows.push(row(None, Some(most), &|one, cost| part(rule, one, cost)));
            }
            Rule::AtLeast(at) => {
                let rule = &rules.at_least[at];
                let least = thousandths(rule.value);
                rows.push(row(Some(least), None, &|one, cost| part(rule, one, cost)));
            }
            Rule::Exclusive(at) => {
                let list = &rules.exclusive[at];
                rows.push(row(None, Some(1), &|one, _| {
                    i64::from(list.contains(&one.id))
                }));
            }
            Rule::Requires(at) => {
                let rule = &rules.requires[at];
                rows.push(row(None, Some(0), &|one, _| {
                    i64::from(one.id == rule.application) - i64::from(one.id == rule.needs)
                }));
            }
        }
    }
    let scores: Vec<i64> = ways
        .iter()
        .map(|(_, _, score)| thousandths(*score))
        .collect();
    json!({"scores": scores, "rows": rows})
}

/// The Python of an environment with the versions that the benchmarks pin, made at the first call.
fn python() -> PathBuf {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let pinned =
        std::fs::read_to_string(repository.join("benches/peers/requirements.txt")).unwrap();
    let wanted: Vec<&str> = pinned
        .lines()
        .filter(|line| line.starts_with("numpy==") || line.starts_with("scipy=="))
        .collect();
    let home = std::env::current_exe().unwrap().with_file_name("highs");
    let (python, stamp) = (home.join("bin/python"), home.join("installed.txt"));
    if !std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted.join(" ")) {
        succeed(Command::new("python3").args(["-m", "venv"]).arg(&home));
        let mut pip = Command::new(&python);
        succeed(pip.args(["-m", "pip", "install", "--quiet"]).args(&wanted));
        std::fs::write(stamp, wanted.join(" ")).unwrap();
    }
    python
}

fn succeed(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn solved(models: &[Value]) -> Vec<Value> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/highs.py");
    let mut child = Command::new(python())
        .arg(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut question = child.stdin.take().unwrap();
    question
        .write_all(json!(models).to_string().as_bytes())
        .unwrap();
    drop(question);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn highs_agrees_on_requests_of_forty_to_a_hundred_and_twenty() {
    if std::env::var_os("PLUMBLINE_SOAK").is_none() {
        println!("not run: PLUMBLINE_SOAK is not set");
        return;
    }
    let effort = Effort {
        work_max: 20_000_000,
        close: None,
    };
    let mut found = Vec::new();
    for seed in 0..CASES {
        let request = request_of(
            seed + 20_000,
            40 + usize::try_from(seed % 9).unwrap() * 10,
            40,
        );
        if let Ok(selection) = best_set(&request, effort) {
            found.push((seed, model(&request), selection));
        }
    }
    let models: Vec<Value> = found.iter().map(|(_, model, _)| model.clone()).collect();
    let mut compared = 0;
    for ((seed, _, ours), theirs) in found.iter().zip(solved(&models)) {
        match theirs["objective"].as_i64() {
            // A set that exceeds a limit by the solver's tolerance shows nothing.
            _ if theirs["doubtful"] == true => continue,
            Some(objective) => {
                assert_eq!(ours.status, Status::Optimal, "seed {seed}");
                let theirs = Some(Decimal::new(objective, 3).normalize());
                assert_eq!(
                    ours.objective.map(|points| points.normalize()),
                    theirs,
                    "seed {seed}"
                );
            }
            None => assert_eq!(ours.status, Status::Infeasible, "seed {seed}"),
        }
        compared += 1;
    }
    println!("{compared} of {CASES} compared with HiGHS");
    assert!(compared > CASES / 2, "{compared}");
}
