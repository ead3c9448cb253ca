// Why: a reader must see at once what a value is good for, and a decision needs its reason.
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ProposalShownFragment, ProxyShownFragment } from '@/gql/graphql';
import { loadWords } from '@/i18n';
import { Answering, Themed, wordsReady } from '@/test-words';
import { Proposal } from './Inbox';
import { changedFields, filtered, readLibrarySearch, regionsOf } from './library';
import { ProxyTable } from './Library';

const text = (en: string, zh: string) => ({ en, zh });
const proxy = (part: Partial<ProxyShownFragment>): ProxyShownFragment => ({
  id: 'respite-day', version: 1, name: text('Day of respite', '暫託服務一天'), description: text('A day.', '一天。'),
  value: '180.00', low: '150.00', high: '220.00', currency: 'HKD', unit: text('day', '天'), source: 'Survey', sourceUrl: null,
  priceYear: 2026, region: 'HK', licence: 'CC0', evidenceGrade: 'C', outcomes: [{ code: 'carer_stress', label: text('Carer stress', '照顧者壓力') }],
  illustrative: true, needsLocalBasis: false, own: false, publishedAt: '2026-04-01T00:00:00Z', ...part,
});

describe('the proxy library', () => {
  beforeEach(async () => {
    await wordsReady();
    await loadWords('council');
  });

  it('reads its filters from the address', () => {
    expect(readLibrarySearch({ q: 'day', grade: 'A', region: 'HK', other: 1 })).toEqual({ q: 'day', grade: 'A', region: 'HK' });
    expect(readLibrarySearch({ grade: 'Z', q: '' })).toEqual({});
    const all = [proxy({}), proxy({ id: 'b', region: 'GB', evidenceGrade: 'B' })];
    expect(filtered(all, { region: 'GB' })).toEqual([all[1]]);
    expect(filtered(all, { grade: 'C' })).toEqual([all[0]]);
    expect(regionsOf(all)).toEqual(['GB', 'HK']);
  });

  it('says what a version changed', () => {
    const second = proxy({ version: 2, value: '190.00', unit: text('day', '日'), publishedAt: '2026-09-01T00:00:00Z' });
    expect(changedFields(second, proxy({}))).toEqual(['value', 'unit']);
    expect(changedFields(proxy({ version: 2 }), proxy({}))).toEqual([]);
  });

  it('marks illustrative and foreign values in words and never converts them', () => {
    render(<Answering data={{}}><ProxyTable proxies={[proxy({ currency: 'GBP', region: 'GB', needsLocalBasis: true })]} /></Answering>);
    expect(screen.getByText('Illustrative')).toBeInTheDocument();
    expect(screen.getByText('Needs local basis')).toBeInTheDocument();
    expect(screen.getByText('GBP 180.00')).toBeInTheDocument();
    expect(screen.getByText('United Kingdom')).toBeInTheDocument();
  });

  it('asks the steward for a reason before anything is decided', async () => {
    const proposal = {
      id: 'p1', state: 'proposed', proposedBy: text('Kestrel', '紅隼'), proposedAt: '2026-11-20T02:00:00Z', decidedBy: null,
      decidedAt: null, reason: null, proxy: proxy({ own: false }),
    } as unknown as ProposalShownFragment;
    render(<Answering data={{}}><Themed><Proposal proposal={proposal} decides /></Themed></Answering>);
    await userEvent.click(screen.getByRole('button', { name: 'Approve and publish' }));
    expect(screen.getByRole('alert')).toHaveTextContent('Give the reason in writing.');
  });

  it('offers no decision to those who only read', () => {
    const proposal = {
      id: 'p1', state: 'refused', proposedBy: text('Kestrel', '紅隼'), proposedAt: '2026-11-20T02:00:00Z', decidedBy: 'Ho',
      decidedAt: '2026-11-21T02:00:00Z', reason: 'No source', proxy: proxy({}),
    } as unknown as ProposalShownFragment;
    render(<Answering data={{}}><Themed><Proposal proposal={proposal} decides={false} /></Themed></Answering>);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('No source')).toBeInTheDocument();
  });
});
