// Why: what a role of the funder may do, so that a page offers only that; the server judges in any case.
import type { Role } from '@/gql/graphql';

const SEES_ALL: ReadonlySet<Role> = new Set(['FUNDER_OFFICER', 'FUNDER_CHAIR', 'FUNDER_APPROVER']);

/** Sees every review, the shortlist and the decisions; a reviewer sees only the own sheet. */
export function seesAll(roles: readonly Role[]): boolean {
  return roles.some((role) => SEES_ALL.has(role));
}

export function mayManageRound(roles: readonly Role[]): boolean {
  return roles.includes('FUNDER_OFFICER') || roles.includes('FUNDER_CHAIR');
}

export function mayReview(roles: readonly Role[]): boolean {
  return roles.includes('FUNDER_REVIEWER');
}

/** Adopts a ranking and records decisions. */
export function mayDecide(roles: readonly Role[]): boolean {
  return roles.includes('FUNDER_CHAIR');
}

/** Confirms or returns what another person decided above the limit. */
export function mayConfirm(roles: readonly Role[]): boolean {
  return roles.includes('FUNDER_CHAIR') || roles.includes('FUNDER_APPROVER');
}
