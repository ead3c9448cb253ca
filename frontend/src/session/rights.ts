// Why: what a role may open outside an area of its own, so that links and pages agree; the server judges in any case.
import type { Role } from '@/gql/graphql';

const ANSWERS_FOR_ALL: ReadonlySet<Role> = new Set(['NGO_ENDORSER', 'FUNDER_CHAIR', 'FUNDER_APPROVER', 'COUNCIL_STEWARD']);

/** Who reads the audit trail. */
export function readsTrail(roles: readonly Role[]): boolean {
  return roles.some((role) => ANSWERS_FOR_ALL.has(role));
}
