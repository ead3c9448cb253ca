//! Every field of the schema's three roots, and how it is tried. A field that is added to the schema
//! and not here fails the last test of this file.
use std::collections::BTreeSet;

use access::Action;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    file_fields::FILES, open_fields::OPEN, panel_fields::PANEL, people_fields::PEOPLE,
    purchase_fields::PURCHASES, registration_fields::REGISTRATIONS, rule_fields::RULES,
};

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Application,
    Submission,
    Round,
    Ranking,
    Run,
    Proposal,
    Programme,
    RuleDraft,
    Rescreening,
    Purchase,
    Decision,
    DecisionProposal,
    Appeal,
    File,
    ReceivedFile,
    Member,
    Invitation,
    RoleChange,
    Registration,
    /// One that another operator proposed to let in.
    RegistrationProposed,
}

/// One field that takes an id, and who may use it.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// None where the field takes no id of a tenant's.
    pub(crate) target: Option<Target>,
    pub(crate) action: Action,
    pub(crate) changes: bool,
    pub(crate) document: &'static str,
    pub(crate) variables: fn(Uuid) -> Value,
}

pub(super) fn id(id: Uuid) -> Value {
    json!({"id": id})
}

pub(super) const fn query(
    name: &'static str,
    target: Target,
    action: Action,
    document: &'static str,
) -> Field {
    Field {
        name,
        target: Some(target),
        action,
        changes: false,
        document,
        variables: id,
    }
}

pub(super) const fn mutation(
    name: &'static str,
    target: Target,
    action: Action,
    document: &'static str,
    variables: fn(Uuid) -> Value,
) -> Field {
    Field {
        name,
        target: Some(target),
        action,
        changes: true,
        document,
        variables,
    }
}

