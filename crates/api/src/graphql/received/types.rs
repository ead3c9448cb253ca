//! A delivered copy with what the machine and the reviewers found.
use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use casework::{AssessmentView, ReceivedView, RunView};
use serde_json::Value;
use uuid::Uuid;

use super::{
    assess::{Assessment, ReceivedOutturn},
    review::{Decision, Review},
};
use crate::{
    answer::answer,
    caller::Caller,
    graphql::{
        engine::{SroiResult, Verdict, hash_and_run, run_result, verdict},
        files::SupportingFile,
        loaders::{
            AssessmentsOf, DecidingOf, DecisionsOf, FilesOf, FundingLevelsOf, Once, OutturnsOf,
            ProgressOf, ReviewsOf, RunsOf, load, load_programme, load_round,
        },
        panel::{DecisionProposal, FundingLevel, ReceivedAppeal},
        round::Round,
        scalars::{DateTime, Decimal},
        sroi::{SroiDifference, difference},
        types::{PageInfo, Problem, Shared, SizeBand, Text, id},
        work::{WorkProgress, newest_per_kind},
    },
};

#[derive(SimpleObject)]
pub(crate) struct Applicant {
    name: Text,
    size_band: SizeBand,
    fictional: bool,
}

/// A delivered copy; its id is that of the frozen version.
#[expect(clippy::struct_field_names, reason = "the schema's own names")]
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Received {
    id: ID,
    reference: String,
    applicant: Applicant,
    title: Text,
    version_no: i32,
    sha256: String,
    received_at: DateTime,
    ask: Decimal,
    total_cost: Decimal,
    districts: Vec<Shared>,
    service_areas: Vec<Shared>,
    /// The frozen document. It, and whatever repeats its words or lines, is empty in a list, because opening one is
    /// recorded.
    #[graphql(complexity = 20)]
    document: Option<Value>,
    #[graphql(skip)]
    value_map: Value,
    #[graphql(skip)]
    opened: bool,
    #[graphql(skip)]
    key: Uuid,
    #[graphql(skip)]
    round: Uuid,
    #[graphql(skip)]
    runs: Once<RunsOf>,
    #[graphql(skip)]
    deciding: Once<DecidingOf>,
}

impl From<ReceivedView> for Received {
    fn from(view: ReceivedView) -> Self {
        Self {
            id: id(view.id),
            reference: view.reference,
            applicant: Applicant {
                name: view.applicant.into(),
                size_band: view.size_band.into(),
                fictional: view.fictional,
            },
            title: view.title.into(),
            version_no: view.version_no,
            sha256: view.sha256,
            received_at: view.received_at.into(),
            ask: view.ask.into(),
            total_cost: view.total_cost.into(),
            districts: view.districts.into_iter().map(Shared::from).collect(),
            service_areas: view.service_areas.into_iter().map(Shared::from).collect(),
            value_map: view.document["sections"]["value_map"].clone(),
            opened: view.opened,
            document: view.opened.then_some(view.document),
            key: view.id,
            round: view.round_id,
            runs: Once::new(RunsOf(view.id)),
            deciding: Once::new(DecidingOf(view.id)),
        }
    }
}

impl Received {
    async fn assessed(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Option<AssessmentView>> {
        if self.opened {
            load(context, AssessmentsOf(self.key)).await
        } else {
            Ok(None)
        }
    }

    /// The figures of a run; what repeats the applicant's words only where the document was opened.
    fn sroi_of(&self, run: Option<&RunView>) -> async_graphql::Result<Option<SroiResult>> {
        let found = answer(run_result(run, &self.value_map))?;
        Ok(if self.opened {
            found
        } else {
            found.map(SroiResult::without_words)
        })
    }
}

#[ComplexObject]
impl Received {
    async fn round(&self, context: &Context<'_>) -> async_graphql::Result<Round> {
        Ok(load_round(context, self.round).await?.into())
    }

    /// Null until it is screened.
    async fn verdict(&self, context: &Context<'_>) -> async_graphql::Result<Option<Verdict>> {
        let runs = self.runs.read(context).await?;
        let Some(run) = runs
            .eligibility
            .as_ref()
            .filter(|run| is_result(&run.output))
        else {
            return Ok(None);
        };
        let round = load_round(context, self.round).await?;
        let programme = load_programme(context, &round).await?;
        answer(verdict(&run.output, &programme.body)).map(Some)
    }

    /// Null until it is evaluated, and where the value map cannot be evaluated.
    async fn sroi(&self, context: &Context<'_>) -> async_graphql::Result<Option<SroiResult>> {
        self.sroi_of(self.runs.read(context).await?.sroi.as_ref())
    }

    /// The funder's assessed copy of the value map; null until one is kept.
    #[graphql(complexity = "20 + child_complexity")]
    async fn assessment(&self, context: &Context<'_>) -> async_graphql::Result<Option<Assessment>> {
        Ok(self.assessed(context).await?.map(Assessment::from))
    }

