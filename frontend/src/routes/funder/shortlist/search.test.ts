// Why: a view that is shared must open the same for everybody, and a mangled address must not break it.
import { readPoints, readShortlistSearch, writePoints } from './search';

const criteria = ['R1', 'R2', 'need-2'];

test('points written to the address are read back', () => {
  const points = { R1: 15, R2: 0, 'need-2': 85 };
  expect(writePoints(points, criteria)).toBe('R1.15-R2.0-need-2.85');
  expect(readPoints('R1.15-R2.0-need-2.85', criteria)).toEqual(points);
});

test('points that leave out a criterion, name another or are not whole are not used', () => {
  for (const bad of ['R1.15-R2.85', 'R1.15-R2.0-R3.85', 'R1.15-R2.0-need-2.850', 'R1.1.5-R2.0-need-2.85', '', 'x']) {
    expect(readPoints(bad, criteria)).toBeNull();
  }
  expect(readPoints(undefined, criteria)).toBeNull();
});

test('the whole view is read from the address and what cannot be read is left out', () => {
  expect(readShortlistSearch({ q: 'a', w: 'R1.100', budget: 9000000, line: 4, second: true, standing: 'CONTESTED', area: 'elderly' })).toEqual({
    q: 'a', w: 'R1.100', budget: '9000000', line: 4, second: true, standing: 'CONTESTED', area: 'elderly',
  });
  expect(readShortlistSearch({ line: 'x', standing: 'SURE', second: 'no' })).toEqual({});
  expect(readShortlistSearch({ line: -1 })).toEqual({});
  expect(readShortlistSearch({ line: 0 })).toEqual({ line: 0 });
});
