// Why: a person sees which notice on personal data they agreed to, and when.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DateTimeHkt } from '@/components/Figures';
import { graphql } from '@/gql';
import { wordFor } from '@/i18n';

const NoticesAgreedDocument = graphql(`
  query NoticesAgreed {
    noticesAgreed {
      version
      agreedAt
      occasion
    }
  }
`);

export function NoticesAgreed() {
  const { t } = useTranslation('account');
  const [{ data }] = useQuery({ query: NoticesAgreedDocument, requestPolicy: 'cache-and-network' });
  return (
    <section className="pl-card" aria-labelledby="account-notices">
      <h2 id="account-notices">{t('notices.title')}</h2>
      {data?.noticesAgreed.length === 0 && <p>{t('notices.none')}</p>}
      <ul className="pl-list">
        {data?.noticesAgreed.map((each) => (
          <li key={each.version}>
            {t('notices.version', { version: each.version })} · <DateTimeHkt at={each.agreedAt} /> ·{' '}
            {wordFor(`account:notices.occasion.${each.occasion}`) ?? each.occasion}
          </li>
        ))}
      </ul>
      <p>
        <Link to="/privacy">{t('notices.read')}</Link>
      </p>
      <p className="pl-muted pl-small">{t('notices.withdraw')}</p>
    </section>
  );
}
