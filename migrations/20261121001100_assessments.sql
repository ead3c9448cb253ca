-- The funder's assessed copy of a value map, statements of assurance, and what came of a project.
alter table tenant.runs drop constraint runs_kind_known;
alter table tenant.runs add constraint runs_kind_known
    check (kind in ('eligibility', 'sroi', 'sroi_assessed', 'sroi_outturn', 'costshare', 'procurement', 'rank', 'select'));

-- Each version holds the whole list of changes against the claim, each with its reason; the claim itself
-- stays as it was frozen.
create table tenant.assessments (
    tenant_id     uuid not null,
    assessment_id uuid not null,
    submission_id uuid not null,
    version       integer not null,
    changes       jsonb not null,
    made_by       uuid not null,
    made_by_name  text not null,
    made_at       timestamptz not null default clock_timestamp(),
    constraint assessments_pkey primary key (tenant_id, assessment_id),
    -- Two people assessing at once cannot both be the next version.
    constraint assessments_version_key unique (tenant_id, submission_id, version),
    constraint assessments_submission_fkey foreign key (tenant_id, submission_id)
        references tenant.received_submissions (tenant_id, submission_id),
    constraint assessments_changes_listed check (jsonb_typeof(changes) = 'array')
);
call system.protect('tenant.assessments', 'append');
create trigger assessments_unchanged before update or delete on tenant.assessments
    for each row execute function system.refuse_change();

-- Which run evaluated which version: a version that goes back to an earlier map has the earlier run, and
-- must count again although the run is not the newest.
create table tenant.assessment_runs (
    tenant_id     uuid not null,
    assessment_id uuid not null,
    run_id        uuid not null,
    constraint assessment_runs_pkey primary key (tenant_id, assessment_id),
    constraint assessment_runs_assessment_fkey foreign key (tenant_id, assessment_id)
        references tenant.assessments (tenant_id, assessment_id),
    constraint assessment_runs_run_fkey foreign key (tenant_id, run_id)
        references tenant.runs (tenant_id, run_id)
);
call system.protect('tenant.assessment_runs', 'append');
create trigger assessment_runs_unchanged before update or delete on tenant.assessment_runs
    for each row execute function system.refuse_change();

-- What a named assurer says of one run: it is shown wherever the run's figure is.
create table tenant.assurances (
    tenant_id        uuid not null,
    assurance_id     uuid not null,
    run_id           uuid not null,
    assurer          text not null,
    organisation     text not null,
    scope            text not null,
    findings         text not null,
    conclusion       text not null,
    assured_on       date not null,
    recorded_by      uuid not null,
    recorded_by_name text not null,
    recorded_at      timestamptz not null default clock_timestamp(),
    constraint assurances_pkey primary key (tenant_id, assurance_id),
    constraint assurances_run_fkey foreign key (tenant_id, run_id) references tenant.runs (tenant_id, run_id),
    constraint assurances_conclusion_known check (conclusion in ('unqualified', 'qualified', 'adverse'))
);
create index assurances_by_run on tenant.assurances (tenant_id, run_id);
call system.protect('tenant.assurances', 'append');
create trigger assurances_unchanged before update or delete on tenant.assurances
    for each row execute function system.refuse_change();

-- The applicant's side of what came of an awarded project: edited until it is sent.
create table tenant.outturns (
    tenant_id      uuid not null,
    application_id uuid not null,
    content        jsonb not null,
    version        integer not null,
    saved_by       uuid not null,
    saved_at       timestamptz not null default clock_timestamp(),
    sent_at        timestamptz,
    constraint outturns_pkey primary key (tenant_id, application_id),
    constraint outturns_application_fkey foreign key (tenant_id, application_id)
        references tenant.applications (tenant_id, application_id)
);
call system.protect('tenant.outturns', 'edit');
-- What was sent is a statement to the funder: only the delivery sets sent_at, and then nothing changes.
revoke insert, update on tenant.outturns from plumbline_app, plumbline_worker;
grant insert (tenant_id, application_id, content, version, saved_by),
    update (content, version, saved_by, saved_at) on tenant.outturns to plumbline_app;
create function system.refuse_sent() returns trigger
    language plpgsql
    as $$ begin
        if old.sent_at is not null then
            raise exception 'what was sent cannot be changed' using constraint = 'outturns_sent';
        end if;
        return new;
    end $$;
create trigger outturns_sent before update on tenant.outturns
    for each row execute function system.refuse_sent();

-- The funder's side: the delivered copy.
create table tenant.received_outturns (
    tenant_id     uuid not null,
    outturn_id    uuid not null,
    submission_id uuid not null,
    document      text not null,
    sha256        text not null,
    received_at   timestamptz not null,
    constraint received_outturns_pkey primary key (tenant_id, outturn_id),
    constraint received_outturns_once unique (tenant_id, submission_id),
    constraint received_outturns_submission_fkey foreign key (tenant_id, submission_id)
        references tenant.received_submissions (tenant_id, submission_id),
    constraint received_outturns_sha256_form check (sha256 ~ '^[0-9a-f]{64}$')
);
call system.protect('tenant.received_outturns', 'append');
create trigger received_outturns_unchanged before update or delete on tenant.received_outturns
    for each row execute function system.refuse_change();
revoke insert on tenant.received_outturns from plumbline_app, plumbline_worker;

-- Hands exactly the saved outturn to the funder who awarded the project, once. Null when nothing was
-- awarded or it was sent before.
create function tenant.outturn_deliver(p_application uuid, p_outturn uuid, p_document text, p_sha256 text)
    returns timestamptz
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_applicant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_application record;
    v_submission uuid;
    v_awarded numeric;
    v_now timestamptz := clock_timestamp();
begin
    select a.reference, a.funder_tenant_id into strict v_application
    from tenant.applications a where a.tenant_id = v_applicant and a.application_id = p_application;
    select s.submission_id into strict v_submission
    from tenant.submissions s where s.tenant_id = v_applicant and s.application_id = p_application
    order by s.version_no desc limit 1;
    select coalesce(sum(case kind when 'award' then amount else -amount end), 0) into v_awarded
    from tenant.award_ledger l
    where l.tenant_id = v_applicant and l.counterparty_tenant_id = v_application.funder_tenant_id
      and l.reference = v_application.reference;
    if v_awarded <= 0 then
        return null;
    end if;
    update tenant.outturns set sent_at = v_now
    where tenant_id = v_applicant and application_id = p_application and sent_at is null;
    if not found then
        return null;
    end if;
    perform set_config('app.tenant', v_application.funder_tenant_id::text, true);
    insert into tenant.received_outturns (tenant_id, outturn_id, submission_id, document, sha256, received_at)
    values (v_application.funder_tenant_id, p_outturn, v_submission, p_document, p_sha256, v_now);
    perform set_config('app.tenant', v_applicant::text, true);
    return v_now;
end $$;
revoke all on function tenant.outturn_deliver(uuid, uuid, text, text) from public;
grant execute on function tenant.outturn_deliver(uuid, uuid, text, text) to plumbline_app;
