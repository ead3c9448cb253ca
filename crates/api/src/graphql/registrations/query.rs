//! Reading registrations, for the operator; and what one may name, for anybody.
use async_graphql::{Context, Object};

use super::types::{IdentifierType, Registration};
use crate::{
    answer::{answer, found},
    caller::{Caller, apart},
};

#[derive(Default)]
pub(crate) struct RegistrationsQuery;

#[Object]
impl RegistrationsQuery {
    /// What an organisation can be identified by; for anybody.
    async fn identifier_types(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Vec<IdentifierType>> {
        let casework = Caller::of(context)?.casework.clone();
        let read = apart(async move { casework::identifier_types(&casework).await });
        let types = answer(read.await)?;
        Ok(types.into_iter().map(IdentifierType::from).collect())
    }

    /// Organisations that wait, oldest first, or that were decided on, newest first; null to everybody but operators.
    async fn registrations(
        &self,
        context: &Context<'_>,
        #[graphql(default)] decided: bool,
    ) -> async_graphql::Result<Option<Vec<Registration>>> {
        let read = Caller::of(context)?.act(|casework, actor| async move {
            casework::registrations(&casework, &actor, decided)
                .await
                .map(Some)
        });
        let listed = found(read.await)?;
        Ok(listed.map(|rows| rows.into_iter().map(Registration::from).collect()))
    }
}
