// Why: the second step of signing in is kept by plain routes, because neither passwords nor codes pass through
// GraphQL.
import { ask, post, type Answer, type PlainProblem } from './auth';

/** How the second step stands. */
export interface SecondStep {
  /** Since when a code is asked for; null: it is not. */
  since: string | null;
  recoveryLeft: number;
}

/** What an app is told, once. */
export interface SecondStepSetup {
  secret: string;
  url: string;
  picture: string;
}

export function secondStep(): Promise<Answer<SecondStep>> {
  return ask('/auth/second-step');
}

export function beginSecondStep(password: string): Promise<Answer<SecondStepSetup>> {
  return ask('/auth/second-step/begin', { password });
}

export function confirmSecondStep(code: string): Promise<Answer<{ recoveryCodes: string[] }>> {
  return ask('/auth/second-step/confirm', { code });
}

export function renewRecoveryCodes(code: string): Promise<Answer<{ recoveryCodes: string[] }>> {
  return ask('/auth/second-step/recovery', { code });
}

export function endSecondStep(password: string, code: string): Promise<PlainProblem[]> {
  return post('/auth/second-step/end', { password, code });
}
