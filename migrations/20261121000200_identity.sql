-- Who signs in, and for which tenants they act.
create table identity.tenants (
    tenant_id  uuid not null,
    kind       text not null,
    name_en    text not null,
    name_zh    text not null,
    fictional  boolean not null default false,
    created_at timestamptz not null default clock_timestamp(),
    constraint tenants_pkey primary key (tenant_id),
    constraint tenants_kind_known check (kind in ('ngo', 'funder', 'council', 'operator'))
);

create table identity.users (
    user_id       uuid not null,
    email         text not null,
    name          text not null,
    password_hash text not null,
    demo          boolean not null default false,
    created_at    timestamptz not null default clock_timestamp(),
    constraint users_pkey primary key (user_id),
    -- One spelling of an address, so that one person cannot have two accounts by capital letters.
    constraint users_email_lower check (email = lower(email)),
    constraint users_email_key unique (email)
);

create table identity.memberships (
    user_id    uuid not null,
    tenant_id  uuid not null,
    roles      text[] not null,
    expires_at timestamptz,
    constraint memberships_pkey primary key (user_id, tenant_id),
    constraint memberships_user_fkey foreign key (user_id) references identity.users (user_id),
    constraint memberships_tenant_fkey foreign key (tenant_id) references identity.tenants (tenant_id),
    constraint memberships_roles_given check (cardinality(roles) > 0)
);

-- A session is found by the hash of its secret: who reads this table cannot sign in with it.
create table identity.sessions (
    secret_hash  bytea not null,
    user_id      uuid not null,
    tenant_id    uuid not null,
    created_at   timestamptz not null default clock_timestamp(),
    last_seen_at timestamptz not null default clock_timestamp(),
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    constraint sessions_pkey primary key (secret_hash),
    constraint sessions_membership_fkey foreign key (user_id, tenant_id)
        references identity.memberships (user_id, tenant_id),
    constraint sessions_secret_length check (octet_length(secret_hash) = 32)
);
create index sessions_user on identity.sessions (user_id);

-- Guesses are counted per account and per address, whether or not the account exists.
create table identity.sign_in_attempts (
    attempt_id uuid not null,
    subject    text not null,
    at         timestamptz not null default clock_timestamp(),
    constraint sign_in_attempts_pkey primary key (attempt_id)
);
create index sign_in_attempts_subject on identity.sign_in_attempts (subject, at);

grant select, insert, update on all tables in schema identity to plumbline_identity;
grant delete on identity.sign_in_attempts to plumbline_identity;
