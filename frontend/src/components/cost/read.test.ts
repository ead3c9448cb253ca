// Why: what the engine answers must reach the screen whole, and a solved budget must change nothing
// but the solved cells.
import { describe, expect, it } from 'vitest';
import { applyChanges, readEffect, readPlan, readSchedules, readSchemes } from './read';

const budget = {
  requested_hkd: '70.00',
  lines: [
    {
      id: 'b1',
      description: 'Licences',
      cells: [
        { financial_year: '2027-28', source: 'grant', amount: '70.00' },
        { financial_year: '2027-28', source: 'own', amount: '10.00' },
        { financial_year: '2027-28', source: 'own', amount: '20.00' },
      ],
    },
    { id: 'b2', description: 'Training', cells: [] },
  ],
};

describe('a solved budget', () => {
  it('changes the solved cells, joins what stood there twice, and leaves the rest as it was', () => {
    const after = applyChanges(budget, [
      { line: 'b1', year: '2027-28', source: 'grant', before: '70.00', after: '60.00' },
      { line: 'b1', year: '2027-28', source: 'own', before: '30.00', after: '40.00' },
      { line: 'b2', year: '2028-29', source: 'in_kind', before: '0.00', after: '1.00' },
    ]);
    expect(after).toEqual({
      requested_hkd: '70.00',
      lines: [
        {
          id: 'b1',
          description: 'Licences',
          cells: [
            { financial_year: '2027-28', source: 'grant', amount: '60.00' },
            { financial_year: '2027-28', source: 'own', amount: '40.00' },
          ],
        },
        { id: 'b2', description: 'Training', cells: [{ financial_year: '2028-29', source: 'in_kind', amount: '1.00' }] },
      ],
    });
    expect(budget.lines[0]?.cells).toHaveLength(3);
  });
});

describe('the answers of the engine', () => {
  it('are null where a run is older than the question', () => {
    expect(readEffect({ pools: [] })).toBeNull();
    expect(readSchedules({ pools: [] })).toBeNull();
    expect(readPlan(null)).toBeNull();
    expect(readSchemes(undefined)).toBeNull();
  });

  it('keep a scope that nobody stated and a range that no plan has apart from nothing', () => {
    const plan = readPlan({
      adds_up: null,
      cash_flow: { rows: [{ financial_year: '2027-28', scope: null, parts: { grant: '1.00' }, total: '1.00' }], sources: { grant: '1.00' }, total: '1.00' },
      ranges: [{ source: 'grant', absorb: ['own'], range: null }],
      solution: { feasible: false, source: 'grant', to: '9.00', beyond: '8.00', broken: [] },
    });
    expect(plan?.rows[0]?.scope).toBeNull();
    expect(plan?.ranges[0]?.possible).toBe(false);
    expect(plan?.addsUp).toBeNull();
    expect(plan?.solution?.beyond).toBe('8.00');
  });
});
