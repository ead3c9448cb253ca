//! Names of people. Rows hold a name sealed with its person's key, as it was when the row was written; here it is
//! opened to be shown. Whoever was erased has no key any more, and no name.
use std::collections::{BTreeMap, BTreeSet};

use privacy::{PersonKey, SealedText};
use store::person_keys::{self, WrappedKeyRow};
use uuid::Uuid;

use crate::{
    CaseResult, Casework,
    person_key::{opened, wrapped},
};

/// What a name is sealed as.
const FIELD: &str = "users.name";

/// The keys of some people, to read their names with.
pub(crate) struct Names(BTreeMap<Uuid, PersonKey>);

impl Names {
    /// Looks up, in one statement, everybody whose name stands among the texts.
    pub(crate) async fn of(
        casework: &Casework,
        texts: impl IntoIterator<Item = &str>,
    ) -> CaseResult<Self> {
        let people: BTreeSet<Uuid> = texts
            .into_iter()
            .filter_map(SealedText::parse)
            .map(|sealed| sealed.person())
            .collect();
        if people.is_empty() {
            return Ok(Self(BTreeMap::new()));
        }
        let people: Vec<Uuid> = people.into_iter().collect();
        let rows = person_keys::of(&casework.databases.identity, &people).await?;
        let keys = rows
            .iter()
            .map(|row| Ok((row.user_id, opened(casework, row)?)));
        Ok(Self(keys.collect::<CaseResult<_>>()?))
    }

    /// The name; empty when it can no longer be read. What is not sealed, such as `worker`, says itself.
    pub(crate) fn read(&self, text: &str) -> String {
        let Some(sealed) = SealedText::parse(text) else {
            return text.to_owned();
        };
        let key = self.0.get(&sealed.person());
        key.and_then(|key| sealed.open(key, FIELD))
            .unwrap_or_default()
    }
}

/// Reads one name.
pub(crate) async fn name_read(casework: &Casework, text: &str) -> CaseResult<String> {
    Ok(Names::of(casework, [text]).await?.read(text))
}

/// Reads names as rows hold them; whoever was erased has an empty one. The rows are the reader's own: what nobody
/// may read is not among them.
pub async fn names_read(
    casework: &Casework,
    texts: Vec<String>,
) -> CaseResult<BTreeMap<String, String>> {
    let names = Names::of(casework, texts.iter().map(String::as_str)).await?;
    let read = |text: String| {
        let name = names.read(&text);
        (text, name)
    };
    Ok(texts.into_iter().map(read).collect())
}

/// The key of somebody new, and their name sealed with it: both are kept with the account.
pub(crate) fn name_sealed(
    casework: &Casework,
    person: Uuid,
    name: &str,
) -> (String, WrappedKeyRow) {
    let key = PersonKey::make();
    let sealed = SealedText::seal(&key, FIELD, person, name);
    (sealed.to_string(), wrapped(casework, person, &key))
}
