-- The work ledger: the truth about what is to be done. Rows enter in the transaction that causes them.
-- Work that is to be done: ids only, never content. PostgreSQL is the truth; Redis only rings a bell.
create table system.work (
    work_id      uuid primary key,              -- uuid v7, made by the caller
    kind         text not null,                 -- 'screen' | 'evaluate_sroi' | 'apportion' | 'rank_round' | 'report_sector' | …
    tenant_id    uuid not null,                 -- where the handler works
    origin_id    uuid not null,                 -- on whose behalf: claims are fair across origins
    subject_id   uuid not null,                 -- submission, round, …
    dedup_key    text not null,                 -- unique per tenant and kind while queued
    priority     smallint not null default 0,   -- higher first
    state        text not null default 'queued',-- queued | running | done | failed | dead
    attempt      integer not null default 0,
    attempt_max  integer not null default 5,
    due_at       timestamptz not null default clock_timestamp(),
    queued_at    timestamptz not null default clock_timestamp(),
    lease_until  timestamptz,
    fence        bigint not null default 0,
    worker       text,
    trace_id     text,
    last_error   text,                          -- code only
    finished_at  timestamptz
);
create unique index work_queued_key on system.work (tenant_id, kind, dedup_key) where state = 'queued';
create index work_claimable on system.work (origin_id, priority desc, due_at, work_id) where state = 'queued';
create index work_leases on system.work (lease_until) where state = 'running';
alter table system.work add constraint work_state_known
    check (state in ('queued', 'running', 'done', 'failed', 'dead'));
alter table system.work add constraint work_attempts_bounded check (attempt_max between 1 and 8);

-- Progress that subscribers read by cursor under their own tenant.
create table system.progress (
    sequence   bigint generated always as identity,
    tenant_id  uuid not null,
    subject_id uuid not null,
    work_id    uuid not null,
    kind       text not null,
    state      text not null,
    at         timestamptz not null default clock_timestamp(),
    constraint progress_pkey primary key (sequence)
);
create index progress_by_subject on system.progress (tenant_id, subject_id, sequence);
alter table system.progress enable row level security;
alter table system.progress force row level security;
create policy own_tenant on system.progress for select to plumbline_app
    using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
-- The worker keeps the ledger of all tenants; it holds ids only.
create policy keep_ledger on system.progress to plumbline_worker using (true) with check (true);
create policy announce on system.progress for insert to plumbline_app, plumbline_owner with check (true);

grant select, insert on system.work to plumbline_app;
grant select, insert, update on system.work to plumbline_worker;
grant select, insert on system.progress to plumbline_app, plumbline_worker;
