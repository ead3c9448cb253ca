-- An NGO's legal entity, its units, and facts dated by financial year. Outcomes are counts: no table
-- here or later holds a beneficiary.
create table tenant.organisations (
    tenant_id       uuid not null,
    organisation_id uuid not null,
    name_en         text not null,
    name_zh         text not null,
    fictional       boolean not null,
    constraint organisations_pkey primary key (tenant_id, organisation_id)
);
call system.protect('tenant.organisations', 'edit');

-- An organisation may lack any of them: each is a pair of type and value.
create table tenant.organisation_identifiers (
    tenant_id       uuid not null,
    organisation_id uuid not null,
    kind            text not null,
    value           text not null,
    constraint organisation_identifiers_pkey primary key (tenant_id, organisation_id, kind, value),
    constraint organisation_identifiers_organisation_fkey foreign key (tenant_id, organisation_id)
        references tenant.organisations (tenant_id, organisation_id)
);
call system.protect('tenant.organisation_identifiers', 'append');

create table tenant.service_units (
    tenant_id       uuid not null,
    service_unit_id uuid not null,
    organisation_id uuid not null,
    name_en         text not null,
    name_zh         text not null,
    constraint service_units_pkey primary key (tenant_id, service_unit_id),
    constraint service_units_organisation_fkey foreign key (tenant_id, organisation_id)
        references tenant.organisations (tenant_id, organisation_id)
);
call system.protect('tenant.service_units', 'edit');

-- A fact is never overwritten by another year: subvention, staff, accounts, reserve.
create table tenant.organisation_facts (
    tenant_id       uuid not null,
    organisation_id uuid not null,
    financial_year  text not null,
    path            text not null,
    value           jsonb not null,
    provenance      text not null,
    recorded_at     timestamptz not null default clock_timestamp(),
    constraint organisation_facts_pkey primary key (tenant_id, organisation_id, financial_year, path),
    constraint organisation_facts_organisation_fkey foreign key (tenant_id, organisation_id)
        references tenant.organisations (tenant_id, organisation_id),
    constraint organisation_facts_year_form check (financial_year ~ '^[0-9]{4}-[0-9]{2}$'),
    constraint organisation_facts_provenance_known check (provenance in ('declared', 'verified', 'ledger'))
);
call system.protect('tenant.organisation_facts', 'edit');

-- Awards and refunds. Caps and "earlier awards" read this; nobody types them into a form. The funder's
-- copy decides; the applicant's copy is delivered.
create table tenant.award_ledger (
    tenant_id              uuid not null,
    entry_id               uuid not null,
    counterparty_tenant_id uuid not null,
    programme_id           uuid not null,
    reference              text not null,
    financial_year         text not null,
    kind                   text not null,
    amount                 numeric(20, 6) not null,
    recorded_at            timestamptz not null default clock_timestamp(),
    constraint award_ledger_pkey primary key (tenant_id, entry_id),
    constraint award_ledger_kind_known check (kind in ('award', 'refund')),
    constraint award_ledger_amount_positive check (amount > 0),
    constraint award_ledger_whole_cents check (amount = round(amount, 2))
);
create index award_ledger_counterparty on tenant.award_ledger (tenant_id, counterparty_tenant_id, programme_id);
call system.protect('tenant.award_ledger', 'append');
create trigger award_ledger_unchanged before update or delete on tenant.award_ledger
    for each row execute function system.refuse_change();
