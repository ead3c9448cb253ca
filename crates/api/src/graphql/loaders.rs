//! Loaders of one request: what many rows need is read in one statement, as the caller. A query keeps what it has
//! read; whatever else is asked keeps nothing, so that a mutation is never answered with what was true before it.
use std::{hash::Hash, sync::Arc};

use access::Actor;
use async_graphql::{
    Context, Error,
    dataloader::{DataLoader, HashMapCache, Loader},
};
use casework::{
    AssessmentView, AssuranceView, CaseError, CaseResult, Casework, DecidingView, DecisionView,
    Draft, FileView, FundingLevelView, ProgrammeView, ProgressView, ReceivedOutturnView,
    RedressView, ReviewView, RoundView, RunsView,
};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::{
    answer::{answer, refused},
    caller::Caller,
};

/// Reads as the caller.
pub(crate) struct CaseLoader(Caller);

/// What a request reads by.
type Loaders = DataLoader<CaseLoader, HashMapCache>;

/// The loaders of a request with this text.
pub(crate) fn loaders(caller: Caller, document: &str) -> Loaders {
    let loaders = DataLoader::with_cache(CaseLoader(caller), tokio::spawn, HashMapCache::default());
    // The word alone decides: the text has not been looked at yet, and may be made to exhaust whoever parses it.
    loaders.enable_all_cache(!document.contains("mutation"));
    loaders
}

#[expect(
    clippy::disallowed_types,
    reason = "the loader trait asks for it; no order comes out"
)]
type Loaded<K, V> = Result<std::collections::HashMap<K, V>, Error>;

/// Runs of a delivered copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RunsOf(pub(crate) Uuid);
/// Reviews of a delivered copy that the caller may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ReviewsOf(pub(crate) Uuid);
/// Decisions on a delivered copy, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DecisionsOf(pub(crate) Uuid);
/// The assessed copy of a delivered value map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AssessmentsOf(pub(crate) Uuid);
/// What stands around the decision on a delivered copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DecidingOf(pub(crate) Uuid);
/// Supporting documents of a delivered copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FilesOf(pub(crate) Uuid);
/// Levels of part funding of a delivered copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FundingLevelsOf(pub(crate) Uuid);
/// Letters and appeals of an own application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RedressOf(pub(crate) Uuid);
/// A draft of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct DraftOf(pub(crate) Uuid);
/// What came of a delivered project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct OutturnsOf(pub(crate) Uuid);
/// Statements of assurance about a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AssurancesOf(pub(crate) Uuid);
/// Where the work on a delivered copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ProgressOf(pub(crate) Uuid);
/// A round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RoundOf(pub(crate) Uuid);
/// A version of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ProgrammeOf(pub(crate) Uuid, pub(crate) String);

/// Loads one; a key without a row gives `None`.
pub(crate) async fn load<K>(
    context: &Context<'_>,
    key: K,
) -> async_graphql::Result<Option<<CaseLoader as Loader<K>>::Value>>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    CaseLoader: Loader<K, Error = Error>,
{
    context.data::<Loaders>()?.load_one(key).await
}

/// What several fields stand on: whoever asks while it is being read waits for it.
#[derive(Clone)]
pub(crate) struct Once<K>
where
    CaseLoader: Loader<K>,
    K: Send + Sync + Hash + Eq + Clone + 'static,
{
    key: K,
    read: Arc<OnceCell<<CaseLoader as Loader<K>>::Value>>,
}

impl<K> Once<K>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    CaseLoader: Loader<K, Error = Error>,
    <CaseLoader as Loader<K>>::Value: Default,
{
    pub(crate) fn new(key: K) -> Self {
        Self {
            key,
            read: Arc::default(),
        }
    }

    pub(crate) async fn read(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<&<CaseLoader as Loader<K>>::Value> {
        let read = async || Ok(load(context, self.key.clone()).await?.unwrap_or_default());
        self.read.get_or_try_init(read).await
    }
}

/// The round that a row belongs to.
pub(crate) async fn load_round(
    context: &Context<'_>,
    round: Uuid,
) -> async_graphql::Result<Arc<RoundView>> {
    answer(
        load(context, RoundOf(round))
            .await?
            .ok_or(CaseError::NotFound),
    )
}

/// The programme version that a round runs under.
pub(crate) async fn load_programme(
    context: &Context<'_>,
    round: &RoundView,
) -> async_graphql::Result<Arc<ProgrammeView>> {
    let key = ProgrammeOf(round.programme_id, round.programme_version.clone());
    answer(load(context, key).await?.ok_or(CaseError::NotFound))
}

impl CaseLoader {
    async fn read<K, V, F>(
        &self,
        ids: Vec<Uuid>,
        key: impl Fn(Uuid) -> K,
        deed: impl FnOnce(Casework, Arc<Actor>, Vec<Uuid>) -> F,
    ) -> Loaded<K, V>
    where
        K: Hash + Eq,
        V: Send + 'static,
        F: Future<Output = CaseResult<std::collections::BTreeMap<Uuid, V>>> + Send + 'static,
    {
        let rows = self
            .0
            .act(|casework, actor| deed(casework, actor, ids))
            .await;
        Ok(rows
            .map_err(refused)?
            .into_iter()
            .map(|(id, row)| (key(id), row))
            .collect())
    }
}

impl Loader<RunsOf> for CaseLoader {
    type Value = Arc<RunsView>;
    type Error = Error;

    async fn load(&self, keys: &[RunsOf]) -> Loaded<RunsOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            let rows = casework::runs_of(&casework, &actor, &ids).await?;
            Ok(rows
                .into_iter()
                .map(|(id, runs)| (id, Arc::new(runs)))
                .collect())
        };
        self.read(ids, RunsOf, deed).await
    }
}

