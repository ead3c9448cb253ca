-- What the sector report counts. Contributions name no organisation: the key is a keyed hash that only
-- serves to count distinct ones. Nobody but the report role can read them; the app reads cells.
create table sector.contributions (
    submission_id   uuid not null,
    funder_tenant_id uuid not null,           -- whose statement it is: nobody else may restate it
    contributor_key text not null,
    size_band       text not null,
    asked           numeric(20, 6) not null,
    awarded         numeric(20, 6) not null,
    shares          jsonb not null,           -- {"district": {code: share}, "service_area": {...}}
    updated_at      timestamptz not null default clock_timestamp(),
    constraint contributions_pkey primary key (submission_id),
    constraint contributions_size_known check (size_band in ('small', 'medium', 'large'))
);

create table sector.snapshots (
    snapshot_id uuid not null,
    threshold   integer not null,
    as_at       timestamptz not null default clock_timestamp(),
    constraint snapshots_pkey primary key (snapshot_id)
);

-- Cells as they may be seen: suppressed ones carry no figure at all.
create table sector.cells (
    snapshot_id   uuid not null,
    dimension     text not null,
    code          text not null,
    suppressed    boolean not null,
    organisations integer,
    applications  numeric(20, 6),
    asked         numeric(20, 6),
    awarded       numeric(20, 6),
    constraint cells_pkey primary key (snapshot_id, dimension, code),
    constraint cells_snapshot_fkey foreign key (snapshot_id) references sector.snapshots (snapshot_id),
    constraint cells_suppressed_empty check (
        not suppressed
        or (organisations is null and applications is null and asked is null and awarded is null))
);

grant select on sector.contributions to plumbline_report;
grant select, insert on sector.snapshots, sector.cells to plumbline_report;
grant select on sector.snapshots, sector.cells to plumbline_app;

-- The only way in: a funder's transaction states or restates one submission's contribution.
create function sector.contribute(
    submission uuid, contributor text, size text, asked_amount numeric, awarded_amount numeric, share_map jsonb
) returns void
    language sql security definer set search_path = pg_catalog
    as $$
    insert into sector.contributions
        (submission_id, funder_tenant_id, contributor_key, size_band, asked, awarded, shares)
    values (submission, nullif(current_setting('app.tenant', true), '')::uuid, contributor, size,
            asked_amount, awarded_amount, share_map)
    on conflict (submission_id) do update
        set asked = excluded.asked, awarded = excluded.awarded, shares = excluded.shares,
            updated_at = clock_timestamp()
        where contributions.funder_tenant_id = excluded.funder_tenant_id
$$;
revoke all on function sector.contribute(uuid, text, text, numeric, numeric, jsonb) from public;
grant execute on function sector.contribute(uuid, text, text, numeric, numeric, jsonb)
    to plumbline_app, plumbline_worker;

-- A withdrawn application is no longer counted; only its own applicant takes it out.
create function sector.retract(submission uuid) returns void
    language sql security definer set search_path = pg_catalog
    as $$
    delete from sector.contributions c
    where c.submission_id = submission
      and exists (select from tenant.submissions s
                  where s.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
                    and s.submission_id = submission)
$$;
revoke all on function sector.retract(uuid) from public;
grant execute on function sector.retract(uuid) to plumbline_app;
