// Why: answers on pairs become weights only when all are given, and doubtful ones are named.
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Answering, Themed, wordsReady } from '@/test-words';
import { judgementsOf, keepAnswers, keptAnswers, pairsOf, valueOf } from './pairs';
import { PairwiseWeights } from './PairwiseWeights';

const items = [
  { id: 'R1', label: 'Need' },
  { id: 'R2', label: 'Value' },
  { id: 'R3', label: 'Delivery' },
];

const result = (consistent: boolean) => ({
  weightsFromPairs: {
    problems: [],
    result: {
      consistencyRatio: consistent ? '0.0079' : '0.2500',
      consistent,
      weights: [
        { item: 'R1', weight: '0.5396' },
        { item: 'R2', weight: '0.2970' },
        { item: 'R3', weight: '0.1634' },
      ],
      worst: [{ a: 'R1', b: 'R3', stated: '9', implied: '2' }],
    },
  },
});

async function compareAll(consistent: boolean, onApply = vi.fn<(weights: unknown) => void>()) {
  await wordsReady();
  render(
    <Answering data={result(consistent)}>
      <Themed>
        <PairwiseWeights items={items} onApply={onApply} />
      </Themed>
    </Answering>,
  );
  expect(screen.queryByRole('button', { name: /Use these weights/ })).toBeNull();
  await userEvent.click(screen.getByRole('radio', { name: 'Need counts 2 times as much as Value' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Need counts 9 times as much as Delivery' }));
  const [, , equal] = screen.getAllByRole('radio', { name: 'Both count the same' });
  if (!equal) throw new Error('the last pair is missing');
  await userEvent.click(equal);
  return onApply;
}

test('pairs are each named once and sent as the scale of nine or its fractions', () => {
  expect(pairsOf(items).map((pair) => pair.map((item) => item.id).join())).toEqual(['R1,R2', 'R1,R3', 'R2,R3']);
  expect([-8, -1, 0, 1, 8].map(valueOf)).toEqual(['9', '2', '1', '1/2', '1/9']);
  expect(judgementsOf(items, { 'R1|R2': -1, 'R2|R3': 2 })).toEqual([
    { a: 'R1', b: 'R2', value: '2' },
    { a: 'R2', b: 'R3', value: '1/3' },
  ]);
});

test('when all pairs are compared the weights can be used, in whole points that add up to 100', async () => {
  const onApply = await compareAll(true);
  await userEvent.click(await screen.findByRole('button', { name: /Use these weights/ }));
  expect(onApply).toHaveBeenCalledWith({ R1: 54, R2: 30, R3: 16 });
});

test('answers that contradict each other are named, with a way to them', async () => {
  await compareAll(false);
  const doubt = await screen.findByRole('button', { name: 'Need ↔ Delivery' });
  await userEvent.click(doubt);
  expect(document.activeElement).toHaveAttribute('type', 'radio');
});

test('answers kept under a name are there on the next visit, beside the weights that stand', async () => {
  await wordsReady();
  keepAnswers('draft', { 'R1|R2': -1, 'R1|R3': -8, 'R2|R3': 0 });
  const onApply = vi.fn<(weights: unknown) => void>();
  render(
    <Answering data={result(true)}>
      <Themed>
        <PairwiseWeights items={items} now={{ R1: 40, R2: 40, R3: 20 }} keep="draft" onApply={onApply} />
      </Themed>
    </Answering>,
  );
  expect(screen.getByRole('radio', { name: 'Need counts 9 times as much as Delivery' })).toBeChecked();
  expect((await screen.findByText('(now 20)')).closest('li')).toHaveTextContent('Delivery: 16 (now 20)');
  expect(onApply).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('radio', { name: 'Value counts 2 times as much as Delivery' }));
  expect(keptAnswers('draft')).toEqual({ 'R1|R2': -1, 'R1|R3': -8, 'R2|R3': -1 });
});

test('what is kept and cannot be read is no answer', () => {
  localStorage.setItem('plumbline.pairs.broken', '{"R1|R2": 99, "R1|R3": "2", "R2|R3": 3}');
  expect(keptAnswers('broken')).toEqual({ 'R2|R3': 3 });
  localStorage.setItem('plumbline.pairs.broken', 'not json');
  expect(keptAnswers('broken')).toEqual({});
});
