// Why: what a chair fills in to decide, what of it is missing or cannot be, all at once, and where each problem has
// its field.
import type { ProblemLike } from '@/components/ProblemText';
import { amount, readMoney } from '@/format';
import type { DecisionOutcome } from '@/gql/graphql';
import { textAt, type Content } from '../../applicant/section/path';
import { isMore, sumDecimals } from '../../applicant/sums';
import { DECISIONS } from '../search';
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

/** Reads what was kept on this device; of nothing it makes the empty form. */
export function readTyped(kept: Content): Typed {
  const amounts = Object.entries(typeof kept['amounts'] === 'object' ? (kept['amounts'] ?? {}) : {});
  const codes: unknown[] = Array.isArray(kept['codes']) ? kept['codes'] : [];
  return {
    outcome: DECISIONS.find((each) => each === kept['outcome']) ?? null,
    amounts: Object.fromEntries(amounts.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
    codes: codes.filter((code) => typeof code === 'string'),
    reason: textAt(kept, 'reason'),
    departureReason: textAt(kept, 'departureReason'),
    conditions: textAt(kept, 'conditions'),
  };
}

function problem(code: string, path: string, params: Record<string, string> = {}): ProblemLike {
  return { code, path, message: '', params: Object.entries(params).map(([name, value]) => ({ name, value })) };
}

/** Everything that is not filled in or cannot stand; the server judges it again. */
export function unfilled(typed: Typed, lines: readonly AskedLine[], departs = false): ProblemLike[] {
  const problems: ProblemLike[] = [];
  const { outcome } = typed;
  if (outcome === null) problems.push(problem('missing', 'outcome'));
  if (departs && typed.departureReason.trim() === '') problems.push(problem('departure_reason_missing', 'departureReason'));
  if (outcome === 'APPROVE_IN_PART') problems.push(...wrongAmounts(typed, lines));
  if ((outcome === 'APPROVE_IN_PART' || outcome === 'DECLINE') && typed.codes.length === 0) {
    problems.push(problem('reason_code_missing', 'reasonCodes'));
  }
  if (typed.reason.trim() === '') problems.push(problem('reason_missing', 'reason'));
  return problems;
}

/** Each amount that cannot be approved; the sum is looked at once every amount can. */
function wrongAmounts(typed: Typed, lines: readonly AskedLine[]): ProblemLike[] {
  const wrong = lines.flatMap((line, position) => {
    const code = wrongAmount(typed.amounts[line.id], line.asked);
    return code === null ? [] : [problem(code, `lines[${position}].amount`, { example: exampleBelow(line.asked), most: amount(line.asked) })];
  });
  if (wrong.length > 0) return wrong;
  const sum = total(typed, lines) ?? '0';
  const asked = sumDecimals(lines.map((line) => line.asked)) ?? '0';
  return isMore(sum, '0') && isMore(asked, sum) ? [] : [problem('amounts_not_in_part', 'lines')];
}

const EXAMPLE = '1850.00';
const CENTS = 2;

function exampleBelow(asked: string): string {
  return isMore(EXAMPLE, asked) ? asked : EXAMPLE;
}

function wrongAmount(text: string | undefined, asked: string): string | null {
  if (text === undefined) return null;
  const read = readMoney(text);
  if (read === null) return 'not_decimal';
  if (hasPartsOfCents(read)) return 'award_parts_of_cents';
  return read.startsWith('-') || isMore(read, asked) ? 'award_outside_line' : null;
}

function hasPartsOfCents(read: string): boolean {
  return (read.split('.')[1] ?? '').length > CENTS;
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

/** The amount of a line: as asked when approved in full, else as typed; null when that is no amount. */
function awarded(typed: Typed, line: AskedLine): string | null {
  const text = typed.amounts[line.id];
  if (typed.outcome === 'APPROVE' || text === undefined) return line.asked;
  const read = readMoney(text);
  return read === null || hasPartsOfCents(read) ? null : read;
}

/** The lines as the server takes them. */
export function sentLines(typed: Typed, lines: readonly AskedLine[]): { lineId: string; amount: string }[] {
  return lines.map((line) => ({ lineId: line.id, amount: awarded(typed, line) ?? '' }));
}

/** The sum; null while one of the amounts is none. */
export function total(typed: Typed, lines: readonly AskedLine[]): string | null {
  const amounts = lines.map((line) => awarded(typed, line));
  return amounts.includes(null) ? null : sumDecimals(amounts);
}