impl Loader<ReviewsOf> for CaseLoader {
    type Value = Vec<ReviewView>;
    type Error = Error;

    async fn load(&self, keys: &[ReviewsOf]) -> Loaded<ReviewsOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            casework::reviews_of(&casework, &actor, &ids).await
        };
        self.read(ids, ReviewsOf, deed).await
    }
}

impl Loader<DecisionsOf> for CaseLoader {
    type Value = Vec<DecisionView>;
    type Error = Error;

    async fn load(&self, keys: &[DecisionsOf]) -> Loaded<DecisionsOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            casework::decisions_of(&casework, &actor, &ids).await
        };
        self.read(ids, DecisionsOf, deed).await
    }
}

impl Loader<AssessmentsOf> for CaseLoader {
    type Value = AssessmentView;
    type Error = Error;

    async fn load(&self, keys: &[AssessmentsOf]) -> Loaded<AssessmentsOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            casework::assessments_of(&casework, &actor, &ids).await
        };
        self.read(ids, AssessmentsOf, deed).await
    }
}

impl Loader<DecidingOf> for CaseLoader {
    type Value = Arc<DecidingView>;
    type Error = Error;

    async fn load(&self, keys: &[DecidingOf]) -> Loaded<DecidingOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            let mut found = std::collections::BTreeMap::new();
            for id in ids {
                let view = casework::deciding(&casework, &actor, id).await?;
                found.insert(id, Arc::new(view));
            }
            Ok(found)
        };
        self.read(ids, DecidingOf, deed).await
    }
}

impl Loader<FilesOf> for CaseLoader {
    type Value = Vec<FileView>;
    type Error = Error;

    async fn load(&self, keys: &[FilesOf]) -> Loaded<FilesOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            casework::received_files(&casework, &actor, &ids).await
        };
        self.read(ids, FilesOf, deed).await
    }
}

impl Loader<FundingLevelsOf> for CaseLoader {
    type Value = (i32, Vec<FundingLevelView>);
    type Error = Error;

    async fn load(&self, keys: &[FundingLevelsOf]) -> Loaded<FundingLevelsOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            casework::funding_levels_of(&casework, &actor, &ids).await
        };
        self.read(ids, FundingLevelsOf, deed).await
    }
}

impl Loader<RedressOf> for CaseLoader {
    type Value = Arc<RedressView>;
    type Error = Error;

    async fn load(&self, keys: &[RedressOf]) -> Loaded<RedressOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            let mut found = std::collections::BTreeMap::new();
            for id in ids {
                let view = casework::redress(&casework, &actor, id).await?;
                found.insert(id, Arc::new(view));
            }
            Ok(found)
        };
        self.read(ids, RedressOf, deed).await
    }
}

impl Loader<DraftOf> for CaseLoader {
    type Value = Arc<Draft>;
    type Error = Error;

    async fn load(&self, keys: &[DraftOf]) -> Loaded<DraftOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            let drafts = casework::drafts(&casework, &actor, &ids).await?;
            Ok(drafts
                .into_iter()
                .map(|(id, draft)| (id, Arc::new(draft)))
                .collect())
        };
        self.read(ids, DraftOf, deed).await
    }
}

impl Loader<OutturnsOf> for CaseLoader {
    type Value = ReceivedOutturnView;
    type Error = Error;

    async fn load(&self, keys: &[OutturnsOf]) -> Loaded<OutturnsOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            casework::outturns_of(&casework, &actor, &ids).await
        };
        self.read(ids, OutturnsOf, deed).await
    }
}

impl Loader<AssurancesOf> for CaseLoader {
    type Value = Vec<AssuranceView>;
    type Error = Error;

    async fn load(&self, keys: &[AssurancesOf]) -> Loaded<AssurancesOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            casework::assurances_of(&casework, &actor, &ids).await
        };
        self.read(ids, AssurancesOf, deed).await
    }
}

impl Loader<ProgressOf> for CaseLoader {
    type Value = Vec<ProgressView>;
    type Error = Error;

    async fn load(&self, keys: &[ProgressOf]) -> Loaded<ProgressOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            casework::progress_of(&casework, &actor, &ids).await
        };
        self.read(ids, ProgressOf, deed).await
    }
}

impl Loader<RoundOf> for CaseLoader {
    type Value = Arc<RoundView>;
    type Error = Error;

    async fn load(&self, keys: &[RoundOf]) -> Loaded<RoundOf, Self::Value> {
        let ids = keys.iter().map(|key| key.0).collect();
        let deed = |casework: Casework, actor: Arc<Actor>, ids: Vec<Uuid>| async move {
            let rounds = casework::rounds_of(&casework, &actor, &ids).await?;
            Ok(rounds
                .into_iter()
                .map(|round| (round.id, Arc::new(round)))
                .collect())
        };
        self.read(ids, RoundOf, deed).await
    }
}

impl Loader<ProgrammeOf> for CaseLoader {
    type Value = Arc<ProgrammeView>;
    type Error = Error;

    async fn load(&self, keys: &[ProgrammeOf]) -> Loaded<ProgrammeOf, Self::Value> {
        let wanted: Vec<(Uuid, String)> = keys.iter().map(|key| (key.0, key.1.clone())).collect();
        let read = self.0.act(|casework, actor| async move {
            casework::programmes(&casework, &actor, &wanted).await
        });
        let views = read.await.map_err(refused)?.into_iter();
        Ok(views
            .map(|view| {
                let key = ProgrammeOf(view.id, view.version.clone());
                (key, Arc::new(view))
            })
            .collect())
    }
}
