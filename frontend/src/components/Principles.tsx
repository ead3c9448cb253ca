// Why: the eight principles of social value as a checklist: each says whether it is met, partly met or
// missing, and on what that rests. The state is a word and a mark; the colour only helps.
import { useTranslation } from 'react-i18next';
import { plainNumber } from '@/format';
import { wordFor } from '@/i18n';
import { problemWords, type ProblemLike } from './ProblemText';
import { Badge, type Tone } from './StatusBadge';

export interface PrincipleLike {
  code: string;
  state: string;
  evidence: readonly ProblemLike[];
}

interface Props {
  principles: readonly PrincipleLike[];
  /** Leads to the place in the value map that a piece of evidence is about. */
  onFollow?: (evidence: ProblemLike) => void;
}

const TONES: Record<string, Tone> = { met: 'good', partly: 'warn', missing: 'bad' };
const MARKS: Record<string, string> = { met: '✔', partly: '◐', missing: '✘' };
const NUMBER = /^\d+(\.\d+)?$/;

/** How many of the principles are met. */
export function principlesMet(principles: readonly { state: string }[]): number {
  return principles.filter(({ state }) => state === 'met').length;
}

/** The words of a piece of evidence; the server's message when the code is new. */
export function evidenceWords(evidence: ProblemLike): string {
  const values = Object.fromEntries(
    evidence.params.map(({ name, value }) => [name, NUMBER.test(value) ? plainNumber(value) : value]),
  );
  return wordFor(`sroi:evidence.${evidence.code}`, values) ?? problemWords(evidence);
}

export function PrinciplesList({ principles, onFollow }: Props) {
  const { t } = useTranslation('sroi');
  if (principles.length === 0) return null;
  return (
    <section className="pl-card" aria-label={t('principles.title')}>
      <div className="pl-cardhead">
        <h2>{t('principles.title')}</h2>
        <strong className="pl-nowrap">{t('principles.count', { met: principlesMet(principles), all: principles.length })}</strong>
      </div>
      <p className="pl-small pl-muted">{t('principles.help')}</p>
      <ol className="pl-list">
        {principles.map((principle, position) => (
          <li key={principle.code} className="pl-criterion">
            <span className={`pl-mark-${TONES[principle.state] ?? 'info'}`} aria-hidden="true">
              {MARKS[principle.state] ?? '·'}
            </span>
            <div>
              <p>
                <strong>
                  {position + 1}. {wordFor(`sroi:principle.${principle.code}`) ?? principle.code.replace(/_/g, ' ')}
                </strong>{' '}
                <Badge tone={TONES[principle.state] ?? 'plain'}>
                  {wordFor(`sroi:principleState.${principle.state}`) ?? principle.state}
                </Badge>
              </p>
              {principle.evidence.map((evidence, at) => (
                <p key={`${evidence.code}-${at}`} className="pl-small">
                  {onFollow && evidence.path !== '' ? (
                    <button type="button" className="pl-linkbutton" onClick={() => onFollow(evidence)}>
                      {evidenceWords(evidence)}
                    </button>
                  ) : (
                    evidenceWords(evidence)
                  )}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
