// Why: a what-if is laid over the ranking without losing anybody, and is only asked for when it is whole.
import type { Row, Trial } from './query';
import { isAskable, withTrial } from './trial';

const row = (submissionId: string, rank: number | null) => ({ submissionId, reference: submissionId, rank, ask: '1.00', score: '50' }) as Row;
const tried = (submissionId: string, rank: number | null, rankBefore: number | null) => ({
  submissionId, rank, rankBefore, score: '60', aboveLine: rank === 1, wouldStillFit: false, cumulative: null, stability: null, standing: null,
});
const rows = [row('a', 1), row('b', 2), row('c', 3), row('d', null)];

test('rows take the order of the what-if and keep the rank they had', () => {
  const trial = { budget: '1', committed: '1', left: '0', places: 1, selection: null, rows: [tried('b', 1, 2), tried('a', 2, 1), tried('c', 3, 3), tried('d', null, null)] } as Trial;
  expect(withTrial(rows, trial).map((each) => [each.reference, each.rank, each.rankBefore])).toEqual([
    ['b', 1, 2], ['a', 2, 1], ['c', 3, 3], ['d', null, null],
  ]);
});

test('without a what-if the rows are those of the ranking', () => {
  expect(withTrial(rows, null)).toEqual(rows);
});

test('nobody is lost when the what-if leaves one out', () => {
  const trial = { rows: [tried('a', 1, 1)] } as Trial;
  expect(withTrial(rows, trial).map((each) => each.reference)).toEqual(['a', 'b', 'c', 'd']);
});

test('a what-if is asked for when its points are a whole and its budget can be read', () => {
  expect(isAskable({ points: null, budget: null })).toBe(false);
  expect(isAskable({ points: { a: 60, b: 40 }, budget: null })).toBe(true);
  expect(isAskable({ points: { a: 60, b: 39 }, budget: null })).toBe(false);
  expect(isAskable({ points: null, budget: '８，０００，０００' })).toBe(true);
  expect(isAskable({ points: { a: 100 }, budget: 'much' })).toBe(false);
});
