-- Five schemas, each reachable by its own roles only. Why each exists is tested in tests/catalogue.rs.
create schema tenant;      -- everything that belongs to one tenant; forced row-level security
create schema identity;    -- users, sessions, memberships: sign-in happens before a tenant is known
create schema system;      -- the work ledger and its progress: ids only, never content
create schema published;   -- open programmes, rounds, rules: read by all, written by their owner
create schema sector;      -- contributions to sector reports, and cells that are already suppressed

revoke all on schema public from public;
grant usage on schema tenant    to plumbline_app, plumbline_worker;
grant usage on schema identity  to plumbline_identity;
grant usage on schema system    to plumbline_app, plumbline_worker;
grant usage on schema published to plumbline_app, plumbline_worker, plumbline_identity, plumbline_report;
grant usage on schema sector    to plumbline_app, plumbline_worker, plumbline_report;

-- The tenant of the transaction; null when none is set (after a commit the setting is '', not null).
create function system.current_tenant() returns uuid
    language sql stable
    as $$ select nullif(current_setting('app.tenant', true), '')::uuid $$;
grant execute on function system.current_tenant() to plumbline_app, plumbline_worker, plumbline_report;

-- Puts the one policy on a tenant table and grants what the table's nature allows.
-- access: 'append' (insert and read) or 'edit' (insert, read, update).
create procedure system.protect(target regclass, access text)
    language plpgsql
    as $$
declare
    rights text := case access when 'append' then 'select, insert' when 'edit' then 'select, insert, update' end;
begin
    if rights is null then
        raise exception 'access must be append or edit, not %', access;
    end if;
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format(
        'create policy own_tenant on %s using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid) '
        'with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', target);
    execute format('grant %s on %s to plumbline_app, plumbline_worker', rights, target);
end $$;

-- Rows that are evidence never change: not by the product, not by its owner.
create function system.refuse_change() returns trigger
    language plpgsql
    as $$ begin raise exception '% of % is not allowed: its rows are evidence', tg_op, tg_table_name; end $$;
