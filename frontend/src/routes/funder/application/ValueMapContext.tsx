// Why: around the outcomes of a value map: who was asked, what was left out and why, and what will be
// done with the findings.
import { useTranslation } from 'react-i18next';
import { plainNumber } from '@/format';
import { wordFor } from '@/i18n';
import { rowsAt, textAt } from '../../applicant/section/path';

export function ValueMapContext({ map }: { map: unknown }) {
  const { t } = useTranslation(['funder', 'common']);
  const stakeholders = rowsAt(map, 'stakeholders');
  const exclusions = rowsAt(map, 'exclusions');
  const response = textAt(map, 'responsiveness');
  return (
    <>
      {stakeholders.length > 0 && (
        <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('valueMap.stakeholders')}>
          <table className="pl-table fu-dense pl-compact">
            <caption>{t('valueMap.stakeholders')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('valueMap.stakeholder')}</th>
                <th scope="col" className="pl-end">
                  {t('valueMap.number')}
                </th>
                <th scope="col" className="pl-end">
                  {t('valueMap.consulted')}
                </th>
                <th scope="col">{t('valueMap.how')}</th>
              </tr>
            </thead>
            <tbody>
              {stakeholders.map((each, position) => (
                <tr key={textAt(each, 'id') || position}>
                  <th scope="row">
                    {textAt(each, 'name')}
                    {textAt(each, 'subgroup') !== '' && <div className="pl-muted pl-small">{textAt(each, 'subgroup')}</div>}
                  </th>
                  <td className="pl-end">{plainNumber(textAt(each, 'number') || '0')}</td>
                  <td className="pl-end">{plainNumber(textAt(each, 'consulted') || '0')}</td>
                  <td>{textAt(each, 'method') || t('common:state.notGiven')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {exclusions.length > 0 && (
        <>
          <h3 className="pl-sum">{t('valueMap.exclusions')}</h3>
          <ul>
            {exclusions.map((each, position) => (
              <li key={position}>
                <strong>{textAt(each, 'name')}</strong> ({wordFor(`funder:valueMap.kind.${textAt(each, 'kind')}`) ?? textAt(each, 'kind')}
                ): {textAt(each, 'reason')}
              </li>
            ))}
          </ul>
        </>
      )}
      {response !== '' && (
        <>
          <h3 className="pl-sum">{t('valueMap.responsiveness')}</h3>
          <p className="pl-answer">{response}</p>
        </>
      )}
    </>
  );
}
