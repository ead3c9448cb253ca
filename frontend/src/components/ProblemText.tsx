// Why: the server names problems by code; their words live here in both languages, the same in the
// summary and beside the field.
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

export interface ProblemLike {
  code: string;
  path: string;
  message: string;
  params: readonly { name: string; value: string }[];
}

/** The words of one problem in the language on screen; the server's English when we have none. */
export function problemWords(problem: ProblemLike): string {
  const key = `problems:${problem.code}`;
  const values = Object.fromEntries(problem.params.map(({ name, value }) => [name, value]));
  if (i18next.exists(key)) {
    return i18next.t(key as 'problems:missing', { path: problem.path, ...values });
  }
  return problem.message || i18next.t('problems:unnamed');
}

export function ProblemText({ problem }: { problem: ProblemLike }) {
  useTranslation(); // re-renders when the language changes
  return <span>{problemWords(problem)}</span>;
}
