//! One public function per thing a person or a job can do: authorise, load, ask a pure calculator,
//! save, and commit with an audit entry and the work that follows. Someone who wants to know what
//! happens on submit reads `submit.rs`.
//!
//! This crate must never speak HTTP, GraphQL or SQL, and never run a job itself.

mod account;
mod appeal;
mod appeal_bundle;
mod application_read;
mod application_start;
mod apportion;
mod assembly;
mod assessment;
mod assurance;
mod audit_trail;
mod breached;
mod budget;
mod conflict;
mod context;
mod cost_plan;
mod cost_plan_workbook;
mod cost_question;
mod decision;
mod decision_confirm;
mod decision_pay;
mod desk;
mod document;
mod draft;
mod engines;
mod erasure;
mod error;
mod evaluate_sroi;
mod exempt_schemes;
mod explore;
mod facts;
mod fairness;
mod file_download;
mod file_grant;
mod file_remove;
mod file_settle;
mod file_store;
mod file_upload;
mod files;
mod funding_levels;
mod inbox;
mod invitation_accept;
mod labels;
mod letter;
mod mail;
mod mail_words;
mod map_change;
mod names;
mod notices;
mod organisation_facts;
mod outturn;
mod panel;
mod panel_settings;
mod paper;
mod passkey;
mod passkey_sign_in;
mod password;
mod password_reset;
mod password_strength;
mod people;
mod person_key;
mod personal_export;
mod progress;
mod provider;
mod provider_link;
mod provider_sign_in;
mod proxies;
mod proxy_decide;
mod proxy_entry;
mod proxy_propose;
mod proxy_snapshot;
mod purchase_act;
mod purchase_analysis;
mod purchase_book;
mod purchase_content;
mod purchase_funds;
mod purchase_policy;
mod purchase_read;
mod rank_question;
mod rank_round;
mod rank_scores;
mod ranking_adopt;
mod ranking_moves;
mod ranking_trial;
mod reading;
mod registration;
mod registration_decide;
mod replay;
mod report_sector;
mod rescreen;
mod retention;
mod review;
mod rounds;
mod rule_catalogue;
mod rule_check;
mod rule_difference;
mod rule_draft;
mod rule_files;
mod rule_publish;
mod rule_ranking;
mod rule_rubric;
mod rule_trial;
mod rulebooks;
mod screen;
mod second_step;
mod section_check;
mod section_save;
mod sector;
mod seed;
mod session_begin;
mod session_place;
mod settings;
mod shortlist;
mod shortlist_parts;
mod shortlist_rows;
mod sign_in;
mod sroi_read;
mod submit;
mod tenant_make;
mod tokens;
mod value_map;
mod value_map_workbook;
mod views;
mod views_files;
mod views_funder;
mod views_panel;
mod views_people;
mod views_proxy;
mod views_purchase;
mod views_redress;
mod views_rules;
mod views_sroi;
mod weights_pairs;
mod withdraw;
mod workload;

