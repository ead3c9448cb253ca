// Why: what a ratio rests on must be readable in words, reachable by keyboard, and add up.
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FragmentType } from '@/gql';
import { Themed, wordsReady } from '@/test-words';
import { Difference, roundingOf, type DifferenceShown } from './Difference';
import { GridTable } from './explore/Grid';
import { Compared } from './explore/Scenarios';
import { preset } from './explore/scenarios';
import { FIRST_ROW, leverValues, readLeverState, statedValue, writeLever } from './explore/state';
import { Histogram, type SimulationShown } from './Histogram';
import { shortLabel } from './labels';
import { breakEvenWords, ladder, leverName, readLever, withStated } from './levers';
import { PrinciplesList } from './Principles';
import { SroiHints } from './SroiHints';
import { Tornado } from './Tornado';

const NAMES = new Map([['o1', 'Less waiting']]);
const hint = (code: string, path: string, params: Record<string, string> = {}) => ({
  code, path, message: `server: ${code}`,
  params: Object.entries(params).map(([name, value]) => ({ name, value })),
});

describe('levers', () => {
  beforeEach(() => wordsReady());

  it('name a single outcome by its name', () => {
    expect(readLever('proxy:o1')).toEqual({ parameter: 'proxy', scope: 'o1' });
    expect(leverName('proxy', 'o1', NAMES)).toBe('Financial proxy: Less waiting');
    expect(leverName('discount_rate', 'all', NAMES)).toBe('Discount rate');
  });

  it('say where one input alone breaks even, or that it cannot', () => {
    const at = (value: string | null, unit = 'value') => ({ parameter: 'deadweight', scope: 'o1', unit, value });
    expect(breakEvenWords('2.75', at('0.4712'), NAMES)).toBe('The ratio falls to 1 when Deadweight: Less waiting reaches 47.1%.');
    expect(breakEvenWords('0.80', at('0.1'), NAMES)).toContain('rises to 1');
    expect(breakEvenWords('2.75', at('0.364', 'multiplier'), NAMES)).toContain('36.4% of what is stated');
    expect(breakEvenWords('2.75', at(null), NAMES)).toBe('No value of Deadweight: Less waiting alone brings the ratio to 1.');
  });

  it('step evenly and exactly, with the stated value in its place', () => {
    expect(ladder('0', '0.6', 4)).toEqual(['0', '0.2', '0.4', '0.6']);
    expect(ladder('0', '1', 4)).toEqual(['0', '0.333333', '0.666666', '1']);
    expect(withStated(['0', '0.2', '0.4'], '0.25')).toEqual(['0', '0.2', '0.25', '0.4']);
    expect(withStated(['0', '0.2', '0.4'], '0.20')).toEqual(['0', '0.2', '0.4']);
    expect(withStated(['0', '0.2'], '0.9')).toEqual(['0', '0.2']);
  });

  it('travel in the address and refuse what is none of theirs', () => {
    expect(readLeverState(writeLever(FIRST_ROW))).toEqual(FIRST_ROW);
    expect(readLeverState('deadweight~all~value~0~x~5')).toBeNull();
    expect(readLeverState('deadweight~all~value~0~1~500')).toBeNull();
    expect(readLeverState(7)).toBeNull();
  });

  it('know the stated value of all outcomes only when they agree', () => {
    const lever = { ...FIRST_ROW, parameter: 'deadweight' as const, unit: 'value' as const };
    const outcomes = [
      { id: 'o1', name: '', values: { deadweight: '0.10' } },
      { id: 'o2', name: '', values: { deadweight: '0.1' } },
    ];
    expect(statedValue(lever, outcomes)).toBe('0.10');
    expect(statedValue(lever, [...outcomes, { id: 'o3', name: '', values: { deadweight: '0.3' } }])).toBeUndefined();
    expect(leverValues(lever, undefined)).toHaveLength(5);
  });

  it('shorten labels by the room that the letters take', () => {
    expect(shortLabel('Deadweight', 20)).toBe('Deadweight');
    expect(shortLabel('無謂因子：減少輪候時間', 12)).toBe('無謂因子：…');
  });
});

describe('the tornado', () => {
  const bar = {
    label: 'Deadweight', low: '0.8', high: '1.2', ratioLow: '3.1', ratioHigh: '2.4', swing: '0.7',
    breakEven: 'The ratio falls to 1 when Deadweight reaches 47.1%.', canBreakEven: true,
  };

  it('tells the break-even value of a bar on Enter, and has it in the table', async () => {
    await wordsReady();
    render(<Themed><Tornado title="What moves it" base="2.75" bars={[bar]} /></Themed>);
    const button = screen.getByRole('button', { name: /Deadweight: ratio 2.40 to 3.10|Deadweight: ratio 3.10 to 2.40/ });
    expect(screen.getByRole('status')).not.toHaveTextContent('47.1%');
    button.focus();
    await userEvent.keyboard('{Enter}');
    expect(button).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByRole('status')).toHaveTextContent('reaches 47.1%');
    expect(within(screen.getByRole('table')).getByText(/reaches 47.1%/)).toBeInTheDocument();
  });
});

