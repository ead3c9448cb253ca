// Why: the columns of the value map and how a cell is shown, edited and read; apart from the grid so
// that the rules can be tested without a browser.
import { amount, grouped, percent, readMoney, readNumber, readPercent } from '@/format';
import type { Content } from '../section/path';
import { cohortText, quantityText, startText } from './cohorts';

type CellKind = 'text' | 'decimal' | 'money' | 'share' | 'integer' | 'grade' | 'code';

/** One of a list: its code, its name in the language on screen, and any name it may be pasted by. */
interface Choice {
  code: string;
  label: string;
  names: readonly string[];
}

export interface ValueColumn {
  key: string;
  kind: CellKind;
  /** Bounds of a whole number. */
  least?: number;
  most?: number;
  maxChars?: number | undefined;
  choices?: readonly Choice[];
}

/** In the order of the value map: who, what changes, how much, how long, what is deducted. */
export const COLUMNS: readonly ValueColumn[] = [
  { key: 'stakeholder', kind: 'text' },
  { key: 'name', kind: 'text' },
  { key: 'catalogue', kind: 'code' },
  { key: 'quantity', kind: 'decimal' },
  { key: 'proxy', kind: 'money' },
  { key: 'proxy_unit', kind: 'text' },
  { key: 'price_year', kind: 'integer', least: 1900, most: 2200 },
  { key: 'duration', kind: 'integer', least: 1, most: 30 },
  { key: 'start', kind: 'integer', least: 1, most: 30 },
  { key: 'deadweight', kind: 'share' },
  { key: 'displacement', kind: 'share' },
  { key: 'attribution', kind: 'share' },
  { key: 'dropoff', kind: 'share' },
  { key: 'evidence_grade', kind: 'grade' },
];

/** Factors that need a reason and a source each. */
export const REASONED = ['quantity', 'proxy', 'deadweight', 'displacement', 'attribution', 'dropoff'] as const;
export const GRADES: readonly string[] = ['A', 'B', 'C', 'D'];

const DECIMAL = /^-?\d+(\.\d+)?$/;
const NONE_WORDS = new Set(['none', 'not priced', 'no price', '無', '未定價', '不定價']);

function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Whether a cell is one of several values kept elsewhere, so that it cannot be typed over here. */
export function isSplit(column: ValueColumn, outcome: Content | undefined): boolean {
  return outcome?.['cohorts'] !== undefined && (column.key === 'quantity' || column.key === 'start');
}

/** What stands in the cell of an outcome. */
export function outcomeText(column: ValueColumn, outcome: Content): string {
  if (!isSplit(column, outcome)) return cellText(column, outcome[column.key]);
  return column.key === 'start' ? startText(outcome['cohorts']) : quantityText(outcome['cohorts']);
}

/** A value as it stands in a cell of its column. */
export function cellText(column: ValueColumn, value: unknown): string {
  if (column.kind === 'grade' && typeof value === 'object' && value !== null) {
    return [...new Set(Object.values(value).map(String))].toSorted().join('/');
  }
  const text = asText(value);
  if (column.kind === 'code') return column.choices?.find(({ code }) => code === text)?.label ?? text;
  if (!DECIMAL.test(text) || column.key === 'price_year') return text;
  if (column.kind === 'money') return amount(text);
  if (column.kind === 'share') return percent(text);
  return column.kind === 'decimal' || column.kind === 'integer' ? grouped(text) : text;
}

/** What is offered for editing the cell of an outcome. */
export function outcomeEditText(column: ValueColumn, outcome: Content): string {
  return isSplit(column, outcome) ? cohortText(outcome['cohorts']) : editText(column, outcome[column.key]);
}

/** What is offered for editing: the same figure without marks and separators. */
export function editText(column: ValueColumn, value: unknown): string {
  if (column.kind === 'code' || column.kind === 'grade') return cellText(column, value);
  const text = asText(value);
  if (column.kind === 'share' && DECIMAL.test(text)) return percent(text).replace('%', '');
  return text;
}

function choiceOf(column: ValueColumn, text: string): string | undefined {
  const wanted = text.toLowerCase();
  return column.choices?.find(
    ({ code, label, names }) => [code, label, ...names].some((name) => name.toLowerCase() === wanted),
  )?.code;
}

/** What a typed text means; what cannot be read is kept so that nothing typed is lost. */
export function typedValue(column: ValueColumn, typed: string): unknown {
  const text = typed.trim();
  if (text === '') return undefined;
  switch (column.kind) {
    case 'money':
      return NONE_WORDS.has(text.toLowerCase()) ? null : (readMoney(text) ?? text);
    case 'share':
      return readPercent(text) ?? text;
    case 'decimal':
      return readNumber(text) ?? text;
    case 'integer': {
      const number = readNumber(text);
      return number !== null && /^-?\d{1,9}$/.test(number) ? Number(number) : text;
    }
    case 'grade':
      return text.normalize('NFKC').toUpperCase();
    case 'code':
      return choiceOf(column, text) ?? text;
    case 'text':
      return text;
  }
}

export function isReasoned(key: string): boolean {
  return REASONED.some((factor) => factor === key);
}

/** Whether a factor has a value but not yet both its reason and its source. */
export function lacksReason(column: ValueColumn, outcome: Content): boolean {
  if (!isReasoned(column.key)) return false;
  const value = column.key === 'quantity' ? (outcome['quantity'] ?? outcome['cohorts']) : outcome[column.key];
  if (value === undefined || value === null || value === '') return false;
  return ['reasons', 'sources'].some((kind) => {
    const notes = outcome[kind];
    const note: unknown = typeof notes === 'object' && notes !== null ? (notes as Content)[column.key] : undefined;
    return typeof note !== 'string' || note.trim() === '';
  });
}
