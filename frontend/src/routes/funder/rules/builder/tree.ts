// Why: changing a rule by forms is moving pieces of a tree. What fits the new operator stays, so that
// trying another one loses as little as possible. Pure.
import { asContent } from '../../../applicant/section/useSavedForm';
import type { Content } from '../../../applicant/section/path';
import type { OperatorInfo } from '../vocabulary';

/** The server reads rules up to this depth. */
export const RULE_DEPTH_MAX = 16;

const VALUE_SORTS = ['field', 'literal', 'param', 'table', 'calculation'] as const;
export type ValueSort = (typeof VALUE_SORTS)[number];

/** One operand with where it stands in the node. */
export interface Slot {
  key: string;
  kind: string;
  optional: boolean;
  /** Under the node: `left`, or `args[0]` where a pair is written as a list. */
  path: string;
  value: unknown;
}

/** Where the operands of a node stand. Two operands may be written as `left` and `right` or as `args`. */
export function slotsOf(node: unknown, operator: OperatorInfo): Slot[] {
  const own = asContent(node);
  const keys = new Set(operator.operands.map(({ key }) => key));
  const pairAsList = keys.has('left') && keys.has('right') && Array.isArray(own['args']);
  const listAsPair = keys.has('args') && !keys.has('left') && own['args'] === undefined && own['left'] !== undefined;
  return operator.operands
    .filter(({ key }) => !(pairAsList && key === 'args'))
    .flatMap((operand): Slot[] => {
      const { key } = operand;
      if (pairAsList && (key === 'left' || key === 'right')) {
        const at = key === 'left' ? 0 : 1;
        return [{ ...operand, path: `args[${at}]`, value: (own['args'] as unknown[])[at] }];
      }
      if (listAsPair && key === 'args') return [{ ...operand, path: key, value: [own['left'], own['right']] }];
      return [{ ...operand, path: key, value: own[key] }];
    });
}

const RULE_KINDS = new Set(['rule', 'rules']);

function isRules(kind: string): boolean {
  return RULE_KINDS.has(kind);
}

/** The node under another operator: operands of the same name stay, a single rule becomes part of the
 * new one, and what has no place any more goes. */
export function withOperator(node: unknown, before: OperatorInfo | undefined, after: OperatorInfo): Content {
  const own = asContent(node);
  const next: Content = { op: after.word };
  const kinds = new Map((before?.operands ?? []).map(({ key, kind }) => [key, kind]));
  for (const { key, kind } of after.operands) {
    const known = kinds.get(key);
    const fits = known !== undefined && isRules(known) === isRules(kind) && (known === kind || !isRules(kind));
    if (fits && own[key] !== undefined && fitsShape(own[key], kind)) next[key] = own[key];
  }
  const inner = innerRules(own, before);
  if (inner.length > 0) placeRules(next, after, inner);
  if (Object.keys(next).length === 1 && before !== undefined && wraps(after) && !before.operands.some(({ kind }) => isRules(kind))) {
    placeRules(next, after, [own]);
  }
  return next;
}

/** A list stays where lists stand and a single value where one stands. */
function fitsShape(value: unknown, kind: string): boolean {
  if (kind === 'list') return Array.isArray(value) || isReference(value);
  if (kind === 'values' || kind === 'rules' || kind === 'fields') return Array.isArray(value);
  return !Array.isArray(value);
}

function isReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function wraps(operator: OperatorInfo): boolean {
  return operator.operands.some(({ kind }) => isRules(kind)) && !operator.operands.some(({ kind }) => kind === 'list_field');
}

function innerRules(own: Content, before: OperatorInfo | undefined): unknown[] {
  return (before?.operands ?? [])
    .filter(({ kind }) => isRules(kind))
    .flatMap(({ key }) => (Array.isArray(own[key]) ? own[key] : own[key] === undefined ? [] : [own[key]]));
}

function placeRules(next: Content, after: OperatorInfo, rules: readonly unknown[]): void {
  const left = [...rules];
  for (const { key, kind } of after.operands) {
    if (next[key] !== undefined) continue;
    if (kind === 'rules') next[key] = left.splice(0);
    else if (kind === 'rule' && left.length > 0) next[key] = left.shift();
  }
}

/** The rule as one part of a new `and` or `or` with an empty part beside it. */
export function wrapped(rule: unknown, word: 'and' | 'or'): Content {
  const own = asContent(rule);
  if (own['op'] === word && Array.isArray(own['args'])) return { ...own, args: [...own['args'], {}] };
  return { op: word, args: [rule ?? {}, {}] };
}

/** What sort of value stands there; a literal where nothing does. */
export function sortOf(value: unknown): ValueSort | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'literal';
  const own = asContent(value);
  if ('field' in own) return 'field';
  if ('param' in own) return 'param';
  if (own['op'] === 'table') return 'table';
  return 'calculation';
}

/** A value of another sort, still to be filled in. */
export function emptyValue(sort: ValueSort, kind: string): unknown {
  switch (sort) {
    case 'field':
      return { field: '' };
    case 'param':
      return { param: '' };
    case 'table':
      return { op: 'table', name: '' };
    case 'calculation':
      return { op: '' };
    default:
      return kind === 'list' ? [] : '';
  }
}

/** The sorts of value that may stand where the operator expects a kind. */
export function sortsFor(kind: string): readonly ValueSort[] {
  if (kind === 'list') return ['literal', 'field', 'param'];
  if (kind === 'field') return ['field'];
  if (kind === 'pattern') return ['literal', 'param'];
  if (kind === 'count') return ['literal', 'param', 'table', 'calculation'];
  return VALUE_SORTS;
}

/** How many levels of operators a rule has. */
export function depthOf(node: unknown): number {
  if (Array.isArray(node)) return Math.max(0, ...node.map(depthOf));
  if (typeof node !== 'object' || node === null) return 0;
  const own = asContent(node);
  const inside = Math.max(0, ...Object.values(own).map(depthOf));
  return typeof own['op'] === 'string' ? inside + 1 : inside;
}

/** The list with one entry moved by one place. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const to = from + by;
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, at) => at !== from);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** Reads a rule typed as JSON; undefined when it is none. */
export function readJson(typed: string): unknown {
  try {
    const value: unknown = JSON.parse(typed);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
