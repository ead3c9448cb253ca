//! Every route in one place. What is not listed belongs to the web app.
use axum::{
    Router, middleware,
    routing::{get, post},
};
use tower_http::compression::CompressionLayer;

use crate::{
    account, auth, endpoint, files, headers, health, invitation, pages, paper_files, passkeys,
    personal_data, provider, registration, reset, rule_files, second_step, socket,
    state::{ApiState, App},
    supporting_files, tokens,
};

/// The routes of the product.
pub fn router(state: ApiState) -> Router {
    let api = Router::new()
        .route("/graphql", post(endpoint::graphql))
        .route("/graphql/ws", get(socket::open))
        .route("/auth/login", post(auth::login))
        .route("/auth/logout", post(auth::logout))
        .route("/auth/switch", post(auth::switch))
        .route("/auth/demo", get(auth::demo))
        .route("/auth/ways", get(provider::ways))
        .route("/auth/provider", get(provider::own))
        .route("/auth/provider/begin", post(provider::begin))
        .route("/auth/provider/back", get(provider::back))
        .route("/auth/provider/code", post(provider::code))
        .route("/auth/provider/link", post(provider::link))
        .route("/auth/provider/unlink", post(provider::unlink))
        .route("/auth/passkeys", get(passkeys::list))
        .route("/auth/passkeys/begin", post(passkeys::begin))
        .route("/auth/passkeys/sign-in", post(passkeys::sign_in))
        .route("/auth/passkeys/add/begin", post(passkeys::add_begin))
        .route("/auth/passkeys/add", post(passkeys::add))
        .route("/auth/passkeys/remove", post(passkeys::remove))
        .route("/auth/password", post(account::password))
        .route("/auth/sessions", get(account::sessions))
        .route("/auth/sessions/end", post(account::end))
        .route("/auth/personal-data", post(personal_data::take))
        .route("/auth/erase", post(personal_data::erase))
        .route("/auth/invitation", post(invitation::read))
        .route("/auth/invitation/accept", post(invitation::accept))
        .route("/auth/register", post(registration::ask))
        .route("/auth/registration", post(registration::read))
        .route("/auth/registration/accept", post(registration::accept))
        .route("/auth/reset/ask", post(reset::ask))
        .route("/auth/reset", post(reset::set))
        .route("/auth/second-step", get(second_step::state))
        .route("/auth/second-step/begin", post(second_step::begin))
        .route("/auth/second-step/confirm", post(second_step::confirm))
        .route("/auth/second-step/recovery", post(second_step::recovery))
        .route("/auth/second-step/end", post(second_step::end))
        .route("/auth/tokens", get(tokens::list).post(tokens::make))
        .route("/auth/tokens/end", post(tokens::end))
        .route(
            "/files/value-map/{file}",
            get(files::value_map_export).post(files::value_map_import),
        )
        .route(
            "/files/rules/draft/{file}",
            get(rule_files::draft_export).post(rule_files::draft_import),
        )
        .route(
            "/files/rules/version/{programme}/{file}",
            get(rule_files::version_export),
        )
        .route(
            "/files/cost-plan/{file}",
            get(files::cost_plan_export).post(files::cost_plan_import),
        )
        .route("/files/shortlist/{file}", get(paper_files::shortlist))
        .route("/files/letters/{file}", get(paper_files::letter))
        .route("/files/appeals/{file}", get(paper_files::appeal))
        .route("/files/audit/trail.jsonl", get(paper_files::audit_trail))
        .route("/files/upload/{grant}", post(supporting_files::upload))
        .route("/files/get/{grant}", get(supporting_files::download))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .layer(middleware::map_response(headers::never_stored));
    Router::new()
        .merge(api)
        .fallback(pages::page)
        .layer(CompressionLayer::new())
        .layer(middleware::map_response(headers::secure))
        .with_state(App::new(state))
}
