// Why: a literal has no type of its own; what it means follows from the fact, parameter or calculation
// that it stands beside. Known before any value is.
import { asContent } from '../../../applicant/section/useSavedForm';
import type { Content } from '../../../applicant/section/path';
import { fullPath, type FactMap } from '../vocabulary';

export interface Surroundings {
  facts: FactMap;
  parameters: Content;
  tables: Content;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const FINANCIAL_YEAR = /^\d{4}-\d{2}$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** What a value seems to be by its key and its looks. */
export function kindOfValue(name: string, value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'count';
  if (typeof value === 'object' && value !== null) return 'patterns';
  if (name.endsWith('_hkd')) return 'hkd';
  if (/_(share|rate)$/.test(name)) return name.endsWith('_rate') ? 'rate' : 'share';
  if (typeof value !== 'string') return 'text';
  if (DATE.test(value)) return 'date';
  if (FINANCIAL_YEAR.test(value)) return 'financial_year';
  return DECIMAL.test(value) ? 'decimal' : 'text';
}

const FOLDS = new Set(['add', 'sub', 'max', 'min', 'mul']);

/** The kind of an operand; undefined for a literal, which takes the other side's. */
export function kindOf(node: unknown, around: Surroundings, lists: readonly string[]): string | undefined {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return undefined;
  const own = asContent(node);
  if (typeof own['field'] === 'string') return factKind(around.facts.get(fullPath(own['field'], lists))?.type, own['field']);
  if (typeof own['param'] === 'string') return kindOfValue(own['param'], around.parameters[own['param']]);
  return kindOfCalculation(own, around, lists);
}

function kindOfCalculation(own: Content, around: Surroundings, lists: readonly string[]): string | undefined {
  const op = String(own['op'] ?? '');
  const args = operandsGiven(own).map((each) => kindOf(each, around, lists));
  if (FOLDS.has(op)) return args.includes('hkd') ? 'hkd' : args.find((kind) => kind !== undefined);
  if (op === 'div') return args[0] === 'hkd' && args[1] !== 'hkd' ? 'hkd' : 'decimal';
  if (op === 'ratio') return 'share';
  if (op === 'count' || op === 'months_between' || op === 'days_between') return 'count';
  if (op === 'sum') return String(own['of'] ?? '').endsWith('_hkd') ? 'hkd' : 'decimal';
  if (op === 'table') return kindOfTable(String(own['name']), asContent(around.tables[String(own['name'])]));
  return undefined;
}

function operandsGiven(own: Content): unknown[] {
  return Array.isArray(own['args']) ? own['args'] : [own['left'], own['right']];
}

/** What a table gives: its unit, its name, or the looks of its first figure. */
export function kindOfTable(name: string, table: Content): string | undefined {
  const unit = table['unit'];
  if (unit === 'hkd' || unit === 'share') return unit;
  const rows = Array.isArray(table['rows']) ? table['rows'].map(asContent) : [];
  const value = rows.map((row) => row['value']).find((each) => each !== undefined && each !== null && each !== '');
  return value === undefined && unit === undefined ? undefined : kindOfValue(name, value ?? '0');
}

/** Types of the fact catalogue in the words used here. */
export function factKind(type: string | undefined, path: string): string | undefined {
  if (type === 'integer') return 'count';
  if (type === 'file_name') return 'file';
  if (type === undefined) return path.endsWith('_hkd') ? 'hkd' : undefined;
  return type;
}

const NUMBERS = new Set(['hkd', 'share', 'rate', 'decimal', 'count']);

export function isNumberKind(kind: string | undefined): boolean {
  return kind !== undefined && NUMBERS.has(kind);
}
