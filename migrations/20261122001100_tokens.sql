-- API tokens: a program acts in its owner's name, for one organisation, within scopes, until a day. A token is
-- found by the hash of its secret: who reads this table cannot use one. An ended token stays, so that the
-- audit trail's prefix can always be traced to its owner.
create table identity.api_tokens (
    token_id     uuid not null,
    secret_hash  bytea not null,
    -- By which its owner recognises it, in a list, a log of theirs or the audit trail.
    prefix       text not null,
    user_id      uuid not null,
    tenant_id    uuid not null,
    name         text not null,
    scopes       text[] not null,
    created_at   timestamptz not null default clock_timestamp(),
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    ended_at     timestamptz,
    constraint api_tokens_pkey primary key (token_id),
    constraint api_tokens_secret_key unique (secret_hash),
    constraint api_tokens_membership_fkey foreign key (user_id, tenant_id)
        references identity.memberships (user_id, tenant_id),
    constraint api_tokens_secret_length check (octet_length(secret_hash) = 32),
    constraint api_tokens_prefix_form check (prefix ~ '^plt_[0-9a-f]{8}$'),
    constraint api_tokens_name_bounded check (char_length(name) between 1 and 80),
    constraint api_tokens_scopes_given check (cardinality(scopes) between 1 and 40),
    constraint api_tokens_a_year_at_most check (expires_at < created_at + interval '366 days')
);
create index api_tokens_owner on identity.api_tokens (user_id, tenant_id);
grant select, insert, update on identity.api_tokens to plumbline_identity;