pub use account::{SessionEnding, SessionView, password_change, sessions_end, sessions_own};
pub use appeal::{AppealDecideInput, appeal_decide, appeal_send, redress};
pub use appeal_bundle::appeal_bundle;
pub use application_read::{
    application, application_progress, application_submission, application_timeline, applications,
};
pub use application_start::application_start;
pub use apportion::apportion;
pub use assessment::{AssessmentInput, assessment_save, assessments_of, evaluate_assessed};
pub use assurance::{AssuranceInput, assurance_record, assurances_of, principles_with};
pub use attachments::FILE_BYTES_MAX;
pub use audit_trail::{
    AuditCheckView, AuditPart, AuditStateView, CheckpointLog, NoCheckpointLog, audit_check,
    audit_check_all, audit_entries, audit_export, audit_seal, audit_state,
};
pub use breached::{BreachedPasswords, NoBreachedPasswords};
pub use context::{Bell, Casework, NoBell, Secrets};
pub use cost_plan::{CostPlanInput, CostPlanSubject, CostPlanView, cost_plan};
pub use cost_plan_workbook::{cost_plan_export, cost_plan_import};
pub use decision::{DecisionInput, decision_record};
pub use decision_confirm::{ProposalState, decision_confirm};
pub use desk::{DecidingView, deciding, desk_tasks};
pub use draft::{Draft, application_preview, draft, drafts};
pub use eligibility::OPERATORS as RULE_OPERATORS;
pub use erasure::{person_erase, person_erase_own};
pub use error::{CaseError, CaseResult};
pub use evaluate_sroi::evaluate_sroi;
pub use exempt_schemes::{ExemptSchemesLoaded, exempt_schemes_load};
pub use explore::{SroiCopy, SroiExploreInput, SroiSubject, sroi_explore};
pub use fairness::fairness;
pub use file_download::file_fetch;
pub use file_grant::{FileAnnounced, file_download_grant, file_upload_grant};
pub use file_remove::file_remove;
pub use file_settle::file_settle;
pub use file_store::{Files, FilesError, NoFiles, NoVerdict, Scanned, Scanner};
pub use file_upload::file_receive;
pub use files::{application_files, file_rules, received_files};
pub use funding_levels::{FundingLevelInput, funding_levels_of, funding_levels_save};
pub use inbox::{decisions_of, inbox, progress_of, received, reviews_of, runs_of};
pub use invitation_accept::{Joining, invitation_accept, invitation_read};
pub use letter::{letter_preview, letter_send};
pub use mail::{Mail, Mailer, NoMailer, Sending, mail_send_due};
pub use names::names_read;
pub use notices::{
    AgreementView, NoticeLoaded, NoticeSectionView, NoticeView, notice_agree, notice_load, notices,
    notices_agreed,
};
pub use organisation_facts::{OrganisationFactsLoaded, organisation_facts_load};
pub use outturn::{evaluate_outturn, outturn, outturn_save, outturn_send, outturns_of};
pub use panel::panel;
pub use paper::{PaperKind, letter_export, shortlist_export};
pub use passkey::{
    PasskeyAdded, PasskeyQuestion, PasskeyView, passkey_add, passkey_add_begin, passkey_remove,
    passkeys_own, passkeys_place,
};
pub use passkey_sign_in::{passkey_sign_in, passkey_sign_in_begin};
pub use password::{hash_password, verify_password};
pub use password_reset::{password_reset, password_reset_ask};
pub use people::{
    InvitationInput, invitation_confirm, invitation_send, invitation_withdraw, membership_answer,
    membership_change, membership_end, people,
};
pub use person_key::field_keys_rewrap;
pub use personal_export::personal_data_export;
pub use procurement::policy::{
    Action as PurchaseStep, Block, BlockCode, Deed, Stage as PurchaseStage,
};
pub use progress::{ProgressSubject, progress_since};
pub use provider::{
    IdentityProvider, ProviderAnswer, ProviderError, ProviderJourney, ProviderVisit,
};
pub use provider_link::{
    ProviderLinkView, provider_link_begin, provider_link_own, provider_unlink,
};
pub use provider_sign_in::{
    ProviderBack, ProviderOutcome, provider_back, provider_code, provider_label,
    provider_sign_in_begin,
};
pub use proxies::{proxies_search, proxy_history, proxy_proposals};
pub use proxy_decide::proxy_decide;
pub use proxy_entry::ProxyEntry;
pub use proxy_propose::proxy_propose;
pub use purchase_act::{PurchaseActInput, PurchaseRequestInput, purchase_act, purchase_request};
pub use purchase_analysis::purchase_analysis;
pub use purchase_funds::FundedLine;
pub use purchase_policy::{purchase_policy, purchase_policy_check, purchase_policy_save};
pub use purchase_read::{purchase, purchase_book, purchase_check};
pub use rank_round::rank_round;
pub use ranking_adopt::ranking_adopt;
pub use ranking_moves::{ranking_moves, rankings_of};
pub use ranking_trial::ranking_trial;
pub use registration::{
    IdentifierTypeView, RegistrationInput, RegistrationOpenView, identifier_types,
    registration_accept, registration_ask, registration_read,
};
pub use registration_decide::{
    AlikeView, RegistrationAnswerInput, RegistrationProposalView, RegistrationView,
    registration_answer, registration_confirm, registrations,
};
pub use replay::{Replay, replay_run};
pub use report_sector::report_sector;
pub use rescreen::{rescreening, round_rules_apply};
pub use retention::personal_data_expire;
pub use review::{ReviewInput, review_declare_conflict, review_save};
pub use rounds::{
    programmes, reference, round, round_close, round_counts, round_rank, rounds, rounds_of,
};
pub use rule_difference::{RuleSide, rule_difference};
pub use rule_draft::{rule_draft_discard, rule_draft_save, rule_draft_start};
pub use rule_files::{RuleFileKind, rules_export, rules_import};
pub use rule_publish::{RulePublishInput, rule_draft_publish};
pub use rule_trial::rule_trial;
pub use rulebooks::{rule_draft, rule_vocabulary, rulebook, rulebooks};
pub use screen::screen;
pub use second_step::{
    SecondStepBegun, SecondStepSetup, SecondStepView, recovery_codes_renew, second_step,
    second_step_begin, second_step_confirm, second_step_end,
};
pub use section_save::section_save;
pub use sector::sector_report;
pub use seed::{SeedError, SeedSummary, SeedTarget, seed};
pub use session_begin::{Browser, SignedIn};
pub use shortlist::shortlist;
pub use sign_in::{
    SignInError, SignInInput, demo_users, me, server_time, session_actor, sign_in, sign_out,
    switch_tenant,
};
pub use sroi::{MethodStep, method};
pub use store::audit::{FoundEntry, Looking as AuditLooking};
pub use store::work::WorkStats;
pub use submit::application_submit;
pub use tenant_make::{TenantInput, tenant_make};
pub use tokens::{
    TokenInput, TokenMade, TokenView, token_actor, token_end, token_make, token_scopes, tokens_own,
};
pub use value_map_workbook::{WorkbookView, value_map_export, value_map_import};
pub use views::*;
pub use views_files::*;
pub use views_funder::*;
pub use views_panel::*;
pub use views_people::*;
pub use views_proxy::*;
pub use views_purchase::*;
pub use views_redress::*;
pub use views_rules::*;
pub use views_sroi::*;
pub use weights_pairs::weights_from_pairs;
pub use withdraw::application_withdraw;
pub use workbook::Language;
pub use workload::workload;
