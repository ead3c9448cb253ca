-- Personal data: names are kept sealed, an account can be erased, and what is no longer needed goes.

alter table identity.users
    add column erased_at timestamptz,
    -- No name stands in plain anywhere: rows of every organisation take it from here as it is.
    add constraint users_name_sealed check (name like 'sealed:1:%' or (erased_at is not null and name = ''));

-- An entry says who, by a sealed name; jobs and the machine's owner have none.
alter table tenant.audit_entries
    add constraint audit_entries_name_sealed
        check (actor_name like 'sealed:1:%' or (actor_id is null and actor_name in ('worker', 'operator')));
-- What one person did: for that person, and for whoever looks for a name.
create index audit_entries_by_actor on tenant.audit_entries (tenant_id, actor_id, entry_id);

-- Erasing and retention end rows that other deeds only mark.
grant delete on identity.sessions, identity.invitations, identity.role_changes, identity.api_tokens
    to plumbline_identity;
grant delete on system.work, system.progress to plumbline_worker;
grant delete on tenant.file_grants, tenant.idempotency_keys to plumbline_worker;

-- Browser and address of a session are sealed with the person's key, which makes them longer.
alter table identity.sessions
    drop constraint sessions_device_bounded,
    drop constraint sessions_address_bounded,
    add constraint sessions_device_bounded check (char_length(device) <= 1400),
    add constraint sessions_address_bounded check (char_length(address) <= 700);
