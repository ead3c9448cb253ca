// Why: one place that says how a measure of a cell is written and how strongly its tile is coloured.
import { amount, grouped, moneyShort, plainNumber } from '@/format';
import type { SectorReportPageQuery } from '@/gql/graphql';
import type { Measure } from './search';

export type Cell = SectorReportPageQuery['sectorReport']['cells'][number];

/** The server's figure, as text; null when it is suppressed. */
export function valueOf(cell: Cell, measure: Measure): string | null {
  const value = cell[measure];
  return cell.suppressed || value === null ? null : String(value);
}

export function written(value: string, measure: Measure): string {
  if (measure === 'organisations') return grouped(value);
  return measure === 'applications' ? plainNumber(value) : amount(value);
}

/** A label on a tile; the table has every digit. */
export function short(value: string, measure: Measure): string {
  return measure === 'asked' || measure === 'awarded' ? moneyShort(value) : plainNumber(value);
}

/** The length of a bar or the strength of a colour, 0 to 1, for drawing only. */
export function fraction(value: string | null, cells: readonly Cell[], measure: Measure): number {
  const most = Math.max(0, ...cells.map((cell) => Number(valueOf(cell, measure) ?? 0)));
  return value === null || most === 0 ? 0 : Number(value) / most;
}

export const STEPS = 5;

/** Which of five colours: 0 for nothing, then equal steps from the smallest shown to the largest. */
export function step(value: string | null, cells: readonly Cell[], measure: Measure): number {
  if (value === null || Number(value) === 0) return 0;
  const shown = cells.map((cell) => Number(valueOf(cell, measure) ?? 0)).filter((each) => each > 0);
  const least = Math.min(...shown);
  const width = Math.max(...shown) - least;
  return width === 0 ? STEPS : Math.min(STEPS, 1 + Math.floor(((Number(value) - least) / width) * STEPS));
}
