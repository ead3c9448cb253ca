// Why: what a workbook changes must read as a person knows it, and nothing may be accepted unseen.
import { describe, expect, it } from 'vitest';
import type { FieldDataFragment } from '@/gql/graphql';
import { pathWords, valueWords } from './pathWords';
import { readDiff } from './workbook';

const field = (path: string, kind: string, en: string): FieldDataFragment => ({
  path, kind, required: true, maxChars: null, unit: null, showIf: null, options: [], label: { en, zh: en }, help: { en: '', zh: '' },
});
const words = {
  fields: [field('outcomes[].deadweight', 'share', 'Deadweight'), field('outcomes[].proxy', 'money', 'Proxy'), field('responsiveness', 'long_text', 'What next'), field('pools[].weights', 'rows', 'Weights')],
  pick: (text: { en: string }) => text.en,
  rowWord: (list: string, number: number) => `${list === 'outcomes' ? 'Outcome' : 'Row'} ${number}`,
};
const content = { outcomes: [{ name: 'Calmer' }, {}] };

describe('the changes of a workbook', () => {
  it('are named by outcome and question', () => {
    expect(pathWords('outcomes[0].deadweight', content, words)).toBe('Outcome 1 (Calmer) · Deadweight');
    expect(pathWords('outcomes[1].proxy', content, words)).toBe('Outcome 2 · Proxy');
    expect(pathWords('outcomes[1]', content, words)).toBe('Outcome 2');
    expect(pathWords('responsiveness', content, words)).toBe('What next');
    expect(pathWords('pools[0].weights.fsa', { pools: [{ name: 'Rent' }] }, words)).toBe('Row 1 (Rent) · Weights · fsa');
    expect(pathWords('stakeholders[0].unknown', content, words)).toBe('Row 1 · unknown');
  });

  it('show figures as their cells do', () => {
    expect(valueWords('outcomes[0].deadweight', '0.15', words)).toBe('15%');
    expect(valueWords('outcomes[0].proxy', '1250', words)).toBe('HK$1,250.00');
    expect(valueWords('outcomes[0].deadweight', 'about a tenth', words)).toBe('about a tenth');
  });

  it('are read with whatever the server left out', () => {
    expect(readDiff({ changes: [{ path: 'outcomes[0].proxy', cell: 'Outcomes!F7', from: null, to: '2' }], content })).toEqual({
      changes: [{ path: 'outcomes[0].proxy', cell: 'Outcomes!F7', from: '', to: '2' }],
      added: [], removed: [], refused: [], content,
    });
  });

  it('keep the cell of what was refused', () => {
    const { refused } = readDiff({ refused: [{ code: 'not_decimal', cell: 'Outcomes!H7', path: 'outcomes[0].deadweight', message: 'no', params: [{ name: 'example', value: '0.3' }] }] });
    expect(refused[0]).toMatchObject({ cell: 'Outcomes!H7', code: 'not_decimal', params: [{ name: 'example', value: '0.3' }] });
  });
});
