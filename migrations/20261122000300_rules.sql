-- Rules that a funder changes without a developer: drafts in the funder's own tenant, published as the next
-- version of a programme. A round stays under its version until somebody puts it under a later one on purpose.
alter table published.programme_versions
    add column published_at timestamptz,
    add column published_by_name text,
    add column note text;

-- A version is what a verdict refers to years later.
create trigger programme_versions_unchanged before update or delete on published.programme_versions
    for each row execute function system.refuse_change();

create table tenant.rule_drafts (
    tenant_id         uuid not null,
    draft_id          uuid not null,
    programme_id      uuid not null,
    based_on          text not null,
    body              jsonb not null,
    sections          jsonb not null,
    version           integer not null default 1,
    state             text not null default 'open',
    published_version text,
    updated_by        uuid not null,
    updated_by_name   text not null,
    updated_at        timestamptz not null default clock_timestamp(),
    constraint rule_drafts_pkey primary key (tenant_id, draft_id),
    constraint rule_drafts_state_known check (state in ('open', 'published', 'discarded')),
    constraint rule_drafts_published_whole check ((state = 'published') = (published_version is not null))
);
create index rule_drafts_by_programme on tenant.rule_drafts (tenant_id, programme_id, state, draft_id desc);
call system.protect('tenant.rule_drafts', 'edit');

-- Each time a round was put under another version: from which to which, why, and how many were screened again.
create table tenant.rescreenings (
    tenant_id         uuid not null,
    rescreening_id    uuid not null,
    round_id          uuid not null,
    from_version      text not null,
    to_version        text not null,
    reason            text not null,
    submissions       uuid[] not null,
    requested_by      uuid not null,
    requested_by_name text not null,
    requested_at      timestamptz not null default clock_timestamp(),
    constraint rescreenings_pkey primary key (tenant_id, rescreening_id),
    constraint rescreenings_reason_given check (length(btrim(reason)) > 0),
    constraint rescreenings_forward check (from_version <> to_version)
);
create index rescreenings_by_round on tenant.rescreenings (tenant_id, round_id, rescreening_id desc);
call system.protect('tenant.rescreenings', 'append');
create trigger rescreenings_unchanged before update or delete on tenant.rescreenings
    for each row execute function system.refuse_change();

-- Publishes the next version of an own programme. False when the programme is somebody else's.
create function published.programme_publish(
    p_programme uuid, p_version text, p_body jsonb, p_sections jsonb, p_effective_from date, p_known_from date,
    p_by_name text, p_note text
) returns boolean
    language plpgsql security definer set search_path = pg_catalog
    as $$
begin
    perform 1 from published.programmes
    where programme_id = p_programme
      and owner_tenant_id = nullif(current_setting('app.tenant', true), '')::uuid;
    if not found then return false; end if;
    insert into published.programme_versions
        (programme_id, version, body, sections, effective_from, known_from, published_at, published_by_name, note)
    values (p_programme, p_version, p_body, p_sections, p_effective_from, p_known_from, clock_timestamp(),
            p_by_name, p_note);
    return true;
end $$;

-- Puts an own round that is not decided yet under a version that was published after its present one and is in
-- force. False when it may not be.
create function published.round_rules_change(p_round uuid, p_from text, p_to text, p_today date) returns boolean
    language plpgsql security definer set search_path = pg_catalog
    as $$
begin
    update published.rounds r set programme_version = p_to
    from published.programme_versions before, published.programme_versions after
    where r.round_id = p_round and r.programme_version = p_from and r.stage <> 'decided'
      and r.owner_tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
      and before.programme_id = r.programme_id and before.version = p_from
      and after.programme_id = r.programme_id and after.version = p_to
      and after.effective_from <= p_today
      and after.published_at > coalesce(before.published_at, '-infinity'::timestamptz);
    return found;
end $$;
revoke all on function
    published.programme_publish(uuid, text, jsonb, jsonb, date, date, text, text),
    published.round_rules_change(uuid, text, text, date) from public;
grant execute on function
    published.programme_publish(uuid, text, jsonb, jsonb, date, date, text, text),
    published.round_rules_change(uuid, text, text, date) to plumbline_app;
