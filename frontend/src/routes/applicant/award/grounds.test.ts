// Why: the last day of an appeal counts to its end in Hong Kong, and what was typed outlives the page.
import { daysLeft, dropGrounds, keepGrounds, keptGrounds } from './grounds';

test('the last day itself is one day left, until midnight in Hong Kong', () => {
  expect(daysLeft('2026-12-11', Date.parse('2026-12-11T09:00:00+08:00'))).toBe(1);
  expect(daysLeft('2026-12-11', Date.parse('2026-12-11T23:59:59+08:00'))).toBe(1);
  expect(daysLeft('2026-12-11', Date.parse('2026-12-12T00:00:00+08:00'))).toBe(0);
  expect(daysLeft('2026-12-11', Date.parse('2026-12-01T09:00:00+08:00'))).toBe(11);
});

test('grounds are kept per person and application until they are dropped', () => {
  keepGrounds('u1', 'a1', 'The quotation was read wrongly.');
  expect([keptGrounds('u1', 'a1'), keptGrounds('u2', 'a1'), keptGrounds('u1', 'a2')]).toEqual(['The quotation was read wrongly.', '', '']);
  dropGrounds('u1', 'a1');
  expect(keptGrounds('u1', 'a1')).toBe('');
});
