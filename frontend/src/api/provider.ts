// Why: a person may sign in by an account elsewhere. The page leaves for the provider and comes back to `/sign-in`;
// where it left from is kept in this tab.
import type { Bilingual } from '@/i18n';
import { ask, post, type Answer, type PlainProblem } from './auth';

/** How one may sign in beside address and password. */
export interface Ways {
  /** What people call the provider; null: there is none. */
  provider: Bilingual | null;
  /** The one address at which passkeys work; null: nowhere. */
  passkeys: string | null;
}

/** How the own link stands. */
export interface ProviderLink {
  label: Bilingual;
  since: string | null;
  lastUsedAt: string | null;
}

/** A password, and a code where the second step is on. */
export interface Again {
  password: string;
  code?: string;
}

const LEFT_FROM = 'plumbline.left-from';
const NONE: Ways = { provider: null, passkeys: null };

/** Other ways of signing in; none where the server does not say. */
export async function ways(): Promise<Ways> {
  const answer = await ask<Ways>('/auth/ways');
  return 'value' in answer ? answer.value : NONE;
}

async function leave(path: string, body: unknown): Promise<PlainProblem[]> {
  const answer = await ask<{ to: string }>(path, body);
  if ('problems' in answer) return answer.problems;
  sessionStorage.setItem(LEFT_FROM, location.pathname + location.search);
  location.assign(answer.value.to);
  return [];
}

/** Leaves for the provider to sign in; problems where that cannot be. */
export function signInByProvider(): Promise<PlainProblem[]> {
  return leave('/auth/provider/begin', {});
}

/** Leaves for the provider to link the account. */
export function linkProvider(again: Again): Promise<PlainProblem[]> {
  return leave('/auth/provider/link', again);
}

export function unlinkProvider(again: Again): Promise<PlainProblem[]> {
  return post('/auth/provider/unlink', again);
}

export function providerLink(): Promise<Answer<ProviderLink>> {
  return ask('/auth/provider');
}

/** The code of the second step, after the provider named somebody to this browser. */
export function sendProviderCode(code: string): Promise<PlainProblem[]> {
  return post('/auth/provider/code', { code });
}

/** The page that this tab left for the provider from, once; null: the first page. */
export function leftFrom(): string | null {
  const path = sessionStorage.getItem(LEFT_FROM);
  sessionStorage.removeItem(LEFT_FROM);
  const own = path !== null && path.startsWith('/') && !path.startsWith('//') && !['/', '/sign-in'].includes(path);
  return own ? path : null;
}
