// Why: the exact set is checked again rule by rule, each rule has its price, and where no set keeps them
// all the page says which would have to give, and by how much.
import { useTranslation } from 'react-i18next';
import { fixed, money } from '@/format';
import type { SelectionShownFragment } from '@/gql/graphql';
import { useLanguage, type Bilingual } from '@/i18n';
import { relaxationWords, ruleValue, ruleWords, type Names } from './rules';
import type { Shown } from './trial';

interface Props {
  rows: readonly Shown[];
  selection: SelectionShownFragment;
}

/** Names by code and id, from the rows themselves. */
function namesOf(rows: readonly Shown[], pick: (text: Bilingual) => string): Names {
  const places = rows.flatMap((row) => [
    ...row.districts.map((each) => [`district:${each.code}`, pick(each.label)] as const),
    ...row.serviceAreas.map((each) => [`service_area:${each.code}`, pick(each.label)] as const),
  ]);
  return { places: new Map(places), references: new Map(rows.map((row) => [row.submissionId, row.reference])) };
}

export function SelectionRules({ rows, selection }: Props) {
  const { t } = useTranslation(['ranking', 'funder', 'common']);
  const { pick, language } = useLanguage();
  const names = namesOf(rows, pick);
  const name = (rule: string) => ruleWords(rule, names, t);
  return (
    <>
      {selection.relaxation.length > 0 && (
        <div className="pl-note fu-warn">
          <p>{t('ranking:selection.infeasible')}</p>
          <ul>
            {selection.relaxation.map((each) => (
              <li key={each.rule}>{relaxationWords(each, names, t)}</li>
            ))}
          </ul>
        </div>
      )}
      {selection.together.length > 0 && (
        <p className="pl-note fu-warn">
          {t('ranking:selection.together', { list: selection.together.map(name).join(language === 'zh' ? '；' : '; ') })}
        </p>
      )}
      {selection.checks.length > 0 && <Checks checks={selection.checks} name={name} />}
      {selection.priceOfFairness.length > 0 && <Prices prices={selection.priceOfFairness} name={name} />}
    </>
  );
}

type Name = (rule: string) => string;

function Checks({ checks, name }: { checks: SelectionShownFragment['checks']; name: Name }) {
  const { t } = useTranslation('ranking');
  return (
    <details className="pl-details pl-printopen">
      <summary>{t('selection.checks')}</summary>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('selection.checks')}>
        <table className="pl-table fu-dense pl-compact">
          <caption className="pl-hidden">{t('selection.checks')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('selection.rule')}</th>
              <th scope="col" className="pl-end">
                {t('selection.value')}
              </th>
              <th scope="col" className="pl-end">
                {t('selection.limit')}
              </th>
              <th scope="col">{t('selection.holds')}</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ rule, value, limit, holds }) => (
              <tr key={rule}>
                <th scope="row">{name(rule)}</th>
                <td className="pl-end">{ruleValue(rule, value)}</td>
                <td className="pl-end">{ruleValue(rule, limit)}</td>
                <td>{t(holds ? 'selection.yes' : 'selection.no')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Prices({ prices, name }: { prices: SelectionShownFragment['priceOfFairness']; name: Name }) {
  const { t } = useTranslation(['ranking', 'funder']);
  return (
    <>
      <h3 style={{ marginTop: '0.75rem' }}>{t('selection.price')}</h3>
      <p className="pl-small pl-muted">{t('selection.priceHelp')}</p>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('selection.price')}>
        <table className="pl-table fu-dense pl-compact">
          <caption className="pl-hidden">{t('selection.price')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('selection.rule')}</th>
              <th scope="col" className="pl-end">
                {t('selection.pricePoints')}
              </th>
              <th scope="col" className="pl-end">
                {t('selection.priceMoney')}
              </th>
            </tr>
          </thead>
          <tbody>
            {prices.map(({ rule, points, spent }) => (
              <tr key={rule}>
                <th scope="row">{name(rule)}</th>
                <td className="pl-end">{points === null ? t('selection.unproven') : fixed(points, 2)}</td>
                <td className="pl-end">{spent === null ? t('selection.unproven') : money(spent)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
