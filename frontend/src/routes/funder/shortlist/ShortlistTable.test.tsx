// Why: the line must stand where the money ends, and what has no rank must say why.
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { loadWords } from '@/i18n';
import { Answering, Themed, wordsReady } from '@/test-words';
import { ShortlistTable, type Row } from './ShortlistTable';

function row(reference: string, part: Partial<Row>): Row {
  return {
    submissionId: reference,
    reference,
    rank: null,
    sizeBand: 'SMALL',
    ask: '300000.00',
    cumulative: null,
    aboveLine: false,
    wouldStillFit: false,
    sroi: '2.9032',
    sroiLow: '2.3100',
    sroiHigh: '3.5200',
    sroiAssessed: false,
    score: null,
    missing: [],
    reweighted: [],
    tied: false,
    stability: null,
    eligibility: 'ELIGIBLE',
    decision: null,
    selectedExact: false,
    working: null,
    organisation: { en: `Org ${reference}`, zh: `機構 ${reference}` },
    title: { en: 'Project', zh: '項目' },
    districts: [],
    contributions: [],
    ...part,
  };
}

const first = row('A-1', {
  rank: 1,
  cumulative: '300000.00',
  aboveLine: true,
  score: '70.01',
  stability: '0.9300',
  contributions: [
    { criterion: 'R1', points: '40.004' },
    { criterion: 'R2', points: '30.003' },
  ],
});
const rows = [
  first,
  row('A-2', { rank: 2, cumulative: '900000.00', ask: '600000.00', score: '60.00' }),
  row('A-3', { rank: 3, cumulative: '1000000.00', ask: '100000.00', score: '50.00', wouldStillFit: true }),
  row('A-4', { eligibility: 'NEEDS_INFORMATION' }),
  row('A-5', { missing: ['R2'] }),
];

const weight = (criterion: string, en: string, share: string) => ({
  criterion,
  weight: share,
  zero: '0',
  hundred: '5',
  name: { en, zh: en },
});

const shortlist: ShortlistShownFragment = {
  rankingId: 'r',
  computedAt: '2026-11-21T06:00:00Z',
  adopted: false,
  adoptedBy: null,
  adoptedAt: null,
  provisional: false,
  engineVersion: '1.0.0',
  inputHash: 'v1:00',
  budget: '500000.00',
  committed: '300000.00',
  left: '200000.00',
  weights: [weight('R1', 'Need', '0.6'), weight('R2', 'Expected social value', '0.4')],
  rows,
  selection: null,
};

async function show() {
  await wordsReady();
  await loadWords('funder');
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: '/f/$funder',
    component: () => <ShortlistTable shortlist={shortlist} rows={rows} />,
  });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: ['/f/x'] }),
  });
  render(
    <Answering data={{ received: { id: 'A-1', sroi: { assurances: [] }, sroiAssessed: null } }}>
      <Themed>
        <RouterProvider router={router as never} />
      </Themed>
    </Answering>,
  );
  await screen.findByText('A-1');
}

test('the budget line stands below the last funded rank and says what would still fit', async () => {
  await show();
  const texts = screen.getAllByRole('row').map((each) => each.textContent ?? '');
  const line = texts.findIndex((text) => text.includes('BUDGET LINE'));
  expect(texts[line - 1]).toContain('A-1');
  expect(texts[line + 1]).toContain('A-2');
  expect(texts[line]).toContain('HK$200,000.00 left');
  expect(texts[line]).toContain('A-3 (HK$100,000.00)');
});

test('a row without a rank comes last and names its reason, never a refusal', async () => {
  await show();
  expect(screen.getByText(/eligibility needs information/i)).toHaveTextContent('not a refusal');
  expect(screen.getByText(/no score yet on R2 Expected social value/)).toBeInTheDocument();
});

test('a score opens into its parts, and rounding has a line of its own', async () => {
  await show();
  const [button] = screen.getAllByRole('button', { name: /Why this score\?: A-1/ });
  if (!button) throw new Error('the first row cannot be opened');
  await userEvent.click(button);
  const table = screen.getByRole('table', { name: /How the score of A-1 adds up/ });
  expect(within(table).getByRole('row', { name: /R1 Need/ })).toHaveTextContent('40.00');
  expect(within(table).getByRole('row', { name: /Rounding/ })).toHaveTextContent('0.01');
  expect(within(table).getByRole('row', { name: /^Score/ })).toHaveTextContent('70.01');
  expect(screen.getByText('Not assured')).toBeInTheDocument();
  expect(screen.getByText(/the claim: there is no assessed copy/)).toBeInTheDocument();
});

test('a ratio is never shown without its range', async () => {
  await show();
  expect(screen.getAllByText('Range 2.31 to 3.52')).toHaveLength(rows.length);
});
