// Why: what a chair fills in to decide, what of it is missing, and where each problem has its field.
import type { ProblemLike } from '@/components/ProblemText';
import { readMoney } from '@/format';
import type { DecisionOutcome } from '@/gql/graphql';
import { sumDecimals } from '../../applicant/sums';
import type { AskedLine } from './content';

/** What the chair has filled in so far. */
export interface Typed {
  outcome: DecisionOutcome | null;
  amounts: Record<string, string>;
  codes: string[];
  reason: string;
  departureReason: string;
  conditions: string;
}

export const EMPTY: Typed = { outcome: null, amounts: {}, codes: [], reason: '', departureReason: '', conditions: '' };

function problem(code: string, path: string): ProblemLike {
  return { code, path, message: '', params: [{ name: 'example', value: '1850.00' }] };
}

/** What is not filled in or cannot be read; everything else is judged by the server. */
export function unfilled(typed: Typed, lines: readonly AskedLine[], departs = false): ProblemLike[] {
  const problems: ProblemLike[] = [];
  if (typed.outcome === null) problems.push(problem('missing', 'outcome'));
  if (typed.outcome === 'APPROVE_IN_PART') {
    lines.forEach((line, position) => {
      if (readMoney(typed.amounts[line.id] ?? line.asked) === null) {
        problems.push(problem('not_decimal', `lines[${position}].amount`));
      }
    });
  }
  if (departs && typed.departureReason.trim() === '') problems.push(problem('departure_reason_missing', 'departureReason'));
  if (typed.reason.trim() === '') problems.push(problem('reason_missing', 'reason'));
  return problems;
}

/** `lines[2].amount` → the field of that line; `reasonCodes[0]` → the list of codes. */
export function fieldOf(path: string, lines: readonly AskedLine[]): string {
  const line = /^lines\[(\d+)\]/.exec(path)?.[1];
  if (line !== undefined) return `decision-line-${lines[Number(line)]?.id ?? ''}`;
  return `decision-${path.replace(/\[\d+\].*$/, '')}`;
}

export function awards(outcome: DecisionOutcome | null): boolean {
  return outcome === 'APPROVE' || outcome === 'APPROVE_IN_PART';
}

/** The amount of a line: as asked when approved in full, else as typed. */
export function awarded(typed: Typed, line: AskedLine): string {
  return typed.outcome === 'APPROVE' ? line.asked : (readMoney(typed.amounts[line.id] ?? line.asked) ?? '0.00');
}

export function total(typed: Typed, lines: readonly AskedLine[]): string {
  return sumDecimals(lines.map((line) => awarded(typed, line))) ?? '0.00';
}
