// Why: the own account is changed by plain routes, because a password never passes through GraphQL.
import type { ProblemLike } from '@/components/ProblemText';
import { post, readProblems, UNREACHABLE, type PlainProblem } from './auth';
import { download } from './files';

/** One place where somebody is signed in. */
export interface OwnSession {
  id: string;
  device: string;
  address: string;
  createdAt: string;
  lastSeenAt: string;
  /** How it was begun: `password`, `provider` or `passkey`. */
  way: 'password' | 'provider' | 'passkey';
  current: boolean;
}

export function changePassword(current: string, next: string): Promise<PlainProblem[]> {
  return post('/auth/password', { current, new: next });
}

/** Ends one session, or all the others when none is named. */
export function endSessions(id?: string): Promise<PlainProblem[]> {
  return post('/auth/sessions/end', id === undefined ? {} : { id });
}

/** Where one is signed in, or why that is not known. */
export async function ownSessions(): Promise<{ sessions: OwnSession[] } | { problems: PlainProblem[] }> {
  try {
    const answer = await fetch('/auth/sessions', { credentials: 'same-origin', headers: { 'x-plumbline': '1' } });
    const body: unknown = await answer.json().catch(() => null);
    if (!answer.ok) return { problems: readProblems(body) };
    const list = typeof body === 'object' && body !== null && 'sessions' in body ? body.sessions : null;
    return Array.isArray(list) ? { sessions: list as OwnSession[] } : { problems: [UNREACHABLE] };
  } catch {
    return { problems: [UNREACHABLE] };
  }
}

/** Everything held about the signed-in person, kept by the browser as a file; an empty list means it came. */
export function takePersonalData(): Promise<ProblemLike[]> {
  return download('/auth/personal-data', 'plumbline-personal-data.json', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-plumbline': '1' },
    body: '{}',
  });
}

/** Closes the account and erases its person; with a code where a second step is asked for. */
export function erasePersonalData(password: string, code?: string): Promise<PlainProblem[]> {
  return post('/auth/erase', code === undefined ? { password } : { password, code });
}
