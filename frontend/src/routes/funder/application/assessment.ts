// Why: the assessed copy is the claim with a list of changes, each at one path with one reason. These
// are the rules of that list, apart from the page so that they can be tested without a browser.
import { labelled, wordFor } from '@/i18n';
import { getAt, rowsAt, sameContent, setAt, textAt, type Content } from '../../applicant/section/path';
import { cellText, COLUMNS, type ValueColumn } from '../../applicant/valuemap/columns';

export interface Change {
  path: string;
  to: unknown;
  reason: string;
}

/** One value of the map that can be assessed. */
export interface Cell {
  /** The place that a change names: cohorts and grades by parameter are changed as a whole. */
  path: string;
  /** Where the value stands inside that place; empty when it is the place itself. */
  inner: string;
  column: ValueColumn;
  /** Tells values of one place apart: the number of the cohort, or the parameter of a grade. */
  part: string;
}

/** What the applicant wrote in words stays the applicant's. */
const TEXTS = new Set(['stakeholder', 'name', 'catalogue', 'proxy_unit']);

/** The figures of an outcome, in the order of the value map. */
export const FIGURES: readonly ValueColumn[] = COLUMNS.filter(({ key }) => !TEXTS.has(key));

/** What volunteers put in: hours at a rate, or an amount. */
export const VOLUNTEER_FIGURES: readonly ValueColumn[] = [
  { key: 'hours', kind: 'decimal' },
  { key: 'hourly_rate', kind: 'money' },
  { key: 'amount', kind: 'money' },
];

const COHORT_KEYS: ReadonlySet<string> = new Set(['quantity', 'start']);

/** The values that stand in one column of an outcome: mostly one, several with cohorts. */
export function cellsOf(map: unknown, position: number, column: ValueColumn): Cell[] {
  const at = `outcomes[${position}]`;
  const cohorts = rowsAt(map, `${at}.cohorts`);
  if (cohorts.length > 0 && COHORT_KEYS.has(column.key)) {
    return cohorts.map((_, each) => ({ path: `${at}.cohorts`, inner: `[${each}].${column.key}`, column, part: String(each + 1) }));
  }
  const path = `${at}.${column.key}`;
  const value = getAt(map, path);
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).toSorted().map((part) => ({ path, inner: part, column, part }));
  }
  return [{ path, inner: '', column, part: '' }];
}

/** Every value that a change of this place may touch. */
export function cellsAt(map: unknown, path: string): Cell[] {
  const [, row, key] = /^outcomes\[(\d+)\]\.(\w+)$/.exec(path) ?? [];
  if (row === undefined) return [{ path, inner: '', column: columnAt(path), part: '' }];
  const columns = FIGURES.filter((column) => (key === 'cohorts' ? COHORT_KEYS.has(column.key) : column.key === key));
  const cells = columns.flatMap((column) => cellsOf(map, Number(row), column));
  return cells.toSorted((one, other) => Number(one.part) - Number(other.part) || 0);
}

/** A value inside a place. */
export function innerValue(place: unknown, inner: string): unknown {
  return inner === '' ? place : getAt(place, inner);
}

/** The place with one value inside it replaced. */
export function withInner(place: unknown, inner: string, value: unknown): unknown {
  return inner === '' ? value : setAt(place as Content, inner, value);
}

const COHORTS: ValueColumn = { key: 'cohorts', kind: 'text' };

/** The column that a path belongs to. */
export function columnAt(path: string): ValueColumn {
  const keys = path.split('.').map((part) => part.replace(/\[\d+\]$/, ''));
  const known = [COHORTS, ...FIGURES, ...VOLUNTEER_FIGURES].find(({ key }) => keys.includes(key));
  return known ?? { key: keys.at(-1) ?? path, kind: 'text' };
}

/** A value as people read it; what holds several is told one by one. */
export function shownAt(path: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  if (Array.isArray(value)) {
    return value
      .map((each: unknown) => `${cellText({ key: 'quantity', kind: 'decimal' }, getAt(each, 'quantity'))} (${wordFor('funder:valueMap.year', { year: textAt(each, 'start') }) ?? ''})`)
      .join(' + ');
  }
  if (typeof value === 'object') {
    return Object.entries(value).map(([part, each]) => `${partWords(part)} ${String(each)}`).join(', ');
  }
  return cellText(columnAt(path), value);
}

/** A cohort by its number, a parameter by its name. */
export function partWords(part: string): string {
  if (/^\d+$/.test(part)) return wordFor('funder:assessed.cohort', { number: part }) ?? part;
  return wordFor(`parameter.${part}`) ?? part;
}

/** The name of the row that a path stands in: an outcome, a stakeholder or a volunteer. */
export function placeOf(path: string, map: unknown): string | undefined {
  const row = /^(outcomes|stakeholders|volunteers|exclusions)\[\d+\]/.exec(path)?.[0];
  const name = row === undefined ? '' : textAt(map, `${row}.name`);
  return name === '' ? undefined : name;
}

/** `outcomes[2].deadweight` → `Deadweight (deducted): Less time waiting`. */
export function pathWords(path: string, map: unknown): string {
  const { key } = columnAt(path);
  const word = wordFor(`funder:valueMap.column.${key}`) ?? key.replace(/_/g, ' ');
  return labelled(word, placeOf(path, map) ?? path);
}

/** What a typed value lacks, as a problem code; null when it can be sent. */
export function wrongValue(column: ValueColumn, value: unknown): string | null {
  if (value === undefined) return 'missing';
  if (column.kind === 'integer' && typeof value !== 'number') return 'not_integer';
  if (['decimal', 'money', 'share'].includes(column.kind) && !/^-?\d+(\.\d+)?$/.test(String(value))) return 'not_decimal';
  return column.kind === 'grade' && !/^[A-D]$/.test(String(value)) ? 'not_one_of' : null;
}

/** The list with one change put in or replaced, in the order of paths. */
export function withChange(changes: readonly Change[], change: Change): Change[] {
  const others = changes.filter((each) => each.path !== change.path);
  return [...others, change].toSorted((one, other) => one.path.localeCompare(other.path, 'en', { numeric: true }));
}

export function withoutChange(changes: readonly Change[], path: string): Change[] {
  return changes.filter((each) => each.path !== path);
}

/** The saved list, each value as it stands in the assessed map (its text has lost its kind). */
export function savedChanges(assessment: { content: unknown; changes: readonly { path: string; to: string; reason: string }[] } | null): Change[] {
  return (assessment?.changes ?? []).map(({ path, to, reason }) => ({ path, reason, to: getAt(assessment?.content, path) ?? to }));
}

/** The claim with the changes applied. */
export function assessedMap(claim: unknown, changes: readonly Change[]): Content {
  return changes.reduce((map, { path, to }) => setAt(map, path, to), (claim ?? {}) as Content);
}

export function sameChanges(one: readonly Change[], other: readonly Change[]): boolean {
  return sameContent(one.map((each) => ({ ...each })), other.map((each) => ({ ...each })));
}

/** Outcomes with their values as stated, for the explorer. */
export function exploredOutcomes(map: unknown): { id: string; name: string; values: Record<string, string> }[] {
  return rowsAt(map, 'outcomes').map((outcome) => ({
    id: textAt(outcome, 'id'),
    name: textAt(outcome, 'name'),
    values: Object.fromEntries(
      FIGURES.map(({ key }) => [key, textAt(outcome, key)] as const).filter(([, value]) => value !== ''),
    ),
  }));
}
