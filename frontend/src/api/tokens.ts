// Why: a token's secret is shown once and passes through no cache, so tokens have plain routes.
import { post, readProblems, UNREACHABLE, type PlainProblem } from './auth';

/** A program's way in, as its owner sees it. */
export interface Token {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

/** Something a token may be used for. */
export interface TokenScope {
  code: string;
  writes: boolean;
}

interface Tokens {
  tokens: Token[];
  scopes: TokenScope[];
}

const HEADERS = { 'content-type': 'application/json', 'x-plumbline': '1' };

async function told<T>(address: string, init: RequestInit, has: (body: object) => boolean): Promise<T | { problems: PlainProblem[] }> {
  try {
    const answer = await fetch(address, { credentials: 'same-origin', headers: HEADERS, ...init });
    const body: unknown = await answer.json().catch(() => null);
    if (!answer.ok) return { problems: readProblems(body) };
    return typeof body === 'object' && body !== null && has(body) ? (body as T) : { problems: [UNREACHABLE] };
  } catch {
    return { problems: [UNREACHABLE] };
  }
}

/** The own tokens for the organisation acted for, and what a new one could be used for. */
export function ownTokens(): Promise<Tokens | { problems: PlainProblem[] }> {
  return told<Tokens>('/auth/tokens', {}, (body) => 'tokens' in body && 'scopes' in body);
}

/** Makes a token; its secret is in the answer and nowhere else. */
export function makeToken(input: { name: string; scopes: string[]; days: number; password: string }): Promise<
  { token: Token; secret: string } | { problems: PlainProblem[] }
> {
  const init = { method: 'POST', body: JSON.stringify(input) };
  return told<{ token: Token; secret: string }>('/auth/tokens', init, (body) => 'secret' in body);
}

export function endToken(id: string): Promise<PlainProblem[]> {
  return post('/auth/tokens/end', { id });
}
