// Why: a what-if, the line that was moved and the filters live in the address, so that a panel can look
// at the same view. What cannot be read is left out.
import type { FairnessBasis, MoveReason, Standing } from '@/gql/graphql';
import { WHOLE, type Points } from '@/components/points';
import { oneOf, readListSearch, text, type ListSearch } from '../search';

type Given = Record<string, unknown>;

export const STANDINGS = ['ROBUSTLY_SHORTLISTED', 'CONTESTED', 'ROBUSTLY_OUT'] as const satisfies readonly Standing[];
export const REASONS = ['RULE', 'WEIGHT', 'DATA', 'REVIEWER'] as const satisfies readonly MoveReason[];
export const BASES = ['LINE', 'EXACT', 'DECIDED'] as const satisfies readonly FairnessBasis[];

export interface ShortlistSearch extends ListSearch {
  area?: string;
  standing?: Standing;
  /** What-if weights in whole points: `R1.15-R2.20`. */
  w?: string;
  /** What-if budget. */
  budget?: string;
  /** How many ranks stand above the line that was moved. */
  line?: number;
  /** Whether the second opinion is shown. */
  second?: boolean;
}

export interface MovesSearch {
  before?: string;
  after?: string;
  reason?: MoveReason;
}

export interface FairnessSearch {
  basis?: FairnessBasis;
}

export interface PanelSearch {
  topic?: string;
}

export function readShortlistSearch(given: Given): ShortlistSearch {
  const line = Number(given['line'] ?? Number.NaN);
  return {
    ...readListSearch(given),
    ...text(given, 'area'),
    ...oneOf(given, 'standing', STANDINGS),
    ...text(given, 'w'),
    ...text(given, 'budget'),
    ...(Number.isInteger(line) && line >= 0 ? { line } : {}),
    ...(given['second'] === true || given['second'] === 'true' ? { second: true } : {}),
  };
}

export function readMovesSearch(given: Given): MovesSearch {
  return { ...text(given, 'before'), ...text(given, 'after'), ...oneOf(given, 'reason', REASONS) };
}

export function readFairnessSearch(given: Given): FairnessSearch {
  return oneOf(given, 'basis', BASES);
}

export function readPanelSearch(given: Given): PanelSearch {
  return text(given, 'topic');
}

/** The points in an address; null unless every criterion has its own, from 0 to 100. */
export function readPoints(written: string | undefined, criteria: readonly string[]): Points | null {
  if (written === undefined) return null;
  const found = [...written.matchAll(/([^.]+)\.(\d{1,3})(?:-|$)/g)].map(([, id = '', points = '']) => [id, Number(points)] as const);
  if (found.map(([id, points]) => `${id}.${points}`).join('-') !== written) return null;
  const read: Points = Object.fromEntries(found);
  const whole = found.length === criteria.length && criteria.every((id) => (read[id] ?? WHOLE + 1) <= WHOLE);
  return whole ? read : null;
}

export function writePoints(points: Points, criteria: readonly string[]): string {
  return criteria.map((id) => `${id}.${points[id] ?? 0}`).join('-');
}
