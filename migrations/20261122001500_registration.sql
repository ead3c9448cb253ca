-- How organisations come in: they register, an operator approves them, and only then is there a tenant. And the notices
-- on personal data: every version, and who agreed to which when.

-- What an organisation can be identified by. `digits` says how many digits and nothing else, where that is publicly
-- certain; elsewhere only the length is looked at.
create table published.identifier_types (
    type     text not null,
    position integer not null,
    name_en  text not null,
    name_zh  text not null,
    hint_en  text not null,
    hint_zh  text not null,
    digits   integer,
    constraint identifier_types_pkey primary key (type)
);
insert into published.identifier_types (type, position, name_en, name_zh, hint_en, hint_zh, digits) values
    ('ubi_brn', 1, 'Business registration number', '商業登記號碼',
     'The first eight digits of the number on the business registration certificate.', '商業登記證上號碼的首八個數字。', 8),
    ('companies', 2, 'Company registration number', '公司註冊編號',
     'As printed on the certificate of incorporation.', '按公司註冊證明書所示填寫。', null),
    ('societies', 3, 'Societies Ordinance certificate', '《社團條例》證明書編號',
     'As printed on the certificate of registration or exemption.', '按社團註冊或豁免註冊證明書所示填寫。', null),
    ('ird_s88_file', 4, 'Section 88 tax exemption reference', '第88條免稅檔案號碼',
     'As printed on the letter of the Inland Revenue Department.', '按稅務局函件所示填寫。', null),
    ('ordinance_cap', 5, 'Ordinance that sets the body up', '成立該團體的條例',
     'The chapter, such as Cap. 1234.', '請填寫章號，例如第1234章。', null),
    ('swd_agency', 6, 'Agency code of the Social Welfare Department', '社會福利署機構編號',
     'As printed on the department''s letters to you.', '按該署函件所示填寫。', null),
    ('other', 7, 'Another number', '其他編號',
     'Say whose number it is, then the number.', '請註明發出機構及編號。', null);

-- A notice of an operator, in versions that never change. The one that holds is the latest that has come into effect.
create table published.notices (
    version        text not null,
    effective_from date not null,
    demonstration  boolean not null,
    body           jsonb not null,
    sha256         text not null,
    published_at   timestamptz not null default clock_timestamp(),
    constraint notices_pkey primary key (version),
    constraint notices_version_bounded check (char_length(version) between 1 and 20)
);
create trigger notices_unchanged before update or delete on published.notices
    for each row execute function system.refuse_change();
create trigger no_truncate before truncate on published.notices for each statement execute function system.refuse_truncate();
create view published.notice_now with (security_invoker = true) as
    select * from published.notices
    where effective_from <= (clock_timestamp() at time zone 'Asia/Hong_Kong')::date
    order by effective_from desc, published_at desc limit 1;
grant select on published.identifier_types, published.notices, published.notice_now to plumbline_identity;

create table identity.notice_agreements (
    user_id   uuid not null,
    version   text not null,
    occasion  text not null,
    agreed_at timestamptz not null default clock_timestamp(),
    constraint notice_agreements_pkey primary key (user_id, version),
    constraint notice_agreements_user_fkey foreign key (user_id) references identity.users (user_id),
    constraint notice_agreements_notice_fkey foreign key (version) references published.notices (version),
    constraint notice_agreements_occasion_known
        check (occasion in ('registration', 'invitation', 'new_version', 'demonstration'))
);
create trigger notice_agreements_unchanged before update or delete on identity.notice_agreements
    for each row execute function system.refuse_change();
create trigger no_truncate before truncate on identity.notice_agreements for each statement execute function system.refuse_truncate();
grant select, insert on identity.notice_agreements to plumbline_identity;

-- An organisation that asks to be let in. Until the link of the mail is used it is nobody's request; until an operator
-- approves it there is no tenant and no account.
create table identity.registrations (
    registration_id uuid not null,
    content_sha256  text not null,
    kind            text not null,
    name_en         text not null,
    name_zh         text not null,
    person          text not null,
    email           text not null,
    notice_version  text not null,
    created_at      timestamptz not null default clock_timestamp(),
    expires_at      timestamptz not null,
    token_hash      bytea,
    confirmed_at    timestamptz,
    -- Of the first person, until there is an account or a refusal.
    password_hash   text,
    decided_at      timestamptz,
    approved        boolean,
    tenant_id       uuid,
    user_id         uuid,
    constraint registrations_pkey primary key (registration_id),
    constraint registrations_token_key unique (token_hash),
    constraint registrations_tenant_key unique (tenant_id),
    constraint registrations_notice_fkey foreign key (notice_version) references published.notices (version),
    constraint registrations_tenant_fkey foreign key (tenant_id) references identity.tenants (tenant_id),
    constraint registrations_user_fkey foreign key (user_id) references identity.users (user_id),
    constraint registrations_kind_known check (kind in ('ngo', 'funder')),
    constraint registrations_email_form check (email = lower(email) and char_length(email) between 3 and 254),
    constraint registrations_decided_whole check ((decided_at is null) = (approved is null)),
    constraint registrations_decided_confirmed check (decided_at is null or confirmed_at is not null),
    constraint registrations_tenant_approved
        check ((tenant_id is not null) = coalesce(approved, false) and (tenant_id is null) = (user_id is null)),
    constraint registrations_password_gone check (decided_at is null or password_hash is null)
);
create index registrations_waiting on identity.registrations (confirmed_at) where decided_at is null;

