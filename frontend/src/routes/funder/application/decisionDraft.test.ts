// Why: what the chair left out is named at its field, and the server's problems find theirs.
import { fieldOf, readTyped, total, unfilled } from './decisionDraft';

const lines = [
  { id: 'b1', description: 'Software', asked: '100.00' },
  { id: 'b2', description: 'Tablets', asked: '50.00' },
];
const typed = { outcome: null, amounts: {}, codes: [], reason: '  ', departureReason: '', conditions: '' };

test('outcome and reason are asked for at once', () => {
  expect(unfilled(typed, lines).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'missing outcome',
    'reason_missing reason',
  ]);
});

test('every amount that cannot be approved is named by its line, together with what else is missing', () => {
  const part = { ...typed, outcome: 'APPROVE_IN_PART' as const };
  const told = (b1: string, b2: string) => unfilled({ ...part, amounts: { b1, b2 } }, lines).map(({ code, path }) => `${code} ${path}`);
  const rest = ['reason_code_missing reasonCodes', 'reason_missing reason'];
  expect(told('８０', 'half')).toEqual(['not_decimal lines[1].amount', ...rest]);
  expect(told('99999999', '-1')).toEqual(['award_outside_line lines[0].amount', 'award_outside_line lines[1].amount', ...rest]);
  expect(told('1.005', '1.50')).toEqual(['award_parts_of_cents lines[0].amount', ...rest]);
  expect(told('100.00', '50')).toEqual(['amounts_not_in_part lines', ...rest]);
  expect(told('0', '0')).toEqual(['amounts_not_in_part lines', ...rest]);
  expect(told('100.00', '0')).toEqual(rest);
});

test('the most that can be approved and an example that would be taken are named', () => {
  const [found] = unfilled({ ...typed, outcome: 'APPROVE_IN_PART', amounts: { b2: '51' } }, lines);
  expect(found?.params).toEqual([{ name: 'example', value: '50.00' }, { name: 'most', value: '50.00' }]);
});

test('amounts that are none have no sum', () => {
  const part = { ...typed, outcome: 'APPROVE_IN_PART' as const };
  expect(total({ ...part, amounts: { b1: '1.005' } }, lines)).toBeNull();
  expect(total({ ...part, amounts: { b1: '' } }, lines)).toBeNull();
  expect(total({ ...part, amounts: { b1: '1.05' } }, lines)).toBe('51.05');
});

test('a decision half written reads the same after it was kept as text', () => {
  const half = { ...typed, outcome: 'DECLINE' as const, amounts: { b1: '1' }, codes: ['x'], reason: 'r', conditions: 'c' };
  expect(readTyped(JSON.parse(JSON.stringify(half)))).toEqual(half);
  expect(readTyped({ outcome: 'other', amounts: null, codes: [1] })).toEqual({ ...typed, reason: '' });
});

test('problems of the server lead to the line, the codes or the field they name', () => {
  expect(fieldOf('lines[1].amount', lines)).toBe('decision-line-b2');
  expect(fieldOf('reasonCodes[0]', lines)).toBe('decision-reasonCodes');
  expect(fieldOf('lines', lines)).toBe('decision-lines');
});

test('who departs from the adopted order has to say why, in a field of its own', () => {
  const filled = { ...typed, outcome: 'DECLINE' as const, codes: ['c'], reason: 'x' };
  expect(unfilled(filled, lines, true).map(({ code, path }) => `${code} ${path}`)).toEqual(['departure_reason_missing departureReason']);
  expect(unfilled({ ...filled, departureReason: 'y' }, lines, true)).toEqual([]);
  expect(unfilled(filled, lines, false)).toEqual([]);
  expect(fieldOf('departureReason', lines)).toBe('decision-departureReason');
});
