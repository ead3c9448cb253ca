//! Other rule engines on the same criteria and facts, timed on request: a workload in, the answer out,
//! then one timing per line. First argument: `zen` or `json-logic`; second: runs per timing.
use std::{
    fs,
    io::{self, BufRead as _, Write as _},
    time::Instant,
};

use serde_json::{Value, json};
use zen_expression::{compile_expression, variable::Variable, vm::VM};

type Failure = Box<dyn std::error::Error>;
/// Decides everything once; whether each criterion is met, application by application.
type Work = Box<dyn FnMut() -> Result<Vec<bool>, Failure>>;

fn zen(workload: &Value) -> Result<Work, Failure> {
    let mut rules = Vec::new();
    for rule in list(&workload["zen"]) {
        rules.push(compile_expression(rule.as_str().unwrap_or_default())?);
    }
    let facts: Vec<Variable> = list(&workload["facts"])
        .iter()
        .map(|facts| Variable::from(facts.clone()))
        .collect();
    Ok(Box::new(move || {
        let mut vm = VM::new();
        let mut met = Vec::with_capacity(facts.len() * rules.len());
        for facts in &facts {
            for rule in &rules {
                met.push(matches!(rule.evaluate_with(facts.clone(), &mut vm)?, Variable::Bool(true)));
            }
        }
        Ok(met)
    }))
}

fn json_logic(workload: &Value) -> Result<Work, Failure> {
    let engine = datalogic_rs::DataLogic::new();
    let mut rules = Vec::new();
    for rule in list(&workload["json_logic"]) {
        rules.push(engine.compile(rule).map_err(|error| format!("{error:?}"))?);
    }
    let facts: Vec<std::sync::Arc<Value>> = list(&workload["facts"])
        .iter()
        .map(|facts| std::sync::Arc::new(facts.clone()))
        .collect();
    Ok(Box::new(move || {
        let mut met = Vec::with_capacity(facts.len() * rules.len());
        for facts in &facts {
            for rule in &rules {
                let found = engine
                    .evaluate(rule, std::sync::Arc::clone(facts))
                    .map_err(|error| format!("{error:?}"))?;
                met.push(found == Value::Bool(true));
            }
        }
        Ok(met)
    }))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// CPU seconds of this process, which has one thread.
fn cpu_seconds() -> Result<f64, Failure> {
    let stat = fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = stat.split_whitespace().next().unwrap_or("0").parse()?;
    Ok(nanoseconds / 1e9)
}

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let engine = arguments.next().unwrap_or_default();
    let runs: u32 = arguments.next().unwrap_or_default().parse()?;
    let mut lines = io::stdin().lock().lines();
    let workload: Value = serde_json::from_str(&lines.next().ok_or("no workload")??)?;
    let (name, version, mut work) = match engine.as_str() {
        "zen" => ("zen-expression", "0.55.0", zen(&workload)?),
        _ => ("datalogic-rs (JSON-logic)", "4.0.14", json_logic(&workload)?),
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{}", json!({"name": name, "version": version, "answer": work()?}))?;
    out.flush()?;
    for line in lines {
        line?;
        let (start, before) = (Instant::now(), cpu_seconds()?);
        for _ in 0..runs {
            std::hint::black_box(work()?);
        }
        let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds()? - before);
        writeln!(out, "{}", json!({"wall": wall, "cpu": cpu}))?;
        out.flush()?;
    }
    Ok(())
}