create table identity.registration_identifiers (
    registration_id uuid not null,
    type            text not null,
    value           text not null,
    -- Capital letters and digits alone: by which the same number is found, however it is spelt.
    plain           text not null,
    constraint registration_identifiers_pkey primary key (registration_id, type, value),
    constraint registration_identifiers_registration_fkey foreign key (registration_id)
        references identity.registrations (registration_id) on delete cascade,
    constraint registration_identifiers_type_fkey foreign key (type) references published.identifier_types (type)
);
create index registration_identifiers_plain on identity.registration_identifiers (type, plain);

-- What an operator proposes, and how another answered; where there is one operator only, one row is both.
create table identity.registration_proposals (
    proposal_id     uuid not null,
    registration_id uuid not null,
    approve         boolean not null,
    reason_code     text not null,
    reason          text not null,
    proposed_by     uuid not null,
    proposed_at     timestamptz not null default clock_timestamp(),
    alone           boolean not null,
    withdrawn_at    timestamptz,
    answered_by     uuid,
    answered_at     timestamptz,
    confirmed       boolean,
    constraint registration_proposals_pkey primary key (proposal_id),
    constraint registration_proposals_registration_fkey foreign key (registration_id)
        references identity.registrations (registration_id),
    constraint registration_proposals_proposer_fkey foreign key (proposed_by) references identity.users (user_id),
    constraint registration_proposals_answerer_fkey foreign key (answered_by) references identity.users (user_id),
    constraint registration_proposals_other_person check (alone or answered_by <> proposed_by),
    constraint registration_proposals_answered_whole
        check ((answered_at is null) = (answered_by is null) and (answered_at is null) = (confirmed is null))
);
create unique index registration_proposals_one_open on identity.registration_proposals (registration_id)
    where answered_at is null and withdrawn_at is null;

grant select, insert, update, delete on identity.registrations, identity.registration_identifiers to plumbline_identity;
grant select, insert, update on identity.registration_proposals to plumbline_identity;

-- The approved organisation's own row with its identifiers: the identity role reaches no tenant's rows, and this writes
-- into the one tenant that the registration has just become.
create function identity.organisation_open(in_registration uuid, in_organisation uuid) returns void
    language plpgsql
    security definer
    set search_path = pg_catalog
    as $$
declare
    registered identity.registrations;
begin
    select * into registered from identity.registrations
    where registration_id = in_registration and kind = 'ngo' and approved;
    if not found then return; end if;
    perform set_config('app.tenant', registered.tenant_id::text, true);
    insert into tenant.organisations (tenant_id, organisation_id, name_en, name_zh, fictional)
        select tenant_id, in_organisation, name_en, name_zh, fictional from identity.tenants
        where tenant_id = registered.tenant_id;
    insert into tenant.organisation_identifiers (tenant_id, organisation_id, kind, value)
        select registered.tenant_id, in_organisation, type, value from identity.registration_identifiers
        where registration_id = in_registration;
    perform set_config('app.tenant', '', true);
end $$;
revoke all on function identity.organisation_open(uuid, uuid) from public;
grant execute on function identity.organisation_open(uuid, uuid) to plumbline_identity;

-- An adviser comes from outside and is there until a day.
alter table identity.memberships
    add constraint memberships_adviser_ends check (not 'ngo_adviser' = any (roles) or expires_at is not null);
alter table identity.invitations
    add constraint invitations_adviser_ends check (not 'ngo_adviser' = any (roles) or member_until is not null);
alter table identity.role_changes
    add constraint role_changes_no_adviser check (not 'ngo_adviser' = any (roles));

alter table identity.mail_queue
    drop constraint mail_queue_topic_known,
    add constraint mail_queue_topic_known check (topic in
        ('password_reset', 'password_changed', 'second_step_on', 'second_step_off', 'recovery_used', 'invitation',
         'registration', 'registration_approved', 'registration_refused'));
