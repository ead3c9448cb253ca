// Why: the line must stand where the money ends, and what has no rank must say why.
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { loadWords } from '@/i18n';
import { Answering, Themed, wordsReady } from '@/test-words';
import type { Row } from './query';
import { ShortlistTable } from './ShortlistTable';
import type { Shown } from './trial';

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
    serviceAreas: [],
    firstTime: false,
    standing: null,
    secondRank: null,
    closeness: null,
    besideRank: null,
    besideScore: null,
    decidedAmount: null,
    awaiting: false,
    fundingLevel: null,
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
  rulesVersion: '2026-1',
  severity: 'beside',
  robust: '0.95',
  tieBreak: ['R2:max'],
  smallestMove: null,
  secondOpinion: null,
  runs: [],
  weights: [weight('R1', 'Need', '0.6'), weight('R2', 'Expected social value', '0.4')],
  rows,
  selection: null,
};

const answers = {
  received: { id: 'A-1', sroi: { assurances: [] }, sroiAssessed: null },
  shortlist: {
    rankingId: 'r',
    rows: [
      {
        submissionId: 'A-1',
        acceptability: ['0.9300', '0.0700', '0'],
        sensitivity: [{ criterion: 'R1', weight: '0.6', rankFrom: '0.200000', rankTo: '1', lineFrom: '0.1', lineTo: '0.85' }],
        spread: [{ criterion: 'R1', lowest: '2', highest: '5', outliers: [{ reviewer: 'Chan', level: '2', distance: '2.5' }] }],
      },
    ],
  },
};

interface Asked {
  all?: readonly Shown[];
  moved?: number;
  second?: boolean;
  onMove?: (places: number) => void;
}

async function show({ all = rows, moved, second = false, onMove = () => undefined }: Asked = {}) {
  await wordsReady();
  await Promise.all([loadWords('funder'), loadWords('ranking')]);
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: '/f/$funder',
    component: () => (
      <ShortlistTable
        shortlist={shortlist}
        roundId="r1"
        all={all}
        rows={all}
        budget="500000.00"
        computed={1}
        moved={moved}
        second={second}
        onMove={onMove}
      />
    ),
  });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: ['/f/x'] }),
  });
  render(
    <Answering data={answers}>
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

test('keys on the line ask to move it, and what it then costs is exact', async () => {
  const onMove = vi.fn<(places: number) => void>();
  await show({ moved: 2, onMove });
  const line = screen.getByRole('separator', { name: 'Budget line' });
  expect(line).toHaveAttribute('aria-valuenow', '2');
  expect(line).toHaveAttribute('aria-valuetext', '2 ranks above the line, HK$400,000.00 over the budget');
  line.focus();
  await userEvent.keyboard('{ArrowUp}{ArrowDown}{Home}{End}');
  expect(onMove.mock.calls.map(([places]) => places)).toEqual([1, 3, 0, 3]);
  await userEvent.click(screen.getByRole('button', { name: 'Back to the computed line' }));
  expect(onMove).toHaveBeenLastCalledWith(1);
});

test('the next one below the line may get a part, and is told how much', async () => {
  await show();
  expect(screen.getByText(/the next one, A-2, could get HK\$200,000.00 of HK\$600,000.00/)).toBeInTheDocument();
});

test('in a what-if each rank says how it moved, in words too', async () => {
  await show({ all: [{ ...first, rankBefore: 3 }, { ...row('A-2', { rank: 2 }), rankBefore: 1 }] });
  expect(screen.getByText('up 2 places, from 3')).toBeInTheDocument();
  expect(screen.getByText('down 1 place, from 1')).toBeInTheDocument();
});

test('an opened row shows its ranks, how far a weight may move and where reviewers differ', async () => {
  await show();
  const [button] = screen.getAllByRole('button', { name: /Why this score\?: A-1/ });
  if (!button) throw new Error('the first row cannot be opened');
  await userEvent.click(button);
  expect(await screen.findByText('93.00%', { selector: 'td' })).toBeInTheDocument();
  expect(screen.getByText('This weight may move from 10.00% to 85.00% before the side of the line changes.')).toBeInTheDocument();
  expect(screen.getByText('Chan gave 2, 2.50 away')).toBeInTheDocument();
});

test('raw and adjusted stand beside each other, and the standing is a word', async () => {
  await show({ all: [{ ...first, besideRank: 2, besideScore: '68.5', standing: 'CONTESTED' }] });
  expect(screen.getByText('adjusted 68.50, rank 2')).toBeInTheDocument();
  expect(screen.getByText('Contested')).toBeInTheDocument();
});
