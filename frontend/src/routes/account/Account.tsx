// Why: a person keeps the own account: another password, and an eye on where one is signed in.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ways, type Ways } from '@/api/provider';
import { PageTitle } from '@/components/PageTitle';
import { useLanguage } from '@/i18n';
import { personName } from '@/personName';
import { SignedIn } from '@/session/SignedIn';
import { useSession } from '@/session/session';
import { NoticesAgreed } from './NoticesAgreed';
import { Passkeys } from './Passkeys';
import { Password } from './Password';
import { PersonalData } from './PersonalData';
import { Provider } from './Provider';
import { SecondStep } from './SecondStep';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';

export default function Account() {
  return (
    <SignedIn>
      <Page />
    </SignedIn>
  );
}

function Page() {
  const { t } = useTranslation('account');
  const { pick } = useLanguage();
  const { me } = useSession();
  const [offered, setOffered] = useState<Ways | null>(null);
  useEffect(() => {
    let here = true;
    void ways().then((found) => here && setOffered(found));
    return () => {
      here = false;
    };
  }, []);
  if (!me) return null;
  return (
    <div className="pl-narrow">
      <PageTitle>{t('title')}</PageTitle>
      <p>
        {personName(me.name)} · {me.email} · {pick(me.tenant.name)}
      </p>
      <Password email={me.email} />
      <SecondStep />
      {offered && (
        <>
          <Passkeys place={offered.passkeys} />
          <Provider offered={offered.provider} />
        </>
      )}
      <Sessions />
      <Tokens />
      <PersonalData />
      <NoticesAgreed />
    </div>
  );
}
