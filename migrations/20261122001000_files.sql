-- Supporting documents. The bytes lie in the file store under a random name; here is what is known of them.

-- An earlier table of that name was never written to.
drop table tenant.files;

create table tenant.files (
    tenant_id        uuid not null,
    file_id          uuid not null,
    application_id   uuid not null,
    kind             text not null,           -- 'quotation' | 'audited_accounts' | …
    name             text not null,           -- as its owner wrote it; never used to store anything
    format           text not null,           -- by content: 'pdf' | 'docx' | …
    bytes            bigint not null,
    sha256           text not null,
    object_name      text not null,           -- random
    state            text not null default 'quarantined',
    reason           text,                    -- why it was refused: a code
    scanner          text,                    -- who settled it: 'clamav', or 'none' where no scanner is set up
    uploaded_by      uuid not null,
    uploaded_by_name text not null,
    uploaded_at      timestamptz not null default clock_timestamp(),
    settled_at       timestamptz,
    constraint files_pkey primary key (tenant_id, file_id),
    constraint files_application_fkey foreign key (tenant_id, application_id)
        references tenant.applications (tenant_id, application_id),
    constraint files_kind_known check (kind in
        ('quotation', 'audited_accounts', 'board_minutes', 'registration', 'project_plan', 'other')),
    constraint files_format_known check (format in ('pdf', 'png', 'jpeg', 'docx', 'xlsx', 'text', 'csv')),
    constraint files_state_known check (state in ('quarantined', 'clean', 'refused', 'removed')),
    constraint files_refused_why check ((state = 'refused') = (reason is not null)),
    constraint files_clean_by check (state <> 'clean' or scanner is not null),
    constraint files_bytes_range check (bytes between 1 and 20971520),
    constraint files_name_length check (char_length(name) between 1 and 80),
    constraint files_sha256_form check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint files_object_form check (object_name ~ '^[0-9a-f]{2}/[0-9a-f]{64}$')
);
create index files_by_application on tenant.files (tenant_id, application_id, file_id);
-- The same content is attached to an application once.
create unique index files_content_once on tenant.files (tenant_id, application_id, sha256)
    where state in ('quarantined', 'clean');
call system.protect('tenant.files', 'edit');
-- What a file is never changes; only where it stands does.
revoke update on tenant.files from plumbline_app, plumbline_worker;
grant update (state, reason, scanner, settled_at) on tenant.files to plumbline_app, plumbline_worker;

-- The funder's copy of the row, delivered with a submission. The bytes are the applicant's object, by its hash.
create table tenant.received_files (
    tenant_id        uuid not null,
    received_file_id uuid not null default gen_random_uuid(),
    submission_id    uuid not null,
    file_id          uuid not null,           -- the applicant's own row
    kind             text not null,
    name             text not null,
    format           text not null,
    bytes            bigint not null,
    sha256           text not null,
    object_name      text not null,
    state            text not null,
    reason           text,
    scanner          text,
    uploaded_at      timestamptz not null,
    settled_at       timestamptz,
    constraint received_files_pkey primary key (tenant_id, received_file_id),
    constraint received_files_once unique (tenant_id, submission_id, file_id),
    constraint received_files_submission_fkey foreign key (tenant_id, submission_id)
        references tenant.received_submissions (tenant_id, submission_id),
    constraint received_files_state_known check (state in ('quarantined', 'clean', 'refused'))
);
create index received_files_by_file on tenant.received_files (tenant_id, file_id);
call system.protect('tenant.received_files', 'append');
revoke insert on tenant.received_files from plumbline_app, plumbline_worker;

-- Permission for one deed on one file by one person, once and soon. The secret itself is not kept.
create table tenant.file_grants (
    tenant_id      uuid not null,
    grant_hash     text not null,
    deed           text not null,
    granted_to     uuid not null,
    application_id uuid,                      -- for an upload, with what was announced
    kind           text,
    name           text,
    bytes          bigint,
    file_id        uuid,                      -- for a download
    granted_at     timestamptz not null default statement_timestamp(),
    expires_at     timestamptz not null,
    used_at        timestamptz,
    constraint file_grants_pkey primary key (tenant_id, grant_hash),
    constraint file_grants_application_fkey foreign key (tenant_id, application_id)
        references tenant.applications (tenant_id, application_id),
    constraint file_grants_hash_form check (grant_hash ~ '^[0-9a-f]{64}$'),
    constraint file_grants_short check (expires_at <= granted_at + interval '15 minutes'),
    constraint file_grants_deed check (
        (deed = 'upload' and application_id is not null and kind is not null and name is not null
             and bytes is not null and file_id is null)
        or (deed = 'download' and file_id is not null and application_id is null))
);
create index file_grants_of_person on tenant.file_grants (tenant_id, granted_to, expires_at);
call system.protect('tenant.file_grants', 'edit');
-- A grant is used or forgotten, never changed into another.
revoke update on tenant.file_grants from plumbline_app, plumbline_worker;
grant update (used_at), delete on tenant.file_grants to plumbline_app;

