// Why: one application of the list: its place, its money, how sure it is and what was decided; opened,
// what its score rests on.
import { Link, useParams } from '@tanstack/react-router';
import { Fragment, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, DecisionBadge, EligibilityBadge } from '@/components/StatusBadge';
import { FigureWithWorking } from '@/components/WorkingDrawer';
import { amount, fixed, money } from '@/format';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { aside, useLanguage } from '@/i18n';
import { LeadShare, SroiCell } from '../parts';
import { RankMove } from './RankMove';
import { RowDetails, type Figures } from './RowDetails';
import { Stability } from './Stability';
import type { Shown } from './trial';

interface Props {
  row: Shown;
  /** Its place among the ranked, for the line; null without a rank. */
  place: number | null;
  below: boolean;
  shortlist: ShortlistShownFragment;
  /** Of an opened row; undefined while they are on their way. */
  figures: Figures | null | undefined;
  columns: number;
  second: boolean;
  opened: boolean;
  onToggle: () => void;
}

export function RankedRow({ row, place, below, shortlist, figures, columns, second, opened, onToggle }: Props) {
  const { t } = useTranslation(['funder', 'common', 'ranking']);
  const { pick } = useLanguage();
  const { funder } = useParams({ from: '/f/$funder' });
  const details = useId();
  const kind = row.rank === null ? 'fu-none' : below ? 'fu-below' : '';
  return (
    <Fragment>
      <tr className={kind} data-place={place ?? undefined}>
        <Cell label={t('shortlist.rank')} end>
          <strong>{row.rank ?? '—'}</strong>
          {row.tied && <div className="pl-small">{t('shortlist.tied')}</div>}
          <RankMove rank={row.rank} before={row.rankBefore} />
        </Cell>
        <Cell label={t('inbox.reference')}>
          <Link to="/f/$funder/applications/$id" params={{ funder, id: row.submissionId }} className="pl-nowrap">
            {row.reference}
          </Link>
        </Cell>
        <td className="fu-who">
          <strong>{pick(row.organisation)}</strong>
          <span className="pl-small">{aside(t(`common:sizeBand.${row.sizeBand}`))}</span>
          <div className="pl-small">{pick(row.title)}</div>
          <button
            type="button"
            className="pl-linkbutton pl-small pl-noprint"
            aria-expanded={opened}
            aria-controls={opened ? details : undefined}
            onClick={onToggle}
          >
            {opened ? t('shortlist.hide') : t('shortlist.why')}
            <span className="pl-hidden">: {row.reference}</span>
          </button>
        </td>
        <Cell label={t('filter.district')}>
          <LeadShare shares={row.districts} />
        </Cell>
        <Cell label={t('inbox.ask')} end>
          {amount(row.ask)}
        </Cell>
        <Cell label={t('shortlist.cumulative')} end>
          {row.cumulative === null ? '—' : amount(row.cumulative)}
        </Cell>
        <Cell label={t('shortlist.sroi')} end>
          <SroiCell ratio={row.sroi} low={row.sroiLow} high={row.sroiHigh} />
          {row.sroiAssessed && <Badge tone="info">{t('shortlist.assessed')}</Badge>}
        </Cell>
        <Cell label={t('shortlist.score')} end>
          <Score row={row} />
          <Beside row={row} severity={shortlist.severity} />
        </Cell>
        {second && (
          <Cell label={t('ranking:second.column')} end>
            {row.secondRank ?? '—'}
          </Cell>
        )}
        <Cell label={t('ranking:stability.column')}>
          <Stability share={row.stability} standing={row.standing} />
        </Cell>
        <Cell label={t('inbox.eligibility')}>
          <EligibilityBadge state={row.eligibility} />
        </Cell>
        <Cell label={t('inbox.decision')}>
          <Decided row={row} />
        </Cell>
      </tr>
      {row.rank === null && (
        <tr className="fu-none fu-reason">
          <td colSpan={columns}>
            <NoRank row={row} shortlist={shortlist} />
          </td>
        </tr>
      )}
      {opened && (
        <tr className="fu-opened" id={details}>
          <td colSpan={columns}>
            <RowDetails row={row} shortlist={shortlist} figures={figures} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

interface CellProps {
  label: string;
  end?: boolean;
  children: React.ReactNode;
}

function Cell({ label, end = false, children }: CellProps) {
  return (
    <td data-label={label} className={end ? 'pl-end' : undefined}>
      {children}
    </td>
  );
}

function Score({ row }: { row: Shown }) {
  if (row.score === null) return <>—</>;
  if (row.working === null || row.working === undefined) return <>{fixed(row.score, 2)}</>;
  return <FigureWithWorking working={row.working}>{fixed(row.score, 2)}</FigureWithWorking>;
}

/** Raw and adjusted for severity stand beside each other, never one in place of the other. */
function Beside({ row, severity }: { row: Shown; severity: string }) {
  const { t } = useTranslation('ranking');
  if (row.besideScore === null || row.rankBefore !== undefined) return null;
  const values = { score: fixed(row.besideScore, 2), rank: row.besideRank ?? '—' };
  return (
    <div className="pl-small pl-muted fu-beside">
      {severity === 'adjusted' ? t('severity.besideRaw', values) : t('severity.besideAdjusted', values)}
    </div>
  );
}

function Decided({ row }: { row: Shown }) {
  const { t } = useTranslation(['funder', 'ranking']);
  if (row.awaiting) return <Badge tone="warn">{t('ranking:topicName.awaiting_confirmation')}</Badge>;
  if (row.decision === null) {
    return (
      <>
        <span aria-hidden="true">—</span>
        <span className="pl-hidden">{t('inbox.undecided')}</span>
      </>
    );
  }
  return (
    <>
      <DecisionBadge outcome={row.decision} />
      {row.decidedAmount !== null && row.decision.startsWith('APPROVE') && (
        <div className="pl-small pl-num">{money(row.decidedAmount)}</div>
      )}
    </>
  );
}

/** Why an application stands without a rank. */
function NoRank({ row, shortlist }: { row: Shown; shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick, language } = useLanguage();
  if (row.eligibility !== 'ELIGIBLE') return <>{t(`shortlist.noRank.${row.eligibility}`)}</>;
  if (row.missing.length === 0) return <>{t('shortlist.noRank.later')}</>;
  const names = row.missing.map((id) => {
    const weight = shortlist.weights.find((each) => each.criterion === id);
    return weight ? `${id} ${pick(weight.name)}` : id;
  });
  return <>{t('shortlist.noRank.missing', { list: names.join(language === 'zh' ? '、' : ', ') })}</>;
}
