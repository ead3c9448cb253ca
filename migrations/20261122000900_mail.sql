-- Mail that is due, and links by which a forgotten password is set anew. Whoever asks for a link is answered
-- before anybody looks whether the address belongs to an account; links are made when their mail is sent, so that
-- no table ever holds one.
create table identity.mail_queue (
    mail_id    uuid not null,
    topic      text not null,
    email      text not null,
    created_at timestamptz not null default clock_timestamp(),
    due_at     timestamptz not null default clock_timestamp(),
    tries      integer not null default 0,
    constraint mail_queue_pkey primary key (mail_id),
    constraint mail_queue_topic_known check (topic in
        ('password_reset', 'password_changed', 'second_step_on', 'second_step_off', 'recovery_used')),
    constraint mail_queue_email_bounded check (char_length(email) between 3 and 254)
);
create index mail_queue_due on identity.mail_queue (due_at);

create table identity.password_resets (
    token_hash bytea not null,
    user_id    uuid not null,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    used_at    timestamptz,
    constraint password_resets_pkey primary key (token_hash),
    constraint password_resets_user_fkey foreign key (user_id) references identity.users (user_id),
    constraint password_resets_hash_length check (octet_length(token_hash) = 32)
);
create index password_resets_user on identity.password_resets (user_id);

grant select, insert, update, delete on identity.mail_queue, identity.password_resets to plumbline_identity;
