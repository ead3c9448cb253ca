// Why: fill down, clear and copy act on whole blocks; a cell too many would be somebody's figures.
import { describe, expect, it } from 'vitest';
import { blockOf, blockText, clearBlock, fillDown, movedTo } from './block';
import { COLUMNS } from './columns';

const at = (key: string) => COLUMNS.findIndex((each) => each.key === key);
const OUTCOMES = [
  { id: 'o1', name: 'Less "lonely"', deadweight: '0.1', displacement: '0' },
  { id: 'o2', name: 'Fewer falls', deadweight: '0.3' },
  { id: 'o3', name: 'Calmer', quantity: '9' },
];
const block = (top: number, bottom: number, left: string, right = left) =>
  blockOf({ row: bottom, column: at(right) }, { row: top, column: at(left) });

describe('fill down', () => {
  it('copies the first row of the block over the others, also what is empty', () => {
    const filled = fillDown(OUTCOMES, block(0, 2, 'deadweight', 'displacement'), COLUMNS);
    expect(filled.map((each) => [each['deadweight'], each['displacement']])).toEqual([['0.1', '0'], ['0.1', '0'], ['0.1', '0']]);
    const emptied = fillDown(OUTCOMES, block(1, 2, 'displacement'), COLUMNS);
    expect(emptied[2]).toEqual(OUTCOMES[2]);
    expect(OUTCOMES[1]?.['displacement']).toBeUndefined();
  });

  it('takes the row above when one row is selected, and nothing in the first row', () => {
    expect(fillDown(OUTCOMES, block(1, 1, 'deadweight'), COLUMNS)[1]?.['deadweight']).toBe('0.1');
    expect(fillDown(OUTCOMES, block(0, 0, 'deadweight'), COLUMNS)).toEqual(OUTCOMES);
  });

  it('leaves an outcome that starts in several years as it is', () => {
    const several = [{ id: 'o1', quantity: '5', start: 1 }, { id: 'o2', cohorts: [{ start: 1, quantity: '50' }] }];
    expect(fillDown(several, block(0, 1, 'quantity', 'start'), COLUMNS)[1]).toEqual(several[1]);
    expect(clearBlock(several, block(0, 1, 'quantity'), COLUMNS)[1]).toEqual(several[1]);
  });
});

describe('a block', () => {
  it('is cleared without a trace and without touching its neighbours', () => {
    const cleared = clearBlock(OUTCOMES, block(0, 1, 'deadweight'), COLUMNS);
    expect(cleared[0]).toEqual({ id: 'o1', name: 'Less "lonely"', displacement: '0' });
    expect(cleared[2]).toBe(OUTCOMES[2]);
  });

  it('is copied as a spreadsheet takes it', () => {
    const priced = [{ ...OUTCOMES[0], catalogue: 'x', quantity: '1200' }, { name: 'Two\nlines' }];
    expect(blockText(priced, block(0, 1, 'name', 'quantity'), COLUMNS, 'none')).toBe('"Less ""lonely"""\tx\t1,200\r\n"Two\nlines"\t\t');
    expect(blockText([{ proxy: null }], block(0, 0, 'proxy'), COLUMNS, 'not priced')).toBe('not priced');
  });
});

describe('moving in the grid', () => {
  it('stops at the edges', () => {
    expect(movedTo('ArrowLeft', { row: 0, column: 0 }, 3, 5, false)).toEqual({ row: 0, column: 0 });
    expect(movedTo('ArrowDown', { row: 2, column: 1 }, 3, 5, false)).toEqual({ row: 2, column: 1 });
  });

  it('jumps with the control key', () => {
    expect(movedTo('End', { row: 0, column: 0 }, 3, 5, true)).toEqual({ row: 2, column: 4 });
    expect(movedTo('ArrowDown', { row: 0, column: 1 }, 3, 5, true)).toEqual({ row: 2, column: 1 });
  });
});
