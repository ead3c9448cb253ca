// Why: one evaluation in full: ratio with range, both timings, hints and principles, how value shrinks
// to present value, what moves the ratio, year by year. Every figure opens its working.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { readProblems } from '@/api/problems';
import { AssuranceBadge, AssuranceShown } from '@/components/Assurances';
import { ProblemText, type ProblemLike } from '@/components/ProblemText';
import { RatioCard, SroiFacts } from '@/components/RatioCard';
import { SroiCharts } from '@/components/SroiCharts';
import { SroiChecks } from '@/components/SroiChecks';
import { FigureWithWorking, WorkingNames, WorkingTree } from '@/components/WorkingDrawer';
import { amount, percent } from '@/format';
import { readFragment, type FragmentType } from '@/gql';
import type { SroiRunShownFragment } from '@/gql/graphql';
import { placeOf } from './assessment';
import { roundingLeft } from './content';
import { SroiRunShown } from './query';

interface Props {
  sroi: FragmentType<typeof SroiRunShown>;
  rate: string;
  /** The value map that was evaluated, to name what hints are about. */
  map: unknown;
}

export function SroiRun({ sroi: masked, rate, map }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const sroi = readFragment(SroiRunShown, masked);
  const names = useMemo(() => new Map(sroi.outcomes.map(({ id, name }) => [id, name])), [sroi]);
  const warnings = readProblems(sroi.warnings);
  const nameOf = (problem: ProblemLike) => placeOf(problem.path, map);
  return (
    <WorkingNames value={names}>
      <div className="pl-grid-2">
        <div>
          <RatioCard sroi={sroi} />
          <p>
            <AssuranceBadge assurances={readFragment(AssuranceShown, sroi.assurances)} />
          </p>
          {isOutside(sroi) && <p className="pl-note fu-warn">{t('sroi.outside')}</p>}
        </div>
        <section className="pl-card" aria-labelledby="sroi-facts">
          <h2 id="sroi-facts">{t('sroi.figures')}</h2>
          <SroiFacts sroi={sroi} />
          <p className="pl-muted pl-small">
            {t('sroi.rate', { rate: percent(rate) })}
          </p>
        </section>
      </div>
      {warnings.length > 0 && (
        <section className="pl-card pl-warncard" aria-labelledby="sroi-warnings">
          <h2 id="sroi-warnings">{t('common:sroi.warnings')}</h2>
          <ul>
            {warnings.map((warning, position) => (
              <li key={position}>
                <ProblemText problem={warning} />
                {warning.path !== '' && <span className="pl-muted pl-small"> · {nameOf(warning) ?? warning.path}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <SroiChecks sroi={sroi} nameOf={nameOf} />
      <SroiCharts sroi={sroi} />
      <Years sroi={sroi} />
      <details className="pl-card">
        <summary>
          <strong>{t('sroi.wholeWorking')}</strong>
        </summary>
        <WorkingTree working={sroi.working} />
      </details>
      <p className="pl-muted pl-small">
        {t('runNote', { engine: `sroi ${sroi.engineVersion}`, run: sroi.runId ?? '—' })}{' '}
        <code className="pl-hash">{sroi.inputHash}</code>
      </p>
    </WorkingNames>
  );
}

/** Whether the headline stands outside P5 to P95; a comparison for the note only. */
function isOutside({ ratio, low, high }: SroiRunShownFragment): boolean {
  return low !== null && high !== null && (Number(ratio) < Number(low) || Number(ratio) > Number(high));
}

function Years({ sroi }: { sroi: SroiRunShownFragment }) {
  const { t } = useTranslation(['funder', 'common']);
  const left = roundingLeft(
    sroi.totalPresentValue,
    sroi.years.map((year) => year.presentValue),
  );
  return (
    <section className="pl-card" aria-labelledby="sroi-years">
      <h2 id="sroi-years">{t('sroi.years')}</h2>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('sroi.years')}>
        <table className="pl-table fu-dense pl-compact">
          <caption className="pl-hidden">{t('sroi.years')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('sroi.year')}</th>
              <th scope="col" className="pl-end">
                {t('sroi.value')}
              </th>
              <th scope="col" className="pl-end">
                {t('sroi.presentValue')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sroi.years.map(({ year, value, presentValue }) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                <td className="pl-end">
                  <FigureWithWorking working={sroi.working} stepId={`year.${year}.value`}>
                    {amount(value)}
                  </FigureWithWorking>
                </td>
                <td className="pl-end">
                  <FigureWithWorking working={sroi.working} stepId={`year.${year}.present_value`}>
                    {amount(presentValue)}
                  </FigureWithWorking>
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {left !== null && (
              <tr>
                <th scope="row" colSpan={2}>
                  {t('common:table.rounding')}
                </th>
                <td className="pl-end">{amount(left)}</td>
              </tr>
            )}
            <tr>
              <th scope="row" colSpan={2}>
                {t('common:sroi.present')}
              </th>
              <td className="pl-end">{amount(sroi.totalPresentValue)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
