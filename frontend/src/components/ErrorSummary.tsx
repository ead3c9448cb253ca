// Why: after a failed step the focus goes to one summary that lists every problem with a link to
// its field (GOV.UK pattern); the words are the same as beside the field.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { labelled } from '@/i18n';
import { ProblemText, type ProblemLike } from './ProblemText';

interface Props {
  problems: readonly ProblemLike[];
  /** The id of the element that a problem belongs to; undefined leaves it without a link. */
  fieldId?: (problem: ProblemLike) => string | undefined;
  /** What the problem is about, put before the words: `Summary: Fill this in.` */
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
          const words = (
            <>
              {name !== undefined && `${labelled(name)} `}
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
