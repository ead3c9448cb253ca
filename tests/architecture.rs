//! The order of the crates, checked by a program: an arrow against it is a failed test, not a
//! matter of review. The lists below are the design; changing one needs a reason beside it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that fails, fails its test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{
    CargoOpt, DependencyKind, Metadata, MetadataCommand, Package, PackageId, TargetKind,
};

/// What a crate may import of ours, and why no more: name, imports, reason. Each crate may import
/// only crates listed before it.
type Arrows = (&'static str, &'static [&'static str], &'static str);

/// What any crate may use in its own tests, whatever its place in the order.
const TEST_ONLY: &[&str] = &["testkit", "embedded"];

const FLOOR: &str = "money explain";
const PURE: &str = "money explain access audit privacy sroi costshare procurement eligibility ranking report workbook print grants attachments";
const A_CALCULATOR: &str = "a calculator knows numbers and how to explain them, nothing else";

const ORDER: &[Arrows] = &[
    ("money", &[], "numbers stand on nothing of ours"),
    ("explain", &["money"], "working and problems show numbers"),
    ("access", &[], "who may do what is one readable table"),
    (
        "embedded",
        &[],
        "a database for development knows nothing of the product",
    ),
    (
        "audit",
        &[FLOOR],
        "a trail is checked by somebody who has nothing else of ours",
    ),
    (
        "privacy",
        &[],
        "what seals a field knows nothing of what the field says",
    ),
    ("sroi", &[FLOOR], A_CALCULATOR),
    ("costshare", &[FLOOR], A_CALCULATOR),
    ("procurement", &[FLOOR], A_CALCULATOR),
    ("eligibility", &[FLOOR], A_CALCULATOR),
    ("ranking", &[FLOOR], A_CALCULATOR),
    ("report", &[FLOOR], A_CALCULATOR),
    (
        "workbook",
        &[FLOOR, "sroi", "costshare", "report"],
        "a workbook shows a value map, a cost plan or a shortlist and what the engine makes of it",
    ),
    (
        "print",
        &[FLOOR, "report"],
        "paper shows what it is given; what is on it is decided elsewhere",
    ),
    (
        "attachments",
        &[FLOOR],
        "what a file may be is known without anything else of ours",
    ),
    (
        "grants",
        &[FLOOR, "access"],
        "stages are pure; casework assembles what a submission computes",
    ),
    ("store", &[PURE], "SQL is below the decisions that use it"),
    (
        "casework",
        &[PURE, "store"],
        "what a person can do is the same over any door",
    ),
    (
        "api",
        &[PURE, "casework"],
        "no row reaches the web but through casework, which authorises it",
    ),
    (
        "jobs",
        &[PURE, "store casework"],
        "workers and web are siblings; claiming work is SQL of store",
    ),
    (
        "server",
        &[PURE, "store casework api jobs embedded"],
        "the binary never holds the test kit",
    ),
    (
        "testkit",
        &[PURE, "store casework api jobs embedded server"],
        "tests build whole worlds",
    ),
    (
        "acceptance",
        &[PURE, "store casework api jobs embedded server testkit"],
        "tests look everywhere",
    ),
    (
        "benches",
        &[PURE, "store casework api jobs embedded server testkit"],
        "measuring looks everywhere",
    ),
];

/// Third-party crates that a crate of ours must not name as a dependency.
const BANS: &[(&str, &[&str], &str)] = &[
    (
        "casework",
        &[
            "axum",
            "async-graphql",
            "apalis",
            "apalis-core",
            "redis",
            "sqlx",
        ],
        "casework knows no transport, no queue and no SQL",
    ),
    (
        "api",
        &["sqlx", "apalis", "apalis-core"],
        "the web neither queries nor works off jobs",
    ),
    (
        "jobs",
        &["async-graphql", "axum", "sqlx"],
        "workers neither query nor speak GraphQL",
    ),
    (
        "store",
        &["axum", "async-graphql", "apalis", "apalis-core"],
        "SQL knows no transport",
    ),
    (
        "server",
        &["sqlx", "async-graphql"],
        "the binary only puts parts together",
    ),
];

/// Must be nowhere below a pure crate, not even through another crate.
const NOT_PURE: &[&str] = &[
    "tokio",
    "sqlx",
    "sqlx-core",
    "axum",
    "hyper",
    "async-graphql",
    "apalis",
    "apalis-core",
    "redis",
    "reqwest",
];

/// A second copy of these splits types that must be one.
const ONE_COPY: &[&str] = &[
    "sqlx",
    "axum",
    "redis",
    "tower-http",
    "rust_decimal",
    "async-graphql",
];

fn words(lists: &[&'static str]) -> BTreeSet<&'static str> {
    lists
        .iter()
        .flat_map(|list| list.split_whitespace())
        .collect()
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml"))
        // The tests were just built, so what this platform needs is on the disk.
        .other_options(["--offline", "--filter-platform", "host-tuple"].map(str::to_owned))
        .features(CargoOpt::SomeFeatures(Vec::new()))
        .exec()
        .unwrap()
}

fn named<'a>(metadata: &'a Metadata, name: &str) -> &'a Package {
    metadata
        .workspace_packages()
        .into_iter()
        .find(|package| package.name.as_str() == name)
        .unwrap_or_else(|| panic!("there is no crate `{name}` in the workspace"))
}

/// Names of direct dependencies; the test kit may use what it likes, products may not.
fn direct(package: &Package, with_dev: bool) -> BTreeSet<&str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| with_dev || dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
        .collect()
}

