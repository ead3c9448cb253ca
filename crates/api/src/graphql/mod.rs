//! The schema: one folder per domain, put together here, with its limits.
mod charge;
mod engine;
mod limits;
mod loaders;
mod names;
mod reads;
mod scalars;
mod types;

mod application;
mod audit;
mod cost;
mod files;
mod notices;
mod panel;
mod people;
mod proxies;
mod purchases;
mod received;
mod registrations;
mod round;
mod rules;
mod sector;
mod session;
mod shortlist;
mod sroi;
mod work;

use async_graphql::{MergedObject, SDLExportOptions, SchemaBuilder};

pub(crate) use limits::{DOCUMENT_ID, FreeDocument, OverSocket};
pub(crate) use loaders::loaders;
pub(crate) use names::names;
pub(crate) use work::LiveSession;
use work::WorkSubscription;

/// Fields inside fields. The deepest screen needs ten.
const DEPTH_MAX: usize = 14;
/// Sum over fields, each weighed by the length of the lists it stands in.
const COMPLEXITY_MAX: usize = 20_000;
/// Selection sets inside selection sets, fragments counted.
const RECURSION_MAX: usize = 32;
/// Directives on one field; the document as a whole has a limit of its own.
const FIELD_DIRECTIVES_MAX: usize = 8;

/// What can be asked.
#[derive(MergedObject, Default)]
pub(crate) struct Query(
    session::SessionQuery,
    round::RoundQuery,
    application::ApplicationQuery,
    received::ReceivedQuery,
    shortlist::ShortlistQuery,
    panel::PanelQuery,
    sector::SectorQuery,
    sroi::SroiQuery,
    cost::CostQuery,
    work::WorkQuery,
    proxies::ProxiesQuery,
    rules::RulesQuery,
    purchases::PurchasesQuery,
    audit::AuditQuery,
    people::PeopleQuery,
    notices::NoticesQuery,
    registrations::RegistrationsQuery,
);

/// What can be done.
#[derive(MergedObject, Default)]
pub(crate) struct Mutation(
    application::ApplicationMutation,
    application::OutturnMutation,
    files::FilesMutation,
    received::ReceivedMutation,
    received::AssessmentMutation,
    round::RoundMutation,
    shortlist::ShortlistMutation,
    panel::PanelMutation,
    proxies::ProxiesMutation,
    rules::RulesMutation,
    purchases::PurchasesMutation,
    people::PeopleMutation,
    notices::NoticesMutation,
    registrations::RegistrationsMutation,
);

pub(crate) type Schema = async_graphql::Schema<Query, Mutation, WorkSubscription>;

/// What the heaviest operation that is taken comes to.
pub(crate) fn complexity_max() -> u64 {
    u64::try_from(COMPLEXITY_MAX).unwrap_or(u64::MAX)
}

/// The schema with its limits.
pub(crate) fn schema(introspection: bool) -> Schema {
    let builder = builder()
        .extension(limits::DocumentLimits)
        .extension(charge::Charged)
        .limit_depth(DEPTH_MAX)
        .limit_complexity(COMPLEXITY_MAX)
        .limit_recursive_depth(RECURSION_MAX)
        .limit_directives(FIELD_DIRECTIVES_MAX);
    if introspection {
        builder.finish()
    } else {
        builder
            .disable_introspection()
            .disable_suggestions()
            .finish()
    }
}

fn builder() -> SchemaBuilder<Query, Mutation, WorkSubscription> {
    Schema::build(Query::default(), Mutation::default(), WorkSubscription)
}

/// The schema in its definition language, for `plumbline schema`.
pub fn schema_sdl() -> String {
    let options = SDLExportOptions::new().prefer_single_line_descriptions();
    builder().finish().sdl_with_options(options)
}

#[cfg(test)]
mod tests;
