// Why: a forgotten password is set anew without being signed in.
import { post, type PlainProblem } from './auth';

export function askForReset(email: string): Promise<PlainProblem[]> {
  return post('/auth/reset/ask', { email });
}

export function resetPassword(token: string, next: string): Promise<PlainProblem[]> {
  return post('/auth/reset', { token, new: next });
}
