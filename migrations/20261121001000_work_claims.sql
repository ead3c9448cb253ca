-- What fair, crash-proof claims of the ledger need beyond the table itself.
-- expiries: how often a worker fell silent while it held the row. A row that may have killed its
-- workers is claimed alone, so that it cannot use up the attempts of the rows beside it.
alter table system.work add column expiries integer not null default 0;
alter table system.work add column started_at timestamptz;

-- Two rings of claimable rows: the ordinary, walked origin by origin, and the suspects, one at a time.
drop index system.work_claimable;
create index work_claimable on system.work (origin_id, priority desc, due_at, work_id)
    where state = 'queued' and expiries < 2;
create index work_suspects on system.work (due_at, work_id) where state = 'queued' and expiries >= 2;
-- What a person has to look at.
create index work_stopped on system.work (finished_at) where state in ('failed', 'dead');

-- A row is updated three times in its life and leaves the queue's indexes: vacuum early and often.
alter table system.work set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- Work that is asked for again while queued is touched (earlier, more urgent), never inserted twice.
-- The touch holds the row back from workers until the asking transaction has committed.
grant update (due_at, priority) on system.work to plumbline_app;
