// Why: three problems that are all called “Amount (1)” help nobody; a cell of the budget has a line, a source and a year.
import { beforeAll, expect, test } from 'vitest';
import { problemWords } from '@/components/ProblemText';
import type { FieldDataFragment } from '@/gql/graphql';
import { wordsReady } from '@/test-words';
import { questionName } from './context';

beforeAll(() => wordsReady('zh'));

const amount = { path: 'lines[].cells[].amount', label: { en: 'Amount', zh: '款額' } } as unknown as FieldDataFragment;
const content = {
  lines: [
    { description: 'Laptops', cells: [{ source: 'grant', financial_year: '2026-27' }, { source: 'other:Rotary', financial_year: '2027-28' }] },
    { cells: [{}] },
  ],
};
const nameOf = (path: string, of?: unknown) => questionName([amount], path, ({ en }) => en, of);

test('a cell goes by its line, source and year', () => {
  expect(nameOf('lines[0].cells[0].amount', content)).toMatch(/^Amount \(1\. Laptops · .+ · 2026-27\)$/);
  expect(nameOf('lines[0].cells[1].amount', content)).toBe('Amount (1. Laptops · Rotary · 2027-28)');
  expect(nameOf('lines[1].cells[0].amount', content)).toBe('Amount (2.)');
});

test('shares that do not add up are told in percent', async () => {
  const problem = { code: 'shares_not_whole', path: '', message: '', params: [{ name: 'sum', value: '1.4' }] };
  expect(problemWords(problem)).toBe('各項比例合計為 140%，須剛好為 100%。');
  await wordsReady('en');
  expect(problemWords(problem)).toBe('The shares add up to 140%. They must add up to exactly 100%.');
});
