//! Names of people. A row holds a name sealed with its person's key; it is opened here, once per person and request,
//! wherever an answer shows one.
use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, Error, OutputType, Positioned, ServerResult, Value,
    dataloader::{DataLoader, HashMapCache, Loader},
    parser::types::Field,
    registry::{MetaType, MetaTypeId, Registry},
};

use crate::{answer::refused, caller::Caller};

const TYPE: &str = "PersonName";
const DESCRIPTION: &str = "The name of a person; empty once their personal data was erased.";

/// A name as a row holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonName(String);

impl From<String> for PersonName {
    fn from(sealed: String) -> Self {
        Self(sealed)
    }
}

/// Opens names for the caller.
pub(crate) struct NameLoader(Caller);

/// The names of one request.
pub(crate) type NamesRead = DataLoader<NameLoader, HashMapCache>;

/// Opens each name once in a request: nothing that a request does changes one.
pub(crate) fn names(caller: Caller) -> NamesRead {
    DataLoader::with_cache(NameLoader(caller), tokio::spawn, HashMapCache::default())
}

impl Loader<String> for NameLoader {
    type Value = String;
    type Error = Error;

    #[expect(
        clippy::disallowed_types,
        reason = "the loader trait asks for it; no order comes out"
    )]
    async fn load(
        &self,
        keys: &[String],
    ) -> Result<std::collections::HashMap<String, String>, Self::Error> {
        let keys = keys.to_vec();
        let read = self
            .0
            .act(|casework, _| async move { casework::names_read(&casework, keys).await });
        let names = read.await.map_err(refused)?;
        Ok(names.into_iter().collect())
    }
}

impl OutputType for PersonName {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(TYPE)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Scalar, |_| MetaType::Scalar {
            name: TYPE.to_owned(),
            description: Some(DESCRIPTION.to_owned()),
            is_valid: None,
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            specified_by_url: None,
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        })
    }

    async fn resolve(
        &self,
        context: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let loaded: async_graphql::Result<Option<String>> = async {
            let names = context.data::<NamesRead>()?;
            names.load_one(self.0.clone()).await
        }
        .await;
        let name = loaded.map_err(|error| error.into_server_error(field.pos))?;
        Ok(Value::String(name.unwrap_or_default()))
    }
}
