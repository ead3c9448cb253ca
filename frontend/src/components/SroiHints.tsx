// Why: points at which a value map may claim too much or leave something out. A hint is a question to
// a person; it never changes a figure. Words per code, in both languages.
import { useTranslation } from 'react-i18next';
import { grouped, percent, plainNumber, ratio } from '@/format';
import { labelled, wordFor } from '@/i18n';
import { problemWords, type ProblemLike } from './ProblemText';
import { parameterWord } from './levers';

interface Props {
  hints: readonly ProblemLike[];
  /** Leads to the place in the value map that a hint is about. */
  onFollow?: (hint: ProblemLike) => void;
  /** What a hint is about, by its path: the name of an outcome. */
  nameOf?: (hint: ProblemLike) => string | undefined;
}

const SHARE_CODES = /^share_(above|below)_reported$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** The parameter that a path ends in: `outcomes[2].deadweight` → `deadweight`. */
function parameterOf(path: string): string {
  return path.split('.').at(-1) ?? path;
}

/** Figures of a hint as people read them; shares as percentages, ratios to two places. */
function shownValues(hint: ProblemLike): Record<string, string> {
  const values: Record<string, string> = { path: hint.path, parameter: parameterWord(parameterOf(hint.path)) };
  for (const { name, value } of hint.params) {
    if (!DECIMAL.test(value) || name === 'year' || name === 'years') values[name] = value;
    else if (SHARE_CODES.test(hint.code)) values[name] = percent(value);
    else if (hint.code === 'ratio_above_reported') values[name] = ratio(value);
    else values[name] = DECIMAL.test(value) ? plainNumber(value) : grouped(value);
  }
  if (values['parameter'] !== undefined && hint.params.some(({ name }) => name === 'parameter')) {
    values['parameter'] = parameterWord(hint.params.find(({ name }) => name === 'parameter')?.value ?? '');
  }
  return values;
}

/** The words of a hint; the server's message when the code is new. */
export function hintWords(hint: ProblemLike): string {
  return wordFor(`sroi:hint.${hint.code}`, shownValues(hint)) ?? problemWords(hint);
}

export function SroiHints({ hints, onFollow, nameOf }: Props) {
  const { t } = useTranslation('sroi');
  if (hints.length === 0) return <p className="pl-small">{t('hints.none')}</p>;
  return (
    <section className="pl-card pl-warncard" aria-label={t('hints.title')}>
      <h2>{t('hints.title')}</h2>
      <p className="pl-small">{t('hints.help')}</p>
      <ul>
        {hints.map((hint, position) => {
          const name = nameOf?.(hint);
          const words = name === undefined ? hintWords(hint) : labelled(name, hintWords(hint));
          return (
            <li key={`${hint.code}-${hint.path}-${position}`}>
              {onFollow && hint.path !== '' ? (
                <button type="button" className="pl-linkbutton" onClick={() => onFollow(hint)}>
                  {words}
                </button>
              ) : (
                words
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
