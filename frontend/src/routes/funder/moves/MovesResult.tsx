// Why: what moved between two rankings: by reason as a picture, then each application from rank to rank.
import { NativeSelect } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bars } from '@/components/Bars';
import { EmptyState } from '@/components/PageStates';
import { ShareAsTable } from '@/components/ShareAsTable';
import { fixed } from '@/format';
import { readFragment, type FragmentType } from '@/gql';
import type { MoveReason } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { REASONS } from '../shortlist/search';
import { RankingRefShown, type MoveRow, type MovesShown } from './query';
import { isMoved, partWords, rankWords, stepWords } from './words';

interface Props {
  moves: MovesShown;
  /** Names of the criteria. */
  names: ReadonlyMap<string, string>;
  reason: MoveReason | undefined;
  onReason: (reason: MoveReason | undefined) => void;
}

export function MovesResult({ moves, names, reason, onReason }: Props) {
  const { t } = useTranslation(['ranking', 'funder']);
  const rows = moves.rows.filter((row) => isMoved(row, reason));
  return (
    <>
      <ShareAsTable
        title={t('moves.summary')}
        help={`${t('moves.moved', { count: moves.moved })} ${t('moves.summaryHelp')}`}
        chart={<Bars bars={moves.byReason.map((each) => ({ label: t(`moves.reason.${each.reason}`), value: each.count, text: String(each.count) }))} />}
        columns={[t('moves.reasonName'), t('moves.count')]}
        rows={moves.byReason.map((each) => [t(`moves.reason.${each.reason}`), String(each.count)])}
      />
      <div className="fu-filters pl-noprint">
        <NativeSelect
          label={t('moves.filter')}
          value={reason ?? ''}
          onChange={(event) => onReason(REASONS.find((each) => each === event.currentTarget.value))}
          data={[{ value: '', label: t('funder:filter.any') }, ...REASONS.map((each) => ({ value: each, label: t(`moves.reason.${each}`) }))]}
        />
      </div>
      {rows.length === 0 ? <EmptyState>{t('moves.none')}</EmptyState> : <MovesTable rows={rows} names={names} />}
      <p className="pl-small pl-muted">
        <Ref side={t('moves.before')} of={moves.before} />
        <br />
        <Ref side={t('moves.after')} of={moves.after} />
      </p>
    </>
  );
}

function Ref({ side, of }: { side: string; of: FragmentType<typeof RankingRefShown> }) {
  const { t } = useTranslation('ranking');
  const ref = readFragment(RankingRefShown, of);
  return (
    <>
      {t('moves.run', { side, run: ref.id, engine: ref.engineVersion, rules: ref.rulesVersion })} <code className="pl-hash">{ref.inputHash}</code>
    </>
  );
}

function MovesTable({ rows, names }: { rows: readonly MoveRow[]; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation(['ranking', 'funder']);
  return (
    <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('moves.caption')}>
      <table className="pl-table fu-shortlist fu-moves">
        <caption className="pl-hidden">{t('moves.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('funder:inbox.reference')}</th>
            <th scope="col">{t('funder:inbox.organisation')}</th>
            <th scope="col" className="pl-end">
              {t('moves.from')}
            </th>
            <th scope="col" className="pl-end">
              {t('moves.to')}
            </th>
            <th scope="col" className="pl-end">
              {t('moves.score')}
            </th>
            <th scope="col">{t('moves.steps')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MoveLine key={row.reference} row={row} names={names} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MoveLine({ row, names }: { row: MoveRow; names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation(['ranking', 'funder']);
  const { pick } = useLanguage();
  const { funder } = useParams({ from: '/f/$funder' });
  const ranks = rankWords(row, t);
  const score = (value: string | null) => (value === null ? '—' : fixed(value, 2));
  return (
    <tr>
      <td data-label={t('funder:inbox.reference')}>
        {row.submissionId === null ? (
          row.reference
        ) : (
          <Link to="/f/$funder/applications/$id" params={{ funder, id: row.submissionId }} className="pl-nowrap">
            {row.reference}
          </Link>
        )}
      </td>
      <td className="fu-who">
        {row.organisation && <strong>{pick(row.organisation)}</strong>}
        {row.title && <div className="pl-small">{pick(row.title)}</div>}
      </td>
      <td data-label={t('moves.from')} className="pl-end">
        {ranks.from}
      </td>
      <td data-label={t('moves.to')} className="pl-end">
        <strong>{ranks.to}</strong>
      </td>
      <td data-label={t('moves.score')} className="pl-end">
        {score(row.scoreBefore)} → {score(row.scoreAfter)}
      </td>
      <td data-label={t('moves.steps')}>
        <ol className="pl-list pl-small">
          {row.steps.map((step) => (
            <li key={step.reason}>
              {stepWords(step, t)}
              {step.parts.length > 0 && (
                <div className="pl-muted">{step.parts.map((part) => partWords(part, (id) => names.get(id) ?? id, t)).join(' · ')}</div>
              )}
            </li>
          ))}
        </ol>
      </td>
    </tr>
  );
}
