-- Delivery: the only writing that crosses from one tenant into another. Each function checks what may
-- cross, switches the tenant for its own inserts alone, and switches back. They run as the owner, who is
-- under the same forced row-level security; the application's roles cannot insert into these tables.

-- Writes a frozen version into both tenants. Owner only: submission_deliver below is the way in; the
-- demonstration data uses this with the dates of its past round.
create function tenant.submission_record(
    p_at timestamptz, p_funder uuid, p_submission uuid, p_application uuid, p_version integer, p_document text,
    p_sha256 text, p_actor uuid, p_applicant_en text, p_applicant_zh text, p_size_band text, p_title_en text,
    p_title_zh text, p_ask numeric, p_total_cost numeric, p_cells jsonb, p_shares jsonb
) returns void
    language plpgsql set search_path = pg_catalog
    as $$
declare
    v_applicant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_application record;
begin
    select a.reference, a.round_id into strict v_application
    from tenant.applications a where a.tenant_id = v_applicant and a.application_id = p_application;
    insert into tenant.submissions
        (tenant_id, submission_id, application_id, version_no, document, sha256, submitted_by, received_at)
    values (v_applicant, p_submission, p_application, p_version, p_document, p_sha256, p_actor, p_at);
    update tenant.applications set stage = 'submitted', version = version + 1, updated_at = p_at
    where tenant_id = v_applicant and application_id = p_application;

    perform set_config('app.tenant', p_funder::text, true);
    insert into tenant.received_submissions
        (tenant_id, submission_id, round_id, applicant_tenant_id, application_id, reference, version_no,
         document, sha256, received_at, applicant_en, applicant_zh, size_band, title_en, title_zh, ask, total_cost)
    values
        (p_funder, p_submission, v_application.round_id, v_applicant, p_application,
         v_application.reference, p_version, p_document, p_sha256, p_at, p_applicant_en, p_applicant_zh,
         p_size_band, p_title_en, p_title_zh, p_ask, p_total_cost);
    insert into tenant.money_cells
        (tenant_id, submission_id, stage, stage_no, line_id, financial_year, source, amount)
    select p_funder, p_submission, 'asked', 1,
           c ->> 'line_id', c ->> 'financial_year', c ->> 'source', (c ->> 'amount')::numeric
    from jsonb_array_elements(p_cells) c;
    insert into tenant.submission_shares (tenant_id, submission_id, kind, code, share)
    select p_funder, p_submission, s ->> 'kind', s ->> 'code', (s ->> 'share')::numeric
    from jsonb_array_elements(p_shares) s;
    perform set_config('app.tenant', v_applicant::text, true);
end $$;

-- Freezes a version and hands exactly that to the funder. Judged by the database clock, as the last
-- statement of the submitting transaction. Returns null when the round is not open any more.
create function tenant.submission_deliver(
    p_submission uuid, p_application uuid, p_version integer, p_document text, p_sha256 text, p_actor uuid,
    p_applicant_en text, p_applicant_zh text, p_size_band text, p_title_en text, p_title_zh text,
    p_ask numeric, p_total_cost numeric, p_cells jsonb, p_shares jsonb
) returns timestamptz
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_applicant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_round record;
    v_now timestamptz;
begin
    select r.owner_tenant_id, a.funder_tenant_id, r.stage, r.opens_at, c.closes_at into strict v_round
    from tenant.applications a
    join published.rounds r using (round_id)
    join published.round_closings c using (round_id)
    where a.tenant_id = v_applicant and a.application_id = p_application and a.stage = 'draft';
    if v_round.owner_tenant_id <> v_round.funder_tenant_id then
        raise exception 'the application names another funder than its round';
    end if;
    v_now := clock_timestamp();
    if v_round.stage <> 'open' or v_now < v_round.opens_at or v_now > v_round.closes_at then
        return null;
    end if;
    perform tenant.submission_record(
        v_now, v_round.funder_tenant_id, p_submission, p_application, p_version, p_document, p_sha256, p_actor,
        p_applicant_en, p_applicant_zh, p_size_band, p_title_en, p_title_zh, p_ask, p_total_cost, p_cells, p_shares);
    return v_now;
