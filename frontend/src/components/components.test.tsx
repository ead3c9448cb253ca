// Why: what explains a judgement must be there in words, in both languages, and reachable.
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Answering, Themed, wordsReady } from '@/test-words';
import { ErrorSummary } from './ErrorSummary';
import { newestSteps } from './ProgressSteps';
import { VerdictPanel, type VerdictLines } from './VerdictPanel';
import { waterfallBars } from './Waterfall';
import { WorkingTree } from './WorkingDrawer';
import type { FragmentType } from '@/gql';

const text = (en: string, zh: string) => ({ en, zh });

const verdict = {
  state: 'NEEDS_INFORMATION',
  ruleset: 'demo',
  version: '1',
  inputHash: 'v1:00',
  criteria: [
    {
      id: 'E06', severity: 'HARD', outcome: 'FAIL', value: '516000.00', threshold: '500000.00', shortfall: '16000.00',
      fixField: 'application.requested_hkd', factsUsed: ['application.requested_hkd'], source: ['P-DF'],
      question: text('Within the cap?', '是否在上限之內？'), reason: text('Above the cap.', '超出上限。'), fix: text('Ask for less.', '減少申請額。'),
      changes: [
        { field: 'application.requested_hkd', kind: 'number', from: '516000.00', to: ['500000.00'], by: '-16000.00' },
        { field: 'org.provisional_subvention_hkd', kind: 'number', from: '0.00', to: ['51600000.00'], by: '51600000.00' },
      ],
    },
    {
      id: 'E09', severity: 'HARD', outcome: 'UNKNOWN', value: null, threshold: null, shortfall: null,
      fixField: null, factsUsed: [], source: [],
      question: text('Endorsed?', '是否已通過？'), reason: text('Not stated.', '未有資料。'), fix: null, changes: [],
    },
    {
      id: 'E01', severity: 'HARD', outcome: 'PASS', value: null, threshold: null, shortfall: null,
      fixField: null, factsUsed: [], source: [],
      question: text('Subvented?', '是否受津助？'), reason: text('Yes.', '是。'), fix: null, changes: [],
    },
  ],
} as unknown as FragmentType<typeof VerdictLines>;

const facts = {
  reference: { facts: [{ code: 'application.requested_hkd', label: text('Amount asked for', '申請款額') }] },
};

describe('the verdict', () => {
  it('names what fails, by how much, and leads to the question', async () => {
    await wordsReady();
    const onGo = vi.fn();
    render(
      <Answering data={facts}>
        <VerdictPanel verdict={verdict} fieldHref={() => '#budget'} onGo={onGo} />
      </Answering>,
    );
    const [fails, offer, unknown] = screen.getAllByRole('listitem');
    expect(offer).toHaveTextContent('Amount asked for: HK$500,000.00 instead of HK$516,000.00');
    expect(fails).toHaveTextContent('Not met');
    expect(fails).toHaveTextContent('Short by HK$16,000.00');
    expect(unknown).toHaveTextContent('Not known yet');
    expect(unknown).not.toHaveTextContent('Not met');
    await userEvent.click(within(fails as HTMLElement).getByRole('link'));
    expect(onGo).toHaveBeenCalledWith('application.requested_hkd');
  });

  it('says the same in Chinese', async () => {
    await wordsReady('zh');
    render(
      <Answering data={facts}>
        <VerdictPanel verdict={verdict} />
      </Answering>,
    );
    const [fails, offer, unknown] = screen.getAllByRole('listitem');
    expect(fails).toHaveTextContent('差額 HK$16,000.00');
    expect(offer).toHaveTextContent('申請款額：由 HK$516,000.00 改為 HK$500,000.00');
    expect(unknown).toHaveTextContent('未能確定');
  });
});

describe('the error summary', () => {
  beforeEach(() => wordsReady());

  it('takes the focus and leads to the field', async () => {
    render(
      <>
        <ErrorSummary
          problems={[{ code: 'missing', path: 'need', message: '', params: [] }]}
          fieldId={(problem) => `field-${problem.path}`}
        />
        <input id="field-need" aria-label="need" />
      </>,
    );
    expect(screen.getByRole('alert')).toHaveFocus();
    await userEvent.click(screen.getByRole('link', { name: 'Fill this in.' }));
    expect(screen.getByRole('textbox')).toHaveFocus();
  });

  it('falls back to the words of the server for a code it does not know', () => {
    render(<ErrorSummary problems={[{ code: 'brand_new', path: 'x', message: 'Something new.', params: [] }]} />);
    expect(screen.getByText('Something new.')).toBeInTheDocument();
  });
});

describe('the working', () => {
  const step = (id: string, code: string, formula: string, result: string, children: unknown[] = []) => ({
    id, code, formula, values: { rate: '0.035' }, result, method: 'Guide to SROI, stage 5.3', children,
  });
  const working = step('sroi', 'sroi.evaluation', 'formula of sroi', '2.75', [
    step('ratio', 'sroi.ratio', 'total present value ÷ investment', '2.749643772972'),
    step('investment', 'sroi.investment', 'formula of investment', '1850000'),
  ]);
  const method = [
    {
      id: 'sroi.ratio', title: text('Ratio', '比率'), formula: text('total present value ÷ investment', '總現值 ÷ 投入'), source: 'Guide',
      text: text('Value per dollar.', '每一元投入的價值。'),
    },
  ];
  const show = () =>
    render(<Answering data={{ method }}><Themed><WorkingTree working={working} stepId="ratio" /></Themed></Answering>);

  it('opens at the step that was asked for', async () => {
    await wordsReady();
    show();
    expect(screen.getByText('total present value ÷ investment')).toBeInTheDocument();
    expect(screen.queryByText('formula of investment')).toBeNull();
    expect(screen.getByText(/Evaluation › SROI ratio/)).toBeInTheDocument();
    expect(screen.getByText(/1,850,000/)).toBeInTheDocument();
    expect(screen.getByText(/Value per dollar/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /More in the method/ })).toHaveAttribute('href', '/method#method-sroi-ratio');
  });

  it('speaks Chinese, and says the rest in the words that were recorded', async () => {
    await wordsReady('zh');
    show();
    expect(screen.getByText('總現值 ÷ 投入')).not.toHaveAttribute('lang');
    expect(screen.getByText(/每一元投入的價值/)).toBeInTheDocument();
    expect(screen.getAllByText(/第 5.3 階段/).length).toBeGreaterThan(0);
    expect(screen.getByText('formula of sroi')).toHaveAttribute('lang', 'en');
  });
});

describe('charts and progress', () => {
  it('hang each deduction from the step before', () => {
    const bars = waterfallBars([
      { code: 'gross', label: '', amount: '100', total: true },
      { code: 'deadweight', label: '', amount: '-30', total: false },
      { code: 'total', label: '', amount: '70', total: true },
    ]);
    expect(bars).toEqual([{ from: 0, to: 100 }, { from: 100, to: 70 }, { from: 0, to: 70 }]);
  });

  it('keep the newest state of each kind of work', () => {
    const steps = newestSteps(
      [{ kind: 'SROI', state: 'DONE', at: '2026-11-21T06:00:05Z' }],
      [{ kind: 'SROI', state: 'RUNNING', at: '2026-11-21T06:00:01Z' }],
    );
    expect(steps.map(({ state }) => state)).toEqual(['DONE']);
  });
});
