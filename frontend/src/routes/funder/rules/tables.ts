// Why: a decision table as a grid: a cell is anything, one value, one of several, or a range; columns
// and rows come, go and move without the cells losing their places. Pure.
import { asContent } from '../../applicant/section/useSavedForm';
import type { Content } from '../../applicant/section/path';
import { listOf } from './body';

export const CELL_SORTS = ['any', 'equals', 'one_of', 'range'] as const;
export type CellSort = (typeof CELL_SORTS)[number];

export interface Row {
  when: unknown[];
  value: unknown;
}

export function cellSort(cell: unknown): CellSort {
  if (cell === null || cell === undefined) return 'any';
  if (Array.isArray(cell)) return 'one_of';
  return typeof cell === 'object' ? 'range' : 'equals';
}

/** The cell as another sort, with what can be carried over. */
export function cellAs(sort: CellSort, cell: unknown): unknown {
  if (cellSort(cell) === sort && cell !== undefined) return cell;
  const single = Array.isArray(cell) ? cell[0] : typeof cell === 'object' && cell !== null ? undefined : cell;
  switch (sort) {
    case 'any':
      return null;
    case 'equals':
      return single ?? '';
    case 'one_of':
      return single === undefined || single === null || single === '' ? [] : [single];
    default:
      return { over: null, up_to: null };
  }
}

export function columnsOf(table: unknown): string[] {
  return listOf(asContent(table)['columns']).map((column) => String(column['field'] ?? ''));
}

/** Rows with exactly one cell for each column. */
export function rowsOf(table: unknown): Row[] {
  const width = columnsOf(table).length;
  return listOf(asContent(table)['rows']).map((row) => {
    const when: unknown[] = Array.isArray(row['when']) ? row['when'] : [];
    return { when: Array.from({ length: width }, (_, at) => when[at] ?? null), value: row['value'] };
  });
}

export function withColumn(table: Content, field: string): Content {
  return {
    ...table,
    columns: [...columnsOf(table).map(asColumn), asColumn(field)],
    rows: rowsOf(table).map((row) => ({ ...row, when: [...row.when, null] })),
  };
}

function asColumn(field: string): Content {
  return { field };
}

export function withoutColumn(table: Content, at: number): Content {
  return {
    ...table,
    columns: columnsOf(table).filter((_, column) => column !== at).map(asColumn),
    rows: rowsOf(table).map((row) => ({ ...row, when: row.when.filter((_, column) => column !== at) })),
  };
}

export function withRow(table: Content): Content {
  return { ...table, rows: [...rowsOf(table), { when: columnsOf(table).map(() => null), value: '' }] };
}

/** The name of the table and the row that a problem is about; null for other problems. */
export function rowOfProblem(path: string): { table: string; row: number } | null {
  const match = /^tables\.([^.[]+)\.rows\[(\d+)\]/.exec(path);
  return match ? { table: match[1] ?? '', row: Number(match[2]) } : null;
}

export function emptyTable(columns: readonly string[], zh: string, en: string): Content {
  return { label: { en, zh }, unit: 'hkd', columns: columns.map(asColumn), rows: [], default: null };
}

/** Names of tables and parameters are part of paths, so they are plain words. */
export function isName(typed: string): boolean {
  return /^[a-z][a-z0-9_]{0,59}$/.test(typed);
}
