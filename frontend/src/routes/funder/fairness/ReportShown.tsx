// Why: one dimension after another: who was funded of how many, and with which mean score.
import { useTranslation } from 'react-i18next';
import { Bars } from '@/components/Bars';
import { ShareAsTable } from '@/components/ShareAsTable';
import { fixed, money, movePoint } from '@/format';
import { readFragment } from '@/gql';
import type { FairnessRowShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { FairnessRowShown, type Report } from './query';

type Dimension = Report['dimensions'][number];

/** A mean score is out of so many points. */
const POINTS = 100;

export function ReportShown({ report }: { report: Report }) {
  const { t } = useTranslation('ranking');
  const all = readFragment(FairnessRowShown, report.all);
  return (
    <>
      <p className="pl-small pl-muted">
        {t('fairness.fewHelp', { few: report.few })} {t('fairness.touches')}
      </p>
      {report.dimensions.map((dimension) => (
        <DimensionShown key={dimension.id} dimension={dimension} all={all} />
      ))}
      <p className="pl-small pl-muted">
        {t('fairness.fingerprint')} <code className="pl-hash">{report.inputHash}</code>
      </p>
    </>
  );
}

function share(value: string | null): string {
  return value === null ? '—' : `${fixed(movePoint(value, 2), 1)}%`;
}

function DimensionShown({ dimension, all }: { dimension: Dimension; all: FairnessRowShownFragment }) {
  const { t } = useTranslation('ranking');
  const { pick } = useLanguage();
  const rows = readFragment(FairnessRowShown, dimension.rows);
  const name = (row: FairnessRowShownFragment) => (row.few ? t('fairness.few', { name: pick(row.label) }) : pick(row.label));
  const cells = (row: FairnessRowShownFragment, label: string) => [
    label,
    String(row.applications),
    String(row.funded),
    share(row.fundedShare),
    row.meanScore === null ? '—' : fixed(row.meanScore, 2),
    money(row.asked),
    money(row.awarded),
    share(row.awardedShare),
  ];
  return (
    <ShareAsTable
      title={titleOf(dimension.id, t)}
      chart={
        <div className="pl-grid-2">
          <div>
            <h3>{t('fairness.barFunded')}</h3>
            <Bars
              most={1}
              bars={rows.map((row) => ({
                label: name(row),
                value: Number(row.fundedShare ?? 0),
                text: t('fairness.text', { funded: row.funded, all: row.applications, share: share(row.fundedShare) }),
                faint: row.few,
              }))}
            />
          </div>
          <div>
            <h3>{t('fairness.barScore')}</h3>
            <Bars
              most={POINTS}
              bars={rows.map((row) => ({
                label: name(row),
                value: Number(row.meanScore ?? 0),
                text: row.meanScore === null ? '—' : fixed(row.meanScore, 2),
                faint: row.few,
              }))}
            />
          </div>
        </div>
      }
      columns={[
        t('fairness.group'), t('fairness.applications'), t('fairness.funded'), t('fairness.fundedShare'),
        t('fairness.meanScore'), t('fairness.asked'), t('fairness.awarded'), t('fairness.awardedShare'),
      ]}
      rows={rows.map((row) => cells(row, name(row)))}
      totals={[cells(all, t('fairness.all'))]}
    />
  );
}

const NAMED = ['size_band', 'district', 'service_area', 'first_time'] as const;

function titleOf(id: string, t: (key: `fairness.dimension.${(typeof NAMED)[number]}`) => string): string {
  const named = NAMED.find((each) => each === id);
  return named === undefined ? id : t(`fairness.dimension.${named}`);
}
