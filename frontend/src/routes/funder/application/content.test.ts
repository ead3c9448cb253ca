// Why: the tables of a frozen application must show each amount once, in a fixed order, and say
// what rounding leaves over.
import { amountsUnder, askedLines, budgetColumns, budgetLines, roundingLeft } from './content';

const cell = (financial_year: string, source: string, amount: string) => ({ financial_year, source, amount });
const document = {
  sections: {
    budget: {
      lines: [
        { id: 'b2', description: 'Tablets', cells: [cell('2027-28', 'own', '5.00'), cell('2027-28', 'grant', '10.10')] },
        { id: 'b10', description: 'Cloud', cells: [cell('2026-27', 'in_kind', '1.00'), cell('2026-27', 'other:Trust', '2.00')] },
        { id: 'b1', description: 'Software', cells: [cell('2026-27', 'grant', '0.10'), cell('2027-28', 'grant', '0.20')] },
      ],
    },
  },
};

test('columns run by year, and within a year from the grant to gifts in kind', () => {
  expect(budgetColumns(budgetLines(document)).map(({ year, source }) => `${year} ${source}`)).toEqual([
    '2026-27 grant',
    '2026-27 other:Trust',
    '2026-27 in_kind',
    '2027-28 grant',
    '2027-28 own',
  ]);
});

test('the lines of a decision carry what was asked of the grant, and only lines that asked', () => {
  expect(askedLines(document).map(({ id, asked }) => [id, asked])).toEqual([
    ['b1', '0.30'],
    ['b2', '10.10'],
  ]);
});

test('amounts are found by year, by source, or all together', () => {
  const cells = budgetLines(document).flatMap((line) => line.cells);
  expect(amountsUnder(cells, { year: '2026-27', source: 'grant' })).toEqual(['0.10']);
  expect(amountsUnder(cells)).toHaveLength(6);
});

test('a rounding line appears exactly when printed parts miss the printed total', () => {
  expect(roundingLeft('10.00', ['3.33', '3.33', '3.33'])).toBe('0.01');
  expect(roundingLeft('10.00', ['3.34', '3.33', '3.34'])).toBe('-0.01');
  expect(roundingLeft('10.00', ['12.50', '-2.50'])).toBeNull();
  expect(roundingLeft('10.00', ['unreadable'])).toBeNull();
});
