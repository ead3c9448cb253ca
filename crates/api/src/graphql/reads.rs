//! How much a program's document asks of the database: each field that reads for itself is weighed in statements, times the
//! rows that it stands in. What would come to more is refused before anything is read.
use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};

/// Statements of one operation; one more finds out who asks.
pub(super) const READS_MAX: usize = 19;
/// A root field that is not listed: it begins, reads a thing, and what belongs to it.
const ROOT: usize = 5;
/// Rows of a list whose length was not asked for, or is in a variable.
const PAGE_ROWS: usize = 50;

/// How often a field reads.
enum Times {
    /// For each row that it stands in.
    Row(usize),
    /// For all rows together: a loader gathers them.
    Once(usize),
}

use Times::{Once, Row};

/// Fields that read for themselves. `tests/abuse/statements.rs` fails where one is missing or too light.
const FIELDS: &[(&str, Times)] = &[];

/// Lists of rows that hold fields of the table above, with their usual length.
const LISTS: &[(&str, usize)] = &[];

/// The heaviest operation of a document whose fragments were found to end.
pub(super) fn reads(document: &ExecutableDocument, variables: &Variables) -> usize {
    let walk = Walk {
        document,
        variables,
    };
    let queries = document
        .operations
        .iter()
        .filter(|(_, operation)| operation.node.ty == OperationType::Query);
    queries
        .map(|(_, operation)| walk.set(&operation.node.selection_set, 1, true))
        .max()
        .unwrap_or_default()
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
}

impl Walk<'_> {
    fn set(&self, set: &Positioned<SelectionSet>, rows: usize, root: bool) -> usize {
        let mut sum: usize = 0;
        for selection in &set.node.items {
            let reads = match &selection.node {
                Selection::Field(field) => self.field(&field.node, rows, root),
                Selection::InlineFragment(inline) => {
                    self.set(&inline.node.selection_set, rows, root)
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                    fragment.map_or(0, |fragment| {
                        self.set(&fragment.node.selection_set, rows, root)
                    })
                }
            };
            sum = sum.saturating_add(reads);
        }
        sum
    }

    fn field(&self, field: &Field, rows: usize, root: bool) -> usize {
        let name = field.name.node.as_str();
        let listed = FIELDS.iter().find(|(known, _)| *known == name);
        let own = match listed {
            Some((_, Row(reads))) => reads.saturating_mul(rows),
            Some((_, Once(reads))) => *reads,
            None if root && !name.starts_with("__") => ROOT,
            None => 0,
        };
        let rows = rows.saturating_mul(self.length(field));
        own.saturating_add(self.set(&field.selection_set, rows, false))
    }

    /// How many rows a field has at most.
    fn length(&self, field: &Field) -> usize {
        let first = field
            .arguments
            .iter()
            .find(|(name, _)| name.node == "first")
            .and_then(|(_, value)| self.number(&value.node));
        let usual = LISTS.iter().find(|(name, _)| *name == field.name.node);
        match (first, usual) {
            (Some(first), _) => first,
            (None, Some((_, usual))) => *usual,
            (None, None) => 1,
        }
    }

    fn number(&self, value: &Value) -> Option<usize> {
        let number = match value {
            Value::Number(number) => number.as_u64(),
            Value::Variable(name) => match self.variables.get(name as &Name)? {
                async_graphql::ConstValue::Number(number) => number.as_u64(),
                _ => None,
            },
            _ => None,
        };
        let number = number.and_then(|number| usize::try_from(number).ok());
        Some(number.unwrap_or(PAGE_ROWS).clamp(1, 100))
    }
}
