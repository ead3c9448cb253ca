// Why: each planned purchase beside what the dated procurement rules ask of it, and why a plan falls
// short or cannot be judged yet.
import { useTranslation } from 'react-i18next';
import { Badge, type Tone } from '@/components/StatusBadge';
import { amount, date } from '@/format';
import type { FieldDataFragment } from '@/gql/graphql';
import { useLanguage, wordFor } from '@/i18n';
import { rowsAt, textAt, type Content } from '../../applicant/section/path';
import { sectionOf } from './content';
import type { Received } from './query';

interface Props {
  received: Pick<Received, 'document' | 'procurement'>;
  fields: readonly FieldDataFragment[];
}

export type Judgement = 'yes' | 'no' | 'unknown';
const TONES: Record<Judgement, Tone> = { yes: 'good', no: 'bad', unknown: 'warn' };

/** Unknown is not no. */
function judgement(result: Content | undefined): Judgement {
  if (result?.['satisfied'] === true) return 'yes';
  return result?.['satisfied'] === false ? 'no' : 'unknown';
}

export function ProcurementTable({ received, fields }: Props) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick, language } = useLanguage();
  const purchases = rowsAt(sectionOf(received.document, 'procurement'), 'purchases');
  const results = rowsAt(received.procurement, 'purchases');
  if (purchases.length === 0) return <p>{t('procurement.none')}</p>;
  const label = (path: string, code: string) => {
    const option = fields.find((field) => field.path === `purchases[].${path}`)?.options.find((each) => each.code === code);
    return option ? pick(option.label) : code || t('common:state.notGiven');
  };
  const plan = (purchase: Content) =>
    [
      label('planned_method', textAt(purchase, 'planned_method')),
      textAt(purchase, 'planned_quotations') === ''
        ? ''
        : t('procurement.quotations', { number: textAt(purchase, 'planned_quotations') }),
      textAt(purchase, 'planned_form') === '' ? '' : label('planned_form', textAt(purchase, 'planned_form')),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <>
      {received.procurement === null && <p className="pl-muted">{t('procurement.notRun')}</p>}
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('procurement.caption')}>
        <table className="pl-table fu-dense">
          <caption className="pl-hidden">{t('procurement.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('procurement.purchase')}</th>
              <th scope="col">{t('procurement.date')}</th>
              <th scope="col" className="pl-end">
                {t('procurement.amount')}
              </th>
              <th scope="col">{t('procurement.plan')}</th>
              <th scope="col">{t('procurement.required')}</th>
              <th scope="col">{t('procurement.result')}</th>
            </tr>
          </thead>
          <tbody>
            {purchases.map((purchase, position) => {
              const id = textAt(purchase, 'id');
              const result = results.find((each) => each['id'] === id);
              const verdict = judgement(result);
              const day = textAt(purchase, 'date');
              const price = textAt(purchase, 'amount');
              const reasons = Array.isArray(result?.['reasons']) ? (result['reasons'] as string[]) : [];
              return (
                <tr key={id || position}>
                  <th scope="row">
                    {textAt(purchase, 'description') || id}
                    <div className="pl-muted pl-small">{label('category', textAt(purchase, 'category'))}</div>
                  </th>
                  <td>{day === '' ? t('common:state.notGiven') : date(day, language)}</td>
                  <td className="pl-end">{/^\d+(\.\d+)?$/.test(price) ? amount(price) : price}</td>
                  <td>{plan(purchase)}</td>
                  <td>{required(result)}</td>
                  <td>
                    <Badge tone={TONES[verdict]}>{t(`procurement.satisfied.${verdict}`)}</Badge>
                    {reasons.map((reason) => (
                      <div key={reason} className="pl-small">
                        {wordFor(`funder:procurement.reasons.${reason}`) ?? reason}
                      </div>
                    ))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );

  function required(result: Content | undefined) {
    const method = textAt(result, 'method');
    if (method === '') return t('common:state.unknown');
    const least = textAt(result, 'min_quotations');
    const texts = (value: unknown) => (Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []);
    const forms = texts(result?.['accepted_forms']);
    const summed = (result?.['summed'] ?? undefined) as Content | undefined;
    const sum = textAt(summed, 'sum');
    const others = texts(summed?.['others']).map(
      (id) => textAt(purchases.find((each) => each['id'] === id), 'description') || id,
    );
    return (
      <>
        {label('planned_method', method)}
        {method === 'quotation' && least !== '' && ` · ${t('procurement.least', { number: least })}`}
        {forms.length > 0 && ` · ${forms.map((form) => label('planned_form', form)).join(' / ')}`}
        {sum !== '' && (
          <div className="pl-small">
            {t('procurement.summed', {
              others: others.join(language === 'zh' ? '、' : ', '),
              sum: amount(sum),
              method: label('planned_method', textAt(summed, 'method')),
            })}
            {textAt(summed, 'method') === 'quotation' && ` · ${t('procurement.least', { number: textAt(summed, 'min_quotations') })}`}
          </div>
        )}
        <div className="pl-muted pl-small">{t('procurement.version', { version: textAt(result, 'version') })}</div>
      </>
    );
  }
}
