// Why: an invitation that is being written stays when somebody looks something up on another page; each organisation
// has its own, and each person theirs.
import type { Role } from '@/gql/graphql';
import { drop, findKept, keep, keptText } from '@/kept';

export interface InviteDraft {
  email: string;
  chosen: Role[];
  until: string;
}

function keyOf(tenant: string, person: string): string {
  return `plumbline.invite.${tenant}.${person}`;
}

export function keepInvite(tenant: string, person: string, draft: InviteDraft): void {
  const key = keyOf(tenant, person);
  if (draft.email === '' && draft.chosen.length === 0 && draft.until === '') drop(key);
  else keep(key, draft);
}

/** What was typed before, of the roles that are still offered. */
export function findInvite(tenant: string, person: string, offered: readonly Role[]): InviteDraft {
  const kept = findKept<InviteDraft>(keyOf(tenant, person));
  const chosen: unknown[] = Array.isArray(kept.chosen) ? kept.chosen : [];
  return { email: keptText(kept.email), chosen: offered.filter((role) => chosen.includes(role)), until: keptText(kept.until) };
}
