// Why: what the chair left out is named at its field, and the server's problems find theirs.
import { fieldOf, unfilled } from './decisionDraft';

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

test('an amount that cannot be read is named by its line, and a full-width one can be read', () => {
  const part = { ...typed, outcome: 'APPROVE_IN_PART' as const, reason: 'x', amounts: { b1: '８０', b2: 'half' } };
  expect(unfilled(part, lines).map(({ path }) => path)).toEqual(['lines[1].amount']);
});

test('problems of the server lead to the line, the codes or the field they name', () => {
  expect(fieldOf('lines[1].amount', lines)).toBe('decision-line-b2');
  expect(fieldOf('reasonCodes[0]', lines)).toBe('decision-reasonCodes');
  expect(fieldOf('lines', lines)).toBe('decision-lines');
});

test('who departs from the adopted order has to say why, in a field of its own', () => {
  const filled = { ...typed, outcome: 'DECLINE' as const, reason: 'x' };
  expect(unfilled(filled, lines, true).map(({ code, path }) => `${code} ${path}`)).toEqual(['departure_reason_missing departureReason']);
  expect(unfilled({ ...filled, departureReason: 'y' }, lines, true)).toEqual([]);
  expect(unfilled(filled, lines, false)).toEqual([]);
  expect(fieldOf('departureReason', lines)).toBe('decision-departureReason');
});
