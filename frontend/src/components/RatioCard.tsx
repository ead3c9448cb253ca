// Why: an SROI ratio is never shown without its range; the figure opens its working.
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '@/gql';
import { fixed, money, percent, plainNumber, ratio } from '@/format';
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
    </div>
  );
}

/** The figures behind the ratio, each opening its working. */
export function SroiFacts({ sroi }: { sroi: FragmentType<typeof SroiFigures> }) {
  const { t } = useTranslation();
  const figures = readFragment(SroiFigures, sroi);
  const months = (value: string | null, absent: string) =>
    value === null ? absent : t('sroi.months', { number: fixed(value, 1) });
  const timing = figures.otherTiming.timing;
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
      <dt>{t('sroi.otherTiming')}</dt>
      <dd>
        {plainNumber(figures.otherTiming.ratio)} : 1
        <span className="pl-muted pl-small">
          {' '}
          {timing === 'end_of_year' || timing === 'year1_undiscounted' ? t(`sroi.timing.${timing}`) : timing}
        </span>
      </dd>
    </dl>
  );
}
