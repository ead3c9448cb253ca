// Why: stands before every page that needs a person: signs in on the spot (the address stays), and
// switches to the organisation in the address when it is one of one's own.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/components/PageTitle';
import { switchTenant } from '@/api/auth';
import { Failed, Forbidden, Loading } from '@/components/PageStates';
import type { TenantKind } from '@/gql/graphql';
import { useSession } from './session';
import { SignInForm } from './SignInForm';

interface Props {
  /** The kind of organisation that may see it; left out for everybody who is signed in. */
  kind?: TenantKind;
  /** The organisation in the address; left out where the address names none. */
  tenantId?: string;
  children: ReactNode;
}

export function SignedIn({ kind, tenantId, children }: Props) {
  const { t } = useTranslation();
  const { me, loading, failed, refresh } = useSession();
  const [refused, setRefused] = useState(false);
  const wanted = me?.memberships.find(
    ({ tenant }) => (kind === undefined || tenant.kind === kind) && (tenantId === undefined || tenant.id === tenantId),
  );
  const fits = me !== null && (kind === undefined || me.tenant.kind === kind) && (tenantId === undefined || me.tenant.id === tenantId);
  const switchTo = me && !fits ? wanted?.tenant.id : undefined;

  useEffect(() => {
    if (switchTo === undefined) return;
    void switchTenant(switchTo).then((problems) => {
      if (problems.length === 0) refresh(true);
      else setRefused(true);
    });
  }, [switchTo, refresh]);

  if (loading) return <Loading />;
  if (failed) return <Failed onRetry={() => refresh(false)} />;
  if (!me) {
    return (
      <>
        <PageTitle>{t('session.title')}</PageTitle>
        <SignInForm onDone={() => refresh(true)} />
      </>
    );
  }
  if (fits) return children;
  if (switchTo !== undefined && !refused) return <Loading />;
  return <Forbidden />;
}
