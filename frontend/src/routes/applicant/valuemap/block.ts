// Why: a block of cells in the value map: where it lies, what it says as text, filling it down and
// emptying it. Nothing here knows about keys, mice or the page.
import type { Content } from '../section/path';
import { outcomeText, isSplit, type ValueColumn } from './columns';

export interface Place {
  row: number;
  column: number;
}

/** Both ends included. */
export interface Block {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export function blockOf(one: Place, other: Place): Block {
  return {
    top: Math.min(one.row, other.row),
    left: Math.min(one.column, other.column),
    bottom: Math.max(one.row, other.row),
    right: Math.max(one.column, other.column),
  };
}

export function within(block: Block, row: number, column: number): boolean {
  return row >= block.top && row <= block.bottom && column >= block.left && column <= block.right;
}

export function isSingle(block: Block): boolean {
  return block.top === block.bottom && block.left === block.right;
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

/** An outcome with one cell changed; `undefined` means unknown and leaves the key out. */
export function withCell(outcome: Content, key: string, value: unknown): Content {
  if (value !== undefined) return { ...outcome, [key]: value };
  const { [key]: _, ...rest } = outcome;
  return rest;
}

/** The first row of the block goes into all its other rows; a single row takes the row above it.
 * Cells that start in several years are left as they are. */
export function fillDown(outcomes: readonly Content[], block: Block, columns: readonly ValueColumn[]): Content[] {
  const from = block.top === block.bottom ? block.top - 1 : block.top;
  const source = outcomes[from];
  if (!source) return [...outcomes];
  return outcomes.map((outcome, row) => {
    if (row <= from || row > block.bottom) return outcome;
    return columns.slice(block.left, block.right + 1).reduce(
      (filled, column) =>
        isSplit(column, source) || isSplit(column, filled) ? filled : withCell(filled, column.key, source[column.key]),
      outcome,
    );
  });
}

export function clearBlock(outcomes: readonly Content[], block: Block, columns: readonly ValueColumn[]): Content[] {
  return outcomes.map((outcome, row) => {
    if (row < block.top || row > block.bottom) return outcome;
    return columns
      .slice(block.left, block.right + 1)
      .reduce((cleared, column) => (isSplit(column, cleared) ? cleared : withCell(cleared, column.key, undefined)), outcome);
  });
}

function quoted(text: string): string {
  return /["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The block as a spreadsheet takes it: tabs between cells, lines between rows. */
export function blockText(outcomes: readonly Content[], block: Block, columns: readonly ValueColumn[], noPrice: string): string {
  return outcomes
    .slice(block.top, block.bottom + 1)
    .map((outcome) =>
      columns
        .slice(block.left, block.right + 1)
        .map((column) => quoted(outcome[column.key] === null ? noPrice : outcomeText(column, outcome)))
        .join('\t'),
    )
    .join('\r\n');
}
