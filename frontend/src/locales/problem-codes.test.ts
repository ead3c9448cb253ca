// Why: a problem without words is shown in the server's English, on Chinese screens too. This reads the
// Rust sources and fails on every code that they can make and that has no words in either language.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { problemWords } from '@/components/ProblemText';
import { wordsReady } from '@/test-words';
import { rustCodes } from './rust-codes';

const CRATES = fileURLToPath(new URL('../../../crates', `file://${import.meta.filename}`));

const NAMES = [
  'explain', 'money', 'sroi', 'costshare', 'procurement', 'eligibility', 'ranking', 'grants', 'workbook', 'report', 'print',
  'casework', 'api', 'attachments', 'access',
];

function isRunning(path: string): boolean {
  return path.endsWith('.rs') && !/(?:^|\/)(?:tests|seed)(?:\/|\.rs$)/.test(path);
}

const sources = Object.fromEntries(
  NAMES.flatMap((name) =>
    readdirSync(`${CRATES}/${name}/src`, { recursive: true, encoding: 'utf8' })
      .filter(isRunning)
      .map((path) => [`${name}/src/${path}`, readFileSync(`${CRATES}/${name}/src/${path}`, 'utf8')] as const),
  ),
);

/** Codes that no page can show, and why. */
const NEVER_SHOWN: Record<string, string> = {
  unsupported_format: 'only `plumbline calc` reads a document with a format',
  bad_seed: 'the seed of a simulation is set by the server; only `plumbline calc` takes one',
  one_of_two: 'the server builds the request of a ranking; only `plumbline calc` takes one',
  needs_stability: 'the server builds the request of a ranking; only `plumbline calc` takes one',
  uneven: 'the server builds the columns of a ranking; only benches pass their own',
  awarded_not_funded: 'the server builds the request of the fairness report',
  duplicate_review: 'the server builds the request of the reading of reviewers',
  levels_contradict: 'the server builds the request of the reading of reviewers',
  duplicate_pair: 'the page lists each pair once; only `plumbline calc` takes others',
  same_item: 'the page lists each pair once; only `plumbline calc` takes others',
  unknown_item: 'the page lists the items itself; only `plumbline calc` takes others',
  notice_topic_missing: 'a notice is published by `plumbline notices`',
  fact_unknown: 'facts of the record are loaded by `plumbline facts`',
  organisation_unknown: 'facts of the record are loaded by `plumbline facts`',
};

const codes = rustCodes(sources);

it('finds the codes in the Rust sources', () => {
  expect(codes.size).toBeGreaterThan(350);
  // One of each way in which a code is made.
  for (const code of ['simulation_needs_ranges', 'fraction_of_cent', 'too_deep', 'sheet_missing', 'purchase_closed', 'took_part', 'file_has_macros']) {
    expect([...codes.keys()]).toContain(code);
  }
});

it.each(['en', 'zh'] as const)('has words for every code (%s)', async (language) => {
  await wordsReady(language);
  const without = [...codes].filter(([code]) => problemWords({ code, path: '', message: 'SERVER', params: [] }) === 'SERVER');
  const shown = without.filter(([code]) => !(code in NEVER_SHOWN)).map(([code, files]) => `${code}: ${[...files].join(', ')}`);
  expect(shown).toEqual([]);
});

it('excepts only codes that are made and have no words', async () => {
  await wordsReady('en');
  const idle = Object.keys(NEVER_SHOWN).filter(
    (code) => !codes.has(code) || problemWords({ code, path: '', message: 'SERVER', params: [] }) !== 'SERVER',
  );
  expect(idle).toEqual([]);
});

it('uses plain words where the values are not sent', async () => {
  await wordsReady('zh');
  expect(problemWords({ code: 'not_decimal', path: '', message: '', params: [] })).toBe('這不是數字，請參照 12.5 或 50000.00 填寫。');
  expect(problemWords({ code: 'too_many', path: '', message: '', params: [{ name: 'most', value: '9' }] })).toContain('最多 9 項');
});
