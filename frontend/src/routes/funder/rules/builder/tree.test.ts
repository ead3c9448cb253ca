// Why: changing a rule by forms must keep what still fits and never lose a part on the way.
import { describe, expect, it } from 'vitest';
import type { OperatorInfo } from '../vocabulary';
import { depthOf, emptyValue, moved, readJson, slotsOf, sortOf, sortsFor, withOperator, wrapped } from './tree';

function operator(word: string, operands: Record<string, string>, gives = 'yes_no'): OperatorInfo {
  return {
    word,
    gives,
    label: { en: word, zh: word },
    operands: Object.entries(operands).map(([key, kind]) => ({ key, kind, optional: false })),
  };
}

/** `if` and `then`, written so that nothing takes the object for a promise. */
function pair<T>(condition: T, consequence: T): Record<string, T> {
  return Object.fromEntries(new Map([['if', condition], ['then', consequence]]));
}

function implied(condition: unknown, consequence: unknown): unknown {
  return { op: 'implies', ...pair(condition, consequence) };
}

const LTE = operator('lte', { left: 'scalar', right: 'scalar' });
const GTE = operator('gte', { left: 'scalar', right: 'scalar' });
const IN = operator('in', { left: 'scalar', right: 'list' });
const AND = operator('and', { args: 'rules' });
const NOT = operator('not', { arg: 'rule' });
const IMPLIES = operator('implies', pair('rule', 'rule'));


const PRESENT = operator('present', { left: 'any' });
const MONTHS = operator('months_between', { left: 'date', right: 'date' }, 'value');
const ADD = operator('add', { args: 'values' }, 'value');

const asked = { op: 'lte', left: { field: 'application.requested_hkd' }, right: '500000.00' };

describe('another operator', () => {
  it('keeps operands of the same name', () => {
    expect(withOperator(asked, LTE, GTE)).toEqual({ ...asked, op: 'gte' });
    expect(withOperator(asked, LTE, PRESENT)).toEqual({ op: 'present', left: asked.left });
  });
  it('drops a single value where a list is needed', () => {
    expect(withOperator(asked, LTE, IN)).toEqual({ op: 'in', left: asked.left });
  });
  it('makes a test one of several conditions', () => {
    expect(withOperator(asked, LTE, AND)).toEqual({ op: 'and', args: [asked] });
    expect(withOperator(asked, LTE, NOT)).toEqual({ op: 'not', arg: asked });
  });
  it('carries conditions from one way of joining to another', () => {
    const given = { op: 'present', left: { field: 'project.need' } };
    expect(withOperator({ op: 'and', args: [asked, given] }, AND, IMPLIES)).toEqual(implied(asked, given));
    expect(withOperator(implied(asked, given), IMPLIES, AND)).toEqual({ op: 'and', args: [asked, given] });
  });
  it('starts from nothing', () => {
    expect(withOperator(undefined, undefined, LTE)).toEqual({ op: 'lte' });
  });
});

describe('operands', () => {
  it('are found whether a pair is written by name or as a list', () => {
    const months = { op: 'months_between', args: [{ field: 'a' }, { field: 'b' }] };
    expect(slotsOf(months, MONTHS).map(({ path, value }) => [path, value])).toEqual([
      ['args[0]', { field: 'a' }],
      ['args[1]', { field: 'b' }],
    ]);
    expect(slotsOf({ op: 'add', left: '1', right: '2' }, ADD)[0]?.value).toEqual(['1', '2']);
    expect(slotsOf(asked, LTE).map(({ path }) => path)).toEqual(['left', 'right']);
  });
  it('say what sort of value they are', () => {
    expect([{ field: 'a' }, { param: 'b' }, { op: 'table', name: 'c' }, { op: 'add' }, '5', ['x'], undefined].map(sortOf)).toEqual([
      'field', 'param', 'table', 'calculation', 'literal', 'literal', undefined,
    ]);
    expect(sortOf(emptyValue('calculation', 'number'))).toBe('calculation');
    expect(emptyValue('literal', 'list')).toEqual([]);
    expect(sortsFor('list')).not.toContain('calculation');
  });
});

describe('the tree', () => {
  it('gains a condition beside the ones it has', () => {
    expect(wrapped(asked, 'and')).toEqual({ op: 'and', args: [asked, {}] });
    expect(wrapped({ op: 'and', args: [asked] }, 'and')).toEqual({ op: 'and', args: [asked, {}] });
    expect(wrapped({ op: 'and', args: [asked] }, 'or')).toEqual({ op: 'or', args: [{ op: 'and', args: [asked] }, {}] });
  });
  it('counts levels of operators', () => {
    expect(depthOf(asked)).toBe(1);
    expect(depthOf({ op: 'not', arg: { op: 'and', args: [asked, asked] } })).toBe(3);
  });
  it('moves an entry by one place and stays whole at the ends', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
  it('is read from JSON only when it is an object', () => {
    expect(readJson('{"op":"present"}')).toEqual({ op: 'present' });
    expect([readJson('{"op":'), readJson('[1]'), readJson('5')]).toEqual([undefined, undefined, undefined]);
  });
});
