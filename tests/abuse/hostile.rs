//! Documents made to exhaust whoever reads them: each refused, cheaply (trust 16).
use std::{fmt::Write as _, fs, time::Instant};

use serde_json::json;
use testkit::World;

use super::{PAGE, free, post};

/// Of computing, for each. `Cargo.toml` has what reads documents optimised in every build.
const CPU_MILLISECONDS_MAX: u128 = 100;
const GROWTH_KIB_MAX: u64 = 50 * 1024;

/// Nanoseconds that this thread has computed; elsewhere than on Linux, the clock on the wall.
fn computed(since: Instant) -> u128 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = told.split(' ').next().and_then(|text| text.parse().ok());
    first.unwrap_or_else(|| since.elapsed().as_nanos())
}

/// The most memory that the process has held since `forget_peak`, in KiB.
fn peak() -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn nested(levels: usize) -> String {
    format!(
        "{{ {} serverTime {} }}",
        "round { ".repeat(levels),
        "}".repeat(levels)
    )
}

fn doubling(times: usize, levels: usize) -> String {
    let mut text = String::from("{ ...L0 }");
    for level in 0..levels {
        let spread = format!("...L{} ", level + 1).repeat(times);
        let _ = write!(text, " fragment L{level} on Query {{ {spread}}}");
    }
    let _ = write!(text, " fragment L{levels} on Query {{ serverTime }}");
    text
}

fn each(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(" ")
}

fn documents() -> Vec<(&'static str, String)> {
    let signs_in = each(1_000, |count| {
        format!("a{count}: login(email: \"a\", password: \"{count}\") {{ ok }}")
    });
    let aliases = each(1_000, |count| format!("a{count}: serverTime"));
    let lists = "{ shortlist(roundId: \"1\") { rows { contributions { label { en zh } } sensitivity { label { en zh } } \
        spread { label { en } } districts { code label { en zh } } } } inbox(roundId: \"1\", first: 100) { nodes { \
        verdict { criteria { question { en zh } reason { en zh } fix { en zh } } } } } }";
    let inputs = format!(
        "{{ rounds(after: {}1{}) {{ nodes {{ id }} }} }}",
        "[".repeat(40),
        "]".repeat(40)
    );
    let round = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }";
    let operations = each(1_000, |count| format!("query Q{count} {{ serverTime }}"));
    vec![
        (
            "1,000 aliased sign-ins",
            free(&format!("mutation {{ {signs_in} }}")),
        ),
        ("1,000 aliases", free(&format!("{{ {aliases} }}"))),
        (
            "50-item batch",
            format!("[{}]", vec![free("{ serverTime }"); 50].join(",")),
        ),
        ("60-level nesting", free(&nested(60))),
        ("47-level nesting", free(&nested(23))),
        ("20,000 braces", free(&"{".repeat(20_000))),
        ("16,000 braces and names", free(&"{ a ".repeat(16_000))),
        (
            "3,800 directives on a field",
            free(&format!(
                "{{ serverTime {} }}",
                "@skip(if: false) ".repeat(3_800)
            )),
        ),
        (
            "5,000 unknown directives",
            free(&format!("{{ serverTime {} }}", "@a ".repeat(5_000))),
        ),
        ("list in list 5^7", free(&doubling(5, 7))),
        ("lists of lists of the schema", free(lists)),
        ("list in list of an argument", free(&inputs)),
        ("fragments that double 60 times", free(&doubling(2, 60))),
        (
            "fragments that double into one that is not there",
            free(&doubling(2, 60).replace("{ serverTime }", "{ ...Nope }")),
        ),
        ("circular fragments", free(round)),
        ("1,000 operations in one document", free(&operations)),
        (
            "two fields 7,000 times",
            free(&format!("{{ {} }}", "me{email}".repeat(7_000))),
        ),
        (
            "variables 100,000 deep",
            format!(
                "{{\"query\":\"{{ a }}\",\"variables\":{}}}",
                "[".repeat(100_000)
            ),
        ),
        (
            "a text of 900 KB",
            json!({"query": format!("{{ a(b: \"{}\") }}", "x".repeat(900_000))}).to_string(),
        ),
    ]
}

/// On one thread, so that its computing time is all that a document costs.
#[tokio::test]
async fn trust_16_documents_that_ask_too_much_are_refused_within_a_tenth_of_a_second() {
    let world = World::empty().await;
    // What is made once is made before anything is measured.
    post(&world, &[PAGE], free("{ serverTime }")).await;
    let (mut slowest, mut most) = ((0, ""), 0);
    let documents = documents();
    for (name, body) in &documents {
        forget_peak();
        let (begun, memory) = (Instant::now(), peak());
        let before = computed(begun);
        let answer = post(&world, &[PAGE], body.clone()).await;
        let took = (computed(begun) - before) / 1_000_000;
        let grown = peak().saturating_sub(memory);
        let told = answer.json();
        let refused = told["errors"].is_array() && told["data"].is_null();
        assert!(refused, "{name}: {told}");
        assert!(took < CPU_MILLISECONDS_MAX, "{name}: {took} ms");
        assert!(grown < GROWTH_KIB_MAX, "{name}: {grown} KiB");
        slowest = slowest.max((took, name));
        most = most.max(grown);
    }
    println!(
        "trust-16 pass {} documents refused, at most {} ms ({}), memory growth at most {most} KiB",
        documents.len(),
        slowest.0,
        slowest.1
    );
}
