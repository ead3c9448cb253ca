-- Who belongs to an organisation: invitations, and changes of roles that a second person confirms.

-- An invitation names an address; whoever holds the link in its mail joins. Only the link's hash is kept.
create table identity.invitations (
    invitation_id uuid not null,
    tenant_id     uuid not null,
    email         text not null,
    roles         text[] not null,
    -- When the membership ends, as an adviser's does.
    member_until  timestamptz,
    invited_by    uuid not null,
    created_at    timestamptz not null default clock_timestamp(),
    expires_at    timestamptz not null,
    -- A role that signs for the organisation waits for a second person.
    waits         boolean not null,
    confirmed_by  uuid,
    withdrawn_at  timestamptz,
    token_hash    bytea,
    accepted_at   timestamptz,
    accepted_by   uuid,
    constraint invitations_pkey primary key (invitation_id),
    constraint invitations_tenant_fkey foreign key (tenant_id) references identity.tenants (tenant_id),
    constraint invitations_inviter_fkey foreign key (invited_by) references identity.users (user_id),
    constraint invitations_confirmer_fkey foreign key (confirmed_by) references identity.users (user_id),
    constraint invitations_guest_fkey foreign key (accepted_by) references identity.users (user_id),
    constraint invitations_token_key unique (token_hash),
    constraint invitations_email_form check (email = lower(email) and char_length(email) between 3 and 254),
    constraint invitations_roles_given check (cardinality(roles) > 0),
    constraint invitations_other_person check (confirmed_by <> invited_by),
    constraint invitations_accepted_whole check ((accepted_at is null) = (accepted_by is null))
);
create index invitations_tenant on identity.invitations (tenant_id, created_at);
-- One open invitation for an address in an organisation.
create unique index invitations_one_open on identity.invitations (tenant_id, email)
    where accepted_at is null and withdrawn_at is null;

create table identity.role_changes (
    change_id    uuid not null,
    tenant_id    uuid not null,
    user_id      uuid not null,
    roles        text[] not null,
    asked_by     uuid not null,
    asked_at     timestamptz not null default clock_timestamp(),
    answered_by  uuid,
    answered_at  timestamptz,
    confirmed    boolean,
    constraint role_changes_pkey primary key (change_id),
    constraint role_changes_member_fkey foreign key (user_id, tenant_id)
        references identity.memberships (user_id, tenant_id),
    constraint role_changes_asker_fkey foreign key (asked_by) references identity.users (user_id),
    constraint role_changes_answerer_fkey foreign key (answered_by) references identity.users (user_id),
    constraint role_changes_roles_given check (cardinality(roles) > 0),
    constraint role_changes_other_person check (answered_by <> asked_by),
    constraint role_changes_answered_whole
        check ((answered_at is null) = (answered_by is null) and (answered_at is null) = (confirmed is null))
);
create unique index role_changes_one_open on identity.role_changes (tenant_id, user_id) where answered_at is null;

grant select, insert, update on identity.invitations, identity.role_changes to plumbline_identity;

alter table identity.mail_queue
    add column subject_id uuid,
    drop constraint mail_queue_topic_known,
    add constraint mail_queue_topic_known check (topic in
        ('password_reset', 'password_changed', 'second_step_on', 'second_step_off', 'recovery_used', 'invitation'));

-- A deed on somebody's membership, in the trail of the organisation, with whom it was done to.
create function identity.record_on(
    in_tenant uuid, in_entry uuid, in_actor uuid, in_name text, in_action text, in_kind text, in_subject uuid, in_detail jsonb)
    returns void
    language plpgsql
    security definer
    set search_path = pg_catalog
    as $$
begin
    perform set_config('app.tenant', in_tenant::text, true);
    insert into tenant.audit_entries
        (tenant_id, entry_id, actor_id, actor_name, action, subject_kind, subject_id, detail)
    values (in_tenant, in_entry, in_actor, in_name, in_action, in_kind, in_subject, in_detail);
    perform set_config('app.tenant', '', true);
end $$;
revoke all on function identity.record_on(uuid, uuid, uuid, text, text, text, uuid, jsonb) from public;
grant execute on function identity.record_on(uuid, uuid, uuid, text, text, text, uuid, jsonb) to plumbline_identity;
-- What a person did to themselves is one such deed.
create or replace function identity.record(in_tenant uuid, in_entry uuid, in_actor uuid, in_name text, in_action text, in_detail jsonb)
    returns void
    language plpgsql
    security definer
    set search_path = pg_catalog
    as $$
begin
    perform identity.record_on(in_tenant, in_entry, in_actor, in_name, in_action, 'person', in_actor, in_detail);
end $$;
