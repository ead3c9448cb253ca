// Why: an invitation is opened and accepted without being signed in.
import type { Bilingual } from '@/i18n';
import { post, readProblems, UNREACHABLE, type PlainProblem } from './auth';

export interface Invited {
  email: string;
  tenant: Bilingual;
  inviter: string;
  roles: string[];
  memberUntil: string | null;
  hasAccount: boolean;
  /** The version of the notice that joining agrees to; null where there is nothing to agree to. */
  notice: string | null;
}

/** Who invites whom to what. */
export async function readInvitation(token: string): Promise<{ invited: Invited } | { problems: PlainProblem[] }> {
  try {
    const answer = await fetch('/auth/invitation', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'x-plumbline': '1' },
      body: JSON.stringify({ token }),
    });
    const body: unknown = await answer.json().catch(() => null);
    if (!answer.ok || body === null) return { problems: readProblems(body) };
    return { invited: body as Invited };
  } catch {
    return { problems: [UNREACHABLE] };
  }
}

export function acceptInvitation(token: string, name: string, password: string, notice: string | null): Promise<PlainProblem[]> {
  return post('/auth/invitation/accept', { token, name, new: password, notice });
}
