// Why: a block pasted from a spreadsheet is taken whole or not at all: every cell that cannot be
// read is named with its row, its column and an example, and nothing is changed until all are right.
import { characterCount, readNumber } from '@/format';
import { newRowId, type Content } from '../section/path';
import { withCell, type Place } from './block';
import { GRADES, isSplit, typedValue, type ValueColumn } from './columns';

/** Why a cell, a row or the whole block is refused; the words are in the catalogue. */
export interface Refused {
  code: RefusedCode;
  /** Counted from 1 in the grid; null where the whole block is meant. */
  row: number | null;
  /** Key of the column; null where the whole row is meant. */
  column: string | null;
  text: string;
  most?: number;
  least?: number;
}

type RefusedCode =
  | 'not_number'
  | 'not_amount'
  | 'not_share'
  | 'share_range'
  | 'not_whole'
  | 'not_grade'
  | 'not_listed'
  | 'too_long'
  | 'too_precise'
  | 'too_large'
  | 'split'
  | 'beyond'
  | 'ragged'
  | 'merged'
  | 'too_many_rows'
  | 'empty';

export type Pasted = { outcomes: Content[]; cells: number; refused: [] } | { outcomes: null; refused: Refused[] };

/** The engine evaluates at most so many outcomes. */
export const OUTCOMES_MAX = 500;
/** The exchange format keeps at most so many decimals, and so many digits before the point. */
const DECIMALS_MAX = 6;
const WHOLE_MAX = 14;

/** The cells of a copied table: tabs between columns, lines between rows, quotes around breaks. */
export function pastedCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let at = 0; at < source.length; at += 1) {
    const mark = source[at] ?? '';
    if (quoted) {
      if (mark === '"' && source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (mark === '"') quoted = false;
      else cell += mark === '\n' ? ' ' : mark;
    } else if (mark === '"' && cell === '') quoted = true;
    else if (mark === '\t' || mark === '\n') {
      row.push(cell);
      cell = '';
      if (mark === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += mark;
  }
  rows.push([...row, cell]);
  return rows;
}

/** Merged cells of the copied table, which only its HTML tells: the row and cell, from 0. */
export function mergedCells(html: string): Place[] {
  if (!/(col|row)span/i.test(html)) return [];
  const rows = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('tr')];
  return rows.flatMap((row, at) =>
    [...row.querySelectorAll('td,th')].flatMap((cell, position) => {
      const spans = ['colspan', 'rowspan'].some((name) => Number(cell.getAttribute(name) ?? 1) > 1);
      return spans ? [{ row: at, column: position }] : [];
    }),
  );
}

/** A spreadsheet writes 15 % as `15%` or as `0.15`: a pasted share up to 1 is the share itself. */
function pastedValue(column: ValueColumn, cell: string): unknown {
  if (column.kind === 'share' && !/[%％]/.test(cell)) {
    const number = readNumber(cell);
    if (number !== null && /^(0(\.\d+)?|1)$/.test(number)) return number;
  }
  return typedValue(column, cell);
}

function sizeProblem(number: string): RefusedCode | null {
  const [whole = '', fraction = ''] = number.replace('-', '').split('.');
  if (fraction.replace(/0+$/, '').length > DECIMALS_MAX) return 'too_precise';
  return whole.length > WHOLE_MAX ? 'too_large' : null;
}

const NOT_A: Record<string, RefusedCode> = { decimal: 'not_number', money: 'not_amount', share: 'not_share' };

/** Why a value may not stand in a column; null when it may. */
function cellProblem(column: ValueColumn, value: unknown): RefusedCode | null {
  if (value === undefined || value === null) return null;
  const text = String(value);
  switch (column.kind) {
    case 'text':
      return column.maxChars !== undefined && characterCount(text) > column.maxChars ? 'too_long' : null;
    case 'code':
      return column.choices?.some(({ code }) => code === text) ? null : 'not_listed';
    case 'grade':
      return GRADES.includes(text) ? null : 'not_grade';
    case 'integer':
      if (typeof value !== 'number') return 'not_whole';
      return value < (column.least ?? value) || value > (column.most ?? value) ? 'not_whole' : null;
    case 'decimal':
    case 'money':
    case 'share':
      if (!/^-?\d+(\.\d+)?$/.test(text)) return NOT_A[column.kind] ?? 'not_number';
      if (column.kind === 'share' && !/^(0(\.\d+)?|1(\.0+)?)$/.test(text)) return 'share_range';
      return sizeProblem(text);
  }
}

/** What stands in the way of the block as a whole, before any cell is read. */
function shapeProblems(rows: readonly string[][], at: Place, columns: readonly ValueColumn[], html: string): Refused[] {
  const refused: Refused[] = [];
  const width = rows[0]?.length ?? 0;
  if (rows.every((cells) => cells.every((cell) => cell.trim() === ''))) {
    return [{ code: 'empty', row: null, column: null, text: '' }];
  }
  if (at.row + rows.length > OUTCOMES_MAX) {
    refused.push({ code: 'too_many_rows', row: null, column: null, text: String(at.row + rows.length), most: OUTCOMES_MAX });
  }
  for (const merged of mergedCells(html)) {
    const column = columns[at.column + merged.column]?.key ?? null;
    refused.push({ code: 'merged', row: at.row + merged.row + 1, column, text: rows[merged.row]?.[merged.column] ?? '' });
  }
  rows.forEach((cells, down) => {
    const row = at.row + down + 1;
    if (cells.length !== width) {
      refused.push({ code: 'ragged', row, column: null, text: String(cells.length), most: width });
    }
    const beyond = cells.slice(columns.length - at.column).filter((cell) => cell.trim() !== '');
    if (beyond.length > 0) refused.push({ code: 'beyond', row, column: null, text: beyond.join(' · ') });
  });
  return refused;
}

/** The outcomes after pasting a block at a cell, or everything that stands in its way. */
export function pasteBlock(
  outcomes: readonly Content[],
  at: Place,
  columns: readonly ValueColumn[],
  text: string,
  html = '',
): Pasted {
  const rows = pastedCells(text);
  const refused = shapeProblems(rows, at, columns, html);
  if (refused.some(({ code }) => code === 'too_many_rows' || code === 'empty')) return { outcomes: null, refused };
  const next = [...outcomes];
  let cells = 0;
  rows.forEach((given, down) => {
    const position = at.row + down;
    while (next.length <= position) next.push({ id: newRowId('o', next), start: 1 });
    let outcome = next[position];
    if (!outcome) return;
    for (const [right, cell] of given.entries()) {
      const column = columns[at.column + right];
      if (!column) break;
      const value = pastedValue(column, cell);
      const code = isSplit(column, outcome) ? 'split' : cellProblem(column, value);
      cells += 1;
      if (code === null) outcome = withCell(outcome, column.key, value);
      else refused.push({ code, row: position + 1, column: column.key, text: cell, ...boundsOf(column) });
    }
    next[position] = outcome;
  });
  return refused.length > 0 ? { outcomes: null, refused } : { outcomes: next, cells, refused: [] };
}

function boundsOf(column: ValueColumn): { least?: number; most?: number } {
  const most = column.kind === 'text' ? column.maxChars : column.most;
  return {
    ...(column.least === undefined ? {} : { least: column.least }),
    ...(most === undefined ? {} : { most }),
  };
}
