//! How much a program's document asks of the database: each field that reads for itself is weighed in statements,
//! times the rows that it stands in. What could come to more than the limit is refused before anything is read.
use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
    registry::{MetaField, MetaTypeName, Registry},
};

/// Statements of one operation; one more finds out who asks.
pub(super) const READS_MAX: usize = 19;
/// A root field that is not listed.
const ROOT: usize = 3;
/// Rows of a list whose length is nowhere said.
const ROWS: usize = 10;
/// Rows of the longest page.
const PAGE_ROWS_MAX: usize = 100;

/// How often a field reads.
#[derive(Clone, Copy)]
enum Times {
    /// For each row that it stands in.
    Row,
    /// For all rows together: a loader gathers them.
    Once,
}

use Times::{Once, Row};

/// One field that reads for itself.
struct Reader {
    /// Type and name.
    at: (&'static str, &'static str),
    /// Fields of one type with the same word share one reading.
    shared: &'static str,
    /// Statements of that reading.
    statements: usize,
    times: Times,
    /// Statements of the field beside it.
    more: usize,
}

const fn reader(
    at: (&'static str, &'static str),
    shared: &'static str,
    statements: usize,
    times: Times,
    more: usize,
) -> Reader {
    Reader {
        at,
        shared,
        statements,
        times,
        more,
    }
}

const fn root(name: &'static str, statements: usize) -> Reader {
    reader(("Query", name), "", 0, Row, statements)
}

/// Counted in the code of the deeds; `tests/abuse/statements.rs` fails where one is too light.
const READERS: &[Reader] = &[
    root("serverTime", 1),
    root("method", 0),
    root("weightsFromPairs", 0),
    root("shortlist", 18),
    root("rankingTrial", 18),
    root("panel", 18),
    root("fairness", 19),
    root("letterPreview", 19),
    root("appealBundle", 19),
    root("rankingMoves", 10),
    root("rankings", 8),
    root("deskTasks", 12),
    root("received", 6),
    root("costPlan", 16),
    root("sroiExplore", 16),
    root("purchaseBook", 14),
    root("purchase", 14),
    root("purchaseCheck", 14),
    root("purchaseAnalysis", 14),
    root("rulebooks", 19),
    root("rulebook", 19),
    root("ruleDraft", 12),
    root("ruleVocabulary", 8),
    root("ruleDifference", 12),
    root("ruleTrial", 19),
    root("rescreening", 17),
    root("auditCheck", 8),
    reader(("Application", "round"), "", 0, Once, 2),
    reader(("Application", "sections"), "draft", 11, Once, 0),
    reader(("Application", "organisationFacts"), "draft", 11, Once, 0),
    reader(("Application", "preview"), "draft", 11, Once, 2),
    reader(("Application", "outturn"), "draft", 11, Row, 4),
    reader(("Application", "submission"), "", 0, Row, 1),
    reader(("Application", "letters"), "redress", 9, Row, 0),
    reader(("Application", "appeal"), "redress", 9, Row, 0),
    reader(("Application", "appealUntil"), "redress", 9, Row, 0),
    reader(("Application", "timeline"), "", 0, Row, 2),
    reader(("Application", "progress"), "", 0, Row, 3),
    reader(("Round", "programme"), "", 0, Once, 2),
    reader(("Round", "counts"), "", 0, Row, 7),
    reader(("Shortlist", "round"), "", 0, Once, 2),
    reader(("RulebookRound", "rescreenings"), "", 0, Row, 17),
    reader(("Received", "round"), "", 0, Once, 2),
    reader(("Received", "verdict"), "runs", 2, Once, 2),
    reader(("Received", "sroi"), "runs", 2, Once, 0),
    reader(("Received", "sroiAssessed"), "runs", 2, Once, 0),
    reader(("Received", "costShare"), "runs", 2, Once, 0),
    reader(("Received", "procurement"), "runs", 2, Once, 0),
    reader(("Received", "assessment"), "assessment", 12, Once, 0),
    reader(("Received", "sroiDifference"), "assessment", 12, Once, 0),
    reader(("Received", "outturn"), "outturn", 12, Once, 2),
    reader(("Received", "progress"), "", 0, Once, 1),
    reader(("Received", "reviews"), "reviews", 2, Once, 0),
    reader(("Received", "myReview"), "reviews", 2, Once, 0),
    reader(("Received", "decisions"), "", 0, Once, 2),
    reader(("Received", "proposals"), "deciding", 12, Row, 0),
    reader(("Received", "appeals"), "deciding", 12, Row, 0),
    reader(("Received", "confirmAbove"), "deciding", 12, Row, 0),
    reader(("Received", "departsIfAwarded"), "deciding", 12, Row, 0),
    reader(("Decision", "letter"), "deciding", 12, Row, 0),
    reader(("Received", "fundingLevels"), "levels", 1, Once, 0),
    reader(("Received", "fundingLevelsVersion"), "levels", 1, Once, 0),
    reader(("SroiResult", "statements"), "", 0, Once, 1),
    reader(("SroiResult", "principles"), "", 0, Once, 1),
    reader(("SroiResult", "assurances"), "", 0, Once, 1),
];

