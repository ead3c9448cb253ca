// Why: signing in, out and acting for another organisation; plain routes beside GraphQL because
// they set the session cookie.
import type { Bilingual } from '@/i18n';

export interface PlainProblem {
  code: string;
  path: string;
  message: string;
  params: { name: string; value: string }[];
}

export interface DemoUser {
  email: string;
  name: string;
  tenant: Bilingual;
  roles: string[];
}

export const UNREACHABLE: PlainProblem = {
  code: 'server_unreachable',
  path: '',
  message: 'The server could not be reached.',
  params: [],
};

/** A field that is empty needs no asking of the server. */
export function emptyField(path: string, code = 'blank'): PlainProblem {
  return { code, path, message: '', params: [] };
}

/** The problem of a password that was not given; none when it was. */
export function passwordGiven(password: string, path = 'password'): PlainProblem[] {
  return password === '' ? [emptyField(path, 'password_missing')] : [];
}

export async function post(path: string, body: unknown): Promise<PlainProblem[]> {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'x-plumbline': '1' },
      body: JSON.stringify(body),
    });
    if (answer.ok) return [];
    return readProblems(await answer.json().catch(() => null));
  } catch {
    return [UNREACHABLE];
  }
}

export function readProblems(body: unknown): PlainProblem[] {
  if (typeof body !== 'object' || body === null || !('problems' in body)) return [UNREACHABLE];
  const list: unknown = body.problems;
  if (!Array.isArray(list) || list.length === 0) return [UNREACHABLE];
  return list.map((each: Partial<PlainProblem>) => ({
    code: String(each.code ?? 'unknown'),
    path: String(each.path ?? ''),
    message: String(each.message ?? ''),
    params: Array.isArray(each.params) ? each.params : [],
  }));
}

/** What a plain route answered, or the problems. */
export type Answer<T> = { value: T } | { problems: PlainProblem[] };

/** Reads from a plain route, or sends to it, what is not only done or refused. */
export async function ask<T>(path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const answer = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      credentials: 'same-origin',
      headers: { 'x-plumbline': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const read: unknown = await answer.json().catch(() => null);
    if (!answer.ok || read === null) return { problems: readProblems(read) };
    return { value: read as T };
  } catch {
    return { problems: [UNREACHABLE] };
  }
}

/** Signs in; an empty list means it worked. */
export function signIn(email: string, password: string, code?: string): Promise<PlainProblem[]> {
  return post('/auth/login', code === undefined ? { email, password } : { email, password, code });
}

/** The password fits, and a code of the second step is wanted as well. */
export function wantsCode(problems: readonly PlainProblem[]): boolean {
  return problems.some((problem) => problem.code === 'second_step_wanted');
}

export function signOut(): Promise<PlainProblem[]> {
  return post('/auth/logout', {});
}

/** Acts for another of one's organisations. */
export function switchTenant(tenantId: string): Promise<PlainProblem[]> {
  return post('/auth/switch', { tenantId });
}

/** The demonstration accounts; null where the server does not offer any. */
export async function demoUsers(): Promise<DemoUser[] | null> {
  try {
    const answer = await fetch('/auth/demo', { headers: { 'x-plumbline': '1' } });
    if (!answer.ok) return null;
    const body: unknown = await answer.json();
    if (typeof body !== 'object' || body === null || !('users' in body)) return null;
    return Array.isArray(body.users) ? (body.users as DemoUser[]) : null;
  } catch {
    return null;
  }
}
