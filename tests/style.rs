//! House rules that no linter knows, run as tests: size of files, a reason at the head of each,
//! a README that matches the workspace, and words that must not get in.
#![expect(clippy::unwrap_used, reason = "a helper that fails, fails its test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Over this a Rust file must be listed below with its reason.
const LINES_SOFT_MAX: usize = 400;
/// Over this no source file may go.
const LINES_HARD_MAX: usize = 600;
const README_LINES_MAX: usize = 150;

/// Rust files over the soft limit, each with the reason why splitting would read worse.
const LONG_FOR_A_REASON: &[(&str, &str)] = &[];

/// Folders that hold nothing written by hand.
const NOT_OURS: &[&str] = &[
    "target",
    "node_modules",
    "dist",
    "coverage",
    ".git",
    ".plumbline",
    ".tools",
    ".sqlx",
];

struct Source {
    /// From the root of the repository, with `/`.
    path: String,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// Every text file of the repository whose name ends in one of `endings`.
fn sources(endings: &[&str]) -> Vec<Source> {
    let root = root();
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type().unwrap().is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    open.push(entry.path());
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let path = entry
                    .path()
                    .strip_prefix(&root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                let text = fs::read_to_string(entry.path()).unwrap();
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!found.is_empty(), "no file ends in any of {endings:?}");
    found
}

/// Rust and TypeScript written by hand; generated code lives in `gql/` or is named `.gen.`.
fn code() -> Vec<Source> {
    let mut code = sources(&[".rs", ".ts", ".tsx"]);
    code.retain(|source| !source.path.contains("/gql/") && !source.path.contains(".gen."));
    code
}

fn is_rust(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "rs")
}

/// This file must name what it forbids.
fn is_this_file(path: &str) -> bool {
    path == "tests/style.rs"
}

#[test]
fn no_source_file_is_too_long_to_read_in_one_sitting() {
    let long: Vec<_> = code()
        .iter()
        .filter_map(|Source { path, text }| {
            let lines = text.lines().count();
            let listed = LONG_FOR_A_REASON.iter().any(|(listed, _)| listed == path);
            let lines_max = if is_rust(path) && !listed {
                LINES_SOFT_MAX
            } else {
                LINES_HARD_MAX
            };
            (lines > lines_max).then(|| format!("{path}: {lines} lines, at most {lines_max}"))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn a_file_listed_as_long_is_still_long_and_has_a_reason() {
    for (path, reason) in LONG_FOR_A_REASON {
        let lines = fs::read_to_string(root().join(path))
            .unwrap()
            .lines()
            .count();
        assert!(
            lines > LINES_SOFT_MAX && !reason.is_empty(),
            "{path} has {lines} lines"
        );
    }
}

#[test]
fn every_source_file_opens_by_saying_why_it_exists() {
    let silent: Vec<_> = code()
        .into_iter()
        .filter(|source| {
            let head = source.text.trim_start();
            if is_rust(&source.path) {
                !head.starts_with("//!")
            } else {
                !(head.starts_with("// ") || head.starts_with("/*"))
            }
        })
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "no header in:\n{}", silent.join("\n"));
}

#[test]
fn forbidden_words_are_nowhere() {
    // Word, where it is allowed, why it is forbidden.
    let forbidden = [
        (
            ".round_dp(",
            "crates/money/",
            "banker's rounding; use the named rounding of `money`",
        ),
        ("todo!(", "", "unfinished"),
        ("unimplemented!(", "", "unfinished"),
        ("TODO", "", "unfinished"),
        ("FIXME", "", "unfinished"),
        ("#[ignore", "", "a test runs or is deleted"),
        ("#[allow(", "", "say #[expect(.., reason)]"),
        ("@ts-ignore", "", "say @ts-expect-error with a reason"),
        ("@ts-nocheck", "", "types are checked everywhere"),
        ("it.skip(", "", "a test runs or is deleted"),
        ("it.only(", "", "would hide the other tests"),
    ];
    let mut found = Vec::new();
    for Source { path, text } in code().iter().filter(|source| !is_this_file(&source.path)) {
        for (word, allowed, reason) in forbidden {
            if text.contains(word) && (allowed.is_empty() || !path.starts_with(allowed)) {
                found.push(format!("{path}: `{word}`: {reason}"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_file_names_a_folder_of_the_machine_it_was_written_on() {
    let endings = [
        ".rs", ".ts", ".tsx", ".toml", ".md", ".sql", ".json", ".sh", ".yml", ".yaml", ".css",
        ".html", ".graphql", "Makefile", "run",
    ];
    let machine = ["/work/", "/root/", "/home/", "/Users/"];
    let found: Vec<_> = sources(&endings)
        .into_iter()
        .filter(|source| !is_this_file(&source.path))
        .filter(|source| machine.iter().any(|folder| source.text.contains(folder)))
        .map(|source| source.path)
        .collect();
    assert!(
        found.is_empty(),
        "a path of one machine is in:\n{}",
        found.join("\n")
    );
}

#[test]
fn lock_files_name_only_the_public_registries() {
    let cargo = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    for line in cargo.lines().filter(|line| line.starts_with("source = ")) {
        assert_eq!(line, public);
    }
    let npm = ["frontend", "deploy/sbom"]
        .map(|folder| fs::read_to_string(root().join(folder).join("package-lock.json")).unwrap());
    for line in npm
        .iter()
        .flat_map(|lock| lock.lines())
        .map(str::trim)
        .filter(|line| line.starts_with("\"resolved\""))
    {
        assert!(
            line.starts_with("\"resolved\": \"https://registry.npmjs.org/"),
            "{line}"
        );
    }
}

#[test]
fn the_readme_is_short_and_its_map_names_exactly_the_crates_of_the_workspace() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let lines = readme.lines().count();
    assert!(
        lines <= README_LINES_MAX,
        "README.md has {lines} lines, at most {README_LINES_MAX}"
    );
    let crates: BTreeSet<_> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|folder| folder.join("Cargo.toml").exists())
        .map(|folder| folder.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(crates_on_the_map(&readme), crates);
}

/// The words in backticks of the first column of the tables below the heading with `Map`.
fn crates_on_the_map(readme: &str) -> BTreeSet<String> {
    let below = readme
        .lines()
        .skip_while(|line| !(line.starts_with('#') && line.contains("Map")));
    let section = below
        .skip(1)
        .take_while(|line| !line.starts_with("# ") && !line.starts_with("## "));
    section
        .filter_map(|line| line.strip_prefix('|')?.split('|').next())
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_map_is_read_from_the_first_column_only() {
    let readme = "# P\n## Map\n| crate | holds |\n|---|---|\n| `money` | `Amount` |\n\
                  | `sroi`, `ranking` | x |\n## Next\n| `other` | y |\n";
    let expected = ["money", "ranking", "sroi"].map(str::to_owned);
    assert_eq!(crates_on_the_map(readme), BTreeSet::from(expected));
}
