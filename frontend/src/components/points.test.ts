// Why: weights that a person moves must stay whole and add up to exactly 100.
import { inProportion, pointsOf, shareOf, spreadRest, sumOf } from './points';

test('shares become whole points that add up to 100, the rest by largest remainder', () => {
  expect(pointsOf([{ id: 'a', share: '0.3333' }, { id: 'b', share: '0.3333' }, { id: 'c', share: '0.3334' }])).toEqual({ a: 33, b: 33, c: 34 });
  expect(pointsOf([{ id: 'a', share: '0.5396' }, { id: 'b', share: '0.2970' }, { id: 'c', share: '0.1634' }])).toEqual({ a: 54, b: 30, c: 16 });
});

test('equal remainders go to the one that stands first', () => {
  expect(inProportion([['a', 1n], ['b', 1n], ['c', 1n]], 100)).toEqual({ a: 34, b: 33, c: 33 });
});

test('spreading keeps the criterion just moved and the proportions of the others', () => {
  expect(spreadRest({ a: 40, b: 30, c: 10 }, 'a')).toEqual({ a: 40, b: 45, c: 15 });
  expect(sumOf(spreadRest({ a: 41, b: 30, c: 17, d: 9 }, 'a'))).toBe(100);
});

test('with nothing kept all are scaled, and with nothing to scale all get the same', () => {
  expect(spreadRest({ a: 10, b: 30 }, null)).toEqual({ a: 25, b: 75 });
  expect(spreadRest({ a: 40, b: 0, c: 0 }, 'a')).toEqual({ a: 40, b: 30, c: 30 });
});

test('points are sent as exact shares', () => {
  expect([0, 7, 15, 100].map(shareOf)).toEqual(['0', '0.07', '0.15', '1']);
});
