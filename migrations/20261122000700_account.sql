-- What a person sees and keeps of the own account: where one is signed in, which browsers are known, and an
-- audit entry for each of it.
alter table identity.sessions
    add column session_id uuid not null default gen_random_uuid(),
    -- What the browser calls itself, and where it was, for its owner to recognise.
    add column device     text not null default '',
    add column address    text not null default '',
    add constraint sessions_device_bounded check (char_length(device) <= 200),
    add constraint sessions_address_bounded check (char_length(address) <= 100);
create unique index sessions_by_id on identity.sessions (session_id);

-- A browser from which its person has signed in before. Guesses from it are counted apart, so that strangers
-- who guess at an account cannot lock its owner out.
create table identity.known_devices (
    device_hash  bytea not null,
    user_id      uuid not null,
    created_at   timestamptz not null default clock_timestamp(),
    last_used_at timestamptz not null default clock_timestamp(),
    constraint known_devices_pkey primary key (device_hash, user_id),
    constraint known_devices_user_fkey foreign key (user_id) references identity.users (user_id),
    constraint known_devices_hash_length check (octet_length(device_hash) = 32)
);
create index known_devices_user on identity.known_devices (user_id);
grant select, insert, update, delete on identity.known_devices to plumbline_identity;
create index sign_in_attempts_at on identity.sign_in_attempts (at);

-- An account's deeds stand in the trail of the organisation that the person acts for. The identity role
-- reaches no tenant's rows; this is its one way to add an entry.
create function identity.record(in_tenant uuid, in_entry uuid, in_actor uuid, in_name text, in_action text, in_detail jsonb)
    returns void
    language plpgsql
    security definer
    set search_path = pg_catalog
    as $$
begin
    perform set_config('app.tenant', in_tenant::text, true);
    insert into tenant.audit_entries
        (tenant_id, entry_id, actor_id, actor_name, action, subject_kind, subject_id, detail)
    values (in_tenant, in_entry, in_actor, in_name, in_action, 'person', in_actor, in_detail);
    perform set_config('app.tenant', '', true);
end $$;
revoke all on function identity.record(uuid, uuid, uuid, text, text, jsonb) from public;
grant execute on function identity.record(uuid, uuid, uuid, text, text, jsonb) to plumbline_identity;