const FIELDS: [Field; 24] = [
    query(
        "application",
        Target::Application,
        Action::ApplicationRead,
        "query($id: ID!) { application(id: $id) { reference title { en } sections { content }
            organisationFacts timeline { code } progress { kind } submission { sha256 }
            outturn { content } files { name sha256 } } }",
    ),
    query(
        "inbox",
        Target::Round,
        Action::ReceivedRead,
        "query($id: ID!) { inbox(roundId: $id) { nodes { reference } } }",
    ),
    query(
        "received",
        Target::Submission,
        Action::ReceivedRead,
        "query($id: ID!) { received(id: $id) { reference document verdict { state }
            sroi { ratio assurances { findings } } sroiAssessed { ratio } sroiDifference { ratioAfter }
            assessment { content } outturn { content }
            files { name sha256 }
            costShare reviews { comment } decisions { reason } } }",
    ),
    Field {
        name: "sroiExplore",
        target: Some(Target::Submission),
        action: Action::ReceivedRead,
        changes: false,
        document: "query($input: SroiExploreInput!) { sroiExplore(input: $input) {
            simulation { p5 } problems { code path message } } }",
        variables: |id| json!({"input": {"submissionId": id, "draws": 100}}),
    },
    Field {
        name: "sroiExplore",
        target: Some(Target::Application),
        action: Action::ApplicationRead,
        changes: false,
        document: "query($input: SroiExploreInput!) { sroiExplore(input: $input) {
            simulation { p5 } problems { code path message } } }",
        variables: |id| json!({"input": {"applicationId": id, "draws": 100}}),
    },
    Field {
        name: "costPlan",
        target: Some(Target::Submission),
        action: Action::ReceivedRead,
        changes: false,
        document: "query($input: CostPlanInput!) { costPlan(input: $input) {
            plan problems { code path message } } }",
        variables: |id| json!({"input": {"submissionId": id}}),
    },
    Field {
        name: "costPlan",
        target: Some(Target::Application),
        action: Action::ApplicationRead,
        changes: false,
        document: "query($input: CostPlanInput!) { costPlan(input: $input) {
            plan problems { code path message } } }",
        variables: |id| json!({"input": {"applicationId": id}}),
    },
    query(
        "auditEntries",
        Target::Submission,
        Action::AuditRead,
        "query($id: ID!) { auditEntries(filter: {subject: $id}) { nodes { action actor detail } } }",
    ),
    mutation(
        "assessmentSave",
        Target::Submission,
        Action::AssessmentWrite,
        "mutation($input: AssessmentSaveInput!) { assessmentSave(input: $input) {
            received { id } problems { code path message } } }",
        |id| json!({"input": {"submissionId": id, "expectedVersion": 0, "changes": []}}),
    ),
    mutation(
        "assuranceRecord",
        Target::Run,
        Action::AssuranceRecord,
        "mutation($input: AssuranceRecordInput!) { assuranceRecord(input: $input) {
            received { id } problems { code path message } } }",
        |id| {
            json!({"input": {"runId": id, "assurer": "A", "organisation": "B", "scope": "C",
                             "findings": "D", "conclusion": "adverse", "assuredOn": "2026-01-05"}})
        },
    ),
    mutation(
        "outturnSave",
        Target::Application,
        Action::ApplicationEditFigures,
        "mutation($input: OutturnSaveInput!) { outturnSave(input: $input) {
            application { id } problems { code path message } } }",
        |id| json!({"input": {"applicationId": id, "content": {}, "expectedVersion": 0}}),
    ),
    mutation(
        "outturnSend",
        Target::Application,
        Action::ApplicationSubmit,
        "mutation($input: OutturnSendInput!) { outturnSend(input: $input) {
            application { id } problems { code path message } } }",
        |id| json!({"input": {"applicationId": id, "idempotencyKey": id}}),
    ),
    query(
        "shortlist",
        Target::Round,
        Action::ShortlistRead,
        "query($id: ID!) { shortlist(roundId: $id) { rankingId rows { reference score } } }",
    ),
    mutation(
        "applicationSectionSave",
        Target::Application,
        Action::ApplicationEdit,
        "mutation($input: ApplicationSectionSaveInput!) { applicationSectionSave(input: $input) {
            section { content } problems { code path message } } }",
        |id| {
            json!({"input": {"applicationId": id, "section": "project", "content": {},
                             "expectedVersion": 1}})
        },
    ),
    mutation(
        "applicationSubmit",
        Target::Application,
        Action::ApplicationSubmit,
        "mutation($input: ApplicationSubmitInput!) { applicationSubmit(input: $input) {
            application { id } problems { code path message } } }",
        |id| json!({"input": {"applicationId": id, "idempotencyKey": id}}),
    ),
    mutation(
        "applicationWithdraw",
        Target::Application,
        Action::ApplicationSubmit,
        "mutation($input: ApplicationWithdrawInput!) { applicationWithdraw(input: $input) {
            application { id } problems { code path message } } }",
        |id| json!({"input": {"applicationId": id}}),
    ),
    mutation(
        "reviewSave",
        Target::Submission,
        Action::ReviewWrite,
        "mutation($input: ReviewSaveInput!) { reviewSave(input: $input) {
            review { id } problems { code path message } } }",
        |id| {
            json!({"input": {"submissionId": id, "expectedVersion": 0, "scores": [],
                             "comment": "", "submit": false}})
        },
    ),
    mutation(
        "reviewDeclareConflict",
        Target::Submission,
        Action::ReviewWrite,
        "mutation($input: ReviewDeclareConflictInput!) { reviewDeclareConflict(input: $input) {
            review { id } problems { code path message } } }",
        |id| json!({"input": {"submissionId": id, "reason": "board member"}}),
    ),
    mutation(
        "decisionRecord",
        Target::Submission,
        Action::DecisionRecord,
        "mutation($input: DecisionRecordInput!) { decisionRecord(input: $input) {
            received { id } problems { code path message } } }",
        |id| {
            json!({"input": {"submissionId": id, "outcome": "DECLINE", "lines": [],
                             "reasonCodes": ["over_cap"], "reason": "No.", "conditions": "",
                             "idempotencyKey": id}})
        },
    ),
    mutation(
        "roundClose",
        Target::Round,
        Action::RoundManage,
        "mutation($input: RoundCloseInput!) { roundClose(input: $input) {
            round { stage } problems { code path message } } }",
        |id| json!({"input": {"roundId": id}}),
    ),
    mutation(
        "roundRank",
        Target::Round,
        Action::RoundManage,
        "mutation($input: RoundRankInput!) { roundRank(input: $input) {
            round { stage } problems { code path message } } }",
        |id| json!({"input": {"roundId": id}}),
    ),
    mutation(
        "rankingAdopt",
        Target::Ranking,
        Action::RankingAdopt,
        "mutation($input: RankingAdoptInput!) { rankingAdopt(input: $input) {
            shortlist { rankingId } problems { code path message } } }",
        |id| json!({"input": {"rankingId": id}}),
    ),
    mutation(
        "proxyDecide",
        Target::Proposal,
        Action::ProxyDecide,
        "mutation($input: ProxyDecideInput!) { proxyDecide(input: $input) {
            proposal { id } problems { code path message } } }",
        |id| json!({"input": {"proposalId": id, "approve": true, "reason": "Checked."}}),
    ),
    Field {
        name: "applications",
        target: None,
        action: Action::ApplicationRead,
        changes: false,
        document: "{ applications { nodes { id } } }",
        variables: id,
    },
];

/// Every field that is tried.
pub(crate) fn all() -> impl Iterator<Item = &'static Field> {
    FIELDS
        .iter()
        .chain(&RULES)
        .chain(&PURCHASES)
        .chain(&PANEL)
        .chain(&FILES)
        .chain(&PEOPLE)
        .chain(&REGISTRATIONS)
}

/// Field names of one root type in the schema's definition language.
fn fields_of(sdl: &str, root: &str) -> Vec<String> {
    let opening = format!("type {root} {{");
    let body = sdl.split_once(&opening).unwrap().1;
    let body = body.split_once("\n}").unwrap().0;
    let lines = body
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('"'));
    lines
        .filter_map(|line| line.split(['(', ':']).next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_field_of_the_schema_has_a_rule_here() {
    let sdl = api::schema_sdl();
    let roots = ["Query", "Mutation", "Subscription"];
    let schema: BTreeSet<String> = roots
        .into_iter()
        .flat_map(|root| fields_of(&sdl, root))
        .collect();
    let tried = all().map(|field| field.name.to_owned());
    let open = OPEN.iter().map(|(name, _)| (*name).to_owned());
    let listed: BTreeSet<String> = tried.chain(open).collect();
    assert_eq!(schema, listed);
    // A field that takes ids of two kinds is tried with each.
    let each: BTreeSet<(&str, Option<Target>)> =
        all().map(|field| (field.name, field.target)).collect();
    assert_eq!(each.len(), all().count(), "a field is listed twice");
    let open: BTreeSet<&str> = OPEN.iter().map(|(name, _)| *name).collect();
    assert!(each.iter().all(|(name, _)| !open.contains(name)));
}
