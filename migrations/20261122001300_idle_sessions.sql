-- A session that nobody used for four hours is over; one that is used ends after twelve.
create or replace view identity.living_sessions with (security_invoker = true) as
    select * from identity.sessions
    where revoked_at is null and expires_at > clock_timestamp()
      and last_seen_at > clock_timestamp() - interval '4 hours';
