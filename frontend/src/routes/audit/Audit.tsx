// Why: somebody answers for what the organisation's people saw and changed: this page lists it, and checks
// that nobody altered the list afterwards.
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Forbidden, QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import { readsTrail } from '@/session/rights';
import { useSession } from '@/session/session';
import { SignedIn } from '@/session/SignedIn';
import { Entries } from './Entries';
import { Filters } from './Filters';
import { AuditStanding } from './query';
import { isWrongSubject } from './search';
import { Standing } from './Standing';

const route = getRouteApi('/audit');

export default function Audit() {
  return (
    <SignedIn>
      <ForWhoAnswers />
    </SignedIn>
  );
}

function ForWhoAnswers() {
  const { me } = useSession();
  return readsTrail(me?.roles ?? []) ? <Page /> : <Forbidden />;
}

function Page() {
  const { t } = useTranslation('audit');
  const search = route.useSearch();
  const [state, ask] = useQuery({ query: AuditStanding, requestPolicy: 'cache-and-network' });
  const standing = state.data?.auditState;
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <p className="pl-muted">{t('intro')}</p>
      {!standing && <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />}
      {standing && (
        <>
          <Standing state={standing} />
          <Filters key={JSON.stringify(search)} search={search} actions={standing.actions} />
          {!isWrongSubject(search.subject) && <Entries key={`list ${JSON.stringify(search)}`} search={search} />}
        </>
      )}
    </>
  );
}
