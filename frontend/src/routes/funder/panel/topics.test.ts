// Why: each topic of an agenda must read as a sentence with names and figures, in both languages.
import { loadWords } from '@/i18n';
import { wordsReady } from '@/test-words';
import { TOPICS, topicsOf, topicWords } from './topics';

const params: Record<string, unknown> = {
  contested: { share: '0.6234' },
  gap: { criterion: 'R1', gap: '3' },
  outlier: { criterion: 'R1', reviewer: 'Chan', distance: '2.500000' },
  severity_moves: { from: 5, to: 3 },
  second_opinion: { rank: 5, second: 9 },
  not_ranked: { missing: ['R1', 'R2'] },
  soft_criterion: { criterion: 'DF-E14' },
};
const nameOf = (id: string) => (id.startsWith('R') ? `${id} name` : id);

test.each(['en', 'zh'] as const)('every topic reads as a sentence with its figures (%s)', async (language) => {
  await wordsReady(language);
  await loadWords('ranking');
  const words = TOPICS.map((code) => topicWords({ code, params: params[code] ?? {} }, nameOf));
  expect(words.filter((text) => /[{}_]/.test(text))).toEqual([]);
  expect(words[0]).toContain('62.34%');
  expect(words[2]).toContain('2.5');
  expect(words[6]).toContain('R1 name, R2 name');
});

test('what has no rank without a missing score, and what is not known, are still said', async () => {
  await wordsReady('en');
  await loadWords('ranking');
  expect(topicWords({ code: 'not_ranked', params: { missing: '' } }, nameOf)).toBe('Without a rank');
  expect(topicWords({ code: 'new_topic', params: { x: '1' } }, nameOf)).toBe('new_topic: 1');
});

test('the filter names the topics that occur, in the order of the agenda', () => {
  const items = [{ topics: [{ code: 'gap', params: {} }, { code: 'new', params: {} }] }, { topics: [{ code: 'contested', params: {} }] }];
  expect(topicsOf(items)).toEqual(['contested', 'gap', 'new']);
});
