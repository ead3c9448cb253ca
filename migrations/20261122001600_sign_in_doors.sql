-- Two more ways of signing in: an identity provider (OpenID Connect) that the operator names, and passkeys (WebAuthn).

-- A session says how it was begun, and with what: taking that away ends it.
alter table identity.sessions
    add column way        text not null default 'password',
    add column begun_with uuid,
    add constraint sessions_way_known check (way in ('password', 'provider', 'passkey')),
    add constraint sessions_begun_with_whole check ((way = 'password') = (begun_with is null));
create index sessions_begun_with on identity.sessions (begun_with) where begun_with is not null;
-- A view keeps the columns that its table had when it was made.
create or replace view identity.living_sessions with (security_invoker = true) as
    select * from identity.sessions
    where revoked_at is null and expires_at > clock_timestamp()
      and last_seen_at > clock_timestamp() - interval '4 hours';

-- Who a person is at a provider. Its issuer and subject find the account; an e-mail address never does.
create table identity.provider_links (
    link_id      uuid not null,
    user_id      uuid not null,
    issuer       text not null,
    subject      text not null,
    created_at   timestamptz not null default clock_timestamp(),
    last_used_at timestamptz,
    constraint provider_links_pkey primary key (link_id),
    constraint provider_links_user_fkey foreign key (user_id) references identity.users (user_id),
    constraint provider_links_subject_key unique (issuer, subject),
    constraint provider_links_one_each unique (user_id, issuer),
    constraint provider_links_issuer_bounded check (char_length(issuer) between 1 and 300),
    constraint provider_links_subject_bounded check (char_length(subject) between 1 and 255)
);

-- A browser that was sent to the provider. It comes back once, with the state and with the secret of its cookie;
-- both are kept as hashes, and what else is proven to the provider is made from the cookie's secret.
create table identity.provider_visits (
    state_hash   bytea not null,
    browser_hash bytea not null,
    -- Who is linking their account; none: somebody is signing in.
    user_id      uuid,
    created_at   timestamptz not null default clock_timestamp(),
    expires_at   timestamptz not null,
    back_at      timestamptz,
    -- Whom the provider named, while the code of the second step is waited for.
    link_id      uuid,
    finished_at  timestamptz,
    constraint provider_visits_pkey primary key (state_hash),
    constraint provider_visits_browser_key unique (browser_hash),
    constraint provider_visits_user_fkey foreign key (user_id) references identity.users (user_id),
    constraint provider_visits_link_fkey foreign key (link_id)
        references identity.provider_links (link_id) on delete cascade,
    constraint provider_visits_hash_lengths check (octet_length(state_hash) = 32 and octet_length(browser_hash) = 32)
);
create index provider_visits_expiry on identity.provider_visits (expires_at);
create index provider_visits_link on identity.provider_visits (link_id) where link_id is not null;

-- A passkey: the public half of a key that never leaves its owner's device, with its counter.
create table identity.passkeys (
    passkey_id    uuid not null,
    user_id       uuid not null,
    credential_id bytea not null,
    credential    jsonb not null,
    name          text not null,
    created_at    timestamptz not null default clock_timestamp(),
    last_used_at  timestamptz,
    constraint passkeys_pkey primary key (passkey_id),
    constraint passkeys_user_fkey foreign key (user_id) references identity.users (user_id),
    constraint passkeys_credential_key unique (credential_id),
    constraint passkeys_credential_bounded check (octet_length(credential_id) between 1 and 1023),
    constraint passkeys_name_bounded check (char_length(name) between 1 and 80)
);
create index passkeys_user on identity.passkeys (user_id);

-- A question that a passkey is to answer: once, within minutes.
create table identity.passkey_questions (
    question_id uuid not null,
    -- Who is adding a passkey; none: somebody is signing in.
    user_id     uuid,
    state       jsonb not null,
    created_at  timestamptz not null default clock_timestamp(),
    expires_at  timestamptz not null,
    constraint passkey_questions_pkey primary key (question_id),
    constraint passkey_questions_user_fkey foreign key (user_id) references identity.users (user_id)
);
create index passkey_questions_expiry on identity.passkey_questions (expires_at);

grant select, insert, update, delete
    on identity.provider_links, identity.provider_visits, identity.passkeys, identity.passkey_questions
    to plumbline_identity;

alter table identity.mail_queue
    drop constraint mail_queue_topic_known,
    add constraint mail_queue_topic_known check (topic in
        ('password_reset', 'password_changed', 'second_step_on', 'second_step_off', 'recovery_used', 'invitation',
         'registration', 'registration_approved', 'registration_refused',
         'provider_linked', 'provider_unlinked', 'passkey_added', 'passkey_removed'));
