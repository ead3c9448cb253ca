// Why: who asks why a rank moved must be able to follow each step.
import i18next from 'i18next';
import { loadWords } from '@/i18n';
import { wordsReady } from '@/test-words';
import type { MoveRow } from './query';
import { isMoved, partWords, rankWords, signedPoints, stepWords } from './words';

const row: MoveRow = {
  reference: 'DF-26-001', submissionId: 's1', organisation: null, title: null, rankBefore: 12, rankAfter: 9,
  scoreBefore: '60.00', scoreAfter: '61.5', came: false, went: false,
  steps: [
    { reason: 'WEIGHT', scoreChange: '-0.25', rankAfter: 13, parts: [{ criterion: 'R1', from: '0.15', to: '0.10' }] },
    { reason: 'REVIEWER', scoreChange: '1.75', rankAfter: 9, parts: [{ criterion: 'R3', from: null, to: '4' }] },
  ],
};

async function words(language: 'en' | 'zh') {
  await wordsReady(language);
  await Promise.all([loadWords('ranking'), loadWords('funder')]);
  return i18next.getFixedT(language, 'ranking');
}

test('points carry their sign', () => {
  expect(['1.75', '-0.25', '0', '-0.001'].map(signedPoints)).toEqual(['+1.75', '−0.25', '+0.00', '−0.00']);
});

test('each step says why, by how much and where it stood then', async () => {
  const t = await words('en');
  expect(row.steps.map((step) => stepWords(step, t))).toEqual([
    'Weights: −0.25 points, then rank 13',
    'Reviews: +1.75 points, then rank 9',
  ]);
  expect(row.steps.flatMap((step) => step.parts.map((part) => partWords(part, (id) => `${id} name`, t)))).toEqual([
    'R1 name: 0.15 → 0.10',
    'R3 name: not given → 4',
  ]);
});

test('who came or went is said, in Chinese too', async () => {
  const t = await words('zh');
  expect(rankWords(row, t)).toEqual({ from: '12', to: '9' });
  expect(rankWords({ ...row, came: true }, t).from).toMatch(/[\u4e00-\u9fff]/);
});

test('rows are kept by reason, and rows without a change are left out', () => {
  expect(isMoved(row, undefined)).toBe(true);
  expect(isMoved(row, 'REVIEWER')).toBe(true);
  expect(isMoved(row, 'DATA')).toBe(false);
  expect(isMoved({ ...row, rankBefore: 9, steps: [] }, undefined)).toBe(false);
});
