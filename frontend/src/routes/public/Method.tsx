// Why: the method in the open, on one page: how a ratio comes about, what its range means, how a
// round is ranked, and who decides.
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/components/PageTitle';

const STEPS = ['impact', 'years', 'discount', 'ratio', 'range', 'rank', 'decide'] as const;
const FORMULAS: Partial<Record<(typeof STEPS)[number], string>> = {
  impact: 'impact = quantity × proxy × (1 − deadweight) × (1 − displacement) × (1 − attribution)',
  years: 'value in year k = impact × (1 − drop-off)^(k − 1)',
  discount: 'present value = value in year n ÷ (1 + rate)^n',
  ratio: 'SROI = total present value ÷ present value of the investment',
};

export default function Method() {
  const { t } = useTranslation('public');
  return (
    <article className="pl-narrow">
      <PageTitle>{t('method.title')}</PageTitle>
      <p>{t('method.lead')}</p>
      {STEPS.map((step, position) => (
        <section key={step} className="pl-card" aria-labelledby={`method-${step}`}>
          <h2 id={`method-${step}`}>
            {position + 1}. {t(`method.${step}.title`)}
          </h2>
          <p>{t(`method.${step}.body`)}</p>
          {FORMULAS[step] && (
            <p className="pl-formula" lang="en">
              {FORMULAS[step]}
            </p>
          )}
        </section>
      ))}
      <p className="pl-muted pl-small">{t('method.sources')}</p>
    </article>
  );
}
