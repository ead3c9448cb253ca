//! The files of the repository that tests read: the demonstration data and the migrations.
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// The root of the repository.
pub fn root() -> PathBuf {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    crates.and_then(Path::parent).unwrap().to_owned()
}

/// One JSON file of `seed/`.
pub fn seed_file(path: &str) -> Value {
    let file = root().join("seed").join(path);
    let text = fs::read_to_string(&file).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Every JSON file of `seed/` by path below it.
pub fn seed_files() -> BTreeMap<String, Value> {
    let names = all(&root().join("seed"));
    let json = names.into_iter().filter(|name| {
        Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "json")
    });
    json.map(|name| {
        let value = seed_file(&name);
        (name, value)
    })
    .collect()
}

/// A hash over the files below the given folders of the repository.
pub(crate) fn hash_of(folders: &[&str]) -> String {
    let mut bytes = Vec::new();
    for folder in folders {
        let folder = root().join(folder);
        for name in all(&folder) {
            bytes.extend(name.as_bytes());
            bytes.extend(fs::read(folder.join(&name)).unwrap());
        }
    }
    let mut hash = explain::sha256_hex(&bytes);
    hash.truncate(12);
    hash
}

/// Every file below a folder, in order.
fn all(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                found.push(name.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}
