// Why: a pasted spreadsheet must land in the right cells with the right meaning.
import { describe, expect, it } from 'vitest';
import { COLUMNS, cellText, movedTo, pasteBlock, pastedCells, typedValue } from './columns';

const column = (key: string) => {
  const found = COLUMNS.find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
};

describe('value map cells', () => {
  it('read a share typed as a percentage and show it so', () => {
    expect(typedValue(column('deadweight'), '15')).toBe('0.15');
    expect(cellText(column('deadweight'), '0.15')).toBe('15%');
  });

  it('keep what cannot be read', () => {
    expect(typedValue(column('quantity'), 'about 40')).toBe('about 40');
    expect(cellText(column('quantity'), 'about 40')).toBe('about 40');
  });

  it('read whole numbers as integers and empty as unknown', () => {
    expect(typedValue(column('duration'), '３')).toBe(3);
    expect(typedValue(column('proxy'), '  ')).toBeUndefined();
  });
});

describe('pasting from a spreadsheet', () => {
  it('splits cells, with quoted line breaks', () => {
    expect(pastedCells('a\tb\r\n"c ""d""\ne"\tf\r\n')).toEqual([['a', 'b'], ['c "d" e', 'f']]);
  });

  it('fills cells from the active one and adds rows', () => {
    const rows = pasteBlock([{ id: 'o9', stakeholder: 'Carers' }], 0, 2, '310\tHK$2,840.50\t2\t1\t25%\t0\n75\t5400\t3\t1\t0.2\t10%');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ id: 'o9', stakeholder: 'Carers', quantity: '310', proxy: '2840.50', duration: 2, deadweight: '0.25', displacement: '0' });
    expect(rows[1]).toMatchObject({ quantity: '75', deadweight: '0.2', displacement: '0.1' });
    expect(rows[1]?.['id']).toBeTruthy();
  });

  it('leaves out what falls beyond the last column', () => {
    const rows = pasteBlock([{ id: 'o1' }], 0, COLUMNS.length - 1, 'b\tbeyond');
    expect(rows[0]).toEqual({ id: 'o1', evidence_grade: 'B' });
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
