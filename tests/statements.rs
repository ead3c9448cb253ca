//! Every SQL statement of the product is understood by the migrated database: a renamed column
//! fails here, not in front of a user. Statements are found in the sources of `store` by reading
//! their string literals, constants and templates filled in.
use std::{collections::BTreeMap, fs, path::Path};

use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};
use testkit::{World, root};

/// Fewer would mean that the reading of the sources is broken.
const STATEMENTS_MIN: usize = 95;

/// How a statement of ours begins; every other literal is a name, a message or a part of one.
const VERBS: [&str; 5] = ["select ", "insert ", "update ", "delete ", "with "];

/// The piece that `settle!` puts its argument behind.
const SETTLE: &str = "with taken as materialized (select w.* from system.work w ";

#[tokio::test]
async fn every_statement_in_the_sources_is_understood_by_the_database() {
    let world = World::empty().await;
    let mut statements = Vec::new();
    read_folder(&root().join("crates/store/src"), &mut statements);
    assert!(
        statements.len() >= STATEMENTS_MIN,
        "only {} found",
        statements.len()
    );
    let mut connection = world.sql().acquire().await.unwrap();
    let mut refused = Vec::new();
    for (file, statement) in &statements {
        let prepared = connection
            .prepare(AssertSqlSafe(statement.as_str()).into_sql_str())
            .await;
        if let Err(error) = prepared {
            refused.push(format!("{file}: {error}\n{statement}"));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
    println!("{} statements prepared", statements.len());
}

fn read_folder(folder: &Path, statements: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, statements);
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let found = statements_of(&text);
        statements.extend(found.into_iter().map(|statement| (name.clone(), statement)));
    }
}

/// The whole statements of one source file.
fn statements_of(source: &str) -> Vec<String> {
    let literals = literals(source);
    let constants: BTreeMap<&str, &str> = literals
        .iter()
        .filter_map(|literal| Some((literal.constant?, literal.text.as_str())))
        .collect();
    let used_as_part = |name: &str| source.contains(&format!("{{{name}}}"));
    let mut statements = Vec::new();
    let mut tail = None;
    for (position, literal) in literals.iter().enumerate() {
        if literal.text == SETTLE {
            tail = literals.get(position + 1).map(|next| next.text.clone());
        } else if literal.before.ends_with("settle!(") {
            let tail = tail.as_deref().unwrap();
            statements.push(format!("{SETTLE}{}{tail}", literal.text));
        } else if !literal.constant.is_some_and(used_as_part) {
            let filled = fill(&literal.text, &constants);
            let start = filled.trim_start().to_lowercase();
            if VERBS.iter().any(|verb| start.starts_with(verb)) {
                statements.push(filled);
            }
        }
    }
    statements
}

/// `{NAME}` replaced by the constant of that name.
fn fill(template: &str, constants: &BTreeMap<&str, &str>) -> String {
    let mut filled = template.to_owned();
    for (name, text) in constants {
        filled = filled.replace(&format!("{{{name}}}"), text);
    }
    filled
}

/// A string literal, the code just before it, and the constant it defines.
struct Literal<'a> {
    text: String,
    before: &'a str,
    constant: Option<&'a str>,
}

/// Reads plain string literals, skipping comments and character literals.
fn literals(source: &str) -> Vec<Literal<'_>> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    let mut code_from = 0;
    while at < bytes.len() {
        if source[at..].starts_with("//") {
            at += source[at..].find('\n').unwrap_or(source.len() - at);
            code_from = at;
        } else if source[at..].starts_with("'\"'") {
            at += 3;
        } else if bytes[at] == b'"' {
            let (text, end) = unescaped(source, at + 1);
            let before = source[code_from..at].trim_end();
            found.push(Literal {
                text,
                before,
                constant: constant_of(before),
            });
            at = end;
            code_from = end;
        } else {
            at += source[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// The name in `const NAME: &str =`, when that is what stands right before.
fn constant_of(before: &str) -> Option<&str> {
    let declaration = before.rsplit("const ").next()?;
    declaration
        .strip_suffix(": &str =")
        .filter(|name| !name.contains(char::is_whitespace))
}

/// The content of a literal that begins at `from`, and where the code goes on.
fn unescaped(source: &str, from: usize) -> (String, usize) {
    let mut text = String::new();
    let mut chars = source[from..].char_indices().peekable();
    while let Some((offset, letter)) = chars.next() {
        match letter {
            '"' => return (text, from + offset + 1),
            '\\' => match chars.next() {
                // A line that ends in a backslash goes on at the next word.
                Some((_, '\n')) => {
                    while chars.next_if(|(_, next)| next.is_whitespace()).is_some() {}
                }
                Some((_, 'n')) => text.push('\n'),
                Some((_, other)) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    panic!("a literal does not end");
}
