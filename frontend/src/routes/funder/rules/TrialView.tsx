// Why: what other rules make of applications already received: how many change, the counts before and
// after as a picture with its table, and each application that changes with the criterion behind it.
import { TextInput } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/PageStates';
import { ShareAsTable } from '@/components/ShareAsTable';
import { EligibilityBadge } from '@/components/StatusBadge';
import type { CountsShownFragment, TrialRowShownFragment } from '@/gql/graphql';
import { labelled, useLanguage } from '@/i18n';
import { matches } from '../search';

interface Props {
  total: number;
  changed: number;
  before: CountsShownFragment;
  after: CountsShownFragment;
  rows: readonly TrialRowShownFragment[];
  q: string | undefined;
  onFilter: (q: string) => void;
}

export function TrialView({ total, changed, before, after, rows, q, onFilter }: Props) {
  const { t } = useTranslation('rules');
  const shown = rows.filter((row) =>
    matches(q, [row.reference, row.applicant.en, row.applicant.zh, row.title.en, row.title.zh, ...row.criteria.map(({ id }) => id)]),
  );
  return (
    <>
      <p className="fr-headline" role="status">
        {changed === 0 ? t('trial.none', { total }) : t('trial.headline', { changed, total })}
      </p>
      <Counts before={before} after={after} />
      {rows.length > 0 && (
        <>
          <div className="fr-add">
            <TextInput label={t('trial.filter')} value={q ?? ''} onChange={(event) => onFilter(event.currentTarget.value)} />
            <p className="fu-count" aria-live="polite">
              {t('shown', { shown: shown.length, all: rows.length })}
            </p>
          </div>
          {shown.length === 0 ? <EmptyState>{t('trial.nothing')}</EmptyState> : <Rows rows={shown} />}
        </>
      )}
    </>
  );
}

const STATES = [
  ['eligible', 'ELIGIBLE', 'fr-bar-good'],
  ['needsInformation', 'NEEDS_INFORMATION', 'fr-bar-warn'],
  ['notEligible', 'NOT_ELIGIBLE', 'fr-bar-bad'],
] as const;

function Counts({ before, after }: { before: CountsShownFragment; after: CountsShownFragment }) {
  const { t } = useTranslation(['rules', 'common']);
  const rows = [
    ...STATES.map(([key, state]): [string, number, number] => [t(`common:eligibility.${state}`), before[key], after[key]]),
    ...(before.notScreened + after.notScreened > 0
      ? [[t('trial.notScreened'), before.notScreened, after.notScreened] as [string, number, number]]
      : []),
  ];
  return (
    <ShareAsTable
      title={t('trial.counts')}
      chart={<CountBars before={before} after={after} />}
      columns={[t('trial.state'), t('trial.before'), t('trial.after'), t('trial.difference')]}
      rows={rows.map(([name, was, is]) => [name, String(was), String(is), signed(is - was)])}
    />
  );
}

function signed(difference: number): string {
  return difference === 0 ? '0' : difference > 0 ? `+${difference}` : `−${-difference}`;
}

const WIDTH = 640;
const START = 90;

/** Two bars of the same length scale; a pattern and the figure stand beside each colour. */
function CountBars({ before, after }: { before: CountsShownFragment; after: CountsShownFragment }) {
  const { t } = useTranslation(['rules', 'common']);
  const id = useId();
  const most = Math.max(1, ...[before, after].map((side) => STATES.reduce((sum, [key]) => sum + side[key], side.notScreened)));
  const scale = (WIDTH - START - 10) / most;
  return (
    <svg viewBox={`0 0 ${WIDTH} 118`} className="pl-chart" role="presentation">
      {[before, after].map((side, at) => (
        <g key={at} transform={`translate(0 ${at * 40})`}>
          <text x={START - 8} y={24} textAnchor="end">
            {t(at === 0 ? 'trial.before' : 'trial.after')}
          </text>
          <Bar id={`${id}-${at}`} side={side} scale={scale} />
        </g>
      ))}
      <g transform="translate(90 104)">
        {STATES.map(([key, state, className], at) => (
          <g key={key} transform={`translate(${at * 180} 0)`}>
            <rect className={className} width={12} height={12} y={-10} />
            <text x={18}>{t(`common:eligibility.${state}`)}</text>
          </g>
        ))}
      </g>
    </svg>
  );
}

function Bar({ id, side, scale }: { id: string; side: CountsShownFragment; scale: number }) {
  let x = START;
  return STATES.map(([key, , className]) => {
    const width = side[key] * scale;
    const left = x;
    x += width;
    return side[key] === 0 ? null : (
      <g key={`${id}-${key}`}>
        <rect className={className} x={left} y={6} width={Math.max(1, width - 2)} height={28} />
        {width > 22 && (
          <text x={left + width / 2} y={25} textAnchor="middle" className="fr-bar-figure">
            {side[key]}
          </text>
        )}
      </g>
    );
  });
}

function Rows({ rows }: { rows: readonly TrialRowShownFragment[] }) {
  const { t } = useTranslation(['rules', 'common']);
  return (
    <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('trial.rows')}>
      <table className="pl-table fu-dense fr-cards">
        <caption className="pl-hidden">{t('trial.rows')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('trial.application')}</th>
            <th scope="col">{t('trial.verdict')}</th>
            <th scope="col">{t('trial.criteria')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RowOf key={row.receivedId} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RowOf({ row }: { row: TrialRowShownFragment }) {
  const { t } = useTranslation(['rules', 'common']);
  const { pick } = useLanguage();
  const { funder = '' } = useParams({ strict: false });
  return (
    <tr>
      <th scope="row">
        <Link to="/f/$funder/applications/$id" params={{ funder, id: row.receivedId }} search={{ part: 'eligibility' }}>
          {row.reference}
        </Link>
        <div className="fu-light">
          {pick(row.applicant)} · {pick(row.title)}
        </div>
      </th>
      <td data-label={t('trial.verdict')}>
        {row.before ? <EligibilityBadge state={row.before} /> : t('trial.notScreened')} <span aria-hidden="true">→</span>
        <span className="pl-hidden"> {t('trial.becomes')} </span> <EligibilityBadge state={row.after} />
      </td>
      <td data-label={t('trial.criteria')}>
        <ul className="pl-list">
          {row.criteria.map((criterion) => (
            <li key={criterion.id}>
              <strong>{criterion.id}</strong> {criterion.before ? t(`common:criterion.${criterion.before}`) : t('trial.notThere')}
              {' → '}
              <strong>{criterion.after ? t(`common:criterion.${criterion.after}`) : t('trial.notThere')}</strong>
              {criterion.reason && <div>{pick(criterion.reason)}</div>}
              {criterion.fix && (
                <div>
                  <span className="pl-muted">{labelled(t('common:verdict.toFix'))} </span>
                  {pick(criterion.fix)}
                </div>
              )}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
