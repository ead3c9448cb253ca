//! Reading the sector report.
use async_graphql::{Context, Object};

use super::types::{SectorDimension, SectorReport};
use crate::{answer::answer, caller::Caller};

#[derive(Default)]
pub(crate) struct SectorQuery;

#[Object]
impl SectorQuery {
    async fn sector_report(
        &self,
        context: &Context<'_>,
        dimension: SectorDimension,
    ) -> async_graphql::Result<SectorReport> {
        let read = Caller::of(context)?.act(move |casework, actor| async move {
            casework::sector_report(&casework, &actor, dimension.word()).await
        });
        Ok(SectorReport::new(dimension, answer(read.await)?))
    }
}
