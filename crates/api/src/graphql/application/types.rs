//! An application as its applicant sees it. What takes a statement of its own is weighed as such.
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, SimpleObject};
use casework::{
    ApplicationView, CaseError, Draft, PreviewView, SectionView, StatusView, SubmissionView,
};
use serde_json::Value;
use uuid::Uuid;

use super::outturn::Outturn;
use crate::{
    answer::{answer, found},
    caller::Caller,
    graphql::{
        engine::{SroiResult, Verdict, sroi_result, verdict},
        files::{FileRules, SupportingFile},
        loaders::{DraftOf, RedressOf, load, load_programme, load_round},
        panel::{Appeal, Letter},
        round::Round,
        scalars::{Date, DateTime, Decimal},
        types::{PageInfo, Param, Problem, Text, id, params, problems},
        work::{WorkProgress, newest_per_kind},
    },
};

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "grants::ApplicationStage")]
pub(crate) enum ApplicationStage {
    Draft,
    Submitted,
    Withdrawn,
}

#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "casework::SectionState")]
pub(crate) enum SectionState {
    Optional,
    Empty,
    InProgress,
    NeedsChanges,
    Completed,
}

/// An application as its applicant sees it.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Application {
    id: ID,
    reference: String,
    stage: ApplicationStage,
    title: Text,
    created_at: DateTime,
    updated_at: DateTime,
    #[graphql(skip)]
    key: Uuid,
    #[graphql(skip)]
    round: Uuid,
}

impl From<ApplicationView> for Application {
    fn from(view: ApplicationView) -> Self {
        Self {
            id: id(view.id),
            reference: view.reference,
            stage: view.stage.into(),
            title: view.title.into(),
            created_at: view.created_at.into(),
            updated_at: view.updated_at.into(),
            key: view.id,
            round: view.round_id,
        }
    }
}

#[ComplexObject]
impl Application {
    async fn round(&self, context: &Context<'_>) -> async_graphql::Result<Round> {
        Ok(load_round(context, self.round).await?.into())
    }

    #[graphql(complexity = "7 * child_complexity + 20")]
    async fn sections(&self, context: &Context<'_>) -> async_graphql::Result<Vec<DraftSection>> {
        let sections = draft(context, self.key).await?.sections();
        Ok(sections.into_iter().map(DraftSection::from).collect())
    }

    /// Prefilled facts by financial year, with their provenance.
    #[graphql(complexity = 20)]
    async fn organisation_facts(&self, context: &Context<'_>) -> async_graphql::Result<Value> {
        Ok(draft(context, self.key).await?.facts())
    }

    /// What the engines say about the draft as it stands; null, with an error, where that fails, so that the rest of
    /// the page stands.
    #[graphql(complexity = "200 + child_complexity")]
    async fn preview(&self, context: &Context<'_>) -> async_graphql::Result<Option<Preview>> {
        preview(context, self.key, self.round).await.map(Some)
    }

    /// The latest frozen version.
    #[graphql(complexity = "20 + child_complexity")]
    async fn submission(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Option<SubmissionReceipt>> {
        let key = self.key;
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::application_submission(&casework, &actor, key).await
        });
        Ok(found(read.await)?.map(SubmissionReceipt::from))
    }

    /// Supporting documents, oldest first.
    #[graphql(complexity = "20 + 5 * child_complexity")]
    async fn files(&self, context: &Context<'_>) -> async_graphql::Result<Vec<SupportingFile>> {
        let key = self.key;
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::application_files(&casework, &actor, key).await
        });
        Ok(answer(read.await)?
            .into_iter()
            .map(SupportingFile::from)
            .collect())
    }

    /// What may be attached.
    #[expect(clippy::unused_async, reason = "a resolver is one")]
    async fn file_rules(&self, context: &Context<'_>) -> async_graphql::Result<FileRules> {
        Ok(casework::file_rules(&Caller::of(context)?.casework).into())
    }

    /// What came of the project; null unless money was awarded.
    #[graphql(complexity = "200 + child_complexity")]
    async fn outturn(&self, context: &Context<'_>) -> async_graphql::Result<Option<Outturn>> {
        let draft = draft(context, self.key).await?;
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            let view = casework::outturn(&casework, &actor, &draft).await?;
            view.map(Outturn::try_from_view).transpose()
        });
        found(read.await)
    }

    /// Letters of decisions, newest first.
    #[graphql(complexity = "20 + 2 * child_complexity")]
    async fn letters(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Letter>> {
        let redress = load(context, RedressOf(self.key))
            .await?
            .unwrap_or_default();
        Ok(redress.letters.iter().cloned().map(Letter::from).collect())
    }

    /// The newest appeal.
    #[graphql(complexity = "20 + child_complexity")]
    async fn appeal(&self, context: &Context<'_>) -> async_graphql::Result<Option<Appeal>> {
        let redress = load(context, RedressOf(self.key))
            .await?
            .unwrap_or_default();
        Ok(redress.appeal.clone().map(Appeal::from))
    }

    /// Last day for an appeal; null when there is nothing to appeal against.
    #[graphql(complexity = 20)]
    async fn appeal_until(&self, context: &Context<'_>) -> async_graphql::Result<Option<Date>> {
        let redress = load(context, RedressOf(self.key))
            .await?
            .unwrap_or_default();
        Ok(redress.appeal_until.map(Date))
    }

    #[graphql(complexity = "5 * child_complexity + 20")]
    async fn timeline(&self, context: &Context<'_>) -> async_graphql::Result<Vec<TimelineEvent>> {
        let key = self.key;
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::application_timeline(&casework, &actor, key).await
        });
        Ok(answer(read.await)?
            .into_iter()
            .map(TimelineEvent::from)
            .collect())
    }

    #[graphql(complexity = "3 * child_complexity + 20")]
    async fn progress(&self, context: &Context<'_>) -> async_graphql::Result<Vec<WorkProgress>> {
        let key = self.key;
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::application_progress(&casework, &actor, key).await
        });
        let steps = newest_per_kind(answer(read.await)?);
        answer(steps.into_iter().map(WorkProgress::try_from).collect())
    }
}

