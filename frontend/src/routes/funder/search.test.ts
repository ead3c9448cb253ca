// Why: a shared address must open the same view, and a broken one must still open the page.
import { changed, matches, readApplicationSearch, readInboxSearch, sortingOf } from './search';

test('an address keeps the filters it names and drops what it cannot mean', () => {
  const read = readInboxSearch({ q: 26, size: 'SMALL', state: 'MAYBE', sort: 'ask', desc: true, colour: 'red' });
  expect(read).toEqual({ q: '26', size: 'SMALL', sort: 'ask', desc: true });
  expect(sortingOf(read)).toEqual([{ id: 'ask', desc: true }]);
});

test('an unknown part of an application opens the first', () => {
  expect(readApplicationSearch({ part: 'secrets' })).toEqual({});
  expect(readApplicationSearch({ part: 'sroi' })).toEqual({ part: 'sroi' });
});

test('a filter that is emptied leaves the address', () => {
  expect(changed({ q: 'a', district: 'sha_tin' }, { q: '' })).toEqual({ district: 'sha_tin' });
});

test('every word typed must occur, in any case and order', () => {
  expect(matches('lantern HARBOUR', ['Harbour Lantern', '海燈'])).toBe(true);
  expect(matches('海燈 peak', ['Harbour Lantern', '海燈'])).toBe(false);
  expect(matches(undefined, ['anything'])).toBe(true);
});
