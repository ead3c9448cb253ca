// Why: a level of 0 is a score, a missing level is none, and no remark gets lost in between.
import { readSheet, scored, waiting, withLevel, withRemark } from './sheet';

test('a level of zero is sent, a dimension without a level is not', () => {
  const sheet = withRemark(withLevel(readSheet(null), 'R1', 0), 'R3', 'no baseline');
  expect(scored(sheet)).toEqual([{ dimension: 'R1', level: 0, comment: '' }]);
  expect(waiting(sheet)).toEqual(['R3']);
  expect(scored(withLevel(sheet, 'R3', 2))[1]).toEqual({ dimension: 'R3', level: 2, comment: 'no baseline' });
});

test('the sheet of the server and one kept on this device read the same', () => {
  const server = readSheet({ scores: [{ dimension: 'R1', level: 3, comment: 'clear' }], comment: 'good' });
  expect(readSheet(JSON.parse(JSON.stringify(server)))).toEqual(server);
});
