// Why: eligibility in full: each criterion with a mark and a word, the exact shortfall, the reason,
// how to put it right, and a link to the question. Unknown is shown as unknown, never as a fail.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { CriterionOutcome, VerdictLinesFragment } from '@/gql/graphql';
import { grouped, money } from '@/format';
import { labelled, useLanguage } from '@/i18n';
import { EligibilityBadge } from './StatusBadge';
import { SmallestChanges } from './SmallestChanges';

export const VerdictLines = graphql(`
  fragment VerdictLines on Verdict {
    state
    ruleset
    version
    inputHash
    criteria {
      id
      severity
      outcome
      value
      threshold
      shortfall
      fixField
      factsUsed
      source
      question {
        en
        zh
      }
      reason {
        en
        zh
      }
      fix {
        en
        zh
      }
      changes {
        field
        kind
        from
        to
        by
      }
    }
  }
`);

type Line = VerdictLinesFragment['criteria'][number];
type Mark = { sign: string; className: string };

const MARKS: Record<CriterionOutcome, Mark> = {
  FAIL: { sign: '✘', className: 'pl-mark-bad' },
  UNKNOWN: { sign: '?', className: 'pl-mark-warn' },
  PASS: { sign: '✔', className: 'pl-mark-good' },
  INFO: { sign: 'i', className: 'pl-mark-info' },
};

const ORDER: CriterionOutcome[] = ['FAIL', 'UNKNOWN', 'INFO', 'PASS'];
const SEVERITY_ORDER = { HARD: 0, SOFT: 1, INFO: 2 } as const;

interface Props {
  verdict: FragmentType<typeof VerdictLines>;
  /** Where a fact is filled in; undefined leaves the criterion without a link. */
  fieldHref?: (field: string) => string | undefined;
  onGo?: (field: string) => void;
}

export function VerdictPanel({ verdict, fieldHref, onGo }: Props) {
  const { t } = useTranslation();
  const { state, ruleset, version, inputHash, criteria } = readFragment(VerdictLines, verdict);
  const [all, setAll] = useState(false);
  const count = (outcome: CriterionOutcome) => criteria.filter((line) => line.outcome === outcome).length;
  const sorted = criteria.toSorted(
    (one, other) =>
      ORDER.indexOf(one.outcome) - ORDER.indexOf(other.outcome) ||
      SEVERITY_ORDER[one.severity] - SEVERITY_ORDER[other.severity] ||
      one.id.localeCompare(other.id),
  );
  const shown = all ? sorted : sorted.filter((line) => line.outcome !== 'PASS');
  return (
    <section className="pl-card" aria-label={t('verdict.title')}>
      <p style={{ display: 'flex', gap: '0.75rem', flexWrap: 'wrap', alignItems: 'center' }}>
        <strong style={{ fontSize: '1.1rem' }}>{t(`verdict.${state}`)}</strong>
        <EligibilityBadge state={state} />
      </p>
      <p>{t('verdict.summary', { pass: count('PASS'), fail: count('FAIL'), unknown: count('UNKNOWN') })}</p>
      <ul className="pl-list">
        {shown.map((line) => (
          <CriterionRow key={line.id} line={line} fieldHref={fieldHref} onGo={onGo} />
        ))}
      </ul>
      {!all && count('PASS') > 0 && (
        <button type="button" className="pl-linkbutton" onClick={() => setAll(true)}>
          {t('verdict.showMet', { count: count('PASS') })}
        </button>
      )}
      <p className="pl-muted pl-small" style={{ marginTop: '0.75rem' }}>
        {t('verdict.person')}
        <br />
        {t('verdict.rules', { ruleset, version })} · {t('verdict.inputHash')}{' '}
        <code title={inputHash}>{inputHash.slice(0, 12)}</code>
      </p>
    </section>
  );
}

interface RowProps {
  line: Line;
  fieldHref: Props['fieldHref'];
  onGo: Props['onGo'];
}

function CriterionRow({ line, fieldHref, onGo }: RowProps) {
  const { t } = useTranslation();
  const { pick } = useLanguage();
  const mark = MARKS[line.outcome];
  const field = line.fixField;
  const href = field === null ? undefined : fieldHref?.(field);
  return (
    <li className="pl-criterion">
      <span className={mark.className} aria-hidden="true">
        {mark.sign}
      </span>
      <div>
        <p>
          <strong>{pick(line.question)}</strong>
        </p>
        <p className="pl-small">
          <span className={`pl-word ${mark.className}`}>{t(`criterion.${line.outcome}`)}</span>
          <span className="pl-muted">
            {' '}
            · {t(`severity.${line.severity}`)} · {line.id}
          </span>
        </p>
        {line.outcome !== 'PASS' && <p>{pick(line.reason)}</p>}
        <Comparison line={line} />
        {line.outcome !== 'PASS' && line.fix && (
          <p>
            <strong>{labelled(t('verdict.toFix'))} </strong>
            {pick(line.fix)}
          </p>
        )}
        <SmallestChanges changes={line.changes} />
        {(line.outcome === 'FAIL' || line.outcome === 'UNKNOWN') && field !== null && href !== undefined && (
          <p>
            <a
              href={href}
              onClick={(event) => {
                if (!onGo) return;
                event.preventDefault();
                onGo(field);
              }}
            >
              {t('verdict.goToField')}
              <span className="pl-hidden">: {pick(line.question)}</span>
            </a>
          </p>
        )}
      </div>
    </li>
  );
}

function Comparison({ line }: { line: Line }) {
  const { t } = useTranslation();
  // What is only reported says its figure in the reason; what is unknown has none to compare.
  if (line.outcome === 'INFO' || (line.value === null && line.shortfall === null)) return null;
  const isMoney = line.factsUsed.some((fact) => fact.includes('_hkd'));
  const figure = (text: string) => {
    if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
    return isMoney ? money(text) : grouped(text);
  };
  const parts = [
    line.value === null ? null : labelled(t('verdict.you'), figure(line.value)),
    line.threshold === null ? null : labelled(t('verdict.threshold'), figure(line.threshold)),
  ].filter((part) => part !== null);
  return (
    <p className="pl-small">
      {parts.join(' · ')}
      {line.shortfall !== null && (
        <strong className="pl-mark-bad pl-word"> {t('verdict.shortBy', { amount: figure(line.shortfall) })}</strong>
      )}
    </p>
  );
}
