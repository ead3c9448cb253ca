// Why: a lever is one input of the value map that can be moved; its words, its value as people read
// it, and the ladder of values of a grid are the same in the tornado and in the explorer.
import { fixed, grouped, movePoint, percent, readNumber, readPercent } from '@/format';
import { labelled, wordFor } from '@/i18n';

/** In the order of the value map; the rate comes last because it belongs to no outcome. */
export const PARAMETERS = [
  'quantity', 'proxy', 'deadweight', 'displacement', 'attribution', 'dropoff', 'discount_rate',
] as const;
export type ParameterCode = (typeof PARAMETERS)[number];
export const UNITS = ['multiplier', 'value'] as const;
export type UnitCode = (typeof UNITS)[number];
const ALL = 'all';

/** Outcome names by id. */
export type Names = ReadonlyMap<string, string>;

const SHARES: ReadonlySet<string> = new Set(['deadweight', 'displacement', 'attribution', 'dropoff', 'discount_rate']);

export function isShare(parameter: string): boolean {
  return SHARES.has(parameter);
}

/** `proxy:o1` → the proxy of outcome o1; without a scope it means all outcomes. */
export function readLever(parameter: string): { parameter: string; scope: string } {
  const [name = '', scope = ALL] = parameter.split(':');
  return { parameter: name, scope: scope === '' ? ALL : scope };
}

export function parameterWord(parameter: string): string {
  return wordFor(`parameter.${parameter}`) ?? parameter.replace(/_/g, ' ');
}

/** `Financial proxy: Less time waiting`; all outcomes together are not named. */
export function leverName(parameter: string, scope: string, names: Names): string {
  if (scope === ALL || parameter === 'discount_rate') return parameterWord(parameter);
  return labelled(parameterWord(parameter), names.get(scope) ?? scope);
}

/** A value of a lever: `47%` of people, `× 0.8` of what is stated, or the figure itself. */
export function leverValue(parameter: string, unit: string, value: string): string {
  if (unit === 'multiplier') return `× ${shortened(value)}`;
  return isShare(parameter) ? percent(shortened(value)) : grouped(shortened(value));
}

/** At most four decimals, without needless zeros; a label, never an official figure. */
function shortened(value: string): string {
  const cut = (value.split('.')[1] ?? '').length > 4 ? fixed(value, 4).replace(/,/g, '').replace('\u2212', '-') : value;
  return movePoint(cut, 0);
}

/** What somebody types for a lever: `30` or `30%` for a share, `0.8` for a multiplier. */
export function readLeverValue(parameter: string, unit: string, typed: string): string | null {
  return unit === 'value' && isShare(parameter) ? readPercent(typed) : readNumber(typed);
}

/** The same figure as it is offered for typing. */
export function typedLeverValue(parameter: string, unit: string, value: string): string {
  return unit === 'value' && isShare(parameter) ? percent(value).replace('%', '') : value;
}

const PLACES = 6;

/** Evenly spaced values from one end to the other, to six places; both ends are exact. */
export function ladder(from: string, to: string, count: number): string[] {
  const first = BigInt(movePoint(from, PLACES).split('.')[0] ?? '0');
  const last = BigInt(movePoint(to, PLACES).split('.')[0] ?? '0');
  const gaps = BigInt(Math.max(count - 1, 1));
  return Array.from({ length: Math.max(count, 2) }, (_, step) =>
    movePoint(String(first + ((last - first) * BigInt(step)) / gaps), -PLACES),
  );
}

/** The values with the stated one put in its place, so that a grid always holds it. */
export function withStated(values: readonly string[], stated: string | undefined): string[] {
  if (stated === undefined) return [...values];
  const inside = Number(stated) >= Number(values[0]) && Number(stated) <= Number(values.at(-1));
  const there = values.some((value) => sameNumber(value, stated));
  return inside && !there ? [...values, stated].toSorted((one, other) => Number(one) - Number(other)) : [...values];
}

export function sameNumber(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && movePoint(one, 0) === movePoint(other, 0);
}

export interface Switching {
  parameter: string;
  scope: string;
  unit: string;
  value: string | null;
}

/** The sentence of a break-even value: where this input alone brings the ratio to 1. */
export function breakEvenWords(base: string, switching: Switching, names: Names): string {
  const name = leverName(switching.parameter, switching.scope, names);
  if (switching.value === null) return wordFor('sroi:breakEven.cannot', { name }) ?? '';
  const above = Number(base) >= 1;
  const key = switching.unit === 'multiplier' ? (above ? 'fallsTimes' : 'risesTimes') : above ? 'falls' : 'rises';
  const share = switching.unit === 'multiplier' || isShare(switching.parameter);
  const value = share ? `${fixed(movePoint(switching.value, 2), 1)}%` : grouped(switching.value);
  return wordFor(`sroi:breakEven.${key}`, { name, value }) ?? '';
}
