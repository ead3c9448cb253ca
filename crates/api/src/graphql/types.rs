//! Types that several domains share.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{CaseError, CaseResult, ShareView};
use uuid::Uuid;

use super::scalars::Decimal;

/// The same words in English and in Hong Kong Chinese.
#[derive(SimpleObject, Clone)]
pub(crate) struct Text {
    pub(crate) en: String,
    pub(crate) zh: String,
}

impl From<explain::Text> for Text {
    fn from(text: explain::Text) -> Self {
        Self {
            en: text.en,
            zh: text.zh,
        }
    }
}

/// One thing a person can put right. The client has the words, by code; `message` is English.
#[derive(SimpleObject, Clone)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) params: Vec<Param>,
}

impl From<explain::Problem> for Problem {
    fn from(problem: explain::Problem) -> Self {
        Self {
            code: problem.code,
            path: problem.path,
            message: problem.message,
            params: params(problem.params),
        }
    }
}

/// Problems as a payload lists them.
pub(crate) fn problems(found: Vec<explain::Problem>) -> Vec<Problem> {
    found.into_iter().map(Problem::from).collect()
}

/// A value for the words of a problem or event.
#[derive(SimpleObject, Clone)]
pub(crate) struct Param {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// Values in the order of their names.
pub(crate) fn params(values: std::collections::BTreeMap<String, String>) -> Vec<Param> {
    values
        .into_iter()
        .map(|(name, value)| Param { name, value })
        .collect()
}

/// Whether a list goes on, and where.
#[derive(SimpleObject)]
pub(crate) struct PageInfo {
    pub(crate) has_next_page: bool,
    pub(crate) end_cursor: Option<String>,
}

/// A code with its names.
#[derive(SimpleObject, Clone)]
pub(crate) struct Coded {
    pub(crate) code: String,
    pub(crate) label: Text,
}

/// A district or service area with its share of the project.
#[derive(SimpleObject)]
pub(crate) struct Shared {
    pub(crate) code: String,
    pub(crate) label: Text,
    pub(crate) share: Decimal,
}

impl From<ShareView> for Shared {
    fn from(view: ShareView) -> Self {
        Self {
            code: view.code,
            label: view.label.into(),
            share: view.share.into(),
        }
    }
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "grants::SizeBand")]
pub(crate) enum SizeBand {
    Small,
    Medium,
    Large,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "grants::DecisionOutcome")]
pub(crate) enum DecisionOutcome {
    Approve,
    ApproveInPart,
    Reserve,
    Decline,
}

/// An id as GraphQL writes it.
pub(crate) fn id(id: Uuid) -> ID {
    ID(id.to_string())
}

/// An id that is none of ours names nothing.
pub(crate) fn uuid(id: &ID) -> CaseResult<Uuid> {
    Uuid::parse_str(id).map_err(|_| CaseError::NotFound)
}

/// Most rows of one page.
const PAGE_MAX: usize = 100;

/// How many rows were asked for, within bounds.
pub(crate) fn page_size(first: Option<i32>, usual: usize) -> usize {
    let asked = first.and_then(|first| usize::try_from(first).ok());
    asked.unwrap_or(usual).clamp(1, PAGE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_never_larger_than_a_hundred_rows() {
        assert_eq!(page_size(Some(5_000), 50), 100);
        assert_eq!(page_size(Some(-1), 50), 50);
        assert_eq!(page_size(Some(0), 50), 1);
        assert_eq!(page_size(None, 50), 50);
    }
}
