// Why: a chosen proxy brings everything it is known by in one step; foreign money is never turned
// into Hong Kong dollars, and a changed value is seen to differ.
import { describe, expect, it } from 'vitest';
import type { ProxyShownFragment } from '@/gql/graphql';
import { libraryOf, sameNumber, withProxy } from './library';
import { EMPTY_PROPOSAL, fieldOf, proposalInput } from './proposal';

const text = (en: string, zh: string) => ({ en, zh });
const PROXY: ProxyShownFragment = {
  id: 'respite-day', version: 2, name: text('A day of respite', '一日暫託'), description: text('', ''),
  value: '620.00', low: '500.00', high: '800.00', currency: 'HKD', unit: text('day', '日'), source: 'Fee list (fictional)',
  sourceUrl: 'https://fees.example', priceYear: 2024, region: 'HK', licence: 'CC BY 4.0', evidenceGrade: 'B', outcomes: [],
  illustrative: true, needsLocalBasis: false, own: false, publishedAt: '2026-01-01T00:00:00Z',
};
const pick = (each: { zh: string }) => each.zh;

describe('choosing a proxy', () => {
  it('fills value, unit, price year, reference, grade and source', () => {
    const outcome = { id: 'o1', quantity: '9', evidence_grade: 'C', sources: { quantity: 'Own' }, unvalued_reason: 'none found' };
    expect(withProxy(outcome, { proxy: PROXY, pick, localBasis: '' })).toEqual({
      id: 'o1', quantity: '9', proxy: '620.00', proxy_unit: '日', price_year: 2024, library: { id: 'respite-day', version: 2 },
      evidence_grade: { quantity: 'C', proxy: 'B', deadweight: 'C', displacement: 'C', attribution: 'C', dropoff: 'C' },
      sources: { quantity: 'Own', proxy: 'Fee list (fictional) https://fees.example' },
    });
  });

  it('does not lend its grade to figures that have none', () => {
    const chosen = withProxy({ id: 'o1' }, { proxy: PROXY, pick, localBasis: '' });
    expect(chosen['evidence_grade']).toMatchObject({ proxy: 'B', deadweight: 'D' });
    expect(withProxy({ evidence_grade: 'B' }, { proxy: PROXY, pick, localBasis: '' })['evidence_grade']).toBe('B');
  });

  it('takes no foreign figure as Hong Kong dollars', () => {
    const pounds = { ...PROXY, currency: 'GBP', needsLocalBasis: true };
    const chosen = withProxy({ id: 'o1' }, { proxy: pounds, pick, localBasis: ' Local fees are alike. ', localValue: '700.00' });
    expect(chosen).toMatchObject({ proxy: '700.00', local_basis: 'Local fees are alike.' });
  });

  it('knows the same number by another writing', () => {
    expect(sameNumber('620', '620.00')).toBe(true);
    expect(sameNumber('620.01', '620.00')).toBe(false);
    expect(sameNumber(null, '620.00')).toBe(false);
    expect(libraryOf({ library: { id: 'x', version: 1 } })).toEqual({ id: 'x', version: 1 });
    expect(libraryOf({ library: 'x' })).toBeNull();
  });
});

describe('proposing a proxy', () => {
  it('names everything that is missing or cannot be read, at once', () => {
    const { problems } = proposalInput({ ...EMPTY_PROPOSAL, 'name.en': 'Day', value: 'dear', low: '1', high: '2', priceYear: '24' });
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'missing name.zh', 'missing unit.en', 'missing unit.zh', 'missing source', 'missing licence', 'missing evidenceGrade',
      'not_decimal value', 'not_year priceYear',
    ]);
  });

  it('sends what was typed, figures without their marks', () => {
    const draft = {
      ...EMPTY_PROPOSAL, 'name.en': 'Day', 'name.zh': '日', 'unit.en': 'day', 'unit.zh': '日', value: 'HK$1,250', low: '1000',
      high: '1,500.50', source: 'Own price list', priceYear: '2025', licence: 'Own', evidenceGrade: 'C', outcomes: ['rest'],
    };
    expect(proposalInput(draft).input).toMatchObject({
      value: '1250', high: '1500.5', priceYear: 2025, name: { en: 'Day', zh: '日' }, sourceUrl: null, outcomes: ['rest'],
    });
  });

  it('puts the server’s problems beside the same fields', () => {
    expect(fieldOf('input.source_url')).toBe('sourceUrl');
    expect(fieldOf('name.zh')).toBe('name.zh');
    expect(fieldOf('outcomes[1]')).toBe('outcomes');
  });
});
