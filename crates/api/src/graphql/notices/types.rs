//! Versions of the notice, and agreements to them.
use async_graphql::SimpleObject;
use casework::{AgreementView, NoticeSectionView, NoticeView};

use crate::graphql::{
    scalars::{Date, DateTime},
    types::{Problem, Text},
};

/// One version of the notice on personal data.
#[derive(SimpleObject)]
pub(crate) struct Notice {
    version: String,
    effective_from: Date,
    /// The text of the demonstration, which an operator replaces by their own.
    demonstration: bool,
    /// Whether it is the one that holds now.
    current: bool,
    title: Text,
    sections: Vec<NoticeSection>,
}

impl From<NoticeView> for Notice {
    fn from(view: NoticeView) -> Self {
        Self {
            version: view.version,
            effective_from: Date(view.effective_from),
            demonstration: view.demonstration,
            current: view.current,
            title: view.title.into(),
            sections: view.sections.into_iter().map(NoticeSection::from).collect(),
        }
    }
}

/// One section of a notice.
#[derive(SimpleObject)]
pub(crate) struct NoticeSection {
    title: Text,
    body: Text,
}

impl From<NoticeSectionView> for NoticeSection {
    fn from(view: NoticeSectionView) -> Self {
        Self {
            title: view.title.into(),
            body: view.body.into(),
        }
    }
}

/// A version that one has agreed to.
#[derive(SimpleObject)]
pub(crate) struct NoticeAgreement {
    version: String,
    agreed_at: DateTime,
    /// On what occasion: registration, invitation, `new_version` or demonstration.
    occasion: String,
}

impl From<AgreementView> for NoticeAgreement {
    fn from(view: AgreementView) -> Self {
        Self {
            version: view.version,
            agreed_at: view.agreed_at.into(),
            occasion: view.occasion,
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct NoticePayload {
    pub(super) problems: Vec<Problem>,
}
