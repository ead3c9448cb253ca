// Why: what happens to personal data, in plain words, before anybody types any.
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/components/PageTitle';

const PARTS = ['purpose', 'minimum', 'share', 'keep', 'access'] as const;

export default function Privacy() {
  const { t } = useTranslation('public');
  return (
    <article className="pl-narrow">
      <PageTitle>{t('privacy.title')}</PageTitle>
      {PARTS.map((part) => (
        <section key={part}>
          <h2>{t(`privacy.${part}.title`)}</h2>
          <p>{t(`privacy.${part}.body`)}</p>
        </section>
      ))}
    </article>
  );
}
