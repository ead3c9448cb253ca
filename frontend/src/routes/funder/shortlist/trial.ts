// Why: a what-if is asked of the engine a moment after the last change; while the next answer is on its
// way the last one stays. Its ranks are laid over the rows of the ranking, which itself never changes.
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { readProblems, UNREACHABLE } from '@/api/problems';
import type { ProblemLike } from '@/components/ProblemText';
import { shareOf, sumOf, WHOLE, type Points } from '@/components/points';
import { readMoney } from '@/format';
import { RankingTrial, type Row, type Trial } from './query';

const DEBOUNCE_MILLISECONDS = 300;
const NONE: readonly ProblemLike[] = [];

/** A row as it is shown: of the ranking, or with the ranks of a what-if laid over it. */
export interface Shown extends Row {
  /** The rank in the ranking itself; undefined outside a what-if. */
  rankBefore?: number | null;
}

export interface Asked {
  /** Null: as agreed. */
  points: Points | null;
  /** Null: as agreed. */
  budget: string | null;
}

/** Whether it can be asked: the points are a whole and the budget can be read. */
export function isAskable({ points, budget }: Asked): boolean {
  if (points === null && budget === null) return false;
  return (points === null || sumOf(points) === WHOLE) && (budget === null || readMoney(budget) !== null);
}

/** The rows with the what-if laid over them, in its order; the unranked last. */
export function withTrial(rows: readonly Row[], trial: Trial | null): Shown[] {
  if (trial === null) return [...rows];
  const byId = new Map(trial.rows.map((each) => [each.submissionId, each]));
  const laid = rows.map((row): Shown => {
    const tried = byId.get(row.submissionId);
    if (!tried) return { ...row, rank: null, aboveLine: false, cumulative: null, score: null, stability: null, standing: null, rankBefore: row.rank };
    const { rank, rankBefore, score, aboveLine, wouldStillFit, cumulative, stability, standing } = tried;
    return { ...row, rank, rankBefore, score, aboveLine, wouldStillFit, cumulative, stability, standing, tied: false, working: null };
  });
  return laid.toSorted((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || one.reference.localeCompare(other.reference));
}

export interface Answer {
  trial: Trial | null;
  problems: readonly ProblemLike[];
  waiting: boolean;
}

/** Asks for the what-if of a round; nothing is asked while none is set. */
export function useTrial(roundId: string, asked: Asked): Answer {
  const active = asked.points !== null || asked.budget !== null;
  const askable = isAskable(asked);
  const wanted = JSON.stringify({
    roundId,
    weights: Object.entries(asked.points ?? {}).map(([criterion, points]) => ({ criterion, weight: shareOf(points) })),
    budget: asked.budget === null ? null : readMoney(asked.budget),
  });
  const [settled] = useDebouncedValue(wanted, DEBOUNCE_MILLISECONDS);
  const variables = useMemo(() => ({ input: JSON.parse(settled) as { roundId: string; weights: { criterion: string; weight: string }[]; budget: string | null } }), [settled]);
  const pause = !askable || wanted !== settled;
  const [state] = useQuery({ query: RankingTrial, variables, pause, requestPolicy: 'cache-and-network' });
  const [last, setLast] = useState<Trial | null>(null);
  const payload = pause ? undefined : state.data?.rankingTrial;
  if (payload?.trial && payload.trial !== last) setLast(payload.trial);
  if (!active) return { trial: null, problems: NONE, waiting: false };
  const failed = !pause && state.error !== undefined && !state.data;
  return {
    trial: payload?.trial ?? last,
    problems: failed ? UNREACHABLE : readProblems(payload?.problems),
    waiting: askable && (wanted !== settled || state.fetching),
  };
}
