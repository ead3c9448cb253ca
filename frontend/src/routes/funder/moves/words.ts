// Why: one step of a moved rank as a sentence: why, by how many points, and where it stood then.
import type { TFunction } from 'i18next';
import { fixed } from '@/format';
import type { MoveRow } from './query';

type Step = MoveRow['steps'][number];
type Words = TFunction<['ranking', 'funder']>;

/** A change in points with its sign; a change too small to show is not called nothing. */
export function signedPoints(change: string): string {
  const shown = fixed(change, 2);
  if (change.startsWith('-')) return shown.startsWith('\u2212') ? shown : `\u2212${shown}`;
  return `+${shown}`;
}

export function stepWords(step: Step, t: Words): string {
  const values = { reason: t(`ranking:moves.reason.${step.reason}`), change: signedPoints(step.scoreChange) };
  if (step.rankAfter === null) return t('ranking:moves.stepNoRank', values);
  return t('ranking:moves.step', { ...values, rank: step.rankAfter });
}

/** `R2 Expected value: 3.5 → 4`. */
export function partWords(part: Step['parts'][number], name: (criterion: string) => string, t: Words): string {
  const nothing = t('ranking:moves.nothing');
  return t('ranking:moves.part', { criterion: name(part.criterion), from: part.from ?? nothing, to: part.to ?? nothing });
}

/** From which rank to which: `12 → 9`, or that it came or went. */
export function rankWords({ rankBefore, rankAfter, came, went }: MoveRow, t: Words): { from: string; to: string } {
  return {
    from: came ? t('ranking:moves.came') : String(rankBefore ?? '—'),
    to: went ? t('ranking:moves.went') : String(rankAfter ?? '—'),
  };
}

/** Whether a row has anything to show, for all reasons or for one. */
export function isMoved(row: MoveRow, reason: Step['reason'] | undefined): boolean {
  if (reason !== undefined) return row.steps.some((step) => step.reason === reason);
  return row.rankBefore !== row.rankAfter || row.came || row.went || row.steps.length > 0;
}
