// Why: after a failed step the focus goes to one summary that lists every problem with a link to
// its field (GOV.UK pattern); the words are the same as beside the field.
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { labelled } from '@/i18n';
import { ProblemText, type ProblemLike } from './ProblemText';

interface Props {
  problems: readonly ProblemLike[];
  /** The id of the element that a problem belongs to; undefined leaves it without a link. */
  fieldId?: (problem: ProblemLike) => string | undefined;
  /** What the problem is about, put before the words: `Summary: Fill this in.` Left out, it is the label of the field. */
  nameOf?: (problem: ProblemLike) => string | undefined;
  /** Takes over what a link does, such as opening a page first. */
  onFollow?: (problem: ProblemLike) => void;
  /** False where the summary merely stands on the page and should not take the focus. */
  takeFocus?: boolean;
}

export function ErrorSummary({ problems, fieldId, nameOf, onFollow, takeFocus = true }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takeFocus && problems.length > 0) box.current?.focus();
  }, [problems, takeFocus]);
  if (problems.length === 0) return null;

  const follow = (problem: ProblemLike, id: string | undefined) => {
    if (onFollow) onFollow(problem);
    else if (id) focusField(id);
  };
  return (
    <div ref={box} tabIndex={-1} className="pl-errors" role={takeFocus ? 'alert' : undefined}>
      <h2>{t('errorSummary.title')}</h2>
      <ul>
        {problems.map((problem, position) => {
          const id = fieldId?.(problem);
          const name = nameOf?.(problem);
          const asked = nameOf || problem.path === '' ? undefined : id;
          const words = (
            <>
              {name !== undefined && `${labelled(name)} `}
              {asked !== undefined && <FieldLabel id={asked} />}
              <ProblemText problem={problem} />
            </>
          );
          const linked = id !== undefined || onFollow !== undefined;
          return (
            <li key={`${problem.path}-${problem.code}-${position}`}>
              {linked ? (
                <a
                  href={`#${id ?? ''}`}
                  onClick={(event) => {
                    event.preventDefault();
                    follow(problem, id);
                  }}
                >
                  {words}
                </a>
              ) : (
                words
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The label of a field, read from the page once that stands, in the language on it. */
function FieldLabel({ id }: { id: string }) {
  const label = useSyncExternalStore(NEVER, () => labelOf(id));
  return label === undefined ? null : `${labelled(label)} `;
}

/** Labels change with the language only, and then the summary is drawn anew. */
const NEVER = () => () => undefined;

/** What a field is called on the page: its label, that of its group, or its legend. */
function labelOf(id: string): string | undefined {
  const field = id === '' ? null : document.getElementById(id);
  if (!field) return undefined;
  const own = field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement ? field.labels?.[0] : null;
  const named = field.getAttribute('aria-labelledby')?.split(' ')[0];
  const group = (named === undefined ? null : document.getElementById(named)) ?? document.getElementById(`${id}-label`);
  const label = own ?? group ?? field.querySelector(':scope > legend, [id$="-label"]');
  return label?.textContent.replace(/\s*\*$/, '').trim() || undefined;
}

/** Moves to a field by its element id: focus, and into view below the sticky header. */
export function focusField(id: string): void {
  const field = document.getElementById(id);
  if (!field) return;
  field.scrollIntoView({ block: 'center' });
  const control = field.matches('input,select,textarea,button,a,[tabindex]')
    ? field
    : field.querySelector<HTMLElement>('input,select,textarea,button,[tabindex]');
  control?.focus({ preventScroll: true });
}
