// Why: an outcome that starts in several years (50 people in year 1, 200 more in year 2) is written
// as `1:50, 2:200`; this reads and writes that.
import { grouped, readNumber } from '@/format';
import type { Content } from '../section/path';

const DECIMAL = /^-?\d+(\.\d+)?$/;

function rowsOf(cohorts: unknown): Content[] {
  return Array.isArray(cohorts) ? (cohorts as Content[]) : [];
}

function shown(value: unknown): string {
  const text = String(value ?? '');
  return DECIMAL.test(text) ? grouped(text) : text;
}

/** `1:50, 2:200`, as it is edited; what could not be read stands as it was typed. */
export function cohortText(cohorts: unknown): string {
  if (typeof cohorts === 'string') return cohorts;
  return rowsOf(cohorts)
    .map((row) => `${String(row['start'] ?? '')}:${String(row['quantity'] ?? '')}`)
    .join(', ');
}

/** The quantities beside each other: `50 + 200`. */
export function quantityText(cohorts: unknown): string {
  return typeof cohorts === 'string' ? cohorts : rowsOf(cohorts).map((row) => shown(row['quantity'])).join(' + ');
}

/** The years in which they start: `1, 2`. */
export function startText(cohorts: unknown): string {
  return rowsOf(cohorts).map((row) => shown(row['start'])).join(', ');
}

/** Pairs of year and quantity; null when any part cannot be read, and then nothing of it counts. */
export function readCohorts(typed: string): Content[] | null {
  const parts = typed
    .normalize('NFKC')
    .split(/[;、\n]|,(?!\d{3}(?!\d))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const rows: Content[] = [];
  for (const part of parts) {
    const [start = '', quantity = '', more] = part.split(':');
    const year = /^\d{1,2}$/.test(start.trim()) ? Number(start) : 0;
    const number = readNumber(quantity);
    if (more !== undefined || year < 1 || year > 30 || number === null) return null;
    rows.push({ start: year, quantity: number });
  }
  return rows.length === 0 ? null : rows;
}

/** The outcome with what was typed: one start stays plain, several become cohorts. */
export function withCohorts(outcome: Content, typed: string): Content {
  const { cohorts: _, ...rest } = outcome;
  if (typed.trim() === '') return rest;
  const rows = readCohorts(typed);
  if (rows === null) return { ...outcome, cohorts: typed };
  const { quantity: _quantity, start: _start, ...others } = rest;
  const [only] = rows;
  return rows.length === 1 && only ? { ...others, ...only } : { ...others, cohorts: rows };
}
