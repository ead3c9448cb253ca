//! Letters and appeals, on both sides.
use async_graphql::{Enum, ID, SimpleObject};
use casework::{AppealView, LetterView};
use grants::LetterText as Pages;

use crate::graphql::{names::PersonName, scalars::DateTime, types::id};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "grants::AppealOutcome")]
pub(crate) enum AppealOutcome {
    Upheld,
    Dismissed,
}

/// A letter in one language.
#[derive(SimpleObject)]
pub(crate) struct LetterText {
    subject: String,
    paragraphs: Vec<String>,
}

impl From<Pages> for LetterText {
    fn from(pages: Pages) -> Self {
        Self {
            subject: pages.subject,
            paragraphs: pages.paragraphs,
        }
    }
}

/// The letter of a decision. Id, hash and date are null before it is sent.
#[derive(SimpleObject)]
pub(crate) struct Letter {
    id: Option<ID>,
    decision_id: ID,
    en: LetterText,
    zh: LetterText,
    sha256: Option<String>,
    sent_at: Option<DateTime>,
    /// Null for the applicant.
    sent_by: Option<PersonName>,
}

impl From<LetterView> for Letter {
    fn from(view: LetterView) -> Self {
        Self {
            id: view.id.map(id),
            decision_id: id(view.decision),
            en: view.en.into(),
            zh: view.zh.into(),
            sha256: view.sha256,
            sent_at: view.sent_at.map(DateTime),
            sent_by: view.sent_by.map(PersonName::from),
        }
    }
}

/// An appeal as its applicant sees it.
#[derive(SimpleObject)]
pub(crate) struct Appeal {
    id: ID,
    grounds: String,
    sent_at: DateTime,
    outcome: Option<AppealOutcome>,
    reason: Option<String>,
    decided_at: Option<DateTime>,
}

impl From<AppealView> for Appeal {
    fn from(view: AppealView) -> Self {
        let (outcome, reason, decided_at) = match view.answer {
            Some((outcome, reason, at)) => (Some(outcome.into()), Some(reason), Some(at.into())),
            None => (None, None, None),
        };
        Self {
            id: id(view.id),
            grounds: view.grounds,
            sent_at: view.sent_at.into(),
            outcome,
            reason,
            decided_at,
        }
    }
}
