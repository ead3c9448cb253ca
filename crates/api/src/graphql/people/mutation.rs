//! Inviting people, changing their roles, ending memberships. Each answers with everybody who belongs then.
use access::Role as Roles;
use async_graphql::{Context, ID, InputObject, Object};
use casework::{CaseResult, InvitationInput, PeopleView};

use super::types::{People, PeoplePayload};
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::{
        scalars::DateTime,
        session::Role,
        types::{problems, uuid},
    },
};

#[derive(InputObject)]
pub(crate) struct InvitationSendInput {
    email: String,
    roles: Vec<Role>,
    /// When the membership ends, as an adviser's does; null: it stays.
    member_until: Option<DateTime>,
}

#[derive(InputObject)]
pub(crate) struct InvitationAnswerInput {
    invitation_id: ID,
}

#[derive(InputObject)]
pub(crate) struct MembershipChangeInput {
    user_id: ID,
    roles: Vec<Role>,
}

#[derive(InputObject)]
pub(crate) struct MembershipAnswerInput {
    change_id: ID,
    confirm: bool,
}

#[derive(InputObject)]
pub(crate) struct MembershipEndInput {
    user_id: ID,
}

#[derive(Default)]
pub(crate) struct PeopleMutation;

#[Object]
impl PeopleMutation {
    /// Invites somebody; a role that signs waits for a second person, where there is one.
    async fn invitation_send(
        &self,
        context: &Context<'_>,
        input: InvitationSendInput,
    ) -> async_graphql::Result<PeoplePayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let input = InvitationInput {
                email: input.email,
                roles: own(input.roles),
                member_until: input.member_until.map(|until| until.0),
            };
            casework::invitation_send(&casework, &actor, input).await?;
            casework::people(&casework, &actor).await
        });
        payload(done.await)
    }

    /// Confirms an invitation that another person sent.
    async fn invitation_confirm(
        &self,
        context: &Context<'_>,
        input: InvitationAnswerInput,
    ) -> async_graphql::Result<PeoplePayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let invitation = uuid(&input.invitation_id)?;
            casework::invitation_confirm(&casework, &actor, invitation).await?;
            casework::people(&casework, &actor).await
        });
        payload(done.await)
    }

    /// Withdraws an invitation; its link is void at once.
    async fn invitation_withdraw(
        &self,
        context: &Context<'_>,
        input: InvitationAnswerInput,
    ) -> async_graphql::Result<PeoplePayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let invitation = uuid(&input.invitation_id)?;
            casework::invitation_withdraw(&casework, &actor, invitation).await?;
            casework::people(&casework, &actor).await
        });
        payload(done.await)
    }

    /// Gives somebody other roles; one that signs waits for a second person, where there is one.
    async fn membership_change(
        &self,
        context: &Context<'_>,
        input: MembershipChangeInput,
    ) -> async_graphql::Result<PeoplePayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let user = uuid(&input.user_id)?;
            casework::membership_change(&casework, &actor, user, &own(input.roles)).await?;
            casework::people(&casework, &actor).await
        });
        payload(done.await)
    }

    /// Confirms or refuses a change of roles that another person asked for.
    async fn membership_answer(
        &self,
        context: &Context<'_>,
        input: MembershipAnswerInput,
    ) -> async_graphql::Result<PeoplePayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let change = uuid(&input.change_id)?;
            casework::membership_answer(&casework, &actor, change, input.confirm).await?;
            casework::people(&casework, &actor).await
        });
        payload(done.await)
    }

    /// Ends somebody's membership at once.
    async fn membership_end(
        &self,
        context: &Context<'_>,
        input: MembershipEndInput,
    ) -> async_graphql::Result<PeoplePayload> {
        let done = Caller::of(context)?.act(|casework, actor| async move {
            let user = uuid(&input.user_id)?;
            casework::membership_end(&casework, &actor, user).await?;
            casework::people(&casework, &actor).await
        });
        payload(done.await)
    }
}

fn own(roles: Vec<Role>) -> Vec<Roles> {
    roles.into_iter().map(Roles::from).collect()
}

fn payload(result: CaseResult<PeopleView>) -> async_graphql::Result<PeoplePayload> {
    let (people, wrong) = outcome(result)?;
    Ok(PeoplePayload {
        people: people.map(People::from),
        problems: problems(wrong),
    })
}
