// Why: a line that a person moves must count every cent.
import { lineAt, placeAfterKey, placeAtHeight } from './line';

const row = (reference: string, ask: string) => ({ submissionId: reference, reference, ask });
const ranked = [row('A', '0.10'), row('B', '0.20'), row('C', '500000.00'), row('D', '0.30')];

test('sums are exact to the cent, where floats are not', () => {
  const at = lineAt('0.60', ranked, 2);
  expect([at.committed, at.left, at.over]).toEqual(['0.30', '0.30', false]);
  expect(at.fits.map((each) => each.reference)).toEqual(['D']);
  expect(at.part).toEqual({ row: ranked[2], room: '0.30' });
});

test('one cent too much is over, and then nothing fits', () => {
  const at = lineAt('500000.29', ranked, 3);
  expect([at.committed, at.left, at.over]).toEqual(['500000.30', '-0.01', true]);
  expect(at.fits).toEqual([]);
  expect(at.part).toBeNull();
});

test('the whole budget spent leaves room for nobody, and no part either', () => {
  const at = lineAt('0.30', ranked, 2);
  expect([at.left, at.over, at.fits, at.part]).toEqual(['0.00', false, [], null]);
});

test('a line above all commits nothing; below all, nobody is left', () => {
  expect(lineAt('9', ranked, 0)).toMatchObject({ places: 0, committed: '0', left: '9' });
  expect(lineAt('9', ranked, 99)).toMatchObject({ places: 4, fits: [], part: null, over: true });
});

test('keys move the line within its ends', () => {
  expect(['ArrowUp', 'ArrowDown', 'Home', 'End', 'PageDown', 'x'].map((key) => placeAfterKey(key, 0, 3))).toEqual([0, 1, 0, 3, 3, null]);
  expect(placeAfterKey('ArrowUp', 3, 3)).toBe(2);
  expect(placeAfterKey('ArrowDown', 3, 3)).toBe(3);
});

test('a pointer puts the line below the rows whose middle it has passed, filtered or not', () => {
  const rows = [{ place: 1, middle: 10 }, { place: 4, middle: 30 }, { place: 5, middle: 50 }];
  expect([0, 20, 31, 90].map((height) => placeAtHeight(rows, height))).toEqual([0, 1, 4, 5]);
});
