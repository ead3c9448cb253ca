// Why: cells keep their places while a grid changes around them.
import { describe, expect, it } from 'vitest';
import { cellAs, cellSort, columnsOf, isName, rowOfProblem, rowsOf, withColumn, withoutColumn, withRow } from './tables';

const CAP = {
  label: { en: 'Cap by size', zh: '按規模的上限' },
  columns: [{ field: 'org.size_band' }, { field: 'application.requested_hkd' }],
  rows: [
    { when: ['small', { over: '0', up_to: '500000' }], value: '500000.00' },
    { when: [['medium', 'large'], null], value: '800000.00' },
  ],
  default: null,
};

describe('cells', () => {
  it('say what they are', () => {
    expect([null, undefined, 'small', 5, ['a'], { over: '0', up_to: null }].map(cellSort)).toEqual([
      'any', 'any', 'equals', 'equals', 'one_of', 'range',
    ]);
  });
  it('carry a value over to another sort', () => {
    expect(cellAs('one_of', 'small')).toEqual(['small']);
    expect(cellAs('equals', ['medium', 'large'])).toBe('medium');
    expect(cellAs('equals', null)).toBe('');
    expect(cellAs('one_of', null)).toEqual([]);
    expect(cellAs('range', 'small')).toEqual({ over: null, up_to: null });
    expect(cellAs('any', ['a'])).toBeNull();
  });
});

describe('the grid', () => {
  it('gains a column that admits anything', () => {
    const wider = withColumn(CAP, 'project.scope_code');
    expect(columnsOf(wider)).toEqual(['org.size_band', 'application.requested_hkd', 'project.scope_code']);
    expect(rowsOf(wider)[0]?.when).toEqual(['small', { over: '0', up_to: '500000' }, null]);
  });
  it('loses a column with its cells', () => {
    expect(rowsOf(withoutColumn(CAP, 0)).map(({ when }) => when)).toEqual([[{ over: '0', up_to: '500000' }], [null]]);
  });
  it('gains a row as wide as the others, and mends short ones', () => {
    expect(rowsOf(withRow(CAP)).at(-1)).toEqual({ when: [null, null], value: '' });
    expect(rowsOf({ ...CAP, rows: [{ when: ['small'], value: '1' }] })[0]?.when).toEqual(['small', null]);
  });
  it('finds the row that a problem names', () => {
    expect(rowOfProblem('tables.cap_by_size.rows[1]')).toEqual({ table: 'cap_by_size', row: 1 });
    expect(rowOfProblem('tables.cap_by_size.rows[1].when[0]')?.row).toBe(1);
    expect(rowOfProblem('criteria[1].rule')).toBeNull();
  });
  it('has a name that fits into a path', () => {
    expect(['cap_by_size', 'Cap', '2x', 'a.b', ''].map(isName)).toEqual([true, false, false, false, false]);
  });
});
