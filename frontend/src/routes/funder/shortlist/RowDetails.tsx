// Why: what is only asked about one application: how its score adds up, which ranks it takes under other
// weights, how far one weight may move, and where its reviewers differ.
import { useTranslation } from 'react-i18next';
import { ShareAsTable } from '@/components/ShareAsTable';
import { Loading } from '@/components/PageStates';
import { fixed, plainNumber } from '@/format';
import type { ShortlistFiguresQuery, ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { personName } from '@/personName';
import { placesOf } from './line';
import { Contributions } from './Contributions';
import { RowSroi } from './RowSroi';
import { Sensitivity } from './Sensitivity';
import { RankShares } from './Stability';
import type { Shown } from './trial';

interface Props {
  row: Shown;
  shortlist: ShortlistShownFragment;
  /** Undefined while they are on their way; null when there are none. */
  figures: Figures | null | undefined;
}

export type Figures = NonNullable<ShortlistFiguresQuery['shortlist']>['rows'][number];

export function RowDetails({ row, shortlist, figures }: Props) {
  const { t } = useTranslation('ranking');
  const official = shortlist.rows.find((each) => each.submissionId === row.submissionId) ?? row;
  return (
    <>
      {row.rankBefore !== undefined && <p className="pl-note fu-warn">{t('whatIf.scoreNote')}</p>}
      <Contributions row={official} weights={shortlist.weights} />
      <RowSroi submissionId={row.submissionId} />
      {figures === undefined && <Loading />}
      {figures && official.rank !== null && (
        <div className="pl-grid-2">
          <RankShares reference={row.reference} acceptability={figures.acceptability} places={placesOf(shortlist)} />
          <Sensitivity reference={row.reference} ranges={figures.sensitivity} weights={shortlist.weights} />
        </div>
      )}
      {figures && figures.spread.length > 0 && <Spread reference={row.reference} spread={figures.spread} weights={shortlist.weights} />}
    </>
  );
}

interface SpreadProps {
  reference: string;
  spread: Figures['spread'];
  weights: ShortlistShownFragment['weights'];
}

/** From the lowest to the highest level given, dimension by dimension. */
function Spread({ reference, spread, weights }: SpreadProps) {
  const { t } = useTranslation(['ranking', 'funder']);
  const { pick } = useLanguage();
  const name = (id: string) => {
    const weight = weights.find((each) => each.criterion === id);
    return weight ? `${id} ${pick(weight.name)}` : id;
  };
  return (
    <ShareAsTable
      title={t('severity.spreadHead', { reference })}
      chart={
        <div className="pl-bars">
          {spread.map((each) => (
            <div key={each.criterion} className="pl-barrow">
              <span>{name(each.criterion)}</span>
              <span className="pl-bartrack">
                <span
                  className={each.outliers.length > 0 ? 'pl-barfill pl-barfill-faint' : 'pl-barfill'}
                  style={{
                    marginInlineStart: `${Number(each.lowest) * 20}%`,
                    inlineSize: `${Math.max((Number(each.highest) - Number(each.lowest)) * 20, 1)}%`,
                  }}
                />
              </span>
              <span className="pl-num">
                {plainNumber(each.lowest)}–{plainNumber(each.highest)}
              </span>
            </div>
          ))}
        </div>
      }
      columns={[t('funder:reviews.dimension'), t('severity.from'), t('severity.to'), t('severity.outliers')]}
      rows={spread.map((each) => [
        name(each.criterion),
        plainNumber(each.lowest),
        plainNumber(each.highest),
        each.outliers.map((one) => t('severity.outlier', { reviewer: personName(one.reviewer), level: plainNumber(one.level), distance: fixed(one.distance, 2) })).join('; '),
      ])}
      wrapLast
    />
  );
}
