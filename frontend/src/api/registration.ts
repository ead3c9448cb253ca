// Why: an organisation is registered, and its first person's address proven, without being signed in.
import type { Bilingual } from '@/i18n';
import { post, readProblems, UNREACHABLE, type PlainProblem } from './auth';

export interface IdentifierGiven {
  type: string;
  value: string;
}

export interface RegistrationSent {
  requestId: string;
  kind: string;
  nameEn: string;
  nameZh: string;
  identifiers: readonly IdentifierGiven[];
  name: string;
  email: string;
  notice: string | null;
}

export interface RegistrationOpen {
  email: string;
  person: string;
  name: Bilingual;
  hasAccount: boolean;
}

export function sendRegistration(registration: RegistrationSent): Promise<PlainProblem[]> {
  return post('/auth/register', registration);
}

/** What the link of the mail belongs to. */
export async function readRegistration(token: string): Promise<{ open: RegistrationOpen } | { problems: PlainProblem[] }> {
  try {
    const answer = await fetch('/auth/registration', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'x-plumbline': '1' },
      body: JSON.stringify({ token }),
    });
    const body: unknown = await answer.json().catch(() => null);
    if (!answer.ok || body === null) return { problems: readProblems(body) };
    return { open: body as RegistrationOpen };
  } catch {
    return { problems: [UNREACHABLE] };
  }
}

export function acceptRegistration(token: string, password: string): Promise<PlainProblem[]> {
  return post('/auth/registration/accept', { token, new: password });
}
