//! One public function per thing a person or a job can do: authorise, load, ask a pure calculator,
//! save, and commit with an audit entry and the work that follows. Someone who wants to know what
//! happens on submit reads `submit.rs`.
//!
//! This crate must never speak HTTP, GraphQL or SQL, and never run a job itself.

mod application_read;
mod application_start;
mod apportion;
mod assembly;
mod assessment;
mod assurance;
mod budget;
mod context;
mod cost_plan;
mod cost_plan_workbook;
mod cost_question;
mod decision;
mod document;
mod engines;
mod error;
mod evaluate_sroi;
mod exempt_schemes;
mod explore;
mod facts;
mod inbox;
mod labels;
mod map_change;
mod outturn;
mod password;
mod preview;
mod progress;
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
mod rank_round;
mod ranking_adopt;
mod replay;
mod report_sector;
mod rescreen;
mod review;
mod rounds;
mod rule_catalogue;
mod rule_check;
mod rule_difference;
mod rule_draft;
mod rule_files;
mod rule_publish;
mod rule_trial;
mod rulebooks;
mod screen;
mod section_check;
mod section_save;
mod sector;
mod seed;
mod settings;
mod shortlist;
mod sign_in;
mod sroi_read;
mod submit;
mod value_map;
mod value_map_workbook;
mod views;
mod views_funder;
mod views_proxy;
mod views_purchase;
mod views_rules;
mod views_sroi;
mod withdraw;
mod workload;

pub use application_read::{
    application, application_facts, application_progress, application_sections,
    application_submission, application_timeline, applications,
};
pub use application_start::application_start;
pub use apportion::apportion;
pub use assessment::{AssessmentInput, assessment_save, assessments_of, evaluate_assessed};
pub use assurance::{AssuranceInput, assurance_record, assurances_of, principles_with};
pub use context::{Bell, Casework, NoBell, Secrets};
pub use cost_plan::{CostPlanInput, CostPlanSubject, CostPlanView, cost_plan};
pub use cost_plan_workbook::{cost_plan_export, cost_plan_import};
pub use decision::{DecisionInput, decision_record};
pub use eligibility::OPERATORS as RULE_OPERATORS;
pub use error::{CaseError, CaseResult};
pub use evaluate_sroi::evaluate_sroi;
pub use exempt_schemes::{ExemptSchemesLoaded, exempt_schemes_load};
pub use explore::{SroiCopy, SroiExploreInput, SroiSubject, sroi_explore};
pub use inbox::{decisions_of, inbox, progress_of, received, reviews_of, runs_of};
pub use outturn::{evaluate_outturn, outturn, outturn_save, outturn_send, outturns_of};
pub use password::{hash_password, verify_password};
pub use preview::application_preview;
pub use procurement::policy::{
    Action as PurchaseStep, Block, BlockCode, Deed, Stage as PurchaseStage,
};
pub use progress::{ProgressSubject, progress_since};
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
pub use replay::{Replay, replay_run};
pub use report_sector::report_sector;
pub use rescreen::{rescreening, round_rules_apply};
pub use review::{ReviewInput, review_declare_conflict, review_save};
pub use rounds::{programme, reference, round, round_close, round_counts, round_rank, rounds};
pub use rule_difference::{RuleSide, rule_difference};
pub use rule_draft::{rule_draft_discard, rule_draft_save, rule_draft_start};
pub use rule_files::{RuleFileKind, rules_export, rules_import};
pub use rule_publish::{RulePublishInput, rule_draft_publish};
pub use rule_trial::rule_trial;
pub use rulebooks::{rule_draft, rule_vocabulary, rulebook, rulebooks};
pub use screen::screen;
pub use section_save::section_save;
pub use sector::sector_report;
pub use seed::{SeedError, SeedSummary, SeedTarget, seed};
pub use shortlist::shortlist;
pub use sign_in::{
    SignInError, demo_users, me, server_time, session_actor, sign_in, sign_out, switch_tenant,
};
pub use sroi::{MethodStep, method};
pub use store::work::WorkStats;
pub use submit::application_submit;
pub use value_map_workbook::{WorkbookView, value_map_export, value_map_import};
pub use views::*;
pub use views_funder::*;
pub use views_proxy::*;
pub use views_purchase::*;
pub use views_rules::*;
pub use views_sroi::*;
pub use withdraw::application_withdraw;
pub use workbook::Language;
pub use workload::workload;
