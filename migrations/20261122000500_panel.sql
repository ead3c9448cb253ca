-- What a funder answers for: how a ranking was read, decisions that two people make, levels of part
-- funding, letters, and appeals.

alter table tenant.runs drop constraint runs_kind_known;
alter table tenant.runs add constraint runs_kind_known check (kind in
    ('eligibility', 'sroi', 'sroi_assessed', 'sroi_outturn', 'costshare', 'procurement',
     'rank', 'rank_beside', 'severity', 'select'));

-- severity: how strictly each reviewer scores. beside: the ranking on the other reading of the reviews.
alter table tenant.rankings
    add column severity_run_id uuid,
    add column beside_run_id uuid,
    add constraint rankings_severity_run_fkey foreign key (tenant_id, severity_run_id)
        references tenant.runs (tenant_id, run_id),
    add constraint rankings_beside_run_fkey foreign key (tenant_id, beside_run_id)
        references tenant.runs (tenant_id, run_id);

alter table tenant.decisions
    add column departure_reason text not null default '',
    add column confirmed_by uuid,
    add column confirmed_by_name text,
    add constraint decisions_confirmed_whole check ((confirmed_by is null) = (confirmed_by_name is null)),
    add constraint decisions_two_people check (confirmed_by <> decided_by),
    -- Decisions of before this rule stand as they were recorded.
    add constraint decisions_departure_said
        check (not departs_from_rank or length(btrim(departure_reason)) > 0) not valid;

-- A decision that needs a second person: without effect until somebody else confirms it.
create table tenant.decision_proposals (
    tenant_id         uuid not null,
    proposal_id       uuid not null,
    submission_id     uuid not null,
    follows           uuid,
    outcome           text not null,
    amount            numeric(20, 6) not null,
    lines             jsonb not null,
    reason_codes      text[] not null,
    reason            text not null,
    conditions        text not null,
    departs_from_rank boolean not null,
    departure_reason  text not null,
    proposed_by       uuid not null,
    proposed_by_name  text not null,
    proposed_at       timestamptz not null default clock_timestamp(),
    constraint decision_proposals_pkey primary key (tenant_id, proposal_id),
    constraint decision_proposals_submission_fkey foreign key (tenant_id, submission_id)
        references tenant.received_submissions (tenant_id, submission_id),
    constraint decision_proposals_follows_fkey foreign key (tenant_id, follows)
        references tenant.decisions (tenant_id, decision_id),
    constraint decision_proposals_reason_given check (length(btrim(reason)) > 0),
    constraint decision_proposals_departure_said
        check (not departs_from_rank or length(btrim(departure_reason)) > 0)
);
create index decision_proposals_by_submission on tenant.decision_proposals (tenant_id, submission_id, proposal_id);
call system.protect('tenant.decision_proposals', 'append');
create trigger decision_proposals_unchanged before update or delete on tenant.decision_proposals
    for each row execute function system.refuse_change();

-- Once per proposal, by another person than the one who proposed.
create table tenant.decision_answers (
    tenant_id        uuid not null,
    proposal_id      uuid not null,
    confirmed        boolean not null,
    note             text not null,
    answered_by      uuid not null,
    answered_by_name text not null,
    answered_at      timestamptz not null default clock_timestamp(),
    constraint decision_answers_pkey primary key (tenant_id, proposal_id),
    constraint decision_answers_proposal_fkey foreign key (tenant_id, proposal_id)
        references tenant.decision_proposals (tenant_id, proposal_id),
    constraint decision_answers_note_given check (confirmed or length(btrim(note)) > 0)
);
call system.protect('tenant.decision_answers', 'append');
create trigger decision_answers_unchanged before update or delete on tenant.decision_answers
    for each row execute function system.refuse_change();
create function system.refuse_own_answer() returns trigger
    language plpgsql
    as $$ begin
        if exists (select from tenant.decision_proposals p
                   where p.tenant_id = new.tenant_id and p.proposal_id = new.proposal_id
                     and p.proposed_by = new.answered_by) then
            raise exception 'a proposal is answered by another person'
                using errcode = 'check_violation', constraint = 'decision_answers_other_person';
        end if;
        return new;
    end $$;
