//! A search of the whole database: every column of every table, read from the catalogue, as text.
use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use sqlx::AssertSqlSafe;
use testkit::World;

/// Letters that every place in a group of three bytes leaves alike at both ends of a text in base 64.
const EDGE: usize = 4;

/// Every table with its columns.
pub(crate) async fn columns(world: &World) -> BTreeMap<String, BTreeSet<String>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select c.oid::regclass::text, quote_ident(a.attname)
         from pg_class c join pg_attribute a on a.attrelid = c.oid
         where c.relkind in ('r', 'p', 'm') and a.attnum > 0 and not a.attisdropped
           and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')",
    )
    .fetch_all(world.sql())
    .await
    .unwrap();
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    for (table, column) in rows {
        found.entry(table).or_default().insert(column);
    }
    found
}

/// How a marker could stand in a row: plain, in hexadecimal, or inside a longer text in base 64.
fn forms(marker: &str) -> Vec<String> {
    let mut forms = vec![
        marker.to_owned(),
        marker.to_lowercase(),
        marker.to_uppercase(),
    ];
    forms.push(explain::hex(marker.as_bytes()));
    for before in 0..3 {
        let shifted = [vec![b'.'; before], marker.as_bytes().to_vec()].concat();
        let text = STANDARD_NO_PAD.encode(shifted);
        // What stands around the marker changes the letters at its ends.
        let inner = text.get(EDGE..text.len() - EDGE).unwrap();
        forms.push(inner.to_owned());
    }
    forms
}

/// The columns in which a marker stands, with how many rows; and how many columns were looked at.
pub(crate) async fn found(world: &World, markers: &[&str]) -> (BTreeMap<String, i64>, usize) {
    let forms: Vec<String> = markers.iter().flat_map(|marker| forms(marker)).collect();
    let mut hits = BTreeMap::new();
    let mut looked_at = 0;
    for (table, columns) in columns(world).await {
        for column in columns {
            let statement = format!(
                "select count(*) from {table} t
                 where exists (select from unnest($1::text[]) form
                               where position(form in t.{column}::text) > 0)"
            );
            let rows: i64 = sqlx::query_scalar(AssertSqlSafe(statement))
                .bind(&forms)
                .fetch_one(world.sql())
                .await
                .unwrap();
            looked_at += 1;
            if rows > 0 {
                hits.insert(format!("{table}.{column}"), rows);
            }
        }
    }
    (hits, looked_at)
}

/// Every sealed text of the database, with the columns in which it stands.
pub(crate) async fn sealed(world: &World) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    for (table, columns) in columns(world).await {
        for column in columns {
            let statement = format!(
                "select distinct (regexp_matches(t.{column}::text, 'sealed:1:[0-9a-f-]{{36}}:[A-Za-z0-9_-]+', 'g'))[1]
                 from {table} t where position('sealed:1:' in t.{column}::text) > 0"
            );
            let texts: Vec<String> = sqlx::query_scalar(AssertSqlSafe(statement))
                .fetch_all(world.sql())
                .await
                .unwrap();
            for text in texts {
                let places = found.entry(text).or_default();
                places.insert(format!("{table}.{column}"));
            }
        }
    }
    found
}
