// Why: the recorded verdict with, for each criterion, the facts it rests on and where the rule comes
// from. It proposes; a person decides.
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/PageStates';
import { VerdictPanel } from '@/components/VerdictPanel';
import { useLanguage } from '@/i18n';
import type { Received } from './query';

export function EligibilityPart({ received }: { received: Received }) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const { verdict } = received;
  if (!verdict) return <EmptyState>{t('eligibility.notYet')}</EmptyState>;
  return (
    <>
      <VerdictPanel verdict={verdict} />
      <section className="pl-card" aria-labelledby="facts-title">
        <h2 id="facts-title">{t('eligibility.factsTitle')}</h2>
        <p className="pl-muted pl-small">{t('eligibility.factsHelp')}</p>
        <div className="pl-scroll" tabIndex={0} role="group" aria-label={t('eligibility.factsTitle')}>
          <table className="pl-table fu-dense">
            <caption className="pl-hidden">{t('eligibility.factsTitle')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('eligibility.criterion')}</th>
                <th scope="col">{t('eligibility.outcome')}</th>
                <th scope="col">{t('common:verdict.factsUsed')}</th>
                <th scope="col">{t('common:verdict.source')}</th>
              </tr>
            </thead>
            <tbody>
              {verdict.criteria.map((line) => (
                <tr key={line.id}>
                  <th scope="row">
                    {line.id} <span className="fu-light">{pick(line.question)}</span>
                  </th>
                  <td>{t(`common:criterion.${line.outcome}`)}</td>
                  <td>
                    {line.factsUsed.map((fact) => (
                      <code key={fact} className="fu-fact">
                        {fact}
                      </code>
                    ))}
                  </td>
                  <td>{line.source.join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}