create trigger decision_answers_other_person before insert on tenant.decision_answers
    for each row execute function system.refuse_own_answer();

-- Less than full funding that the funder holds possible, by version: what it costs and what it still brings.
create table tenant.funding_levels (
    tenant_id     uuid not null,
    submission_id uuid not null,
    version       integer not null,
    levels        jsonb not null,
    saved_by      uuid not null,
    saved_by_name text not null,
    saved_at      timestamptz not null default clock_timestamp(),
    -- Two people saving at once cannot both be the next version.
    constraint funding_levels_pkey primary key (tenant_id, submission_id, version),
    constraint funding_levels_submission_fkey foreign key (tenant_id, submission_id)
        references tenant.received_submissions (tenant_id, submission_id),
    constraint funding_levels_version_positive check (version > 0)
);
call system.protect('tenant.funding_levels', 'append');
create trigger funding_levels_unchanged before update or delete on tenant.funding_levels
    for each row execute function system.refuse_change();

-- The letter of a decision, as sent; the applicant holds the same text.
create table tenant.letters (
    tenant_id     uuid not null,
    letter_id     uuid not null,
    submission_id uuid not null,
    decision_id   uuid not null,
    document      text not null,
    sha256        text not null,
    sent_by       uuid not null,
    sent_by_name  text not null,
    sent_at       timestamptz not null,
    constraint letters_pkey primary key (tenant_id, letter_id),
    constraint letters_once unique (tenant_id, decision_id),
    constraint letters_decision_fkey foreign key (tenant_id, decision_id)
        references tenant.decisions (tenant_id, decision_id),
    constraint letters_sha256_form check (sha256 ~ '^[0-9a-f]{64}$')
);
create index letters_by_submission on tenant.letters (tenant_id, submission_id, sent_at);
call system.protect('tenant.letters', 'append');
create trigger letters_unchanged before update or delete on tenant.letters
    for each row execute function system.refuse_change();

create table tenant.delivered_letters (
    tenant_id      uuid not null,
    letter_id      uuid not null,
    application_id uuid not null,
    document       text not null,
    sha256         text not null,
    sent_at        timestamptz not null,
    constraint delivered_letters_pkey primary key (tenant_id, letter_id),
    constraint delivered_letters_application_fkey foreign key (tenant_id, application_id)
        references tenant.applications (tenant_id, application_id)
);
create index delivered_letters_by_application on tenant.delivered_letters (tenant_id, application_id, sent_at);
call system.protect('tenant.delivered_letters', 'append');
create trigger delivered_letters_unchanged before update or delete on tenant.delivered_letters
    for each row execute function system.refuse_change();

-- An appeal: the applicant's own words, and the copy that the funder decides on.
create table tenant.appeals (
    tenant_id      uuid not null,
    appeal_id      uuid not null,
    application_id uuid not null,
    grounds        text not null,
    sent_by        uuid not null,
    sent_at        timestamptz not null,
    constraint appeals_pkey primary key (tenant_id, appeal_id),
    constraint appeals_application_fkey foreign key (tenant_id, application_id)
        references tenant.applications (tenant_id, application_id),
    constraint appeals_grounds_given check (length(btrim(grounds)) > 0)
);
create index appeals_by_application on tenant.appeals (tenant_id, application_id, sent_at);
call system.protect('tenant.appeals', 'append');
create trigger appeals_unchanged before update or delete on tenant.appeals
    for each row execute function system.refuse_change();

create table tenant.received_appeals (
    tenant_id     uuid not null,
    appeal_id     uuid not null,
    submission_id uuid not null,
    decision_id   uuid not null,
    grounds       text not null,
    sha256        text not null,
    received_at   timestamptz not null,
    constraint received_appeals_pkey primary key (tenant_id, appeal_id),
    -- A decision is appealed against once.
    constraint received_appeals_once unique (tenant_id, decision_id),
    constraint received_appeals_decision_fkey foreign key (tenant_id, decision_id)
        references tenant.decisions (tenant_id, decision_id),
    constraint received_appeals_sha256_form check (sha256 ~ '^[0-9a-f]{64}$')
);
create index received_appeals_by_submission on tenant.received_appeals (tenant_id, submission_id, received_at);
call system.protect('tenant.received_appeals', 'append');
create trigger received_appeals_unchanged before update or delete on tenant.received_appeals
    for each row execute function system.refuse_change();