    /// What ranking reads where there is an assessed copy; null until it is evaluated.
    async fn sroi_assessed(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Option<SroiResult>> {
        self.sroi_of(self.runs.read(context).await?.sroi_assessed.as_ref())
    }

    /// From the claim to the assessed copy.
    #[graphql(complexity = "20 + child_complexity")]
    async fn sroi_difference(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Option<SroiDifference>> {
        let view = self
            .assessed(context)
            .await?
            .and_then(|assessment| assessment.difference);
        answer(view.as_ref().map(difference).transpose())
    }

    /// What came of the project; null until its applicant sent it.
    #[graphql(complexity = "20 + child_complexity")]
    async fn outturn(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Option<ReceivedOutturn>> {
        if !self.opened {
            return Ok(None);
        }
        let Some(view) = load(context, OutturnsOf(self.key)).await? else {
            return Ok(None);
        };
        let runs = self.runs.read(context).await?;
        ReceivedOutturn::try_from_view(&view, runs.sroi_outturn.as_ref()).map(Some)
    }

    #[graphql(complexity = 20)]
    async fn cost_share(&self, context: &Context<'_>) -> async_graphql::Result<Option<Value>> {
        let runs = self.runs.read(context).await?;
        let run = runs.costshare.as_ref().filter(|_| self.opened);
        Ok(run.map(hash_and_run))
    }

    #[graphql(complexity = 20)]
    async fn procurement(&self, context: &Context<'_>) -> async_graphql::Result<Option<Value>> {
        let runs = self.runs.read(context).await?;
        let run = runs.procurement.as_ref().filter(|_| self.opened);
        Ok(run.map(hash_and_run))
    }

    #[graphql(complexity = "3 * child_complexity + 1")]
    async fn progress(&self, context: &Context<'_>) -> async_graphql::Result<Vec<WorkProgress>> {
        let steps = load(context, ProgressOf(self.key))
            .await?
            .unwrap_or_default();
        answer(
            newest_per_kind(steps)
                .into_iter()
                .map(WorkProgress::try_from)
                .collect(),
        )
    }

    /// Supporting documents as they were submitted, oldest first.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn files(&self, context: &Context<'_>) -> async_graphql::Result<Vec<SupportingFile>> {
        let files = load(context, FilesOf(self.key)).await?.unwrap_or_default();
        Ok(files.into_iter().map(SupportingFile::from).collect())
    }

    /// Officers and chairs see all, reviewers their own.
    #[graphql(complexity = "2 * child_complexity + 1")]
    async fn reviews(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Review>> {
        let reviews = load(context, ReviewsOf(self.key))
            .await?
            .unwrap_or_default();
        Ok(reviews.into_iter().map(Review::from).collect())
    }

    async fn my_review(&self, context: &Context<'_>) -> async_graphql::Result<Option<Review>> {
        let me = Caller::of(context)?
            .actor
            .as_ref()
            .map(|actor| actor.user.0);
        let reviews = load(context, ReviewsOf(self.key))
            .await?
            .unwrap_or_default();
        let own = reviews
            .into_iter()
            .find(|review| Some(review.reviewer_id) == me);
        Ok(own.map(Review::from))
    }

    /// Newest first.
    #[graphql(complexity = "2 * child_complexity + 1")]
    async fn decisions(&self, context: &Context<'_>) -> async_graphql::Result<Vec<Decision>> {
        let decisions = load(context, DecisionsOf(self.key))
            .await?
            .unwrap_or_default();
        let decision = |view| Decision::new(view, self.deciding.clone());
        Ok(decisions.into_iter().map(decision).collect())
    }

    /// Decisions that need or needed a second person, newest first.
    #[graphql(complexity = "20 + 2 * child_complexity")]
    async fn proposals(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Vec<DecisionProposal>> {
        let around = self.deciding.read(context).await?;
        let proposals = around.proposals.iter().cloned();
        Ok(proposals.map(DecisionProposal::from).collect())
    }

    /// Newest first.
    #[graphql(complexity = "20 + 2 * child_complexity")]
    async fn appeals(&self, context: &Context<'_>) -> async_graphql::Result<Vec<ReceivedAppeal>> {
        let around = self.deciding.read(context).await?;
        let appeals = around.appeals.iter().cloned();
        Ok(appeals.map(ReceivedAppeal::from).collect())
    }

    /// Awards above this need a second person; null: never.
    #[graphql(complexity = 20)]
    async fn confirm_above(&self, context: &Context<'_>) -> async_graphql::Result<Option<Decimal>> {
        Ok(self
            .deciding
            .read(context)
            .await?
            .confirm_above
            .map(Decimal::from))
    }

    /// Whether awarding departs from the adopted order; otherwise not awarding does.
    #[graphql(complexity = 20)]
    async fn departs_if_awarded(&self, context: &Context<'_>) -> async_graphql::Result<bool> {
        Ok(self.deciding.read(context).await?.departs_if_awarded)
    }

    /// Less than full funding that the funder holds possible.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn funding_levels(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Vec<FundingLevel>> {
        let found = load(context, FundingLevelsOf(self.key)).await?;
        let levels = found.map(|(_, levels)| levels).unwrap_or_default();
        Ok(levels.into_iter().map(FundingLevel::from).collect())
    }

    /// Counts saves of the levels; 0 = never.
    async fn funding_levels_version(&self, context: &Context<'_>) -> async_graphql::Result<i32> {
        let found = load(context, FundingLevelsOf(self.key)).await?;
        Ok(found.map_or(0, |(version, _)| version))
    }
}

/// A run that found the input wanting holds problems in place of a result.
fn is_result(output: &Value) -> bool {
    output["problems"].is_null()
}

#[derive(SimpleObject)]
pub(crate) struct ReceivedConnection {
    pub(super) nodes: Vec<Received>,
    pub(super) page_info: PageInfo,
}

#[derive(SimpleObject)]
pub(crate) struct ReceivedPayload {
    pub(super) received: Option<Received>,
    pub(super) problems: Vec<Problem>,
}
