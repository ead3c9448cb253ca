// Why: a passkey's question and answer pass between server and device; the browser only carries them.
import { ask, post, type Answer, type PlainProblem } from './auth';
import type { Again } from './provider';

/** A passkey, as its owner sees it. */
export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}

interface Question<T> {
  question: string;
  options: { publicKey: T };
}

const CANCELLED: PlainProblem = {
  code: 'passkey_cancelled',
  path: '',
  message: 'No passkey was used. Try again, or sign in with your password.',
  params: [],
};

/** Whether this browser can carry questions and answers. */
export function canUsePasskeys(): boolean {
  return 'PublicKeyCredential' in window && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';
}

export async function ownPasskeys(): Promise<Answer<Passkey[]>> {
  const answer = await ask<{ passkeys: Passkey[] }>('/auth/passkeys');
  return 'value' in answer ? { value: answer.value.passkeys } : answer;
}

export function removePasskey(id: string, again: Again): Promise<PlainProblem[]> {
  return post('/auth/passkeys/remove', { id, ...again });
}

/** Asks the device; none when its owner stopped, or it has no such passkey. */
async function fromDevice(asking: Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    const credential = await asking;
    return credential instanceof PublicKeyCredential ? credential : null;
  } catch {
    return null;
  }
}

/** Signs in by a passkey of this device, or of one beside it. */
export async function signInByPasskey(): Promise<PlainProblem[]> {
  const asked = await ask<Question<PublicKeyCredentialRequestOptionsJSON>>('/auth/passkeys/begin', {});
  if ('problems' in asked) return asked.problems;
  const { question, options } = asked.value;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey);
  const credential = await fromDevice(navigator.credentials.get({ publicKey }));
  if (credential === null) return [CANCELLED];
  return post('/auth/passkeys/sign-in', { question, credential: credential.toJSON() });
}

/** A passkey that the device has made and the server does not know yet. */
export interface MadePasskey {
  question: string;
  credential: unknown;
}

/** Lets the device make a passkey, for the password. */
export async function makePasskey(again: Again): Promise<Answer<MadePasskey>> {
  const asked = await ask<Question<PublicKeyCredentialCreationOptionsJSON>>('/auth/passkeys/add/begin', again);
  if ('problems' in asked) return asked;
  const { question, options } = asked.value;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey);
  const credential = await fromDevice(navigator.credentials.create({ publicKey }));
  return credential === null ? { problems: [CANCELLED] } : { value: { question, credential: credential.toJSON() } };
}

/** Adds it under a name. */
export function addPasskey(made: MadePasskey, name: string): Promise<PlainProblem[]> {
  return post('/auth/passkeys/add', { ...made, name });
}
