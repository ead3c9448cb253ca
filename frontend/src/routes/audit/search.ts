// Why: what somebody looks for in the trail lives in the address, so that it can be shared and returned to.
import type { AuditFilter } from '@/gql/graphql';
import { text } from '../funder/search';

export interface AuditSearch {
  action?: string;
  actor?: string;
  subject?: string;
  /** Days in Hong Kong, such as 2026-11-22. */
  from?: string;
  until?: string;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MILLISECONDS = 86_400_000;

export function readSearch(given: Record<string, unknown>): AuditSearch {
  return {
    ...text(given, 'action'),
    ...text(given, 'actor'),
    ...text(given, 'subject'),
    ...text(given, 'from'),
    ...text(given, 'until'),
  };
}

/** Whether something is looked for that is no id of a thing, such as the number of an application. */
export function isWrongSubject(subject: string | undefined): boolean {
  return subject !== undefined && !ID.test(subject);
}

/** The moment at which a day begins in Hong Kong; nothing when it is no day. */
function beginOf(day: string | undefined, later = 0): string | undefined {
  if (day === undefined || !DAY.test(day)) return undefined;
  const moment = new Date(`${day}T00:00:00+08:00`).getTime();
  return Number.isNaN(moment) ? undefined : new Date(moment + later).toISOString();
}

/** The last day asked for is included. */
export function filterOf(search: AuditSearch): AuditFilter {
  return {
    action: search.action,
    actor: search.actor,
    subject: search.subject,
    from: beginOf(search.from),
    until: beginOf(search.until, DAY_MILLISECONDS),
  };
}
