-- Purchases paid from an awarded project: an organisation's approval policy by version, the purchases, and
-- what each person did to them.

-- A policy never changes; a better one is the next version. A purchase keeps the one it was requested under.
create table tenant.purchase_policies (
    tenant_id    uuid not null,
    version      integer not null,
    body         jsonb not null,
    made_by      uuid not null,
    made_by_name text not null,
    made_at      timestamptz not null default clock_timestamp(),
    -- Two people saving at once cannot both be the next version.
    constraint purchase_policies_pkey primary key (tenant_id, version),
    constraint purchase_policies_version_positive check (version > 0)
);
call system.protect('tenant.purchase_policies', 'append');
create trigger purchase_policies_unchanged before update or delete on tenant.purchase_policies
    for each row execute function system.refuse_change();

-- What stays the same from request to payment: the project and its budget line, the policy, the number.
create table tenant.purchases (
    tenant_id      uuid not null,
    purchase_id    uuid not null,
    application_id uuid not null,
    line_id        text not null,
    reference      text not null,
    policy_version integer not null,
    created_by     uuid not null,
    created_at     timestamptz not null default clock_timestamp(),
    constraint purchases_pkey primary key (tenant_id, purchase_id),
    constraint purchases_reference_key unique (tenant_id, reference),
    constraint purchases_application_fkey foreign key (tenant_id, application_id)
        references tenant.applications (tenant_id, application_id),
    constraint purchases_policy_fkey foreign key (tenant_id, policy_version)
        references tenant.purchase_policies (tenant_id, version)
);
create index purchases_by_application on tenant.purchases (tenant_id, application_id, created_at);
call system.protect('tenant.purchases', 'append');
create trigger purchases_unchanged before update or delete on tenant.purchases
    for each row execute function system.refuse_change();

-- The chain of deeds. The primary key is the rule that of two people acting at once only one does.
-- content: what was stated at that step (parts and need of a request, quotations of an award, …).
create table tenant.purchase_acts (
    tenant_id    uuid not null,
    purchase_id  uuid not null,
    seq          integer not null,
    action       text not null,
    actor_id     uuid not null,
    actor_name   text not null,
    actor_role   text not null,
    amount       numeric(20, 6),
    interest     boolean,
    reasons      text[] not null default '{}',
    note         text not null default '',
    content      jsonb not null default '{}',
    acted_at     timestamptz not null default clock_timestamp(),
    constraint purchase_acts_pkey primary key (tenant_id, purchase_id, seq),
    constraint purchase_acts_purchase_fkey foreign key (tenant_id, purchase_id)
        references tenant.purchases (tenant_id, purchase_id),
    constraint purchase_acts_seq_positive check (seq > 0),
    constraint purchase_acts_action_known check (action in
        ('request', 'award', 'agree_and_issue_order', 'receipt', 'invoice', 'payment',
         'waive', 'declare_interest', 'refuse', 'return')),
    constraint purchase_acts_amount_positive check (amount > 0),
    constraint purchase_acts_reason_given check
        (action not in ('refuse', 'return', 'waive') or cardinality(reasons) > 0)
);
call system.protect('tenant.purchase_acts', 'append');
create trigger purchase_acts_unchanged before update or delete on tenant.purchase_acts
    for each row execute function system.refuse_change();