-- By somebody who took no part: neither decided, nor confirmed, nor scored, nor assessed the application.
create table tenant.appeal_decisions (
    tenant_id       uuid not null,
    appeal_id       uuid not null,
    outcome         text not null,
    reason          text not null,
    bundle_sha256   text not null,
    decided_by      uuid not null,
    decided_by_name text not null,
    decided_at      timestamptz not null,
    constraint appeal_decisions_pkey primary key (tenant_id, appeal_id),
    constraint appeal_decisions_appeal_fkey foreign key (tenant_id, appeal_id)
        references tenant.received_appeals (tenant_id, appeal_id),
    constraint appeal_decisions_outcome_known check (outcome in ('upheld', 'dismissed')),
    constraint appeal_decisions_reason_given check (length(btrim(reason)) > 0),
    constraint appeal_decisions_bundle_form check (bundle_sha256 ~ '^[0-9a-f]{64}$')
);
call system.protect('tenant.appeal_decisions', 'append');
create trigger appeal_decisions_unchanged before update or delete on tenant.appeal_decisions
    for each row execute function system.refuse_change();

-- Everybody who had a hand in the decisions on one application.
create function tenant.took_part(p_submission uuid, p_person uuid) returns boolean
    language sql stable set search_path = pg_catalog
    as $$
    select exists (
        select from tenant.decisions d
        where d.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
          and d.submission_id = p_submission and p_person in (d.decided_by, d.confirmed_by)
        union all
        select from tenant.decision_proposals p
        where p.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
          and p.submission_id = p_submission and p.proposed_by = p_person
        union all
        select from tenant.reviews r
        where r.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
          and r.submission_id = p_submission and r.reviewer_id = p_person
        union all
        select from tenant.assessments a
        where a.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
          and a.submission_id = p_submission and a.made_by = p_person)
$$;
create function system.refuse_own_appeal() returns trigger
    language plpgsql
    as $$ begin
        if tenant.took_part((select r.submission_id from tenant.received_appeals r
                             where r.tenant_id = new.tenant_id and r.appeal_id = new.appeal_id),
                            new.decided_by) then
            raise exception 'an appeal is decided by somebody who took no part'
                using errcode = 'check_violation', constraint = 'appeal_decisions_other_person';
        end if;
        return new;
    end $$;
create trigger appeal_decisions_other_person before insert on tenant.appeal_decisions
    for each row execute function system.refuse_own_appeal();

-- The applicant's copy of the answer.
create table tenant.delivered_appeal_decisions (
    tenant_id  uuid not null,
    appeal_id  uuid not null,
    outcome    text not null,
    reason     text not null,
    decided_at timestamptz not null,
    constraint delivered_appeal_decisions_pkey primary key (tenant_id, appeal_id),
    constraint delivered_appeal_decisions_appeal_fkey foreign key (tenant_id, appeal_id)
        references tenant.appeals (tenant_id, appeal_id)
);
call system.protect('tenant.delivered_appeal_decisions', 'append');
create trigger delivered_appeal_decisions_unchanged before update or delete on tenant.delivered_appeal_decisions
    for each row execute function system.refuse_change();

-- Sends the letter of one decision, once. Null when it was sent before.
create function tenant.letter_deliver(
    p_letter uuid, p_decision uuid, p_document text, p_sha256 text, p_by uuid, p_by_name text
) returns timestamptz
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_funder uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_received record;
    v_now timestamptz := clock_timestamp();
begin
    select r.submission_id, r.applicant_tenant_id, r.application_id into strict v_received
    from tenant.decisions d join tenant.received_submissions r using (tenant_id, submission_id)
    where d.tenant_id = v_funder and d.decision_id = p_decision;
    insert into tenant.letters
        (tenant_id, letter_id, submission_id, decision_id, document, sha256, sent_by, sent_by_name, sent_at)
    values (v_funder, p_letter, v_received.submission_id, p_decision, p_document, p_sha256, p_by, p_by_name, v_now)
    on conflict on constraint letters_once do nothing;
    if not found then
        return null;
    end if;
    perform set_config('app.tenant', v_received.applicant_tenant_id::text, true);
    insert into tenant.delivered_letters (tenant_id, letter_id, application_id, document, sha256, sent_at)
    values (v_received.applicant_tenant_id, p_letter, v_received.application_id, p_document, p_sha256, v_now);
    perform set_config('app.tenant', v_funder::text, true);
    return v_now;