-- As before, and with the supporting documents as they stand: what is still in quarantine goes along, so that a
-- scan never costs a deadline, and stays unreadable until it is clean.
create or replace function tenant.submission_record(
    p_at timestamptz, p_funder uuid, p_submission uuid, p_application uuid, p_version integer, p_document text,
    p_sha256 text, p_actor uuid, p_applicant_en text, p_applicant_zh text, p_size_band text, p_title_en text,
    p_title_zh text, p_ask numeric, p_total_cost numeric, p_cells jsonb, p_shares jsonb
) returns void
    language plpgsql set search_path = pg_catalog
    as $$
declare
    v_applicant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_application record;
    v_files jsonb;
begin
    select a.reference, a.round_id into strict v_application
    from tenant.applications a where a.tenant_id = v_applicant and a.application_id = p_application;
    insert into tenant.submissions
        (tenant_id, submission_id, application_id, version_no, document, sha256, submitted_by, received_at)
    values (v_applicant, p_submission, p_application, p_version, p_document, p_sha256, p_actor, p_at);
    update tenant.applications set stage = 'submitted', version = version + 1, updated_at = p_at
    where tenant_id = v_applicant and application_id = p_application;
    select coalesce(jsonb_agg(to_jsonb(f)), '[]'::jsonb) into v_files
    from tenant.files f
    where f.tenant_id = v_applicant and f.application_id = p_application and f.state in ('quarantined', 'clean');

    perform set_config('app.tenant', p_funder::text, true);
    insert into tenant.received_submissions
        (tenant_id, submission_id, round_id, applicant_tenant_id, application_id, reference, version_no,
         document, sha256, received_at, applicant_en, applicant_zh, size_band, title_en, title_zh, ask, total_cost)
    values
        (p_funder, p_submission, v_application.round_id, v_applicant, p_application,
         v_application.reference, p_version, p_document, p_sha256, p_at, p_applicant_en, p_applicant_zh,
         p_size_band, p_title_en, p_title_zh, p_ask, p_total_cost);
    insert into tenant.money_cells
        (tenant_id, submission_id, stage, stage_no, line_id, financial_year, source, amount)
    select p_funder, p_submission, 'asked', 1,
           c ->> 'line_id', c ->> 'financial_year', c ->> 'source', (c ->> 'amount')::numeric
    from jsonb_array_elements(p_cells) c;
    insert into tenant.submission_shares (tenant_id, submission_id, kind, code, share)
    select p_funder, p_submission, s ->> 'kind', s ->> 'code', (s ->> 'share')::numeric
    from jsonb_array_elements(p_shares) s;
    insert into tenant.received_files
        (tenant_id, submission_id, file_id, kind, name, format, bytes, sha256, object_name, state, reason,
         scanner, uploaded_at, settled_at)
    select p_funder, p_submission, (f ->> 'file_id')::uuid, f ->> 'kind', f ->> 'name', f ->> 'format',
           (f ->> 'bytes')::bigint, f ->> 'sha256', f ->> 'object_name', f ->> 'state', f ->> 'reason',
           f ->> 'scanner', (f ->> 'uploaded_at')::timestamptz, (f ->> 'settled_at')::timestamptz
    from jsonb_array_elements(v_files) f;
    perform set_config('app.tenant', v_applicant::text, true);
end $$;

-- Tells every funder that holds a copy of the row what became of a file. Nothing else of the copy changes.
create function tenant.file_state_deliver(p_file uuid) returns void
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_applicant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_file record;
begin
    select f.state, f.reason, f.scanner, f.settled_at, a.funder_tenant_id into strict v_file
    from tenant.files f
    join tenant.applications a on a.tenant_id = f.tenant_id and a.application_id = f.application_id
    where f.tenant_id = v_applicant and f.file_id = p_file;
    if v_file.state = 'removed' then
        return;
    end if;
    perform set_config('app.tenant', v_file.funder_tenant_id::text, true);
    update tenant.received_files
    set state = v_file.state, reason = v_file.reason, scanner = v_file.scanner, settled_at = v_file.settled_at
    where tenant_id = v_file.funder_tenant_id and file_id = p_file;
    perform set_config('app.tenant', v_applicant::text, true);
end $$;
revoke all on function tenant.file_state_deliver(uuid) from public;
grant execute on function tenant.file_state_deliver(uuid) to plumbline_worker;
