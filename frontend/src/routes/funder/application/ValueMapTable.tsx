// Why: the value map as it was frozen, each present value from the recorded run with its working;
// reasons, sources and how the change will be measured stand under each outcome.
import { useTranslation } from 'react-i18next';
import { FigureWithWorking } from '@/components/WorkingDrawer';
import { amount, plainNumber } from '@/format';
import { rowsAt, textAt, type Content } from '../../applicant/section/path';
import { cellText, COLUMNS, REASONED } from '../../applicant/valuemap/columns';
import { roundingLeft, sectionOf } from './content';
import type { Received } from './query';
import { ValueMapContext } from './ValueMapContext';

const FIGURES = COLUMNS.filter((column) => !['stakeholder', 'name', 'catalogue'].includes(column.key));
const MEASURED = ['baseline', 'target', 'method'] as const;

export function ValueMapTable({ received }: { received: Pick<Received, 'document' | 'sroi'> }) {
  const { t } = useTranslation(['funder', 'common']);
  const map = sectionOf(received.document, 'value_map');
  const outcomes = rowsAt(map, 'outcomes');
  const volunteers = rowsAt(map, 'volunteers');
  const { sroi } = received;
  const values = new Map(sroi?.outcomes.map((outcome) => [outcome.id, outcome.presentValue]));
  const left = sroi ? roundingLeft(sroi.totalPresentValue, [...values.values()]) : null;
  if (outcomes.length === 0) return <p>{t('common:state.none')}</p>;
  const span = FIGURES.length + 1;
  return (
    <>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('valueMap.caption')}>
        <table className="pl-table fu-dense fu-valuemap">
          <caption className="pl-hidden">{t('valueMap.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('valueMap.outcome')}</th>
              {FIGURES.map(({ key }) => (
                <th key={key} scope="col" className="pl-end">
                  {t(`valueMap.column.${key}` as 'valueMap.column.quantity')}
                </th>
              ))}
              <th scope="col" className="pl-end">
                {t('valueMap.presentValue')}
              </th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map((outcome, position) => {
              const id = textAt(outcome, 'id');
              const value = values.get(id);
              return (
                <tr key={id || position}>
                  <th scope="row">
                    {textAt(outcome, 'name')}
                    <div className="pl-muted pl-small">
                      {textAt(outcome, 'stakeholder')} · {textAt(outcome, 'indicator')}
                    </div>
                    <Reasons outcome={outcome} />
                  </th>
                  {FIGURES.map((column) => (
                    <td key={column.key} className="pl-end">
                      {column.key === 'proxy' && outcome['proxy'] === null
                        ? t('valueMap.unvalued')
                        : cellText(column, outcome[column.key])}
                      {column.key === 'proxy' && textAt(outcome, 'proxy_unit') !== '' && (
                        <div className="pl-muted pl-small">/ {textAt(outcome, 'proxy_unit')}</div>
                      )}
                    </td>
                  ))}
                  <td className="pl-end">
                    {sroi && value !== undefined ? (
                      <FigureWithWorking working={sroi.working} stepId={`outcome.${id}.present_value`}>
                        {amount(value)}
                      </FigureWithWorking>
                    ) : (
                      t('common:state.unknown')
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
          {sroi && (
            <tfoot>
              {left !== null && (
                <tr>
                  <th scope="row" colSpan={span}>
                    {t('common:table.rounding')}
                  </th>
                  <td className="pl-end">{amount(left)}</td>
                </tr>
              )}
              <tr>
                <th scope="row" colSpan={span}>
                  {t('common:sroi.present')}
                </th>
                <td className="pl-end">
                  <FigureWithWorking working={sroi.working} stepId="total_present_value">
                    {amount(sroi.totalPresentValue)}
                  </FigureWithWorking>
                </td>
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {volunteers.length > 0 && (
        <>
          <h3 style={{ marginTop: '0.75rem' }}>{t('valueMap.volunteers')}</h3>
          <ul>
            {volunteers.map((each, position) => (
              <li key={position}>
                {textAt(each, 'name')}: <VolunteerTime row={each} />
                {textAt(each, 'year') !== '' && ` · ${t('valueMap.year', { year: textAt(each, 'year') })}`}
              </li>
            ))}
          </ul>
        </>
      )}
      <ValueMapContext map={map} />
    </>
  );
}

/** Hours at a rate, or an amount. */
function VolunteerTime({ row }: { row: Content }) {
  const { t } = useTranslation('funder');
  const [hours, rate, sum] = ['hours', 'hourly_rate', 'amount'].map((key) => textAt(row, key));
  if (!hours) return <span className="pl-num">HK${amount(sum || '0')}</span>;
  return <span className="pl-num">{t('valueMap.hoursAt', { hours: plainNumber(hours), rate: amount(rate || '0') })}</span>;
}

function Reasons({ outcome }: { outcome: Content }) {
  const { t } = useTranslation(['funder', 'common']);
  const given = REASONED.filter((key) => textAt(outcome, `reasons.${key}`) !== '' || textAt(outcome, `sources.${key}`) !== '');
  const unvalued = textAt(outcome, 'unvalued_reason');
  return (
    <details className="pl-small fu-reasons">
      <summary>{t('valueMap.why')}</summary>
      <dl className="pl-facts">
        {unvalued !== '' && (
          <>
            <dt>{t('valueMap.unvalued')}</dt>
            <dd>{unvalued}</dd>
          </>
        )}
        {given.map((key) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{t(`valueMap.column.${key}`)}</dt>
            <dd>
              {textAt(outcome, `reasons.${key}`)}
              {textAt(outcome, `sources.${key}`) !== '' && (
                <span className="pl-muted">
                  {' '}
                  [{t('common:verdict.source')}: {textAt(outcome, `sources.${key}`)}]
                </span>
              )}
            </dd>
          </div>
        ))}
        {MEASURED.map((key) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{t(`valueMap.${key}`)}</dt>
            <dd>{textAt(outcome, key) || t('common:state.notGiven')}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