end $$;

-- Hands an appeal to the funder, against the decision that stands. Null when nothing was decided, or that
-- decision was appealed against before.
create function tenant.appeal_deliver(p_appeal uuid, p_application uuid, p_grounds text, p_sha256 text, p_by uuid)
    returns timestamptz
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_applicant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_funder uuid;
    v_decision record;
    v_now timestamptz := clock_timestamp();
begin
    select a.funder_tenant_id into strict v_funder
    from tenant.applications a where a.tenant_id = v_applicant and a.application_id = p_application;
    perform set_config('app.tenant', v_funder::text, true);
    select d.decision_id, d.submission_id into v_decision
    from tenant.decisions d join tenant.received_submissions r using (tenant_id, submission_id)
    where d.tenant_id = v_funder and r.application_id = p_application and r.applicant_tenant_id = v_applicant
    order by r.version_no desc, d.sequence desc limit 1;
    if v_decision.decision_id is not null then
        insert into tenant.received_appeals
            (tenant_id, appeal_id, submission_id, decision_id, grounds, sha256, received_at)
        values (v_funder, p_appeal, v_decision.submission_id, v_decision.decision_id, p_grounds, p_sha256, v_now)
        on conflict on constraint received_appeals_once do nothing;
    end if;
    if v_decision.decision_id is null or not found then
        perform set_config('app.tenant', v_applicant::text, true);
        return null;
    end if;
    perform set_config('app.tenant', v_applicant::text, true);
    insert into tenant.appeals (tenant_id, appeal_id, application_id, grounds, sent_by, sent_at)
    values (v_applicant, p_appeal, p_application, p_grounds, p_by, v_now);
    return v_now;
end $$;

-- Decides an appeal, once, and tells the applicant. Null when it was decided before.
create function tenant.appeal_answer(
    p_appeal uuid, p_outcome text, p_reason text, p_bundle_sha256 text, p_by uuid, p_by_name text
) returns timestamptz
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_funder uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_applicant uuid;
    v_now timestamptz := clock_timestamp();
begin
    select r.applicant_tenant_id into strict v_applicant
    from tenant.received_appeals a join tenant.received_submissions r using (tenant_id, submission_id)
    where a.tenant_id = v_funder and a.appeal_id = p_appeal;
    insert into tenant.appeal_decisions
        (tenant_id, appeal_id, outcome, reason, bundle_sha256, decided_by, decided_by_name, decided_at)
    values (v_funder, p_appeal, p_outcome, p_reason, p_bundle_sha256, p_by, p_by_name, v_now)
    on conflict on constraint appeal_decisions_pkey do nothing;
    if not found then
        return null;
    end if;
    perform set_config('app.tenant', v_applicant::text, true);
    insert into tenant.delivered_appeal_decisions (tenant_id, appeal_id, outcome, reason, decided_at)
    values (v_applicant, p_appeal, p_outcome, p_reason, v_now);
    perform set_config('app.tenant', v_funder::text, true);
    return v_now;
end $$;

revoke insert on tenant.letters, tenant.delivered_letters, tenant.appeals, tenant.received_appeals,
    tenant.appeal_decisions, tenant.delivered_appeal_decisions from plumbline_app, plumbline_worker;
revoke all on function
    tenant.took_part(uuid, uuid),
    tenant.letter_deliver(uuid, uuid, text, text, uuid, text),
    tenant.appeal_deliver(uuid, uuid, text, text, uuid),
    tenant.appeal_answer(uuid, text, text, text, uuid, text) from public;
grant execute on function
    tenant.took_part(uuid, uuid),
    tenant.letter_deliver(uuid, uuid, text, text, uuid, text),
    tenant.appeal_deliver(uuid, uuid, text, text, uuid),
    tenant.appeal_answer(uuid, text, text, text, uuid, text) to plumbline_app;
