// Why: a forgotten password is set anew without being signed in.
import { post, type PlainProblem } from './auth';

export function askForReset(email: string): Promise<PlainProblem[]> {
  return post('/auth/reset/ask', { email });
}

/** What is wrong with the link itself: without a password nothing is set. */
export async function linkProblems(token: string): Promise<PlainProblem[]> {
  const found = await resetPassword(token, '');
  return found.filter(({ path }) => path === 'token');
}

export function resetPassword(token: string, next: string): Promise<PlainProblem[]> {
  return post('/auth/reset', { token, new: next });
}
