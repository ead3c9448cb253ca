// Why: which years and sources the table of spending has, and what a year is called.
import type { Content } from '../section/path';

const YEARS_MAX = 30;

/** From the first year on, without gaps, and so many more as were asked for. */
export function spentYears(rows: readonly Content[], more: number): number[] {
  const years = rows.map((row) => row['year']).filter((year): year is number => typeof year === 'number');
  const last = Math.min(Math.max(0, ...years) + more, YEARS_MAX);
  return Array.from({ length: last + 1 }, (_, year) => year);
}

export function spentSources(rows: readonly Content[]): string[] {
  const named = rows.map((row) => row['source']).filter((source): source is string => typeof source === 'string');
  return [...new Set(['grant', 'own', ...named])];
}

/** `2026-27` for year 0 of a project that starts in it; the bare number where that is not known. */
export function yearWord(year: number, firstYear: string | null): string {
  const first = Number(firstYear?.slice(0, 4));
  if (!firstYear || Number.isNaN(first)) return String(year);
  const start = first + year;
  return `${start}-${String((start + 1) % 100).padStart(2, '0')}`;
}

/** The earliest financial year of the budget. */
export function firstBudgetYear(budget: unknown): string | null {
  const lines: unknown = typeof budget === 'object' && budget !== null && 'lines' in budget ? budget.lines : [];
  const cells = (Array.isArray(lines) ? (lines as Content[]) : []).flatMap((line) =>
    Array.isArray(line['cells']) ? (line['cells'] as Content[]) : [],
  );
  const years = cells.map((cell) => cell['financial_year']).filter((year): year is string => typeof year === 'string');
  return years.toSorted()[0] ?? null;
}
