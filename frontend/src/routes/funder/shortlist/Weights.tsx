// Why: the weights and anchors that the ranking was made on, as agreed before anybody scored.
import { useTranslation } from 'react-i18next';
import { percent } from '@/format';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { useLanguage } from '@/i18n';

export function Weights({ shortlist }: { shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation('funder');
  const { pick } = useLanguage();
  return (
    <details className="pl-card fu-weights">
      <summary>
        <strong>{t('shortlist.weights')}</strong>{' '}
        <span className="pl-small">
          {shortlist.weights.map((each) => `${each.criterion} ${percent(each.weight)}`).join(' · ')}
        </span>
      </summary>
      <p className="pl-muted pl-small">{t('shortlist.anchors')}</p>
      <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('shortlist.weights')}>
        <table className="pl-table fu-dense pl-compact">
          <thead>
            <tr>
              <th scope="col">{t('reviews.dimension')}</th>
              <th scope="col" className="pl-end">
                {t('shortlist.weight')}
              </th>
              <th scope="col" className="pl-end">
                {t('shortlist.zero')}
              </th>
              <th scope="col" className="pl-end">
                {t('shortlist.hundred')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shortlist.weights.map((each) => (
              <tr key={each.criterion}>
                <th scope="row">
                  {each.criterion} {pick(each.name)}
                </th>
                <td className="pl-end">{percent(each.weight)}</td>
                <td className="pl-end">{each.zero}</td>
                <td className="pl-end">{each.hundred}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
