-- What every signed-in person may read: programmes, their versions, rules, reference data, rounds.
create table published.reference_data (
    name text not null,
    body jsonb not null,
    constraint reference_data_pkey primary key (name)
);

-- Rule sets have versions with two dates: from when they apply and from when they were known.
create table published.rule_sets (
    rule_set_id    text not null,
    version        text not null,
    body           jsonb not null,
    effective_from date,
    known_from     date,
    constraint rule_sets_pkey primary key (rule_set_id, version)
);

create table published.programmes (
    programme_id    uuid not null,
    owner_tenant_id uuid not null,
    code            text not null,
    constraint programmes_pkey primary key (programme_id),
    constraint programmes_code_key unique (code)
);

create table published.programme_versions (
    programme_id   uuid not null,
    version        text not null,
    body           jsonb not null,   -- criteria, parameters, rubric, settings, each with its source mark
    sections       jsonb not null,   -- the form, as data
    effective_from date not null,
    known_from     date not null,
    constraint programme_versions_pkey primary key (programme_id, version),
    constraint programme_versions_programme_fkey foreign key (programme_id)
        references published.programmes (programme_id)
);

create table published.rounds (
    round_id          uuid not null,
    programme_id      uuid not null,
    programme_version text not null,
    owner_tenant_id   uuid not null,
    code              text not null,
    name_en           text not null,
    name_zh           text not null,
    opens_at          timestamptz not null,
    closes_at         timestamptz not null,
    budget            numeric(20, 6) not null,
    stage             text not null,
    adopted_ranking   uuid,
    constraint rounds_pkey primary key (round_id),
    constraint rounds_code_key unique (code),
    constraint rounds_programme_fkey foreign key (programme_id, programme_version)
        references published.programme_versions (programme_id, version),
    constraint rounds_stage_known check (stage in ('planned', 'open', 'closed', 'ranked', 'decided')),
    constraint rounds_close_after_opening check (closes_at > opens_at),
    constraint rounds_budget_positive check (budget > 0)
);

-- A later closing (typhoon, outage) is a recorded act with its notice, never an edit of the round.
create table published.round_extensions (
    round_id    uuid not null,
    extension_no integer not null,
    closes_at   timestamptz not null,
    notice_en   text not null,
    notice_zh   text not null,
    recorded_by uuid not null,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint round_extensions_pkey primary key (round_id, extension_no),
    constraint round_extensions_round_fkey foreign key (round_id) references published.rounds (round_id)
);

-- When a round closes, extensions counted.
create view published.round_closings with (security_invoker = true) as
    select r.round_id, greatest(r.closes_at, max(e.closes_at)) as closes_at
    from published.rounds r left join published.round_extensions e using (round_id)
    group by r.round_id;

-- The one way in which a round changes: by its owner, one stage at a time.
create function published.round_advance(round uuid, to_stage text, ranking uuid) returns boolean
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    closing timestamptz;
begin
    if to_stage = 'closed' then
        select closes_at into closing from published.round_closings where round_id = round;
        if closing > clock_timestamp() then return false; end if;
    end if;
    update published.rounds set stage = to_stage, adopted_ranking = coalesce(ranking, adopted_ranking)
    where round_id = round
      and owner_tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
      and (stage, to_stage) in (('planned', 'open'), ('open', 'closed'), ('closed', 'ranked'),
                                ('ranked', 'ranked'), ('ranked', 'decided'));
    return found;
end $$;
revoke all on function published.round_advance(uuid, text, uuid) from public;
grant execute on function published.round_advance(uuid, text, uuid) to plumbline_app;

grant select on all tables in schema published to plumbline_app, plumbline_worker;