describe('hints and principles', () => {
  it('put a hint into words with its figures, and lead to its place', async () => {
    await wordsReady();
    const onFollow = vi.fn();
    const known = hint('share_above_reported', 'outcomes[0].deadweight', { value: '0.85', p90: '0.5' });
    render(<SroiHints hints={[known, hint('brand_new', '')]} onFollow={onFollow} />);
    await userEvent.click(screen.getByRole('button', { name: /^Deadweight of 85% is above .* \(50%\)/ }));
    expect(onFollow).toHaveBeenCalledWith(known);
    expect(screen.getByText('server: brand_new')).toBeInTheDocument();
  });

  it('show each principle with a word for its state and the evidence', async () => {
    await wordsReady('zh');
    render(
      <PrinciplesList
        principles={[
          { code: 'involve_stakeholders', state: 'partly', evidence: [hint('stakeholders_consulted', 'stakeholders[0]', { consulted: '12', number: '250', stakeholder: '長者' })] },
          { code: 'verify', state: 'missing', evidence: [hint('not_assured', '')] },
          { code: 'be_transparent', state: 'met', evidence: [] },
        ]}
      />,
    );
    const [first, second] = screen.getAllByRole('listitem');
    expect(first).toHaveTextContent('部分符合');
    expect(first).toHaveTextContent('長者：250 人中已諮詢 12 人。');
    expect(second).toHaveTextContent('尚未經核證');
    expect(screen.getByText('符合 3 項中的 1 項')).toBeInTheDocument();
  });
});

describe('the difference', () => {
  const step = (part: object) => ({
    path: 'outcomes[0].deadweight', outcome: 'o1', parameter: 'deadweight', from: '0.1', to: '0.25', effect: '-1666.666667', effectOn: 'total', ...part,
  });
  const difference = {
    ratioBefore: '2.75', ratioAfter: '2.50', totalBefore: '10000', totalAfter: '5000.000001', investmentBefore: '4000', investmentAfter: '4000',
    steps: [step({}), step({ path: 'outcomes[0].proxy', parameter: 'proxy', from: '50', to: '40', effect: '-3333.333332' })],
  } as unknown as FragmentType<typeof DifferenceShown>;

  it('lists what changed, by how much and why, down to the rounding', async () => {
    await wordsReady();
    render(<Difference difference={difference} names={NAMES} reasons={new Map([['outcomes[0].proxy', 'Local price']])} />);
    const [table] = screen.getAllByRole('table');
    if (!table) throw new Error('no table');
    const row = within(table).getByRole('row', { name: /Deadweight: Less waiting/ });
    expect(row).toHaveTextContent('10%');
    expect(row).toHaveTextContent('25%');
    expect(row).toHaveTextContent('−1,666.67');
    expect(within(table).getByRole('row', { name: /Financial proxy/ })).toHaveTextContent('Local price');
    expect(within(table).queryByRole('row', { name: /^Rounding/ })).toBeNull();
  });

  it('has a rounding line when the printed effects do not add up', () => {
    expect(roundingOf('0', '0.01', [{ effect: '0.004' }, { effect: '0.004' }])).toBe('0.01');
    expect(roundingOf('10', '5', [{ effect: '-5' }])).toBeNull();
  });
});

describe('the explorer', () => {
  beforeEach(() => wordsReady());

  it('marks the stated cell and what falls below 1 in words, not by colour alone', () => {
    const grid = {
      row: { parameter: 'deadweight', scope: 'all', unit: 'value', values: ['0.1', '0.6'] },
      column: { parameter: 'proxy', scope: 'o1', unit: 'multiplier', values: ['0.5', '1'] },
      ratios: [['1.4000', '2.7500'], ['0.7000', '1.2500']],
    };
    render(<GridTable grid={grid} stated={{ row: '0.10', column: '1' }} names={NAMES} />);
    const cells = screen.getAllByRole('cell');
    expect(cells.map((cell) => cell.textContent)).toEqual(['1.40', '2.75 (as stated)', '▼ below 1: 0.70', '1.25']);
    expect(screen.getByRole('rowheader', { name: '60%' })).toBeInTheDocument();
    expect(screen.getByRole('columnheader', { name: '× 0.5' })).toBeInTheDocument();
  });

  it('leaves an impossible change out of a preset', () => {
    const outcome = (deadweight: string) => [{ id: 'o1', name: '', values: { deadweight } }];
    const moved = (deadweight: string) => preset('cautious', outcome(deadweight)).changes.map(({ parameter }) => parameter);
    expect(moved('0.2')).toEqual(['quantity', 'proxy', 'deadweight']);
    expect(moved('0.9')).toEqual(['quantity', 'proxy']);
  });

  it('compares scenarios in a table of all figures', () => {
    render(<Compared found={[{ name: 'As stated', ratio: '2.75', totalPresentValue: '5500', investment: '2000', netPresentValue: '3500' }]} />);
    expect(screen.getByRole('row', { name: /As stated/ })).toHaveTextContent('2.75 : 1HK$5,500.00HK$2,000.00HK$3,500.00');
  });

  it('says of a simulation the draws, seed, generator and standard error', () => {
    const simulation = {
      draws: 10000, seed: 'v1:abc', generator: 'ChaCha12', distribution: 'triangular', p5: '2.1', p50: '2.6', p95: '3.3', mean: '2.62',
      standardError: '0.0041', probabilityAboveOne: '0.998', pointPercentile: '0.61',
      histogram: [{ from: '0.9', to: '2.0', count: 2000 }, { from: '2.0', to: '3.4', count: 8000 }],
    } as unknown as FragmentType<typeof SimulationShown>;
    render(<Histogram simulation={simulation} ratio="2.75" />);
    for (const text of ['v1:abc', 'ChaCha12', '0.0041', '2.6200', '61.0%']) expect(screen.getByText(text)).toBeInTheDocument();
    const rows = within(screen.getByRole('table')).getAllByRole('row').map((row) => row.textContent);
    expect(rows).toEqual(['Ratio fromtoDraws', '0.922,000', '23.48,000', 'Total10,000']);
  });
});
