//! `eligibility`: twenty configurable criteria over two thousand applications, compiled once, decided
//! and put into words, beside two other rule engines on the same criteria and facts.
use std::{fmt::Write as _, hint::black_box};

use eligibility::{Compiled, Facts, Outcome};
use explain::json::Json;
use serde_json::{Value, json};

use crate::{
    harness::{Engine, compare, not_run, print, refused},
    peer::Peer,
};

/// Applications decided by one run.
const APPLICATIONS: u32 = 2_000;
/// Criteria of each of the five kinds.
const EACH: u32 = 4;

/// The same criteria in three languages.
struct Criteria {
    ours: Vec<Value>,
    zen: Vec<String>,
    json_logic: Vec<Value>,
}

pub(crate) fn run() -> anyhow::Result<()> {
    let criteria = criteria();
    let ruleset = json!({"id": "bench", "version": "1", "criteria": criteria.ours});
    let compiled = Compiled::try_new(&Json::from(&ruleset)).map_err(refused)?;
    let stated: Vec<Value> = (0..APPLICATIONS)
        .map(|number| facts(number, true))
        .collect();
    let facts_read: Vec<Facts> = stated
        .iter()
        .map(|stated| Facts::try_new(&Json::from(stated)).map_err(refused))
        .collect::<anyhow::Result<_>>()?;
    let answer: Vec<bool> = facts_read
        .iter()
        .flat_map(|facts| {
            let verdict = compiled.evaluate(facts);
            let outcomes = verdict.results().iter();
            outcomes
                .map(|result| result.outcome() == Outcome::Pass)
                .collect::<Vec<bool>>()
        })
        .collect();
    let decisions = u32::try_from(answer.len())?;
    let met = answer.iter().filter(|met| **met).count();
    print(&json!({"bench": "eligibility", "decisions": decisions, "met": met}))?;
    let plain = Engine::here("plumbline", eligibility::ENGINE_VERSION, decisions, || {
        for facts in &facts_read {
            black_box(compiled.evaluate(facts));
        }
        Ok(())
    });
    let mut engines = vec![plain];
    let workload = json!({
        "zen": criteria.zen, "json_logic": criteria.json_logic,
        "facts": (0..APPLICATIONS).map(|number| facts(number, false)).collect::<Vec<_>>(),
    });
    for engine in ["zen", "json-logic"] {
        match Peer::built("rules", engine, &workload, decisions) {
            Ok(peer) => {
                anyhow::ensure!(peer.answer == json!(answer), "{engine} decides otherwise");
                engines.push(peer.engine());
            }
            Err(error) => not_run("eligibility", engine, &error.to_string())?,
        }
    }
    compare("eligibility", APPLICATIONS, engines)?;
    let worded = Engine::here(
        "plumbline, reasons and fixes in both languages",
        eligibility::ENGINE_VERSION,
        decisions,
        || {
            let mut letters = String::new();
            for facts in &facts_read {
                for result in compiled.evaluate(facts).results() {
                    letters.clear();
                    write!(letters, "{}", result.reason().zh)?;
                    black_box((result.fix(), &letters));
                }
            }
            Ok(())
        },
    );
    compare("eligibility-worded", APPLICATIONS, vec![worded])?;
    Ok(())
}

fn criteria() -> Criteria {
    let mut all = Criteria {
        ours: Vec::new(),
        zen: Vec::new(),
        json_logic: Vec::new(),
    };
    for number in 0..EACH {
        let limit = 300_000 + 100_000 * number;
        let ask = format!("application.ask{number}_hkd");
        let (earlier, subvention) = ("org.awarded_hkd", "org.subvention_hkd");
        let flag = format!("project.flag{number}");
        let score = format!("project.score{number}");
        let var = |path: &str| json!({"var": path});
        let field = |path: &str| json!({"field": path});
        let modes = json!(["lsg", "conventional", "mode"]);
        all.add(
            &json!({"op": "lte", "left": field(&ask), "right": format!("{limit}.00")}),
            format!("{ask} <= {limit}"),
            json!({"<=": [var(&ask), limit]}),
        );
        all.add(
            &json!({"op": "in", "left": field("org.mode"), "right": modes}),
            "org.mode in ['lsg', 'conventional', 'mode']".to_owned(),
            json!({"in": [var("org.mode"), modes]}),
        );
        all.add(
            &json!({"op": "eq", "left": field(&flag), "right": true}),
            format!("{flag} == true"),
            json!({"==": [var(&flag), true]}),
        );
        all.add(
            &json!({"op": "lte", "left": {"op": "add", "args": [field(&ask), field(earlier)]},
                    "right": {"op": "max", "args": [
                        {"op": "mul", "args": ["2", field(subvention)]}, format!("{limit}.00")]}}),
            format!("{ask} + {earlier} <= max([2 * {subvention}, {limit}])"),
            json!({"<=": [{"+": [var(&ask), var(earlier)]},
                          {"max": [{"*": [2, var(subvention)]}, limit]}]}),
        );
        all.add(
            &json!({"op": "between", "left": field(&score), "low": "3", "high": "9"}),
            format!("{score} >= 3 and {score} <= 9"),
            json!({"<=": [3, var(&score), 9]}),
        );
    }
    all
}

impl Criteria {
    fn add(&mut self, rule: &Value, zen: String, json_logic: Value) {
        let id = format!("E{}", self.ours.len() + 1);
        self.ours.push(json!({
            "id": id, "severity": "hard", "rule": rule,
            "reason": {"en": "It comes to {value} against {threshold}, short by {shortfall}.",
                       "zh": "現為{value}，要求為{threshold}，差額{shortfall}。"},
            "fix": {"en": "Change it by {shortfall}.", "zh": "請更改{shortfall}。"},
        }));
        self.zen.push(zen);
        self.json_logic.push(json_logic);
    }
}

/// One application. Amounts are whole dollars, so that engines on floats can agree.
fn facts(number: u32, as_text: bool) -> Value {
    let amount = |dollars: u32| {
        if as_text {
            json!(format!("{dollars}.00"))
        } else {
            json!(dollars)
        }
    };
    let count = |value: u32| {
        if as_text {
            json!(value.to_string())
        } else {
            json!(value)
        }
    };
    // A walk over residues spreads the applications without a generator.
    let walk = |step: u32, below: u32| number.wrapping_mul(step).wrapping_add(step) % below;
    let mut application = json!({});
    let mut project = json!({});
    for index in 0..EACH {
        application[format!("ask{index}_hkd")] = amount(200_000 + walk(7_919 + index, 500_000));
        project[format!("flag{index}")] = json!(walk(31 + index, 3) > 0);
        project[format!("score{index}")] = count(walk(17 + index, 13));
    }
    let modes = ["lsg", "conventional", "none", "other"];
    let mode = usize::try_from(walk(5, 4)).unwrap_or_default();
    json!({
        "org": {"mode": modes.get(mode), "awarded_hkd": amount(walk(3_571, 200_000)),
                "subvention_hkd": amount(100_000 + walk(104_729, 400_000))},
        "project": project, "application": application,
    })
}
