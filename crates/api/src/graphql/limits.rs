//! Limits on the text and shape of a document, checked before anything walks it: validation follows
//! every fragment wherever it is spread, so a short document can stand for billions of fields.
use std::{any::TypeId, collections::BTreeMap, sync::Arc};

use async_graphql::{
    Error, ErrorExtensions as _, Name, Pos, Positioned, Request, ServerError, ServerResult,
    ValidationResult,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextPrepareRequest, NextValidation,
    },
    parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet},
};

use super::{
    COMPLEXITY_MAX, DEPTH_MAX,
    reads::{READS_MAX, reads},
};
use crate::documents::{Asked, Documents};

/// The web app's largest document is some 6 KiB.
const DOCUMENT_BYTES_MAX: usize = 64 * 1024;
/// Brackets inside brackets; the parser calls itself once for each.
const BRACKETS_DEEP_MAX: usize = 48;
/// Names and words, before they are parsed: three for each field that may be written out.
const WORDS_MAX: usize = 6_000;
const ALIASES_MAX: usize = 30;
const DIRECTIVES_MAX: usize = 50;
const OPERATIONS_MAX: usize = 10;
const FRAGMENTS_MAX: usize = 100;
/// Fields with every fragment written out where it is spread.
const FIELDS_MAX: usize = 2_000;

/// Marks the data of a WebSocket connection: only subscriptions are taken there, and of a session only those that
/// its documents allow.
pub(crate) struct OverSocket(pub(crate) Arc<Documents>);

impl OverSocket {
    /// Puts the named document in its place. The connection hands `documentId` on as an extension.
    fn name(&self, request: &mut Request) -> ServerResult<()> {
        let id = request.extensions.remove(DOCUMENT_ID);
        let id = id.and_then(|id| id.into_json().ok());
        let query = std::mem::take(&mut request.query);
        let asked = Asked::read(id.as_ref(), Some(query))
            .ok_or_else(|| refused("Send a documentId or a query."))?;
        request.query = self.0.text(asked, false).map_err(|why| {
            let (code, message) = why.words();
            coded(code, message)
        })?;
        Ok(())
    }
}

/// Marks a request with a document that nobody has reviewed: it may read a limited number of times.
pub(crate) struct FreeDocument;

/// Under which name a connection hands a document's id on.
pub(crate) const DOCUMENT_ID: &str = "documentId";

/// The extension that applies the limits.
pub(crate) struct DocumentLimits;

impl ExtensionFactory for DocumentLimits {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for DocumentLimits {
    async fn prepare_request(
        &self,
        context: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let mut request = next.run(context, request).await?;
        let over_socket = context.data_opt::<OverSocket>();
        if let Some(over_socket) = over_socket {
            over_socket.name(&mut request)?;
        }
        check_text(&request.query)?;
        let variables = request.variables.clone();
        // The request's own: what an extension is shown has not been filled with it yet.
        let free = request.data.contains_key(&TypeId::of::<FreeDocument>());
        let document = request.parsed_query()?;
        check_shape(document)?;
        if free {
            let reads = reads(&context.schema_env.registry, document, &variables);
            if reads > READS_MAX {
                return Err(refused(&format!(
                    "The document reads too much: {reads} statements of the database, of which {READS_MAX} are allowed; ask for less at once."
                )));
            }
        }
        if over_socket.is_some() {
            check_subscriptions(document)?;
        }
        Ok(request)
    }

    /// The library's own limits, with their numbers.
    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(context).await.map_err(|mut errors| {
            for error in &mut errors {
                match error.message.as_str() {
                    "Query is too complex." => {
                        error.message = format!(
                            "The query weighs more than {COMPLEXITY_MAX}; ask for less at once, such as first: 20."
                        );
                    }
                    "Query is nested too deep." => {
                        error.message =
                            format!("The query has fields more than {DEPTH_MAX} deep inside each other.");
                    }
                    _ => {}
                }
            }
            errors
        })
    }
}

fn refused(message: &str) -> ServerError {
    ServerError::new(message, None)
}

fn coded(code: &str, message: &str) -> ServerError {
    let error = Error::new(message).extend_with(|_, values| values.set("code", code));
    error.into_server_error(Pos::default())
}

