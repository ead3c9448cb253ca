// Why: rank by rank with the money that flows down, the budget line as a row of its own, and below
// the ranked the ones that could not be ranked, with the reason. On a phone each row is a card.
import { Link, useParams } from '@tanstack/react-router';
import { Fragment, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, DecisionBadge, EligibilityBadge } from '@/components/StatusBadge';
import { FigureWithWorking } from '@/components/WorkingDrawer';
import { amount, fixed, money, percent } from '@/format';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { LeadShare, SroiCell } from '../parts';
import { Contributions } from './Contributions';
import { RowSroi } from './RowSroi';

export type Row = ShortlistShownFragment['rows'][number];
const COLUMNS = 11;
/** As many as stand on one line; the rest are counted. */
const FITS_MAX = 4;

interface Props {
  shortlist: ShortlistShownFragment;
  rows: readonly Row[];
}

export function ShortlistTable({ shortlist, rows }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const ranked = rows.filter((row) => row.rank !== null);
  const unranked = rows.filter((row) => row.rank === null);
  const above = ranked.filter((row) => row.aboveLine);
  const below = ranked.filter((row) => !row.aboveLine);
  return (
    <div className="pl-scroll fu-shortlistbox" tabIndex={0} role="group" aria-label={t('shortlist.caption')}>
      <table className="pl-table fu-shortlist">
        <caption className="pl-hidden">{t('shortlist.caption')}</caption>
        <thead>
          <tr>
            <Heading end>{t('shortlist.rank')}</Heading>
            <Heading>{t('inbox.reference')}</Heading>
            <Heading>{t('shortlist.organisation')}</Heading>
            <Heading>{t('filter.district')}</Heading>
            <Heading end>{t('inbox.ask')}</Heading>
            <Heading end>{t('shortlist.cumulative')}</Heading>
            <Heading end>{t('shortlist.sroi')}</Heading>
            <Heading end>{t('shortlist.score')}</Heading>
            <Heading>{t('shortlist.stability')}</Heading>
            <Heading>{t('inbox.eligibility')}</Heading>
            <Heading>{t('inbox.decision')}</Heading>
          </tr>
        </thead>
        <tbody>
          {above.map((row) => (
            <RankedRow key={row.submissionId} row={row} shortlist={shortlist} />
          ))}
          <BudgetLine shortlist={shortlist} />
          {below.map((row) => (
            <RankedRow key={row.submissionId} row={row} shortlist={shortlist} />
          ))}
          {unranked.length > 0 && (
            <tr className="fu-unrankedhead">
              <th scope="colgroup" colSpan={COLUMNS}>
                {t('shortlist.unranked', { count: unranked.length })}
              </th>
            </tr>
          )}
          {unranked.map((row) => (
            <RankedRow key={row.submissionId} row={row} shortlist={shortlist} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Heading({ children, end = false }: { children: string; end?: boolean }) {
  return (
    <th scope="col" className={end ? 'pl-end' : undefined}>
      {children}
    </th>
  );
}

/** Where the money ends, how much is left, and what would still fit into it. */
function BudgetLine({ shortlist }: { shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation(['funder', 'common']);
  const { language } = useLanguage();
  const fits = shortlist.rows.filter((row) => row.wouldStillFit);
  const named = fits.slice(0, FITS_MAX).map((row) => `${row.reference} (${money(row.ask)})`);
  if (fits.length > FITS_MAX) named.push(t('shortlist.fitsMore', { count: fits.length - FITS_MAX }));
  const list = named.join(language === 'zh' ? '、' : ', ');
  return (
    <tr className="fu-line">
      <th scope="colgroup" colSpan={COLUMNS}>
        {t('shortlist.line')} · {t('shortlist.left', { left: money(shortlist.left) })}
        <span className="fu-fits"> · {fits.length === 0 ? t('shortlist.nothingFits') : t('shortlist.fits', { list })}</span>
      </th>
    </tr>
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

function RankedRow({ row, shortlist }: { row: Row; shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const { funder } = useParams({ from: '/f/$funder' });
  const [opened, setOpened] = useState(false);
  const details = useId();
  const kind = row.rank === null ? 'fu-none' : row.aboveLine ? '' : 'fu-below';
  return (
    <Fragment>
      <tr className={kind}>
        <Cell label={t('shortlist.rank')} end>
          <strong>{row.rank ?? '—'}</strong>
          {row.tied && <div className="pl-small">{t('shortlist.tied')}</div>}
        </Cell>
        <Cell label={t('inbox.reference')}>
          <Link to="/f/$funder/applications/$id" params={{ funder, id: row.submissionId }} className="pl-nowrap">
            {row.reference}
          </Link>
        </Cell>
        <td className="fu-who">
          <strong>{pick(row.organisation)}</strong> <span className="pl-small">({t(`common:sizeBand.${row.sizeBand}`)})</span>
          <div className="pl-small">{pick(row.title)}</div>
          <button
            type="button"
            className="pl-linkbutton pl-small pl-noprint"
            aria-expanded={opened}
            aria-controls={opened ? details : undefined}
            onClick={() => setOpened(!opened)}
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
        </Cell>
        <Cell label={t('shortlist.stability')}>
          <Stability share={row.stability} />
        </Cell>
        <Cell label={t('inbox.eligibility')}>
          <EligibilityBadge state={row.eligibility} />
        </Cell>
        <Cell label={t('inbox.decision')}>
          {row.decision ? (
            <DecisionBadge outcome={row.decision} />
          ) : (
            <>
              <span aria-hidden="true">—</span>
              <span className="pl-hidden">{t('inbox.undecided')}</span>
            </>
          )}
        </Cell>
      </tr>
      {row.rank === null && (
        <tr className="fu-none fu-reason">
          <td colSpan={COLUMNS}>
            <NoRank row={row} shortlist={shortlist} />
          </td>
        </tr>
      )}
      {opened && (
        <tr className="fu-opened" id={details}>
          <td colSpan={COLUMNS}>
            <Contributions row={row} weights={shortlist.weights} />
            <RowSroi submissionId={row.submissionId} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function Score({ row }: { row: Row }) {
  if (row.score === null) return <>—</>;
  if (row.working === null || row.working === undefined) return <>{fixed(row.score, 2)}</>;
  return <FigureWithWorking working={row.working}>{fixed(row.score, 2)}</FigureWithWorking>;
}

/** In how many of the other weightings it stays above the line; the bar only helps the eye. */
function Stability({ share }: { share: string | null }) {
  if (share === null) return <>—</>;
  const text = percent(share);
  return (
    <span className="fu-stability">
      <span className="fu-meter" aria-hidden="true">
        <span style={{ inlineSize: `${Number(share) * 100}%` }} />
      </span>
      <span className="pl-num">{text}</span>
    </span>
  );
}

/** Why an application stands without a rank. */
function NoRank({ row, shortlist }: { row: Row; shortlist: ShortlistShownFragment }) {
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
