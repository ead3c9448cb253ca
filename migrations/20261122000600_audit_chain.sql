-- The audit trail is chained and signed. Deeds append entries without waiting for anything; a sealer chains
-- them within a second, per tenant, and signs where the chain stands with a key outside the database.

-- Entries that wait for their link: ids only. A queue, so that neither a late commit nor a tenant is missed.
create table system.audit_queue (
    entry_id  uuid not null,
    tenant_id uuid not null,
    constraint audit_queue_pkey primary key (tenant_id, entry_id)
);
grant select, delete on system.audit_queue to plumbline_worker;

create function tenant.audit_await_seal() returns trigger
    language plpgsql
    security definer
    set search_path = pg_catalog
    as $$
begin
    insert into system.audit_queue (entry_id, tenant_id) values (new.entry_id, new.tenant_id);
    return null;
end $$;
revoke all on function tenant.audit_await_seal() from public;
create trigger audit_entries_await_seal after insert on tenant.audit_entries
    for each row execute function tenant.audit_await_seal();

create table tenant.audit_links (
    tenant_id    uuid not null,
    sequence     bigint not null,
    entry_id     uuid not null,
    entry_sha256 text not null,
    chain_sha256 text not null,
    sealed_at    timestamptz not null default clock_timestamp(),
    constraint audit_links_pkey primary key (tenant_id, sequence),
    constraint audit_links_entry_key unique (tenant_id, entry_id),
    constraint audit_links_entry_fkey foreign key (tenant_id, entry_id)
        references tenant.audit_entries (tenant_id, entry_id),
    constraint audit_links_sequence_counts check (sequence >= 1),
    constraint audit_links_hash_form check (entry_sha256 ~ '^[0-9a-f]{64}$' and chain_sha256 ~ '^[0-9a-f]{64}$')
);
call system.protect('tenant.audit_links', 'append');
revoke insert on tenant.audit_links from plumbline_app;
create trigger audit_links_unchanged before update or delete on tenant.audit_links
    for each row execute function system.refuse_change();

create table tenant.audit_checkpoints (
    tenant_id    uuid not null,
    sequence     bigint not null,
    chain_sha256 text not null,
    signed_at    timestamptz not null,
    key_id       text not null,
    signature    text not null,
    constraint audit_checkpoints_pkey primary key (tenant_id, sequence),
    constraint audit_checkpoints_link_fkey foreign key (tenant_id, sequence)
        references tenant.audit_links (tenant_id, sequence),
    constraint audit_checkpoints_signature_form check (signature ~ '^[0-9a-f]{128}$')
);
call system.protect('tenant.audit_checkpoints', 'append');
revoke insert on tenant.audit_checkpoints from plumbline_app;
create trigger audit_checkpoints_unchanged before update or delete on tenant.audit_checkpoints
    for each row execute function system.refuse_change();

-- Rows and whole tables of evidence stay.
create function system.refuse_truncate() returns trigger
    language plpgsql
    as $$ begin raise exception 'TRUNCATE of % is not allowed: its rows are evidence', tg_table_name; end $$;
do $$
declare
    evidence regclass;
begin
    for evidence in
        select t.tgrelid::regclass from pg_trigger t where t.tgfoid = 'system.refuse_change'::regproc
    loop
        execute format('create trigger %I before truncate on %s for each statement execute function system.refuse_truncate()',
                       'no_truncate', evidence);
    end loop;
end $$;

-- What was written before there was a chain is sealed first.
do $$
declare
    each_tenant uuid;
begin
    for each_tenant in select tenant_id from identity.tenants loop
        perform set_config('app.tenant', each_tenant::text, true);
        insert into system.audit_queue (entry_id, tenant_id)
            select entry_id, tenant_id from tenant.audit_entries where tenant_id = each_tenant;
    end loop;
    perform set_config('app.tenant', '', true);
end $$;
