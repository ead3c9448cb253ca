//! The fields through which an organisation's people come, change and go, and how each is tried.
use access::Action;
use serde_json::json;
use testkit::World;
use uuid::Uuid;

use super::fields::{Field, Target, mutation};

pub(super) const PEOPLE: [Field; 5] = [
    mutation(
        "invitationConfirm",
        Target::Invitation,
        Action::MembersManage,
        "mutation($input: InvitationAnswerInput!) { invitationConfirm(input: $input) {
            people { manages } problems { code path message } } }",
        |id| json!({"input": {"invitationId": id}}),
    ),
    mutation(
        "invitationWithdraw",
        Target::Invitation,
        Action::MembersManage,
        "mutation($input: InvitationAnswerInput!) { invitationWithdraw(input: $input) {
            people { manages } problems { code path message } } }",
        |id| json!({"input": {"invitationId": id}}),
    ),
    mutation(
        "membershipChange",
        Target::Member,
        Action::MembersManage,
        "mutation($input: MembershipChangeInput!) { membershipChange(input: $input) {
            people { manages } problems { code path message } } }",
        |id| json!({"input": {"userId": id, "roles": ["NGO_EDITOR"]}}),
    ),
    mutation(
        "membershipAnswer",
        Target::RoleChange,
        Action::MembersManage,
        "mutation($input: MembershipAnswerInput!) { membershipAnswer(input: $input) {
            people { manages } problems { code path message } } }",
        |id| json!({"input": {"changeId": id, "confirm": true}}),
    ),
    mutation(
        "membershipEnd",
        Target::Member,
        Action::MembersManage,
        "mutation($input: MembershipEndInput!) { membershipEnd(input: $input) {
            people { manages } problems { code path message } } }",
        |id| json!({"input": {"userId": id}}),
    ),
];

/// A member, an invitation that waits and a change of roles that waits, all of this organisation.
pub(super) async fn arranged(
    world: &World,
    tenant: Uuid,
    asker: Uuid,
) -> [(Target, (Uuid, Uuid)); 3] {
    let member: Uuid = sqlx::query_scalar(
        "select user_id from identity.memberships where tenant_id = $1 and user_id <> $2 and roles = '{ngo_viewer}' limit 1",
    )
    .bind(tenant)
    .bind(asker)
    .fetch_one(world.sql())
    .await
    .unwrap();
    let invitation: Uuid = sqlx::query_scalar(
        "insert into identity.invitations (invitation_id, tenant_id, email, roles, invited_by, expires_at, waits)
         values (gen_random_uuid(), $1, 'guest@kestrel.example', '{ngo_endorser}', $2, now() + interval '1 day', true)
         returning invitation_id",
    )
    .bind(tenant)
    .bind(asker)
    .fetch_one(world.sql())
    .await
    .unwrap();
    let change: Uuid = sqlx::query_scalar(
        "insert into identity.role_changes (change_id, tenant_id, user_id, roles, asked_by)
         values (gen_random_uuid(), $1, $2, '{ngo_endorser}', $3) returning change_id",
    )
    .bind(tenant)
    .bind(member)
    .bind(asker)
    .fetch_one(world.sql())
    .await
    .unwrap();
    [
        (Target::Member, (member, tenant)),
        (Target::Invitation, (invitation, tenant)),
        (Target::RoleChange, (change, tenant)),
    ]
}
