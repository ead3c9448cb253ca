// Why: spending stands beside the year and source that the budget planned it for.
import { describe, expect, it } from 'vitest';
import { firstBudgetYear, spentSources, spentYears, yearWord } from './spent';
import { problemsUnder, startContent } from './useOutturn';

describe('what was spent', () => {
  it('has every year up to the last, and more when asked for', () => {
    expect(spentYears([{ year: 2 }, { year: 0 }], 0)).toEqual([0, 1, 2]);
    expect(spentYears([], 1)).toEqual([0, 1]);
    expect(spentSources([{ source: 'other:Trust' }, { source: 'own' }])).toEqual(['grant', 'own', 'other:Trust']);
  });

  it('calls years by their financial year where it is known', () => {
    const budget = { lines: [{ cells: [{ financial_year: '2027-28' }, { financial_year: '2026-27' }] }] };
    expect(yearWord(1, firstBudgetYear(budget))).toBe('2027-28');
    expect(yearWord(73, '2026-27')).toBe('2099-00');
    expect(yearWord(1, null)).toBe('1');
  });
});

describe('what came of it', () => {
  it('starts from the forecast with nothing spent, and never overwrites what was saved', () => {
    const forecast = { value_map: { outcomes: [{ id: 'o1' }] }, spent: [{ year: 0, source: 'grant', amount: '5.00' }] };
    expect(startContent({}, forecast)).toEqual({ value_map: { outcomes: [{ id: 'o1' }] }, spent: [] });
    expect(startContent({ value_map: {}, spent: [] }, forecast)).toEqual({ value_map: {}, spent: [] });
  });

  it('gives the value map its own problems with its own paths', () => {
    const problem = (path: string) => ({ code: 'missing', path, message: '', params: [] });
    expect(problemsUnder([problem('value_map.outcomes[0].proxy'), problem('spent[0].amount')], 'value_map')).toEqual([problem('outcomes[0].proxy')]);
  });
});
