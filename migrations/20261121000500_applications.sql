-- The applicant's side: drafts, frozen versions, and the status rows that funders deliver.
create table tenant.applications (
    tenant_id        uuid not null,
    application_id   uuid not null,
    organisation_id  uuid not null,
    reference        text not null,
    round_id         uuid not null,
    funder_tenant_id uuid not null,
    stage            text not null,
    version          integer not null default 1,
    created_by       uuid not null,
    created_at       timestamptz not null default clock_timestamp(),
    updated_at       timestamptz not null default clock_timestamp(),
    constraint applications_pkey primary key (tenant_id, application_id),
    constraint applications_organisation_fkey foreign key (tenant_id, organisation_id)
        references tenant.organisations (tenant_id, organisation_id),
    constraint applications_stage_known check (stage in ('draft', 'submitted', 'withdrawn'))
);
create index applications_by_time on tenant.applications (tenant_id, created_at desc, application_id);
call system.protect('tenant.applications', 'edit');

create table tenant.draft_sections (
    tenant_id      uuid not null,
    application_id uuid not null,
    section        text not null,
    content        jsonb not null,
    version        integer not null,
    saved_by       uuid not null,
    saved_at       timestamptz not null default clock_timestamp(),
    constraint draft_sections_pkey primary key (tenant_id, application_id, section),
    constraint draft_sections_application_fkey foreign key (tenant_id, application_id)
        references tenant.applications (tenant_id, application_id)
);
call system.protect('tenant.draft_sections', 'edit');

-- A frozen version: canonical JSON and its SHA-256. v2 follows a clarification; v1 stays.
create table tenant.submissions (
    tenant_id      uuid not null,
    submission_id  uuid not null,
    application_id uuid not null,
    version_no     integer not null,
    document       text not null,
    sha256         text not null,
    submitted_by   uuid not null,
    received_at    timestamptz not null,
    constraint submissions_pkey primary key (tenant_id, submission_id),
    constraint submissions_version_key unique (tenant_id, application_id, version_no),
    constraint submissions_application_fkey foreign key (tenant_id, application_id)
        references tenant.applications (tenant_id, application_id),
    constraint submissions_sha256_form check (sha256 ~ '^[0-9a-f]{64}$')
);
call system.protect('tenant.submissions', 'append');
create trigger submissions_unchanged before update or delete on tenant.submissions
    for each row execute function system.refuse_change();

create table tenant.delivered_statuses (
    tenant_id      uuid not null,
    status_id      uuid not null,
    application_id uuid not null,
    code           text not null,
    params         jsonb not null default '{}',
    at             timestamptz not null default clock_timestamp(),
    constraint delivered_statuses_pkey primary key (tenant_id, status_id),
    constraint delivered_statuses_application_fkey foreign key (tenant_id, application_id)
        references tenant.applications (tenant_id, application_id)
);
create index delivered_statuses_by_application on tenant.delivered_statuses (tenant_id, application_id, at);
call system.protect('tenant.delivered_statuses', 'append');

-- The answer to a create or submit, kept by the key the client chose: the second try gets the first answer.
create table tenant.idempotency_keys (
    tenant_id  uuid not null,
    actor_id   uuid not null,
    operation  text not null,
    key        text not null,
    body_hash  text not null,
    answer     uuid not null,
    created_at timestamptz not null default clock_timestamp(),
    constraint idempotency_keys_pkey primary key (tenant_id, actor_id, operation, key),
    constraint idempotency_keys_key_length check (length(key) between 8 and 100)
);
call system.protect('tenant.idempotency_keys', 'append');

create table tenant.files (
    tenant_id   uuid not null,
    file_id     uuid not null,
    sha256      text not null,
    name        text not null,
    media_type  text not null,
    size_bytes  bigint not null,
    recorded_by uuid not null,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint files_pkey primary key (tenant_id, file_id),
    constraint files_sha256_form check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint files_size_bounded check (size_bytes between 0 and 104857600)
);
create index files_by_content on tenant.files (tenant_id, sha256);
call system.protect('tenant.files', 'append');

-- Who did what, written in the transaction of the deed. Reads of applications are entries too.
create table tenant.audit_entries (
    tenant_id    uuid not null,
    entry_id     uuid not null,
    at           timestamptz not null default clock_timestamp(),
    actor_id     uuid,
    actor_name   text not null,
    action       text not null,
    subject_kind text not null,
    subject_id   uuid not null,
    detail       jsonb not null default '{}',
    constraint audit_entries_pkey primary key (tenant_id, entry_id)
);
create index audit_entries_by_subject on tenant.audit_entries (tenant_id, subject_id, entry_id);
call system.protect('tenant.audit_entries', 'append');
create trigger audit_entries_unchanged before update or delete on tenant.audit_entries
    for each row execute function system.refuse_change();