/// Names of everything below a crate that is compiled into a product.
fn below(metadata: &Metadata, package: &Package) -> BTreeSet<String> {
    let nodes: BTreeMap<&PackageId, _> = metadata
        .resolve
        .as_ref()
        .unwrap()
        .nodes
        .iter()
        .map(|node| (&node.id, node))
        .collect();
    let mut found = BTreeSet::from([&package.id]);
    let mut open = vec![&package.id];
    while let Some(id) = open.pop() {
        let used = nodes[id].deps.iter().filter(|dependency| {
            dependency
                .dep_kinds
                .iter()
                .any(|kind| kind.kind == DependencyKind::Normal)
        });
        open.extend(
            used.map(|dependency| &dependency.pkg)
                .filter(|id| found.insert(*id)),
        );
    }
    found.remove(&package.id);
    found
        .into_iter()
        .map(|id| metadata[id].name.to_string())
        .collect()
}

#[test]
fn every_crate_of_the_workspace_has_its_place_in_the_order() {
    let metadata = metadata();
    let present: BTreeSet<_> = metadata
        .workspace_packages()
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let listed: BTreeSet<_> = ORDER.iter().map(|(name, ..)| *name).collect();
    assert_eq!(present, listed);
}

#[test]
fn no_crate_imports_against_the_order() {
    let metadata = metadata();
    let ours: BTreeSet<_> = ORDER.iter().map(|(name, ..)| *name).collect();
    let mut against = Vec::new();
    for (name, may_import, reason) in ORDER {
        let may_import = words(may_import);
        let product = direct(named(&metadata, name), false);
        let tested = direct(named(&metadata, name), true);
        let outside = |import: &&str| ours.contains(import) && !may_import.contains(import);
        against.extend(
            product
                .iter()
                .copied()
                .filter(outside)
                .chain(
                    tested
                        .iter()
                        .copied()
                        .filter(outside)
                        .filter(|i| !TEST_ONLY.contains(i)),
                )
                .map(|import| format!("`{name}` imports `{import}`: {reason}")),
        );
    }
    assert!(against.is_empty(), "{}", against.join("\n"));
}

#[test]
fn the_order_itself_has_no_circle() {
    let mut before = BTreeSet::new();
    for (name, may_import, _) in ORDER {
        let later: Vec<_> = words(may_import).difference(&before).copied().collect();
        assert!(
            later.is_empty(),
            "`{name}` is listed before {later:?}, which it may import"
        );
        before.insert(*name);
    }
}

#[test]
fn no_layer_names_a_third_party_crate_that_belongs_to_another_layer() {
    let metadata = metadata();
    let mut against = Vec::new();
    for (name, banned, reason) in BANS {
        let named = direct(named(&metadata, name), false);
        against.extend(
            banned
                .iter()
                .filter(|import| named.contains(*import))
                .map(|import| format!("`{name}` imports `{import}`: {reason}")),
        );
    }
    assert!(against.is_empty(), "{}", against.join("\n"));
}

#[test]
fn nothing_below_a_pure_crate_can_do_io() {
    let metadata = metadata();
    let mut against = Vec::new();
    for name in words(&[PURE]) {
        let below = below(&metadata, named(&metadata, name));
        against.extend(
            NOT_PURE
                .iter()
                .filter(|import| below.contains(**import))
                .map(|import| format!("`{name}` reaches `{import}`")),
        );
    }
    assert!(against.is_empty(), "{}", against.join("\n"));
}

#[test]
fn crates_whose_types_cross_our_borders_are_there_once() {
    let metadata = metadata();
    for name in ONE_COPY {
        let versions: Vec<_> = metadata
            .packages
            .iter()
            .filter(|package| package.name.as_str() == *name)
            .map(|package| package.version.to_string())
            .collect();
        assert_eq!(versions.len(), 1, "`{name}` is there as {versions:?}");
    }
}

#[test]
fn the_workspace_has_no_feature_flags_and_no_macros_of_its_own() {
    for package in metadata().workspace_packages() {
        assert!(
            package.features.is_empty(),
            "`{}` has feature flags",
            package.name
        );
        let macros = package
            .targets
            .iter()
            .any(|target| target.kind.contains(&TargetKind::ProcMacro));
        assert!(!macros, "`{}` is a procedural macro", package.name);
    }
}

#[test]
fn every_crate_says_why_it_exists_and_what_must_never_be_in_it() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let metadata = metadata();
    let mut silent = Vec::new();
    for package in metadata.workspace_packages() {
        let library = package
            .targets
            .iter()
            .find(|target| target.kind.contains(&TargetKind::Lib));
        let Some(library) = library.filter(|target| {
            target
                .src_path
                .as_std_path()
                .starts_with(crates.canonicalize().unwrap())
        }) else {
            continue;
        };
        let text = std::fs::read_to_string(&library.src_path).unwrap();
        let header: String = text
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .flat_map(|line| [line.trim(), " "])
            .collect();
        if !header.contains("This crate must never") {
            silent.push(package.name.as_str());
        }
    }
    assert!(
        silent.is_empty(),
        "no sentence `This crate must never …` opens {silent:?}"
    );
}