/// Before parsing: length, words and nesting. Brackets and words inside text count too; that is too strict only for
/// documents that nobody writes.
fn check_text(query: &str) -> ServerResult<()> {
    if query.len() > DOCUMENT_BYTES_MAX {
        return Err(refused("The document is longer than 64 KiB."));
    }
    let is_letter = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
    let mut deep: usize = 0;
    let (mut words, mut inside): (usize, bool) = (0, false);
    for byte in query.bytes() {
        words = words.saturating_add(usize::from(is_letter(byte) && !inside));
        inside = is_letter(byte);
        match byte {
            b'{' | b'[' | b'(' => deep = deep.saturating_add(1),
            b'}' | b']' | b')' => deep = deep.saturating_sub(1),
            _ => {}
        }
        if deep > BRACKETS_DEEP_MAX {
            return Err(refused(
                "The document has brackets more than 48 deep inside each other.",
            ));
        }
    }
    if words > WORDS_MAX {
        return Err(refused(
            "The document has more than 6,000 words; send long text as a variable.",
        ));
    }
    Ok(())
}

/// After parsing, before validation: counts.
fn check_shape(document: &ExecutableDocument) -> ServerResult<()> {
    if document.operations.iter().count() > OPERATIONS_MAX {
        return Err(refused("The document has more than 10 operations."));
    }
    if document.fragments.len() > FRAGMENTS_MAX {
        return Err(refused("The document has more than 100 fragments."));
    }
    let mut tally = Tally::default();
    for (_, operation) in document.operations.iter() {
        tally.directives += operation.node.directives.len();
        tally.count(&operation.node.selection_set);
    }
    for fragment in document.fragments.values() {
        tally.directives += fragment.node.directives.len();
        tally.count(&fragment.node.selection_set);
    }
    if tally.aliases > ALIASES_MAX {
        return Err(refused("The document has more than 30 aliases."));
    }
    if tally.directives > DIRECTIVES_MAX {
        return Err(refused("The document has more than 50 directives."));
    }
    let mut written_out = WrittenOut {
        document,
        known: BTreeMap::new(),
    };
    let mut fields: usize = 0;
    for (_, operation) in document.operations.iter() {
        fields = fields.saturating_add(written_out.fields(&operation.node.selection_set)?);
    }
    if fields > FIELDS_MAX {
        return Err(refused("The document has more than 2000 fields."));
    }
    Ok(())
}

fn check_subscriptions(document: &ExecutableDocument) -> ServerResult<()> {
    let only = document
        .operations
        .iter()
        .all(|(_, operation)| operation.node.ty == OperationType::Subscription);
    if only {
        Ok(())
    } else {
        Err(refused("Only subscriptions are taken over WebSocket."))
    }
}

#[derive(Default)]
struct Tally {
    aliases: usize,
    directives: usize,
}

impl Tally {
    fn count(&mut self, set: &Positioned<SelectionSet>) {
        for selection in &set.node.items {
            self.directives += selection.node.directives().len();
            match &selection.node {
                Selection::Field(field) => {
                    self.aliases += usize::from(field.node.alias.is_some());
                    self.count(&field.node.selection_set);
                }
                Selection::InlineFragment(inline) => self.count(&inline.node.selection_set),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
}

/// Counts fields with fragments written out; each fragment is walked once.
struct WrittenOut<'a> {
    document: &'a ExecutableDocument,
    /// `None` while a fragment is being walked: meeting it again is a circle.
    known: BTreeMap<&'a Name, Option<usize>>,
}

impl<'a> WrittenOut<'a> {
    fn fields(&mut self, set: &'a Positioned<SelectionSet>) -> ServerResult<usize> {
        let mut sum: usize = 0;
        for selection in &set.node.items {
            let fields = match &selection.node {
                Selection::Field(field) => {
                    self.fields(&field.node.selection_set)?.saturating_add(1)
                }
                Selection::InlineFragment(inline) => self.fields(&inline.node.selection_set)?,
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node)?
                }
            };
            sum = sum.saturating_add(fields);
        }
        Ok(sum)
    }

    fn fragment(&mut self, name: &Name) -> ServerResult<usize> {
        match self.known.get(name) {
            Some(Some(fields)) => return Ok(*fields),
            Some(None) => return Err(refused("The document's fragments go round in a circle.")),
            None => {}
        }
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else {
            // Counts as a field, so that whatever is walked later is bounded; validation says what is wrong.
            return Ok(1);
        };
        self.known.insert(name, None);
        let fields = self.fields(&fragment.node.selection_set)?;
        self.known.insert(name, Some(fields));
        Ok(fields)
    }
}
