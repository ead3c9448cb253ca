// Why: a day that somebody asks for is a day in Hong Kong, and the last one counts.
import { expect, test } from 'vitest';
import { filterOf, isWrongSubject, readSearch } from './search';

test('days are read as Hong Kong days, the last one included', () => {
  const filter = filterOf({ from: '2026-11-01', until: '2026-11-01' });
  expect(filter.from).toBe('2026-10-31T16:00:00.000Z');
  expect(filter.until).toBe('2026-11-01T16:00:00.000Z');
});

test('what is no day does not narrow the list', () => {
  expect(filterOf({ from: 'soon', until: '2026-99-99' })).toEqual({});
  expect(readSearch({ action: 'screen', actor: '', other: 'x' })).toEqual({ action: 'screen' });
});

test('a thing is looked for by its id; the number of an application is none', () => {
  expect(isWrongSubject(undefined)).toBe(false);
  expect(isWrongSubject('01890a5d-ac96-774b-bcce-b302099a8057')).toBe(false);
  expect(isWrongSubject('01890A5D-AC96-774B-BCCE-B302099A8057')).toBe(false);
  for (const wrong of ['xyz', 'DF-26-005', '01890a5d-ac96-774b-bcce', '01890a5d-ac96-774b-bcce-b302099a8057 x']) {
    expect(isWrongSubject(wrong)).toBe(true);
  }
});