end $$;

-- Tells the applicant what happened: a status row in the applicant's own tenant, no content of the funder's.
create function tenant.status_deliver(p_submission uuid, p_status uuid, p_code text, p_params jsonb) returns void
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_funder uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_received record;
begin
    select applicant_tenant_id, application_id into strict v_received
    from tenant.received_submissions where tenant_id = v_funder and submission_id = p_submission;
    perform set_config('app.tenant', v_received.applicant_tenant_id::text, true);
    insert into tenant.delivered_statuses (tenant_id, status_id, application_id, code, params)
    values (v_received.applicant_tenant_id, p_status, v_received.application_id, p_code, p_params);
    perform set_config('app.tenant', v_funder::text, true);
end $$;

-- Enters an award in both ledgers: the funder's, which decides, and the applicant's copy.
create function tenant.award_deliver(
    p_submission uuid, p_entry uuid, p_programme uuid, p_financial_year text, p_kind text, p_amount numeric
) returns void
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_funder uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_received record;
begin
    select applicant_tenant_id, reference into strict v_received
    from tenant.received_submissions where tenant_id = v_funder and submission_id = p_submission;
    insert into tenant.award_ledger
        (tenant_id, entry_id, counterparty_tenant_id, programme_id, reference, financial_year, kind, amount)
    values (v_funder, p_entry, v_received.applicant_tenant_id, p_programme, v_received.reference,
            p_financial_year, p_kind, p_amount);
    perform set_config('app.tenant', v_received.applicant_tenant_id::text, true);
    insert into tenant.award_ledger
        (tenant_id, entry_id, counterparty_tenant_id, programme_id, reference, financial_year, kind, amount)
    values (v_received.applicant_tenant_id, p_entry, v_funder, p_programme, v_received.reference,
            p_financial_year, p_kind, p_amount);
    perform set_config('app.tenant', v_funder::text, true);
end $$;

-- The applicant withdraws: the funder's copy is marked, never removed.
create function tenant.withdrawal_deliver(p_application uuid) returns void
    language plpgsql security definer set search_path = pg_catalog
    as $$
declare
    v_applicant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    v_funder uuid;
begin
    select funder_tenant_id into strict v_funder
    from tenant.applications where tenant_id = v_applicant and application_id = p_application;
    perform set_config('app.tenant', v_funder::text, true);
    update tenant.received_submissions set withdrawn = true
    where tenant_id = v_funder and application_id = p_application and applicant_tenant_id = v_applicant;
    perform set_config('app.tenant', v_applicant::text, true);
end $$;

revoke all on function
    tenant.submission_record(timestamptz, uuid, uuid, uuid, integer, text, text, uuid, text, text, text, text, text, numeric, numeric, jsonb, jsonb),
    tenant.submission_deliver(uuid, uuid, integer, text, text, uuid, text, text, text, text, text, numeric, numeric, jsonb, jsonb),
    tenant.status_deliver(uuid, uuid, text, jsonb),
    tenant.award_deliver(uuid, uuid, uuid, text, text, numeric),
    tenant.withdrawal_deliver(uuid) from public;
grant execute on function
    tenant.submission_deliver(uuid, uuid, integer, text, text, uuid, text, text, text, text, text, numeric, numeric, jsonb, jsonb),
    tenant.withdrawal_deliver(uuid) to plumbline_app;
grant execute on function tenant.status_deliver(uuid, uuid, text, jsonb) to plumbline_app, plumbline_worker;
grant execute on function tenant.award_deliver(uuid, uuid, uuid, text, text, numeric) to plumbline_app;

revoke insert on tenant.submissions, tenant.received_submissions, tenant.submission_shares,
    tenant.delivered_statuses, tenant.award_ledger from plumbline_app, plumbline_worker;
-- The applicant's own timeline starts with its own deeds.
grant insert on tenant.delivered_statuses to plumbline_app;

