//! What comes from outside, changed at random in ways that readers stumble over, goes into every calculator, the
//! reader of amounts, the importers and the inspector of files: an answer or a list of problems, never a panic
//! (trust 24). The changes begin with a fixed number, so that a failure can be had again; `PLUMBLINE_FUZZ` begins
//! with another.
mod change;

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

use access::Actor;
use casework::{CaseError, Language, RuleFileKind, RuleSide, section_save};
use explain::json::Json;
use rand::{
    RngExt as _, SeedableRng as _,
    rngs::StdRng,
    seq::{IndexedRandom as _, IteratorRandom as _},
};
use serde_json::Value;
use testkit::World;
use uuid::Uuid;

use crate::{
    abuse::rounds,
    drafting::{EDITOR, EXAMPLE, complete_draft, sections},
};
use change::{changed_bytes, changed_json, changed_text, changed_workbook};

/// Longer than any of them takes to refuse or answer, however it was changed.
const HANGS: Duration = Duration::from_mins(1);

fn random(target: &str) -> StdRng {
    let first = std::env::var("PLUMBLINE_FUZZ").unwrap_or_default();
    let seed = explain::sha256_hex(format!("{first}{target}").as_bytes());
    StdRng::seed_from_u64(u64::from_str_radix(&seed[..16], 16).unwrap())
}

/// Tries one input; its own words stand in the failure.
fn tried(target: &str, shown: &dyn Fn() -> String, attempt: impl FnOnce()) {
    let begun = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(attempt));
    assert!(outcome.is_ok(), "{target} panicked at: {}", shown());
    assert!(begun.elapsed() < HANGS, "{target} hangs at: {}", shown());
}

/// Questions that the demonstration data has really asked.
async fn questions(world: &World, kinds: &[&str]) -> Vec<Value> {
    let inputs: Vec<String> = sqlx::query_scalar(
        "select input from (select input, row_number() over (partition by kind order by length(input), run_id) as n
                            from tenant.runs where kind = any($1)) r where n <= 6",
    )
    .bind(kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<String>>())
    .fetch_all(world.sql())
    .await
    .unwrap();
    assert!(!inputs.is_empty(), "no {kinds:?} in the demonstration data");
    inputs
        .iter()
        .map(|input| serde_json::from_str(input).unwrap())
        .collect()
}

