// Why: the columns of the value map and how a cell is shown, read and pasted; apart from the grid so
// that the rules can be tested without a browser.
import { amount, grouped, percent, readMoney, readNumber, readPercent } from '@/format';
import { newRowId, type Content } from '../section/path';

type CellKind = 'text' | 'decimal' | 'money' | 'share' | 'integer' | 'grade';

export interface ValueColumn {
  key: string;
  kind: CellKind;
}

/** In the order of the value map: who, what changes, how much, what is deducted, how long. */
export const COLUMNS: readonly ValueColumn[] = [
  { key: 'stakeholder', kind: 'text' },
  { key: 'name', kind: 'text' },
  { key: 'quantity', kind: 'decimal' },
  { key: 'proxy', kind: 'money' },
  { key: 'duration', kind: 'integer' },
  { key: 'start', kind: 'integer' },
  { key: 'deadweight', kind: 'share' },
  { key: 'displacement', kind: 'share' },
  { key: 'attribution', kind: 'share' },
  { key: 'dropoff', kind: 'share' },
  { key: 'evidence_grade', kind: 'grade' },
];

/** Factors that need a reason and a source each. */
export const REASONED = ['quantity', 'proxy', 'deadweight', 'displacement', 'attribution', 'dropoff'] as const;

const DECIMAL = /^-?\d+(\.\d+)?$/;

function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** What stands in a cell at rest. */
export function cellText(column: ValueColumn, value: unknown): string {
  const text = asText(value);
  if (!DECIMAL.test(text)) return text;
  if (column.kind === 'money') return amount(text);
  if (column.kind === 'share') return percent(text);
  return column.kind === 'decimal' || column.kind === 'integer' ? grouped(text) : text;
}

/** What is offered for editing: the same figure without marks and separators. */
export function editText(column: ValueColumn, value: unknown): string {
  const text = asText(value);
  if (column.kind === 'share' && DECIMAL.test(text)) return percent(text).replace('%', '');
  return text;
}

/** What a typed text means; what cannot be read is kept so that nothing typed is lost. */
export function typedValue(column: ValueColumn, typed: string): unknown {
  const text = typed.trim();
  if (text === '') return undefined;
  switch (column.kind) {
    case 'money':
      return readMoney(text) ?? text;
    case 'share':
      return readPercent(text) ?? text;
    case 'decimal':
      return readNumber(text) ?? text;
    case 'integer': {
      const number = readNumber(text);
      return number !== null && /^-?\d{1,9}$/.test(number) ? Number(number) : text;
    }
    case 'grade':
      return text.toUpperCase();
    case 'text':
      return text;
  }
}

/** A spreadsheet writes 15 % as `15%` or as `0.15`: a pasted share up to 1 is the share itself. */
function pastedValue(column: ValueColumn, cell: string): unknown {
  if (column.kind === 'share' && !/[%％]/.test(cell)) {
    const number = readNumber(cell);
    if (number !== null && /^(0(\.\d+)?|1)$/.test(number)) return number;
  }
  return typedValue(column, cell);
}

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

/** The outcomes after pasting a block at a cell; rows are added below as needed. */
export function pasteBlock(outcomes: readonly Content[], atRow: number, atColumn: number, text: string): Content[] {
  const next = outcomes.map((outcome) => ({ ...outcome }));
  pastedCells(text).forEach((cells, down) => {
    const position = atRow + down;
    while (next.length <= position) next.push({ id: newRowId('o', next) });
    const outcome = next[position];
    if (!outcome) return;
    cells.forEach((cell, right) => {
      const column = COLUMNS[atColumn + right];
      if (!column) return;
      const value = pastedValue(column, cell);
      if (value === undefined) delete outcome[column.key];
      else outcome[column.key] = value;
    });
  });
  return next;
}

export interface Place {
  row: number;
  column: number;
}

/** Where a key leads in a grid of `rows` × `columns`; null when the key does not move. */
export function movedTo(key: string, from: Place, rows: number, columns: number, toEdge: boolean): Place | null {
  const last = { row: Math.max(rows - 1, 0), column: columns - 1 };
  const clamp = ({ row, column }: Place): Place => ({
    row: Math.min(Math.max(row, 0), last.row),
    column: Math.min(Math.max(column, 0), last.column),
  });
  switch (key) {
    case 'ArrowRight':
      return clamp({ ...from, column: toEdge ? last.column : from.column + 1 });
    case 'ArrowLeft':
      return clamp({ ...from, column: toEdge ? 0 : from.column - 1 });
    case 'ArrowDown':
      return clamp({ ...from, row: toEdge ? last.row : from.row + 1 });
    case 'ArrowUp':
      return clamp({ ...from, row: toEdge ? 0 : from.row - 1 });
    case 'Home':
      return toEdge ? { row: 0, column: 0 } : { ...from, column: 0 };
    case 'End':
      return toEdge ? last : { ...from, column: last.column };
    case 'PageDown':
      return clamp({ ...from, row: from.row + 10 });
    case 'PageUp':
      return clamp({ ...from, row: from.row - 10 });
    default:
      return null;
  }
}