/// A draft of one's own, read once for everything that is asked of it at the same time.
pub(super) async fn draft(
    context: &Context<'_>,
    application: Uuid,
) -> async_graphql::Result<Arc<Draft>> {
    let draft = load(context, DraftOf(application)).await?;
    answer(draft.ok_or(CaseError::NotFound))
}

/// The preview of a draft. The grades of evidence stand in the value map, not in the engine's output.
pub(super) async fn preview(
    context: &Context<'_>,
    application: Uuid,
    round: Uuid,
) -> async_graphql::Result<Preview> {
    let draft = draft(context, application).await?;
    let computing = Arc::clone(&draft);
    let computing = Caller::of(context)?.act(move |_, _| computing.preview());
    let view = answer(computing.await)?;
    let round = load_round(context, round).await?;
    let programme = load_programme(context, &round).await?;
    let value_map = draft.content("value_map");
    answer(Preview::try_from_view(view, &programme.body, &value_map))
}

/// A section of a draft, with everything that is wrong or missing.
#[derive(SimpleObject)]
pub(crate) struct DraftSection {
    code: String,
    #[graphql(complexity = 10)]
    content: Value,
    version: i32,
    saved_at: Option<DateTime>,
    state: SectionState,
    problems: Vec<Problem>,
}

impl From<SectionView> for DraftSection {
    fn from(view: SectionView) -> Self {
        Self {
            code: view.code,
            content: view.content,
            version: view.version,
            saved_at: view.saved_at.map(DateTime),
            state: view.state.into(),
            problems: problems(view.problems),
        }
    }
}

/// What the engines say about a draft as it stands: the same engines as the workers'.
#[derive(SimpleObject)]
pub(crate) struct Preview {
    eligibility: Verdict,
    sroi: Option<SroiResult>,
    sroi_problems: Vec<Problem>,
    #[graphql(complexity = 20)]
    cost_share: Option<Value>,
    cost_share_problems: Vec<Problem>,
    ask: Decimal,
    total_cost: Decimal,
    cap: Option<Decimal>,
}

impl Preview {
    fn try_from_view(
        view: PreviewView,
        programme: &Value,
        value_map: &Value,
    ) -> casework::CaseResult<Self> {
        let (sroi, sroi_problems) = match view.sroi {
            Ok(output) => (Some(sroi_result(&output, None, value_map)?), Vec::new()),
            Err(found) => (None, problems(found)),
        };
        let (cost_share, cost_share_problems) = match view.cost_share {
            Ok(output) => (Some(output), Vec::new()),
            Err(found) => (None, problems(found)),
        };
        Ok(Self {
            eligibility: verdict(&view.eligibility, programme)?,
            sroi,
            sroi_problems,
            cost_share,
            cost_share_problems,
            ask: view.ask.into(),
            total_cost: view.total_cost.into(),
            cap: view.cap.map(Decimal::from),
        })
    }
}

/// A frozen version, with the hash of its canonical JSON.
#[derive(SimpleObject)]
pub(crate) struct SubmissionReceipt {
    id: ID,
    version_no: i32,
    sha256: String,
    received_at: DateTime,
    #[graphql(complexity = 20)]
    document: Value,
}

impl From<SubmissionView> for SubmissionReceipt {
    fn from(view: SubmissionView) -> Self {
        Self {
            id: id(view.id),
            version_no: view.version_no,
            sha256: view.sha256,
            received_at: view.received_at.into(),
            document: view.document,
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct TimelineEvent {
    code: String,
    at: DateTime,
    params: Vec<Param>,
}

impl From<StatusView> for TimelineEvent {
    fn from(view: StatusView) -> Self {
        Self {
            code: view.code,
            at: view.at.into(),
            params: params(view.params),
        }
    }
}

#[derive(SimpleObject)]
pub(crate) struct ApplicationConnection {
    pub(super) nodes: Vec<Application>,
    pub(super) page_info: PageInfo,
}

#[derive(SimpleObject)]
pub(crate) struct ApplicationPayload {
    pub(super) application: Option<Application>,
    pub(super) problems: Vec<Problem>,
}

/// The section as saved; after a conflict, as somebody else saved it.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct SectionSavePayload {
    pub(super) section: Option<DraftSection>,
    pub(super) problems: Vec<Problem>,
    #[graphql(skip)]
    pub(super) saved: Option<Uuid>,
}

#[ComplexObject]
impl SectionSavePayload {
    #[graphql(complexity = "200 + child_complexity")]
    async fn preview(&self, context: &Context<'_>) -> async_graphql::Result<Option<Preview>> {
        let Some(key) = self.saved else {
            return Ok(None);
        };
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::application(&casework, &actor, key).await
        });
        match found(read.await)? {
            Some(application) => Ok(Some(preview(context, key, application.round_id).await?)),
            None => Ok(None),
        }
    }
}
