// Why: the server names problems by code; their words live here in both languages, the same in the
// summary and beside the field.
import { useTranslation } from 'react-i18next';
import { percent } from '@/format';
import { wordFor, wordForGiven } from '@/i18n';

export interface ProblemLike {
  code: string;
  path: string;
  message: string;
  params: readonly { name: string; value: string }[];
}

/** Values that are shares: the page writes them as it writes every share. */
const SHARES: Record<string, string> = { shares_not_whole: 'sum' };

/** The words of one problem in the language on screen; the server's English when we have none. */
export function problemWords(problem: ProblemLike): string {
  const asShare = SHARES[problem.code];
  const values = Object.fromEntries(problem.params.map(({ name, value }) => [name, name === asShare ? percent(value) : value]));
  const known = wordForGiven('problems', problem.code, { path: problem.path, ...values });
  return known ?? (problem.message || (wordFor('problems:unnamed') ?? ''));
}

export function ProblemText({ problem }: { problem: ProblemLike }) {
  useTranslation(); // re-renders when the language changes
  return <span>{problemWords(problem)}</span>;
}
