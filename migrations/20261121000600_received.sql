-- The funder's side: delivered copies, runs, reviews, rankings, decisions. Counterparties are plain
-- columns, not foreign keys, so that every key starts with the tenant.
create table tenant.received_submissions (
    tenant_id           uuid not null,
    submission_id       uuid not null,
    round_id            uuid not null,
    applicant_tenant_id uuid not null,
    application_id      uuid not null,
    reference           text not null,
    version_no          integer not null,
    document            text not null,
    sha256              text not null,
    received_at         timestamptz not null,
    applicant_en        text not null,
    applicant_zh        text not null,
    size_band           text not null,
    title_en            text not null,
    title_zh            text not null,
    ask                 numeric(20, 6) not null,
    total_cost          numeric(20, 6) not null,
    withdrawn           boolean not null default false,
    constraint received_submissions_pkey primary key (tenant_id, submission_id),
    constraint received_submissions_version_key unique (tenant_id, application_id, version_no),
    constraint received_submissions_size_known check (size_band in ('small', 'medium', 'large'))
);
create index received_by_round on tenant.received_submissions (tenant_id, round_id, reference);
call system.protect('tenant.received_submissions', 'append');

-- One cell of money: budget line × financial year × source, as asked, recommended, approved, revised, actual.
create table tenant.money_cells (
    tenant_id      uuid not null,
    submission_id  uuid not null,
    stage          text not null,
    stage_no       integer not null,      -- a later decision writes the next number; nothing is overwritten
    line_id        text not null,
    financial_year text not null,
    source         text not null,
    amount         numeric(20, 6) not null,
    constraint money_cells_pkey
        primary key (tenant_id, submission_id, stage, stage_no, line_id, financial_year, source),
    constraint money_cells_submission_fkey foreign key (tenant_id, submission_id)
        references tenant.received_submissions (tenant_id, submission_id),
    constraint money_cells_stage_known
        check (stage in ('asked', 'recommended', 'approved', 'revised', 'actual')),
    constraint money_cells_whole_cents check (amount = round(amount, 2))
);
call system.protect('tenant.money_cells', 'append');

-- Shares of a project over districts and service areas: each kind sums to exactly 1.
create table tenant.submission_shares (
    tenant_id     uuid not null,
    submission_id uuid not null,
    kind          text not null,
    code          text not null,
    share         numeric(7, 6) not null,
    constraint submission_shares_pkey primary key (tenant_id, submission_id, kind, code),
    constraint submission_shares_submission_fkey foreign key (tenant_id, submission_id)
        references tenant.received_submissions (tenant_id, submission_id),
    constraint submission_shares_kind_known check (kind in ('district', 'service_area')),
    constraint submission_shares_range check (share > 0 and share <= 1)
);
call system.protect('tenant.submission_shares', 'append');

-- A run is evidence: what went in, under which rules and engine, what came out. A second run of the
-- same input by the same engine is the same run.
create table tenant.runs (
    tenant_id       uuid not null,
    run_id          uuid not null,
    kind            text not null,
    subject_id      uuid not null,
    input           text not null,
    input_hash      text not null,
    ruleset_id      text not null,
    ruleset_version text not null,
    convention      text not null,
    engine          text not null,
    engine_version  text not null,
    output          text not null,
    created_at      timestamptz not null default clock_timestamp(),
    constraint runs_pkey primary key (tenant_id, run_id),
    constraint runs_once unique (tenant_id, kind, subject_id, input_hash, engine_version),
    constraint runs_kind_known check (kind in ('eligibility', 'sroi', 'costshare', 'procurement', 'rank', 'select'))
);
create index runs_by_subject on tenant.runs (tenant_id, subject_id, kind, run_id desc);
call system.protect('tenant.runs', 'append');
create trigger runs_unchanged before update or delete on tenant.runs
    for each row execute function system.refuse_change();

create table tenant.reviews (
    tenant_id     uuid not null,
    review_id     uuid not null,
    submission_id uuid not null,
    reviewer_id   uuid not null,
    reviewer_name text not null,
    state         text not null,
    comment       text not null default '',
    version       integer not null default 1,
    updated_at    timestamptz not null default clock_timestamp(),
    constraint reviews_pkey primary key (tenant_id, review_id),
    constraint reviews_once unique (tenant_id, submission_id, reviewer_id),
    constraint reviews_submission_fkey foreign key (tenant_id, submission_id)
        references tenant.received_submissions (tenant_id, submission_id),
    constraint reviews_state_known check (state in ('open', 'submitted', 'conflict'))
);
call system.protect('tenant.reviews', 'edit');

-- Scores are kept per version of the review; the latest version counts.
create table tenant.review_scores (
    tenant_id uuid not null,
    review_id uuid not null,
    version   integer not null,
    dimension text not null,
    level     smallint not null,
    comment   text not null default '',
    constraint review_scores_pkey primary key (tenant_id, review_id, version, dimension),
    constraint review_scores_review_fkey foreign key (tenant_id, review_id)
        references tenant.reviews (tenant_id, review_id),
    constraint review_scores_level_range check (level between 0 and 5)
);
call system.protect('tenant.review_scores', 'append');

-- A ranking is a proposal until a named person adopts it.
create table tenant.rankings (
    tenant_id       uuid not null,
    ranking_id      uuid not null,
    round_id        uuid not null,
    rank_run_id     uuid not null,
    select_run_id   uuid,
    provisional     boolean not null,
    computed_at     timestamptz not null default clock_timestamp(),
    adopted_by      uuid,
    adopted_by_name text,
    adopted_at      timestamptz,
    constraint rankings_pkey primary key (tenant_id, ranking_id),
    constraint rankings_rank_run_fkey foreign key (tenant_id, rank_run_id)
        references tenant.runs (tenant_id, run_id),
    constraint rankings_select_run_fkey foreign key (tenant_id, select_run_id)
        references tenant.runs (tenant_id, run_id),
    constraint rankings_adopted_whole check ((adopted_by is null) = (adopted_at is null))
);
create index rankings_by_round on tenant.rankings (tenant_id, round_id, ranking_id desc);
call system.protect('tenant.rankings', 'edit');

-- Decisions are a chain: each supersedes the one before, and none is ever changed.
create table tenant.decisions (
    tenant_id         uuid not null,
    decision_id       uuid not null,
    submission_id     uuid not null,
    sequence          integer not null,
    supersedes        uuid,
    outcome           text not null,
    amount            numeric(20, 6) not null,
    reason_codes      text[] not null,
    reason            text not null,
    conditions        text not null default '',
    departs_from_rank boolean not null,
    decided_by        uuid not null,
    decided_by_name   text not null,
    decided_at        timestamptz not null default clock_timestamp(),
    constraint decisions_pkey primary key (tenant_id, decision_id),
    -- Two people deciding at once cannot fork the chain.
    constraint decisions_chain_key unique (tenant_id, submission_id, sequence),
    constraint decisions_submission_fkey foreign key (tenant_id, submission_id)
        references tenant.received_submissions (tenant_id, submission_id),
    constraint decisions_supersedes_fkey foreign key (tenant_id, supersedes)
        references tenant.decisions (tenant_id, decision_id),
    constraint decisions_outcome_known check (outcome in ('approve', 'approve_in_part', 'reserve', 'decline')),
    constraint decisions_first_or_follows check ((sequence = 1) = (supersedes is null)),
    constraint decisions_reason_given check (length(btrim(reason)) > 0),
    constraint decisions_amount_range check (amount >= 0)
);
call system.protect('tenant.decisions', 'append');
create trigger decisions_unchanged before update or delete on tenant.decisions
    for each row execute function system.refuse_change();
