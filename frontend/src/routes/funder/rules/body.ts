// Why: the parts of a programme version as a form edits them. The form's content is the body with the
// sections beside it, so that its paths are those of the server's problems: `criteria[3].rule.left`.
import type { Bilingual } from '@/i18n';
import { asContent } from '../../applicant/section/useSavedForm';
import type { Content } from '../../applicant/section/path';
import { fullPath } from './vocabulary';

export const SEVERITIES = ['hard', 'soft', 'info'] as const;
export type SeverityWord = (typeof SEVERITIES)[number];
export const LANGUAGES = ['en', 'zh'] as const;
export const PLACEHOLDERS = ['value', 'threshold', 'low', 'high', 'shortfall', 'item', 'missing'] as const;

/** Body and sections as one form. */
export function formContent(body: unknown, sections: unknown): Content {
  return { ...asContent(body), sections: listOf(asContent(sections)['sections']) };
}

/** The form taken apart again; what else the sections' document held stays. */
export function splitContent(content: Content, sectionsBefore: unknown): { body: Content; sections: Content } {
  const { sections, ...body } = content;
  return { body, sections: { ...asContent(sectionsBefore), sections: listOf(sections) } };
}

export function listOf(value: unknown): Content[] {
  return Array.isArray(value) ? value.map(asContent) : [];
}

export function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(asContent(value));
}

export function criteriaOf(content: unknown): Content[] {
  return listOf(asContent(content)['criteria']);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function bilingual(value: unknown): Bilingual {
  const { en, zh } = asContent(value);
  return { en: text(en), zh: text(zh) };
}

export function questionOfCriterion(criterion: Content): Bilingual {
  return { en: text(criterion['question_en']), zh: text(criterion['question_zh']) };
}

/** An id after those that are there: `DF-E26` is followed by `DF-E27`. */
export function nextId(criteria: readonly Content[]): string {
  const ids = criteria.map((each) => text(each['id']));
  const numbered = ids.map((id) => /^(.*?)(\d+)$/.exec(id)).filter((match) => match !== null);
  const last = numbered.toSorted((one, other) => Number(one[2]) - Number(other[2])).at(-1);
  const prefix = last?.[1] ?? 'E';
  const digits = last?.[2] ?? '00';
  return prefix + String(Number(digits) + 1).padStart(digits.length, '0');
}

/** Everything in a tree that names something under a key: `named(rule, 'param')` → parameters used. */
function named(node: unknown, key: string): string[] {
  if (Array.isArray(node)) return node.flatMap((each) => named(each, key));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([at, value]) => (at === key && typeof value === 'string' ? [value] : named(value, key)));
}

/** The fact that a parameter is compared with, by its full path: its codes may be the parameter's. */
export function factBeside(content: unknown, name: string): string | undefined {
  return criteriaOf(content).map(({ rule }) => beside(rule, name, [])).find((path) => path !== undefined);
}

function beside(node: unknown, name: string, lists: readonly string[]): string | undefined {
  if (Array.isArray(node)) return node.map((each) => beside(each, name, lists)).find((path) => path !== undefined);
  if (typeof node !== 'object' || node === null) return undefined;
  const own = asContent(node);
  const field = asContent(own['left'])['field'];
  if (asContent(own['right'])['param'] === name && typeof field === 'string') return fullPath(field, lists);
  const over = asContent(own['over'])['field'];
  const inside = typeof over === 'string' ? [...lists, fullPath(over, lists)] : lists;
  return Object.values(own).map((each) => beside(each, name, inside)).find((path) => path !== undefined);
}

/** The tables that a tree reads. */
function tablesNamed(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(tablesNamed);
  if (typeof node !== 'object' || node === null) return [];
  const own = asContent(node);
  const here = own['op'] === 'table' && typeof own['name'] === 'string' ? [own['name']] : [];
  return [...here, ...Object.values(own).flatMap(tablesNamed)];
}

/** Which criteria use a parameter or a table, by id. */
export function usersOf(content: unknown, kind: 'param' | 'table', name: string): string[] {
  return criteriaOf(content)
    .filter(({ rule }) => (kind === 'param' ? named(rule, 'param') : tablesNamed(rule)).includes(name))
    .map((criterion) => text(criterion['id']));
}