type Calculator = (&'static str, &'static [&'static str], fn(&Json));

const CALCULATORS: [Calculator; 5] = [
    ("criteria", &["eligibility"], |body| {
        drop(eligibility::calc(body));
    }),
    ("sroi", &["sroi", "sroi_assessed", "sroi_outturn"], |body| {
        drop(sroi::calc(body));
    }),
    ("costshare", &["costshare"], |body| {
        drop(costshare::calc(body));
        drop(costshare::calc_plan(body));
    }),
    ("procurement", &["procurement"], |body| {
        drop(procurement::calc(body));
        drop(procurement::purchase::calc(body));
    }),
    ("ranking", &["rank", "severity"], |body| {
        drop(ranking::calc_rank(body));
        drop(ranking::calc_severity(body));
        drop(ranking::calc_weights(body));
    }),
];

#[tokio::test(flavor = "multi_thread")]
async fn trust_24_a_question_changed_at_random_is_answered_or_refused() {
    let world = World::seeded().await;
    for (name, kinds, ask) in CALCULATORS {
        let corpus = questions(&world, kinds).await;
        let mut random = random(name);
        let times = rounds(20_000, 250);
        let mut answered = 0;
        for _ in 0..times {
            let original = corpus.choose(&mut random).unwrap();
            let question = changed_json(original, &mut random);
            tried(name, &|| question.to_string(), || {
                ask(&Json::from(&question));
            });
            // As text as well: names twice, numbers that no float holds.
            let text = changed_text(&question.to_string(), &mut random);
            let parsed = Json::parse(&text);
            answered += usize::from(parsed.is_ok());
            if let Ok(body) = parsed {
                tried(name, &|| text.clone(), || ask(&body));
            }
        }
        println!("trust-24 pass {name}: {times} questions and {answered} texts, 0 crashes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_24_a_draft_changed_at_random_is_kept_checked_and_computed() {
    let world = World::seeded().await;
    let actor = world.actor(EDITOR).await;
    let casework = world.casework();
    let application = complete_draft(&world, &actor).await;
    let written = sections(EXAMPLE);
    let mut random = random("drafts");
    let (times, mut kept) = (rounds(3_000, 80), 0);
    let mut version: BTreeMap<String, i32> = BTreeMap::new();
    for _ in 0..times {
        let code = written
            .keys()
            .choose(&mut random)
            .expect("the example has sections");
        let mut content = changed_json(&written[code], &mut random);
        for _ in 0..random.random_range(0..4) {
            content = changed_json(&content, &mut random);
        }
        // The door lets no such character in.
        if content.to_string().contains("\\u0000") {
            continue;
        }
        let seen = version.entry(code.clone()).or_insert(1);
        match section_save(casework, &actor, application, code, &content, *seen).await {
            Ok(saved) => (*seen, kept) = (saved.version, kept + 1),
            Err(CaseError::Problems(_)) => continue,
            Err(other) => panic!("{code} {content}: {other}"),
        }
        let draft = casework::draft(casework, &actor, application).await;
        let draft = draft.unwrap_or_else(|error| panic!("{code} {content}: {error}"));
        assert_eq!(draft.content(code), content, "what was typed is kept");
        assert_eq!(draft.sections().len(), written.len());
        let preview = Arc::new(draft).preview().await;
        preview.unwrap_or_else(|error| panic!("{code} {content}: {error}"));
    }
    assert!(kept > times / 2, "{kept} of {times} were kept");
    println!("trust-24 pass drafts: {kept} of {times} kept, checked and computed, 0 failures");
}

#[test]
fn trust_24_an_amount_changed_at_random_is_read_or_refused_and_never_changed() {
    let mut random = random("money");
    let amounts = [
        "0",
        "1234567.89",
        "-0.005",
        "99999999999999.99",
        "HK$1,234.50",
        "１２３",
        "1e9",
        "0.1250",
    ];
    let times = rounds(2_000_000, 50_000);
    let mut read = 0;
    for _ in 0..times {
        let text = changed_text(amounts.choose(&mut random).unwrap(), &mut random);
        tried("money", &|| text.clone(), || {
            let Ok(amount) = money::Hkd::try_from_text(&text) else {
                return;
            };
            read += 1;
            let again = money::Hkd::try_from_text(&money::exact_text(amount.decimal())).unwrap();
            assert_eq!(again, amount);
        });
    }
    assert!(read > 0, "nothing was read");
    println!("trust-24 pass money: {times} texts, {read} read, 0 crashes");
}

/// Workbooks as they leave the product.
async fn workbooks(world: &World, actor: &Actor) -> Vec<Vec<u8>> {
    let application = complete_draft(world, actor).await;
    let chair = world.actor("chair@funder.example").await;
    let programme: Uuid = sqlx::query_scalar("select programme_id from published.rounds limit 1")
        .fetch_one(world.sql())
        .await
        .unwrap();
    let product = world.casework();
    let map = casework::value_map_export(product, actor, application, Language::En).await;
    let plan = casework::cost_plan_export(product, actor, application, Language::En).await;
    let draft = casework::rule_draft_start(product, &chair, programme, "1")
        .await
        .unwrap();
    let side = RuleSide::Draft(draft.id);
    let rules =
        casework::rules_export(product, &chair, &side, RuleFileKind::Workbook(Language::En)).await;
    vec![map.unwrap().bytes, plan.unwrap().bytes, rules.unwrap()]
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_24_a_workbook_changed_at_random_is_imported_or_refused() {
    let world = World::seeded().await;
    let actor = world.actor(EDITOR).await;
    let corpus = workbooks(&world, &actor).await;
    let mut random = random("workbook");
    let times = rounds(5_000, 120);
    for _ in 0..times {
        let original = corpus.choose(&mut random).unwrap();
        let file = changed_workbook(original, &mut random);
        tried("workbook", &|| explain::hex(&file), || {
            drop(workbook::import(&file, &Value::Null));
            drop(workbook::pool_sheet_import(&file, &Value::Null));
            drop(workbook::rules_import(&file, &Value::Null));
            drop(attachments::inspect("a.xlsx", &file));
        });
    }
    println!("trust-24 pass importers: {times} workbooks, each by every importer, 0 crashes");
}

#[test]
fn trust_24_a_file_changed_at_random_is_named_or_refused() {
    let mut random = random("files");
    let corpus = crate::files::samples();
    let times = rounds(50_000, 2_000);
    for _ in 0..times {
        let (name, original) = corpus.choose(&mut random).unwrap();
        let bytes = changed_bytes(original, &mut random);
        let name = changed_text(name, &mut random);
        tried(
            "attachments",
            &|| format!("{name} {}", explain::hex(&bytes)),
            || {
                drop(attachments::inspect(&name, &bytes));
            },
        );
    }
    println!("trust-24 pass attachments: {times} files, 0 crashes");
}
