// Why: a suppressed cell must never show or colour a figure, and nothing is a colour of its own.
import { fraction, step, valueOf, written, type Cell } from './measure';

const cell = (code: string, asked: string | null, suppressed = false): Cell => ({
  code,
  label: { en: code, zh: code },
  suppressed,
  organisations: suppressed ? null : 4,
  applications: suppressed ? null : '2.600000',
  asked,
  awarded: suppressed ? null : '0.00',
});
const cells = [cell('sha_tin', '1000.00'), cell('tai_po', '250.00'), cell('north', null, true)];

test('a suppressed cell has no value, no length and no colour', () => {
  const hidden = cells[2] ?? cell('x', null, true);
  expect(valueOf(hidden, 'asked')).toBeNull();
  expect(fraction(valueOf(hidden, 'asked'), cells, 'asked')).toBe(0);
  expect(step(null, cells, 'asked')).toBe(0);
});

test('even if figures came with a suppressed cell they would stay hidden', () => {
  expect(valueOf({ ...cell('islands', '99.00'), suppressed: true }, 'asked')).toBeNull();
});

test('colours run in equal steps from the smallest shown to the largest', () => {
  expect(step('1000.00', cells, 'asked')).toBe(5);
  expect(step('250.00', cells, 'asked')).toBe(1);
  expect(step('625.00', cells, 'asked')).toBe(3);
  expect(step('0.00', cells, 'awarded')).toBe(0);
});

test('a sum of shares is written without needless zeros, money with both decimals', () => {
  expect(written('2.600000', 'applications')).toBe('2.6');
  expect(written('1000.00', 'asked')).toBe('1,000.00');
});
