// Why: the first page: what the platform is, and signing in; signed-in people go on to their home.
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/components/PageTitle';
import { Loading } from '@/components/PageStates';
import { useLanguage } from '@/i18n';
import { homeOf } from '@/session/home';
import { personName } from '@/personName';
import { useSession, type Me } from '@/session/session';
import { SignInForm } from '@/session/SignInForm';

export default function Landing() {
  const { t } = useTranslation('public');
  const { me, loading, refresh } = useSession();
  const navigate = useNavigate();
  const [arriving, setArriving] = useState(false);
  useEffect(() => {
    if (arriving && me) void navigate(homeOf(me));
  }, [arriving, me, navigate]);
  if (loading || arriving) return <Loading />;
  return (
    <>
      <PageTitle>{t('landing.title')}</PageTitle>
      <p className="pl-narrow">{t('landing.lead')}</p>
      {me ? (
        <Welcome me={me} />
      ) : (
        <>
          <h2>{t('landing.signIn')}</h2>
          <SignInForm
            onDone={() => {
              setArriving(true);
              refresh(true);
            }}
          />
        </>
      )}
      <ul className="pl-grid-3">
        {(['applicant', 'funder', 'council'] as const).map((who) => (
          <li key={who} className="pl-card">
            <h2>{t(`landing.${who}.title`)}</h2>
            <p>{t(`landing.${who}.body`)}</p>
          </li>
        ))}
      </ul>
      <p>
        <Link to="/method">{t('landing.method')}</Link>
      </p>
    </>
  );
}

function Welcome({ me }: { me: Me }) {
  const { t } = useTranslation('public');
  const { pick } = useLanguage();
  return (
    <p className="pl-card">
      {t('landing.signedIn', { name: personName(me.name) })} <Link {...homeOf(me)}>{pick(me.tenant.name)}</Link>
    </p>
  );
}
