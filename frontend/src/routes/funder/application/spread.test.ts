// Why: the moderation mark must appear from two levels apart and never for a lone reviewer.
import { spread } from './spread';

test('reviewers two levels apart are asked to talk, one level apart are not', () => {
  expect(spread([2, 4])).toEqual({ levels: 2, moderate: true });
  expect(spread([3, 4, 3])).toEqual({ levels: 1, moderate: false });
});

test('one reviewer alone has no spread, and an abstention is no zero', () => {
  expect(spread([5])).toBeNull();
  expect(spread([5, undefined])).toBeNull();
});
