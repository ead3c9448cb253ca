// Why: an SROI ratio is never shown without its range; the figure opens its working.
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { SroiFiguresFragment } from '@/gql/graphql';
import { fixed, money, percent, plainNumber, ratio } from '@/format';
import { wordFor } from '@/i18n';
import { textAt } from '@/routes/applicant/section/path';
import { principlesMet } from './Principles';
import { FigureWithWorking } from './WorkingDrawer';

export const SroiFigures = graphql(`
  fragment SroiFigures on SroiResult {
    engineVersion
    inputHash
    convention
    ratio
    ratioExact
    netRatio
    totalPresentValue
    investment
    netPresentValue
    grossValue
    low
    mid
    high
    probabilityAboveOne
    paybackSimpleMonths
    paybackDiscountedMonths
    otherTiming {
      timing
      totalPresentValue
      ratio
    }
    hints {
      code
    }
    principles {
      code
      state
    }
    unvalued {
      id
    }
    working
  }
`);

export function RatioCard({ sroi, fresh = true }: { sroi: FragmentType<typeof SroiFigures> | null | undefined; fresh?: boolean }) {
  const { t } = useTranslation();
  const figures = readFragment(SroiFigures, sroi);
  if (!figures) {
    return (
      <div className="pl-ratio">
        <div>{t('sroi.full')}</div>
        <div className="pl-ratio-figure">{t('sroi.none')}</div>
        <div>{t('sroi.noneHelp')}</div>
      </div>
    );
  }
  const ranged = figures.low !== null && figures.high !== null;
  return (
    <div className="pl-ratio" aria-live="polite" aria-busy={!fresh}>
      <div>{t('sroi.full')}</div>
      <div className="pl-ratio-figure">{ratio(figures.ratioExact)}</div>
      <div>{t('sroi.perDollar', { amount: `HK$${fixed(figures.ratioExact, 2)}` })}</div>
      <div className="pl-ratio-range" title={t('sroi.rangeHelp')}>
        {ranged
          ? t('sroi.range', { low: fixed(figures.low ?? '', 2), high: fixed(figures.high ?? '', 2) })
          : t('sroi.noRange')}
      </div>
      {figures.probabilityAboveOne !== null && (
        <div>{t('sroi.probability', { share: percent(figures.probabilityAboveOne) })}</div>
      )}
      <div className="pl-ratio-checks">
        {figures.principles.length > 0 && (
          <span>{t('sroi.principlesMet', { met: principlesMet(figures.principles), all: figures.principles.length })}</span>
        )}
        <span>{t('sroi.hintCount', { count: figures.hints.length })}</span>
        {figures.unvalued.length > 0 && <span>{t('sroi.unvaluedCount', { count: figures.unvalued.length })}</span>}
      </div>
    </div>
  );
}

/** The figures behind the ratio, each opening its working. */
export function SroiFacts({ sroi }: { sroi: FragmentType<typeof SroiFigures> }) {
  const { t } = useTranslation();
  const figures = readFragment(SroiFigures, sroi);
  const months = (value: string | null, absent: string) =>
    value === null ? absent : t('sroi.months', { number: fixed(value, 1) });
  const rows: [string, string, string | null][] = [
    [t('sroi.full'), `${plainNumber(figures.ratio)} : 1`, 'ratio'],
    [t('sroi.net'), `${plainNumber(figures.netRatio)} : 1`, 'net_ratio'],
    [t('sroi.present'), money(figures.totalPresentValue), 'total_present_value'],
    [t('sroi.investment'), money(figures.investment), 'investment'],
    [t('sroi.npv'), money(figures.netPresentValue), 'net_present_value'],
    [t('sroi.paybackSimple'), months(figures.paybackSimpleMonths, t('sroi.notApplicable')), 'payback.simple_months'],
    [t('sroi.paybackDiscounted'), months(figures.paybackDiscountedMonths, t('sroi.notReached')), 'payback.discounted_months'],
  ];
  return (
    <>
      <dl className="pl-facts">
      {rows.map(([label, text, step]) => (
        <div key={label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>
            {step ? (
              <FigureWithWorking working={figures.working} stepId={step}>
                {text}
              </FigureWithWorking>
            ) : (
              text
            )}
          </dd>
        </div>
      ))}
    </dl>
      <Timings sroi={figures} />
    </>
  );
}

/** The result under both conventions of timing, side by side; the programme's own comes first. */
function Timings({ sroi }: { sroi: SroiFiguresFragment }) {
  const { t } = useTranslation();
  const name = (timing: string) => wordFor(`sroi.timing.${timing}`) ?? timing;
  const rows = [
    {
      timing: name(textAt(sroi.convention, 'timing')),
      own: true,
      total: sroi.totalPresentValue,
      ratio: sroi.ratio,
      steps: ['total_present_value', 'ratio'] as const,
    },
    {
      timing: name(sroi.otherTiming.timing),
      own: false,
      total: sroi.otherTiming.totalPresentValue,
      ratio: sroi.otherTiming.ratio,
      steps: ['other_timing.total_present_value', 'other_timing.ratio'] as const,
    },
  ];
  return (
    <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('sroi.bothTimings')}>
      <table className="pl-table pl-compact">
        <caption>{t('sroi.bothTimings')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('sroi.timingName')}</th>
            <th scope="col" className="pl-end">
              {t('sroi.present')}
            </th>
            <th scope="col" className="pl-end">
              {t('sroi.title')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.timing}>
              <th scope="row">
                {row.timing}
                {row.own && <div className="pl-muted pl-small">{t('sroi.ownTiming')}</div>}
              </th>
              <td className="pl-end">
                <FigureWithWorking working={sroi.working} stepId={row.steps[0]}>
                  {money(row.total)}
                </FigureWithWorking>
              </td>
              <td className="pl-end">
                <FigureWithWorking working={sroi.working} stepId={row.steps[1]}>
                  {`${plainNumber(row.ratio)} : 1`}
                </FigureWithWorking>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
