// Why: deadlines are judged by the server's clock, so the browser only measures how far its own
// clock is off and counts from there.
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/gql';

const ServerTime = graphql(`
  query ServerTime {
    serverTime
  }
`);

let offsetMilliseconds: number | null = null;

/** Notes how far the server's time is from ours. */
function noteServerTime(serverTime: string, receivedAt: number = Date.now()): void {
  const at = Date.parse(serverTime);
  if (!Number.isNaN(at)) offsetMilliseconds = at - receivedAt;
}

/** The server's time now in milliseconds, refreshed every `every` milliseconds. */
export function useServerNow(every = 1000): number {
  const known = offsetMilliseconds !== null;
  const [{ data }] = useQuery({ query: ServerTime, pause: known, requestPolicy: 'network-only' });
  const [now, setNow] = useState(() => Date.now() + (offsetMilliseconds ?? 0));
  useEffect(() => {
    if (data && offsetMilliseconds === null) noteServerTime(data.serverTime);
  }, [data]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() + (offsetMilliseconds ?? 0)), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
