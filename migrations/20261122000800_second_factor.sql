-- The second step of signing in, and the keys under which personal fields are sealed.

-- A person's own key, itself sealed by a key of the installation that no table holds. Destroying the row makes
-- everything that was sealed with it unreadable for good.
create table identity.person_keys (
    user_id    uuid not null,
    key_id     text not null,
    wrapped    bytea not null,
    created_at timestamptz not null default clock_timestamp(),
    constraint person_keys_pkey primary key (user_id),
    constraint person_keys_user_fkey foreign key (user_id) references identity.users (user_id),
    constraint person_keys_key_named check (char_length(key_id) between 1 and 40),
    constraint person_keys_wrapped_length check (octet_length(wrapped) = 72)
);
create index person_keys_by_key on identity.person_keys (key_id);

create table identity.second_factors (
    user_id      uuid not null,
    -- The shared secret, sealed with the person's key.
    secret       bytea not null,
    created_at   timestamptz not null default clock_timestamp(),
    -- Before the first code was given it is only being set up, and asks for nothing.
    confirmed_at timestamptz,
    -- The step of the last code that was taken: no code of it or of an earlier one is taken again.
    last_step    bigint not null default 0,
    constraint second_factors_pkey primary key (user_id),
    constraint second_factors_user_fkey foreign key (user_id) references identity.users (user_id)
);

create table identity.recovery_codes (
    user_id   uuid not null,
    code_hash bytea not null,
    used_at   timestamptz,
    constraint recovery_codes_pkey primary key (user_id, code_hash),
    constraint recovery_codes_factor_fkey foreign key (user_id) references identity.second_factors (user_id),
    constraint recovery_codes_hash_length check (octet_length(code_hash) = 32)
);

grant select, insert, update, delete on identity.person_keys, identity.second_factors, identity.recovery_codes
    to plumbline_identity;

-- What "living" means stands here once.
create view identity.living_sessions with (security_invoker = true) as
    select * from identity.sessions where revoked_at is null and expires_at > clock_timestamp();
create view identity.living_memberships with (security_invoker = true) as
    select * from identity.memberships where expires_at is null or expires_at > clock_timestamp();
grant select on identity.living_sessions, identity.living_memberships to plumbline_identity;
