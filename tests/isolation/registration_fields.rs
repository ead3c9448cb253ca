//! The fields by which an operator answers organisations that register, and how each is tried.
use access::Action;
use serde_json::json;
use testkit::World;
use uuid::Uuid;

use super::fields::{Field, Target, mutation};

pub(super) const REGISTRATIONS: [Field; 2] = [
    mutation(
        "registrationAnswer",
        Target::Registration,
        Action::RegistrationDecide,
        "mutation($input: RegistrationAnswerInput!) { registrationAnswer(input: $input) {
            registrations { name { en } } problems { code path message } } }",
        |id| json!({"input": {"registrationId": id, "approve": true}}),
    ),
    mutation(
        "registrationConfirm",
        Target::RegistrationProposed,
        Action::RegistrationDecide,
        "mutation($input: RegistrationConfirmInput!) { registrationConfirm(input: $input) {
            registrations { name { en } } problems { code path message } } }",
        |id| json!({"input": {"proposalId": id, "confirm": true}}),
    ),
];

/// The registration of the demonstration, and another that the second operator proposed to let in.
pub(super) async fn arranged(world: &World) -> [(Target, (Uuid, Uuid)); 2] {
    let operator = world.actor("operator@plumbline.example").await;
    let second = world.actor("operator2@plumbline.example").await;
    let waiting: Uuid = sqlx::query_scalar("select registration_id from identity.registrations")
        .fetch_one(world.sql())
        .await
        .unwrap();
    let proposed: Uuid = sqlx::query_scalar(
        "insert into identity.registrations (registration_id, content_sha256, kind, name_en, name_zh, person, email,
             notice_version, expires_at, confirmed_at, password_hash)
         select gen_random_uuid(), '', 'funder', 'Pear Fund', '梨子基金', 'HO', 'ho@pear.example', '1', now(), now(), 'x'
         returning registration_id",
    )
    .fetch_one(world.sql())
    .await
    .unwrap();
    let proposed: Uuid = sqlx::query_scalar(
        "insert into identity.registration_proposals
             (proposal_id, registration_id, approve, reason_code, reason, proposed_by, alone)
         values (gen_random_uuid(), $1, true, 'checked', '', $2, false) returning proposal_id",
    )
    .bind(proposed)
    .bind(second.user.0)
    .fetch_one(world.sql())
    .await
    .unwrap();
    let tenant = operator.tenant.0;
    [
        (Target::Registration, (waiting, tenant)),
        (Target::RegistrationProposed, (proposed, tenant)),
    ]
}
