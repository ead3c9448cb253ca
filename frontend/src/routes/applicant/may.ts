// Why: what a role may do, so that a page offers only that; the server judges in any case.
import type { Role } from '@/gql/graphql';

/** Sections that a finance officer writes. */
const FIGURES: ReadonlySet<string> = new Set(['budget', 'procurement', 'cost_sharing', 'value_map']);

export function mayStart(roles: readonly Role[]): boolean {
  return roles.includes('NGO_EDITOR') || roles.includes('NGO_ENDORSER');
}

export function mayEdit(roles: readonly Role[], section: string): boolean {
  return mayStart(roles) || (roles.includes('NGO_FINANCE') && FIGURES.has(section));
}

/** Finance officers attach quotations and accounts as well. */
export function mayAttach(roles: readonly Role[]): boolean {
  return mayStart(roles) || roles.includes('NGO_FINANCE');
}

export function maySubmit(roles: readonly Role[]): boolean {
  return roles.includes('NGO_ENDORSER');
}
