// Why: two versions side by side must read like the rules themselves.
import { beforeAll, describe, expect, it } from 'vitest';
import { wordFor } from '@/i18n';
import { wordsReady } from '@/test-words';
import { diffParts, readChanges, type Change } from './difference';
import type { Telling } from './words/sentence';

const telling: Telling = {
  language: 'en',
  facts: new Map([['application.requested_hkd', { path: 'application.requested_hkd', type: 'hkd', label: { en: 'Amount asked', zh: '申請款額' }, options: [] }]]),
  parameters: {},
  tables: {},
  words: {},
  say: (key, values = {}) => wordFor(`rulewords:say.${key}`, values) ?? key,
};

const nameOf = (dimension: string, code: string) => (`${dimension}:${code}` === 'district:kwun_tong' ? 'Kwun Tong' : code);
const cap = (amount: string) => ({ op: 'lte', left: { field: 'application.requested_hkd' }, right: amount });
const change = (part: string, id: string, kind: string, fields: Change['fields']): Change => ({ part, id, kind, fields });

beforeAll(() => wordsReady('en'));

describe('a difference', () => {
  it('stands part by part, in the order of the tabs', () => {
    const parts = diffParts(
      [change('words', 'lsg', 'CHANGED', []), change('parameters', 'cap_rate', 'CHANGED', []), change('criteria', 'E1', 'CHANGED', [])],
      telling,
      nameOf,
    );
    expect(parts.map(({ part }) => part)).toEqual(['criteria', 'parameters', 'words']);
  });

  it('reads rules and parameters as words', () => {
    const [criteria, parameters] = diffParts(
      [
        change('criteria', 'E1', 'CHANGED', [{ path: 'rule', before: cap('500000.00'), after: cap('600000.00') }]),
        change('parameters', 'cap_rate', 'CHANGED', [{ path: '', before: '0.01', after: '0.015' }]),
      ],
      telling,
      nameOf,
    );
    expect(criteria?.things[0]?.rows[0]).toMatchObject({ before: 'Amount asked ≤ HK$500,000.00', after: 'Amount asked ≤ HK$600,000.00' });
    expect(parameters?.things[0]?.rows[0]).toMatchObject({ before: '1%', after: '1.5%' });
  });

  it('reads the earlier side with its own parameters', () => {
    const limit = { op: 'lte', left: { field: 'application.requested_hkd' }, right: { param: 'most_hkd' } };
    const [criteria] = diffParts(
      [
        change('criteria', 'E1', 'CHANGED', [{ path: 'rule', before: limit, after: { ...limit, op: 'lt' } }]),
        change('parameters', 'most_hkd', 'CHANGED', [{ path: '', before: '5.00', after: '6.00' }]),
      ],
      { ...telling, parameters: { most_hkd: '6.00' } },
      nameOf,
    );
    expect(criteria?.things[0]?.rows[0]).toMatchObject({ before: 'Amount asked ≤ HK$5.00', after: 'Amount asked < HK$6.00' });
  });

  it('tells a new criterion by what matters', () => {
    const added = { id: 'E2', severity: 'hard', question_en: 'Small enough?', question_zh: '款額夠小？', rule: cap('1.00'), source: [] };
    const [part] = diffParts([change('criteria', 'E2', 'ADDED', [{ path: '', before: null, after: added }])], telling, nameOf);
    expect(part?.things[0]?.kind).toBe('ADDED');
    expect(part?.things[0]?.rows.map(({ path, before, after }) => [path, before, after])).toEqual([
      ['severity', '', 'required'],
      ['question_en', '', 'Small enough?'],
      ['question_zh', '', '款額夠小？'],
      ['rule', '', 'Amount asked ≤ HK$1.00'],
    ]);
  });

  it('reads limits by their names, and rules between applications by their references', () => {
    const limit = (measure: string, value: string) => ({ dimension: 'district', code: 'kwun_tong', measure, value });
    const fields = [
      { path: 'at_most', before: null, after: [limit('spend', '900000.00'), limit('count', '4')] },
      { path: 'exclusive', before: [['DF-1', 'DF-7']], after: null },
      { path: 'requires', before: null, after: [{ application: 'DF-3', needs: 'DF-2' }] },
      { path: 'max_per_group', before: 3, after: null },
    ];
    const [settings] = diffParts([change('settings', 'constraints', 'CHANGED', fields)], telling, nameOf);
    expect(settings?.things[0]?.rows.map(({ before, after }) => [before, after])).toEqual([
      ['', 'Kwun Tong: HK$900,000.00\nKwun Tong: 4 applications'],
      ['DF-1 / DF-7', ''],
      ['', 'DF-3 only with DF-2'],
      ['3', ''],
    ]);
  });

  it('reads what an import answers, with gaps', () => {
    expect(readChanges({ changes: [{ part: 'criteria', id: 'E1', kind: 'changed', fields: [{ path: 'note', after: 'x' }] }] })).toEqual([
      { part: 'criteria', id: 'E1', kind: 'changed', fields: [{ path: 'note', before: undefined, after: 'x' }] },
    ]);
    expect(readChanges(null)).toEqual([]);
  });
});
