//! The table of security requirements says nothing that is not there: each id of the standard stands in it once,
//! no cell is empty, every file and test that it names exists, and SECURITY.md counts its rows rightly.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const HOLDS: &str = "holds";
const PARTLY: &str = "partly";
const NOT_YET: &str = "not yet";
const DOES_NOT_APPLY: &str = "does not apply";
const STATES: [&str; 4] = [HOLDS, PARTLY, NOT_YET, DOES_NOT_APPLY];
/// The code was read, and no test would fail without what it says.
const READING: &str = "reading";
/// There is nothing to prove.
const NONE: &str = "none";
const SECURITY_LINES_MAX: usize = 150;

struct Row {
    id: String,
    level: String,
    state: String,
    place: String,
    proof: String,
}

impl Row {
    fn chapter(&self) -> &str {
        self.id.split('.').next().unwrap_or_default()
    }

    fn has_test(&self) -> bool {
        in_backticks(&self.proof)
            .iter()
            .any(|word| *word != READING && *word != NONE)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn cells(line: &str) -> Vec<&str> {
    let inner = line
        .strip_prefix('|')
        .and_then(|rest| rest.strip_suffix('|'));
    inner.map_or_else(Vec::new, |inner| inner.split('|').map(str::trim).collect())
}

fn in_backticks(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

fn rows() -> Vec<Row> {
    let table = text("docs/asvs.md");
    let rows = table.lines().filter(|line| line.starts_with("| V"));
    rows.map(|line| {
        let cells = cells(line);
        let [id, level, asks, state, place, proof] = cells[..] else {
            panic!("not six cells: {line}");
        };
        let filled = [id, level, asks, state, place, proof];
        assert!(
            filled.iter().all(|cell| !cell.is_empty()),
            "an empty cell: {line}"
        );
        Row {
            id: id.to_owned(),
            level: level.to_owned(),
            state: state.to_owned(),
            place: place.to_owned(),
            proof: proof.to_owned(),
        }
    })
    .collect()
}

/// Id and level of every requirement, as the standard has them.
fn required() -> BTreeMap<String, String> {
    let list = text("tests/asvs-5.0.0.tsv");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.map(|line| line.split_once('\t').unwrap());
    pairs
        .map(|(id, level)| (id.to_owned(), level.to_owned()))
        .collect()
}

/// Every file below a folder whose name ends in one of the endings, as one text.
fn written_in(folder: &str, endings: &[&str]) -> String {
    let mut whole = String::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "target" && name != "node_modules" {
                    open.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                whole.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    whole
}

/// A word that can only be a file or a folder of the repository; `/healthz` is an address.
fn is_path(word: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "./_-".contains(letter);
    let endings = [
        ".md", ".toml", ".rs", ".lock", ".json", ".sql", ".ts", ".tsx", ".mjs",
    ];
    !word.starts_with('/')
        && word.chars().all(plain)
        && (word.contains('/') || endings.iter().any(|ending| word.ends_with(ending)))
}

/// The names of Rust functions that are run as tests: the first function below each mark of a test.
fn rust_tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut marked = false;
    let code = written_in("crates", &[".rs"]) + &written_in("tests", &[".rs"]);
    for line in code.lines().map(str::trim) {
        marked |= line == "#[test]" || line.starts_with("#[tokio::test");
        let named = line
            .strip_prefix("async ")
            .unwrap_or(line)
            .strip_prefix("fn ");
        if let Some(named) = named.filter(|_| marked) {
            let name = named.split('(').next().unwrap_or_default();
            found.insert(name.trim().to_owned());
            marked = false;
        }
    }
    found
}

#[test]
fn each_requirement_stands_in_the_table_once_with_its_level_and_a_state() {
    let mut listed = BTreeMap::new();
    for row in rows() {
        assert!(
            STATES.contains(&row.state.as_str()),
            "{}: {}",
            row.id,
            row.state
        );
        let twice = listed.insert(row.id.clone(), row.level);
        assert!(twice.is_none(), "{} stands there twice", row.id);
    }
    let required = required();
    assert_eq!(required.len(), 253);
    let of_level_one = required.values().filter(|level| *level == "1").count();
    assert_eq!(of_level_one, 70);
    assert_eq!(listed, required);
}

#[test]
fn every_file_and_test_that_the_table_names_exists() {
    let root = root();
    let rust = rust_tests();
    let web = written_in("frontend/e2e", &[".mjs"])
        + &written_in("frontend/src", &[".test.ts", ".test.tsx"]);
    let mut wrong = Vec::new();
    for row in rows() {
        let id = &row.id;
        let named = in_backticks(&row.place);
        let paths: Vec<&str> = named.into_iter().filter(|word| is_path(word)).collect();
        let gone = paths.iter().filter(|path| !root.join(path).exists());
        wrong.extend(gone.map(|path| format!("{id}: there is no {path}")));
        let is_there = row.state == HOLDS || row.state == PARTLY;
        if is_there && paths.is_empty() {
            wrong.push(format!("{id}: {} without a file", row.state));
        }
        let says_what = ["missing", "Operator"]
            .iter()
            .any(|word| row.place.contains(word));
        if (row.state == PARTLY || row.state == NOT_YET) && !says_what {
            wrong.push(format!(
                "{id}: {} without saying what is missing",
                row.state
            ));
        }
        let proof = in_backticks(&row.proof);
        if proof.is_empty() || (proof.contains(&NONE) == is_there) {
            wrong.push(format!("{id}: {} and proven by {}", row.state, row.proof));
        }
        for name in proof
            .into_iter()
            .filter(|name| ![READING, NONE].contains(name))
        {
            let quoted = [format!("'{name}'"), format!("`{name}`")];
            if !rust.contains(name) && !quoted.iter().any(|title| web.contains(title)) {
                wrong.push(format!("{id}: there is no test `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a line of the summary must say: all, then each state, then those that hold by a test.
fn counted<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<String> {
    let rows: Vec<&Row> = rows.collect();
    let in_state = |state: &str| rows.iter().filter(|row| row.state == state).count();
    let by_test = rows
        .iter()
        .filter(|row| row.state == HOLDS && row.has_test());
    let mut counts = vec![rows.len()];
    counts.extend(STATES.map(in_state));
    counts.push(by_test.count());
    counts.iter().map(ToString::to_string).collect()
}

#[test]
fn the_summary_counts_what_the_table_says() {
    let rows = rows();
    let security = text("SECURITY.md");
    let said: BTreeMap<String, Vec<String>> = security
        .lines()
        .map(cells)
        .filter(|cells| cells.len() == 7)
        .filter_map(|cells| {
            let (name, counts) = cells.split_first()?;
            let chapter = name.split(' ').next().filter(|word| word.starts_with('V'));
            let key = chapter.unwrap_or(name).to_owned();
            Some((key, counts.iter().map(|&count| count.to_owned()).collect()))
        })
        .collect();
    let chapters: BTreeSet<&str> = rows.iter().map(Row::chapter).collect();
    assert_eq!(chapters.len(), 17);
    let mut wrong = Vec::new();
    let mut compare = |key: &str, expected: Vec<String>| {
        if said.get(key) != Some(&expected) {
            wrong.push(format!("{key} | {}", expected.join(" | ")));
        }
    };
    for chapter in chapters {
        compare(
            chapter,
            counted(rows.iter().filter(|row| row.chapter() == chapter)),
        );
    }
    for (key, level) in [("level 1", "1"), ("level 2", "2")] {
        compare(key, counted(rows.iter().filter(|row| row.level == level)));
    }
    compare("all", counted(rows.iter()));
    assert!(
        wrong.is_empty(),
        "SECURITY.md must say:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_security_page_is_short_and_leads_to_the_others() {
    let security = text("SECURITY.md");
    let lines = security.lines().count();
    assert!(lines <= SECURITY_LINES_MAX, "SECURITY.md has {lines} lines");
    for link in ["docs/asvs.md", "docs/security.md", "docs/promises.md"] {
        assert!(
            security.contains(&format!("]({link})")),
            "no link to {link}"
        );
    }
}

#[test]
fn an_address_is_no_path_and_a_setting_is_none_either() {
    for path in [
        "crates/api/src/headers.rs",
        "seed/programmes/",
        "Cargo.toml",
        "Makefile/x",
    ] {
        assert!(is_path(path), "{path}");
    }
    for other in [
        "/healthz",
        "PGSSLMODE=verify-full",
        "make sbom",
        "unsafe_code",
        "Makefile",
    ] {
        assert!(!is_path(other), "{other}");
    }
}

#[test]
fn every_guard_against_a_library_names_its_test_and_what_is_marked_is_taken_away_by_the_script() {
    let (table, script) = (text("docs/libraries.md"), text("deploy/guards.py"));
    let (rust, mut wrong, mut told) = (rust_tests(), Vec::new(), BTreeSet::new());
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    for line in rows {
        let [_, defect, guard, proof] = cells(line)[..] else {
            panic!("not four cells: {line}");
        };
        let named = in_backticks(guard).into_iter().chain(in_backticks(proof));
        let (paths, tests): (Vec<&str>, Vec<&str>) = named
            .filter(|word| is_path(word) || in_backticks(proof).contains(word))
            .partition(|word| is_path(word));
        let gone = paths.iter().filter(|path| !root().join(path).exists());
        wrong.extend(gone.map(|path| format!("there is no {path}")));
        let missing = tests.iter().filter(|test| !rust.contains(**test));
        wrong.extend(missing.map(|test| format!("there is no test {test}")));
        let taken = tests
            .iter()
            .any(|test| script.contains(&format!("\"{test}\"")));
        if defect.contains('✂') != taken {
            wrong.push(format!("marked or taken away, not both: {defect}"));
        }
        told.extend(tests);
    }
    assert!(told.len() > 15, "only {told:?}");
    let tried = script.lines().filter_map(|line| line.strip_suffix("\"),"));
    let tried = tried.filter_map(|line| line.rsplit('"').next());
    let untold = tried.filter(|test| !told.contains(test));
    wrong.extend(untold.map(|test| format!("{test} is not in the table")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