/// The heaviest query of a document whose fragments were found to end.
pub(super) fn reads(
    registry: &Registry,
    document: &ExecutableDocument,
    variables: &Variables,
) -> usize {
    let walk = Walk {
        registry,
        document,
        variables,
    };
    let queries = document
        .operations
        .iter()
        .filter(|(_, operation)| operation.node.ty == OperationType::Query);
    queries
        .map(|(_, operation)| {
            let mut shared = Vec::new();
            walk.set("Query", &operation.node.selection_set, 1, &mut shared)
        })
        .max()
        .unwrap_or_default()
}

struct Walk<'a> {
    registry: &'a Registry,
    document: &'a ExecutableDocument,
    variables: &'a Variables,
}

impl Walk<'_> {
    /// `shared` are the readings that this row has been charged for.
    fn set(
        &self,
        of: &str,
        set: &Positioned<SelectionSet>,
        rows: usize,
        shared: &mut Vec<&'static str>,
    ) -> usize {
        let mut sum: usize = 0;
        for selection in &set.node.items {
            let reads = match &selection.node {
                Selection::Field(field) => self.field(of, &field.node, rows, shared),
                Selection::InlineFragment(inline) => {
                    self.set(of, &inline.node.selection_set, rows, shared)
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                    fragment.map_or(0, |fragment| {
                        self.set(of, &fragment.node.selection_set, rows, shared)
                    })
                }
            };
            sum = sum.saturating_add(reads);
        }
        sum
    }

    fn field(&self, of: &str, field: &Field, rows: usize, shared: &mut Vec<&'static str>) -> usize {
        let name = field.name.node.as_str();
        let Some(meta) = self
            .registry
            .types
            .get(of)
            .and_then(|kind| kind.field_by_name(name))
        else {
            // Validation says what is wrong with it.
            return 0;
        };
        let own = match READERS.iter().find(|reader| reader.at == (of, name)) {
            Some(reader) => reader.weight(rows, shared),
            None if of == "Query" => ROOT,
            None => 0,
        };
        let rows = rows.saturating_mul(self.length(name, meta, field));
        let kind = MetaTypeName::concrete_typename(&meta.ty);
        let inner = self.set(kind, &field.selection_set, rows, &mut Vec::new());
        own.saturating_add(inner)
    }

    /// How many rows a field has at most.
    fn length(&self, name: &str, meta: &MetaField, field: &Field) -> usize {
        let Some(first) = meta.args.get("first") else {
            let is_list = meta.ty.starts_with('[') && name != "nodes";
            return if is_list { ROWS } else { 1 };
        };
        let given = field
            .arguments
            .iter()
            .find(|(name, _)| name.node == "first")
            .and_then(|(_, value)| {
                let known = |name: Name| self.variables.get(&name).cloned().ok_or(());
                value.node.clone().into_const_with(known).ok()
            });
        let usual = || first.default_value.as_ref()?.parse().ok();
        let rows = match given {
            Some(Value::Number(number)) => {
                number.as_u64().and_then(|rows| usize::try_from(rows).ok())
            }
            _ => usual(),
        };
        rows.unwrap_or(PAGE_ROWS_MAX).clamp(1, PAGE_ROWS_MAX)
    }
}

impl Reader {
    fn weight(&self, rows: usize, shared: &mut Vec<&'static str>) -> usize {
        let mut statements = self.more;
        if !self.shared.is_empty() && !shared.contains(&self.shared) {
            shared.push(self.shared);
            statements = statements.saturating_add(self.statements);
        }
        match self.times {
            Row => statements.saturating_mul(rows),
            Once => statements,
        }
    }
}
