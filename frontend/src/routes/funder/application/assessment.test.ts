// Why: the list of changes against a claim must keep values, kinds and reasons together.
import { beforeEach, describe, expect, it } from 'vitest';
import { loadWords } from '@/i18n';
import { wordsReady } from '@/test-words';
import {
  assessedMap, cellsAt, cellsOf, columnAt, exploredOutcomes, FIGURES, innerValue, pathWords, placeOf, savedChanges,
  shownAt, withChange, withInner, withoutChange, wrongValue,
} from './assessment';

const claim = {
  outcomes: [
    { id: 'o1', name: 'Less waiting', stakeholder: 'Elderly', quantity: '250', proxy: '62.50', deadweight: '0.10', duration: 3 },
    { id: 'o2', name: 'Fewer falls', cohorts: [{ quantity: '50', start: 1 }, { quantity: '200', start: 2 }], evidence_grade: { proxy: 'B', quantity: 'A' } },
  ],
  volunteers: [{ id: 'v1', name: 'Drivers', hours: '120', hourly_rate: '62.50', year: 1 }],
};
const column = (key: string) => {
  const found = FIGURES.find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
};

describe('the assessed copy', () => {
  beforeEach(async () => {
    await wordsReady();
    await loadWords('funder');
  });

  it('offers every value; cohorts and grades are changed as a whole', () => {
    expect(cellsOf(claim, 0, column('quantity')).map(({ path }) => path)).toEqual(['outcomes[0].quantity']);
    expect(cellsAt(claim, 'outcomes[1].cohorts').map(({ path, inner }) => path + inner)).toEqual([
      'outcomes[1].cohorts[0].quantity', 'outcomes[1].cohorts[0].start',
      'outcomes[1].cohorts[1].quantity', 'outcomes[1].cohorts[1].start',
    ]);
    expect(cellsOf(claim, 1, column('evidence_grade')).map(({ path, inner }) => [path, inner])).toEqual([
      ['outcomes[1].evidence_grade', 'proxy'], ['outcomes[1].evidence_grade', 'quantity'],
    ]);
    const cohorts = claim.outcomes[1]?.cohorts;
    expect(withInner(cohorts, '[1].quantity', '150')).toEqual([{ quantity: '50', start: 1 }, { quantity: '150', start: 2 }]);
    expect(innerValue(cohorts, '[1].quantity')).toBe('200');
  });

  it('names and shows a value by its path', () => {
    expect(pathWords('outcomes[0].deadweight', claim)).toBe('Deadweight (deducted): Less waiting');
    expect(pathWords('outcomes[1].cohorts', claim)).toBe('Cohorts: Fewer falls');
    expect(pathWords('volunteers[0].hourly_rate', claim)).toBe('Rate per hour (HK$): Drivers');
    expect(shownAt('outcomes[0].deadweight', '0.10')).toBe('10%');
    expect(shownAt('outcomes[1].cohorts', claim.outcomes[1]?.cohorts)).toBe('50 (year 1) + 200 (year 2)');
    expect(shownAt('outcomes[1].evidence_grade', { proxy: 'B' })).toBe('Financial proxy B');
    expect(shownAt('outcomes[0].dropoff', undefined)).toBe('—');
    expect(placeOf('stated.ratio', claim)).toBeUndefined();
  });

  it('keeps one change per value, in the order of the map', () => {
    const change = (path: string, reason = 'why') => ({ path, to: '1', reason });
    const list = withChange(withChange([change('outcomes[10].proxy')], change('outcomes[2].proxy')), change('outcomes[10].proxy', 'better'));
    expect(list.map(({ path, reason }) => [path, reason])).toEqual([['outcomes[2].proxy', 'why'], ['outcomes[10].proxy', 'better']]);
    expect(withoutChange(list, 'outcomes[2].proxy')).toHaveLength(1);
  });

  it('refuses what cannot be read', () => {
    expect(wrongValue(columnAt('outcomes[0].deadweight'), '0.25')).toBeNull();
    expect(wrongValue(columnAt('outcomes[0].deadweight'), 'many')).toBe('not_decimal');
    expect(wrongValue(columnAt('outcomes[0].duration'), '3.5')).toBe('not_integer');
    expect(wrongValue(columnAt('outcomes[0].evidence_grade'), 'E')).toBe('not_one_of');
    expect(wrongValue(columnAt('outcomes[0].proxy'), undefined)).toBe('missing');
  });

  it('reads saved changes back in their kind and applies them to the claim', () => {
    const changes = [{ path: 'outcomes[0].duration', from: '3', to: '2', reason: 'Contract ends' }];
    const content = assessedMap(claim, [{ path: 'outcomes[0].duration', to: 2, reason: '' }]);
    expect(savedChanges({ content, changes })).toEqual([{ path: 'outcomes[0].duration', to: 2, reason: 'Contract ends' }]);
    expect(savedChanges(null)).toEqual([]);
    expect(claim.outcomes[0]?.duration).toBe(3);
  });

  it('hands outcomes to the explorer with what they state', () => {
    expect(exploredOutcomes(claim)[0]).toEqual({
      id: 'o1', name: 'Less waiting', values: { quantity: '250', proxy: '62.50', duration: '3', deadweight: '0.10' },
    });
  });
});
