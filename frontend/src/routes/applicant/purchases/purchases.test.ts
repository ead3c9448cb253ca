// Why: what is sent of a draft (unknown is left out, none is null), which offer is the lowest, and
// how the editor moves tiers.
import { beforeAll, describe, expect, it } from 'vitest';
import { wordsReady } from '@/test-words';
import { awardContent, EMPTY_REQUEST, nextOfferId, offersOf, requestContent, requestDraft } from './drafts';
import { groupTurned, lineMoved, roleTurned, tierAdded, tierRemoved, tiersOf, withTiers, type Tier } from './policyDraft';
import { readPurchaseSearch } from './search';
import { findingWords } from './words';

describe('a request', () => {
  it('leaves out what is not known and says what is none', () => {
    const content = requestContent({ ...EMPTY_REQUEST, title: ' Tablets ', parts: [{ category: 'goods', item: 'HK$1,200', maintenance: '', none: true }] });
    expect(content).toEqual({ title: 'Tablets', parts: [{ category: 'goods', estimated: { item: '1200.00', maintenance: null } }] });
    expect(requestContent({ ...EMPTY_REQUEST, once: true })['requirement']).toBeNull();
  });

  it('keeps what cannot be read as an amount for the server to name', () => {
    const [part] = requestContent({ ...EMPTY_REQUEST, parts: [{ category: '', item: 'dear', maintenance: '0', none: false }] })['parts'] as unknown[];
    expect(part).toEqual({ estimated: { item: 'dear', maintenance: '0.00' } });
  });

  it('can be written again', () => {
    const draft = { ...EMPTY_REQUEST, title: 'A', requirement: 'tablets', parts: [{ category: 'goods', item: '5.00', maintenance: '', none: true }] };
    expect(requestDraft(requestContent(draft))).toEqual(draft);
  });
});

describe('an award', () => {
  const draft = {
    invitedOn: '', method: 'quotation', invited: '3', chosen: 'q1', lowestReason: ' ', item: '9', maintenance: '', none: false,
    offers: [
      { id: 'q1', supplier: 'A', amount: '10.10', conforming: 'yes' as const, form: 'written' as const },
      { id: 'q2', supplier: 'B', amount: '9', conforming: 'no' as const, form: 'oral' as const },
      { id: 'q7', supplier: '', amount: '9.99', conforming: 'yes' as const, form: '' as const },
    ],
  };

  it('marks the lowest conforming offer, compared exactly', () => {
    const offers = offersOf(awardContent(draft));
    expect(offers.map(({ lowest }) => lowest)).toEqual([false, false, true]);
    expect(offers.map(({ chosen }) => chosen)).toEqual([true, false, false]);
    expect(nextOfferId(draft.offers)).toBe('q8');
  });

  it('says that no reason was recorded, and nothing about an unknown form', () => {
    const content = awardContent(draft);
    expect(content['lowest_reason']).toBeNull();
    expect((content['quotations'] as { offers: object[] }).offers[2]).toEqual({ id: 'q7', amount: '9.99', conforming: true });
    expect(content['accepted']).toEqual({ item: '9.00' });
  });
});

describe('the policy editor', () => {
  const step = { action: 'award' as const, roles: ['head'] };
  const tiers: Tier[] = [
    { over: '0', upTo: '5000', steps: [step] },
    { over: '5000', upTo: '20000', steps: [step] },
    { over: '20000', upTo: null, steps: [step] },
  ];
  const meets = (all: readonly Tier[]) => all.every((tier, at) => (all[at + 1]?.over ?? null) === tier.upTo);

  it('keeps tiers meeting each other whatever is added, removed or moved', () => {
    for (const next of [tierAdded(tiers, '90000'), ...[0, 1, 2].map((at) => tierRemoved(tiers, at)), lineMoved(tiers, 1, '30000')]) {
      expect(meets(next)).toBe(true);
      expect(next[0]?.over).toBe('0');
      expect(next.at(-1)?.upTo).toBeNull();
    }
  });

  it('gives and takes roles, in the order of the steps, and leaves optional steps out', () => {
    const added = roleTurned(tiers, 0, 'receipt', 'clerk', true);
    expect(added[0]?.steps.map(({ action }) => action)).toEqual(['award', 'receipt']);
    expect(roleTurned(added, 0, 'receipt', 'clerk', false)[0]?.steps).toEqual([step]);
    expect(roleTurned(tiers, 0, 'award', 'head', false)[0]?.steps).toEqual([{ action: 'award', roles: [] }]);
    expect(groupTurned([['award', 'request']], 0, 'payment', true)).toEqual([['request', 'award', 'payment']]);
  });

  it('keeps what it does not show', () => {
    const body = { policy_id: 'p', tiers: [{ over_hkd: '0', up_to_hkd: null, steps: [], note: 'n' }] };
    expect(withTiers(body, tiersOf(body))).toEqual(body);
  });
});

describe('words', () => {
  beforeAll(() => wordsReady('en'));

  it('fill in methods, steps and amounts', () => {
    const found = {
      code: 'same_person', shortfall: null,
      params: [{ name: 'person', value: 'Ann' }, { name: 'steps', value: 'request, award' }],
    };
    expect(findingWords(found, 'en')).toBe('Ann took more than one of the steps: Request, Award.');
    const short = { code: 'too_few_received', shortfall: '1', params: [{ name: 'received', value: '1' }, { name: 'needed', value: '2' }, { name: 'counted', value: 'received' }] };
    expect(findingWords(short, 'en')).toBe('1 of 2 quotations count (received): 1 short.');
  });
});

describe('the address', () => {
  it('holds filters and leaves out what it does not know', () => {
    expect(readPurchaseSearch({ q: 'a', stage: 'DONE', department: 'it', x: 1 })).toEqual({ q: 'a', stage: 'DONE', department: 'it' });
    expect(readPurchaseSearch({ stage: 'LOST', q: '' })).toEqual({});
  });
});
