// Why: a pasted spreadsheet lands in the right cells with the right meaning, or not at all.
import { describe, expect, it } from 'vitest';
import { COLUMNS, type ValueColumn } from './columns';
import { mergedCells, OUTCOMES_MAX, pasteBlock, pastedCells } from './paste';

const COLUMNS_HERE: ValueColumn[] = COLUMNS.map((column) => (column.key === 'stakeholder' ? { ...column, maxChars: 10 } : column));
const at = (key: string) => COLUMNS.findIndex((each) => each.key === key);
const paste = (text: string, key: string, row = 0, outcomes: Record<string, unknown>[] = [{ id: 'o9' }], html = '') =>
  pasteBlock(outcomes, { row, column: at(key) }, COLUMNS_HERE, text, html);
const codes = (text: string, key: string) => paste(text, key).refused.map(({ code }) => code);

describe('a pasted block', () => {
  it('splits into cells, with quoted line breaks', () => {
    expect(pastedCells('a\tb\r\n"c ""d""\ne"\tf\r\n')).toEqual([['a', 'b'], ['c "d" e', 'f']]);
  });

  it('fills cells from the active one and adds rows', () => {
    const { outcomes } = paste('310\tHK$2,840.50\tperson\t2024\t2\t1\t25%\t0\n75\t5400\tvisit\t2025\t3\t1\t0.2\t10%', 'quantity');
    expect(outcomes).toHaveLength(2);
    expect(outcomes?.[0]).toMatchObject({
      id: 'o9', quantity: '310', proxy: '2840.50', proxy_unit: 'person', price_year: 2024, duration: 2, deadweight: '0.25', displacement: '0',
    });
    expect(outcomes?.[1]).toMatchObject({ quantity: '75', deadweight: '0.2', displacement: '0.1' });
    expect(outcomes?.[1]?.['id']).toBeTruthy();
  });

  it('empties a cell where the copied one is empty', () => {
    expect(paste('\t5', 'quantity', 0, [{ id: 'o1', quantity: '3', proxy: '2.00' }]).outcomes).toEqual([{ id: 'o1', proxy: '5.00' }]);
  });

  it('changes nothing when one cell cannot be read, and names every such cell', () => {
    const outcomes = [{ id: 'o1', quantity: '1' }];
    const answer = paste('12\tdear\n many \t9', 'quantity', 0, outcomes);
    expect(answer.outcomes).toBeNull();
    expect(answer.refused).toEqual([
      { code: 'not_amount', row: 1, column: 'proxy', text: 'dear' },
      { code: 'not_number', row: 2, column: 'quantity', text: ' many ' },
    ]);
    expect(outcomes).toEqual([{ id: 'o1', quantity: '1' }]);
  });

  it('refuses what lies outside what is possible', () => {
    expect(codes('150%', 'deadweight')).toEqual(['share_range']);
    expect(codes('-5%', 'deadweight')).toEqual(['share_range']);
    expect(codes('most', 'deadweight')).toEqual(['not_share']);
    expect(codes('2.5', 'duration')).toEqual(['not_whole']);
    expect(codes('31', 'duration')).toEqual(['not_whole']);
    expect(codes('E', 'evidence_grade')).toEqual(['not_grade']);
    expect(codes('0.1234567', 'quantity')).toEqual(['too_precise']);
    expect(codes('123456789012345', 'quantity')).toEqual(['too_large']);
    expect(codes('A very long name', 'stakeholder')).toEqual(['too_long']);
    expect(codes('Nobody knows', 'catalogue')).toEqual(['not_listed']);
    expect(codes('-40', 'quantity')).toEqual([]);
  });

  it('names rows that are longer or shorter than the first', () => {
    expect(paste('1\t2\n3', 'quantity').refused).toEqual([{ code: 'ragged', row: 2, column: null, text: '1', most: 2 }]);
  });

  it('names what would fall beyond the last column', () => {
    const { refused } = paste('B\tbeyond', 'evidence_grade');
    expect(refused).toEqual([{ code: 'beyond', row: 1, column: null, text: 'beyond' }]);
  });

  it('names merged cells, which the copied table tells in its HTML', () => {
    const html = '<table><tr><td rowspan="2">Carers</td><td>Calmer</td></tr><tr><td>Rested</td></tr></table>';
    expect(mergedCells(html)).toEqual([{ row: 0, column: 0 }]);
    const { refused } = paste('Carers\tCalmer\n\tRested', 'stakeholder', 0, [{ id: 'o1' }], html);
    expect(refused).toEqual([{ code: 'merged', row: 1, column: 'stakeholder', text: 'Carers' }]);
  });

  it('refuses more rows than a value map may have, and a block of nothing', () => {
    const many = Array.from({ length: OUTCOMES_MAX + 1 }, () => '1').join('\n');
    expect(paste(many, 'quantity').refused).toEqual([
      { code: 'too_many_rows', row: null, column: null, text: '501', most: OUTCOMES_MAX },
    ]);
    expect(codes(' \t \n\t', 'quantity')).toEqual(['empty']);
  });

  it('does not overwrite an outcome that starts in several years', () => {
    const outcomes = [{ id: 'o1', cohorts: [{ start: 1, quantity: '50' }] }];
    expect(paste('5', 'quantity', 0, outcomes).refused[0]).toMatchObject({ code: 'split', row: 1, column: 'quantity' });
  });
});
