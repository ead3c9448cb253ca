-- The proxy library: what one unit of an outcome is worth, by version. One council keeps it; every signed-in
-- person reads it; an NGO proposes, the council decides. A value map pins an entry by id and version, so a
-- version never changes once it is published.
create table published.proxies (
    proxy_id        text not null,
    version         integer not null,
    owner_tenant_id uuid not null,
    body            jsonb not null,   -- names, unit, value with its range, source, price year, licence, grade, outcomes
    published_at    timestamptz not null default clock_timestamp(),
    constraint proxies_pkey primary key (proxy_id, version),
    -- An id is read aloud, typed into a value map and put into an address.
    constraint proxies_id_form check (proxy_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(proxy_id) <= 80),
    constraint proxies_version_positive check (version > 0)
);
create trigger proxies_unchanged before update or delete on published.proxies
    for each row execute function system.refuse_change();

-- Which council keeps the library: at most one row, because two keepers could publish the same version.
create table published.proxy_library (
    only_row        boolean not null default true,
    owner_tenant_id uuid not null,
    constraint proxy_library_pkey primary key (only_row),
    constraint proxy_library_one_keeper check (only_row)
);
grant select on published.proxies, published.proxy_library to plumbline_app, plumbline_worker;

-- An NGO's own proposals, as they were sent. A mended proposal is a new row.
create table tenant.proxy_proposals (
    tenant_id    uuid not null,
    proposal_id  uuid not null,
    proxy_id     text not null,
    version      integer not null,    -- the version it is to become
    body         jsonb not null,
    proposer_en  text not null,       -- the organisation, as named then
    proposer_zh  text not null,
    proposed_by  uuid not null,
    proposed_at  timestamptz not null default clock_timestamp(),
    constraint proxy_proposals_pkey primary key (tenant_id, proposal_id),
    constraint proxy_proposals_version_positive check (version > 0)
);
create index proxy_proposals_by_proxy on tenant.proxy_proposals (tenant_id, proxy_id, version);
call system.protect('tenant.proxy_proposals', 'append');
create trigger proxy_proposals_unchanged before update or delete on tenant.proxy_proposals
    for each row execute function system.refuse_change();

-- The council's copy of what was proposed.
create table tenant.received_proxy_proposals (
    tenant_id          uuid not null,
    proposal_id        uuid not null,
    proposer_tenant_id uuid not null,
    proxy_id           text not null,
    version            integer not null,
    body               jsonb not null,
    proposer_en        text not null,
    proposer_zh        text not null,
    proposed_by        uuid not null,
    proposed_at        timestamptz not null,
    constraint received_proxy_proposals_pkey primary key (tenant_id, proposal_id)
);
call system.protect('tenant.received_proxy_proposals', 'append');
create trigger received_proxy_proposals_unchanged before update or delete on tenant.received_proxy_proposals
    for each row execute function system.refuse_change();

-- What the council decided. The primary key is the rule that a proposal is decided once.
create table tenant.proxy_decisions (
    tenant_id       uuid not null,
    proposal_id     uuid not null,
    approved        boolean not null,
    reason          text not null,
    decided_by      uuid not null,
    decided_by_name text not null,
    decided_at      timestamptz not null default clock_timestamp(),
    constraint proxy_decisions_pkey primary key (tenant_id, proposal_id),
    constraint proxy_decisions_proposal_fkey foreign key (tenant_id, proposal_id)
        references tenant.received_proxy_proposals (tenant_id, proposal_id),
    constraint proxy_decisions_reason_given check (length(btrim(reason)) > 0)
);
call system.protect('tenant.proxy_decisions', 'append');
create trigger proxy_decisions_unchanged before update or delete on tenant.proxy_decisions
    for each row execute function system.refuse_change();

-- The NGO's copy of the decision on its own proposal.
create table tenant.delivered_proxy_decisions (
    tenant_id       uuid not null,
    proposal_id     uuid not null,
    approved        boolean not null,
    reason          text not null,
    decided_by_name text not null,
    decided_at      timestamptz not null,
    constraint delivered_proxy_decisions_pkey primary key (tenant_id, proposal_id),
    constraint delivered_proxy_decisions_proposal_fkey foreign key (tenant_id, proposal_id)
        references tenant.proxy_proposals (tenant_id, proposal_id)
);
call system.protect('tenant.delivered_proxy_decisions', 'append');
create trigger delivered_proxy_decisions_unchanged before update or delete on tenant.delivered_proxy_decisions
    for each row execute function system.refuse_change();

-- Delivery, by the rules of 20261121000900_delivery.sql: copies one row of the caller's own tenant, as it stands.
create function tenant.proxy_proposal_deliver(p_proposal uuid) returns void
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_proposer uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_council uuid;
    v_proposal record;
begin
    select owner_tenant_id into strict v_council from published.proxy_library;
    select * into strict v_proposal
    from tenant.proxy_proposals where tenant_id = v_proposer and proposal_id = p_proposal;
    perform set_config('app.tenant', v_council::text, true);
    insert into tenant.received_proxy_proposals
        (tenant_id, proposal_id, proposer_tenant_id, proxy_id, version, body, proposer_en, proposer_zh,
         proposed_by, proposed_at)
    values
        (v_council, p_proposal, v_proposer, v_proposal.proxy_id, v_proposal.version, v_proposal.body,
         v_proposal.proposer_en, v_proposal.proposer_zh, v_proposal.proposed_by, v_proposal.proposed_at);
    perform set_config('app.tenant', v_proposer::text, true);
end $$;

-- Publishes what was approved, as it was proposed, and tells the proposer either way. proxies_pkey is violated
-- when that version was published in the meantime.
create function tenant.proxy_decision_deliver(p_proposal uuid) returns void
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_council uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_decided record;
begin
    select r.proposer_tenant_id, r.proxy_id, r.version, r.body,
           d.approved, d.reason, d.decided_by_name, d.decided_at into strict v_decided
    from tenant.proxy_decisions d join tenant.received_proxy_proposals r using (tenant_id, proposal_id)
    where d.tenant_id = v_council and d.proposal_id = p_proposal;
    if v_decided.approved then
        insert into published.proxies (proxy_id, version, owner_tenant_id, body, published_at)
        select v_decided.proxy_id, v_decided.version, l.owner_tenant_id, v_decided.body, v_decided.decided_at
        from published.proxy_library l where l.owner_tenant_id = v_council;
        if not found then
            raise exception 'only the keeper of the library publishes';
        end if;
    end if;
    perform set_config('app.tenant', v_decided.proposer_tenant_id::text, true);
    insert into tenant.delivered_proxy_decisions
        (tenant_id, proposal_id, approved, reason, decided_by_name, decided_at)
    values
        (v_decided.proposer_tenant_id, p_proposal, v_decided.approved, v_decided.reason,
         v_decided.decided_by_name, v_decided.decided_at);
    perform set_config('app.tenant', v_council::text, true);
end $$;

revoke all on function tenant.proxy_proposal_deliver(uuid), tenant.proxy_decision_deliver(uuid) from public;
grant execute on function tenant.proxy_proposal_deliver(uuid), tenant.proxy_decision_deliver(uuid) to plumbline_app;

revoke insert on tenant.received_proxy_proposals, tenant.delivered_proxy_decisions
    from plumbline_app, plumbline_worker;
-- Jobs read proxies; proposing and deciding are deeds of persons.
revoke insert on tenant.proxy_proposals, tenant.proxy_decisions from plumbline_worker;
