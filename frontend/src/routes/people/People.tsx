// Why: those who sign for an organisation say who belongs to it and as what; everybody in it sees who that is.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ErrorSummary } from '@/components/ErrorSummary';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import type { ProblemLike } from '@/components/ProblemText';
import { readFragment } from '@/gql';
import { SignedIn } from '@/session/SignedIn';
import { Invitations } from './Invitations';
import { Invite } from './Invite';
import { Members } from './Members';
import { People as Query, PeopleShown } from './query';
import { Waiting } from './Waiting';

export default function People() {
  return (
    <SignedIn>
      <Page />
    </SignedIn>
  );
}

function Page() {
  const { t } = useTranslation('people');
  const [state, ask] = useQuery({ query: Query, requestPolicy: 'cache-and-network' });
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const people = readFragment(PeopleShown, state.data?.people);
  const renew = () => ask({ requestPolicy: 'network-only' });
  function answered(found: readonly ProblemLike[]) {
    setProblems(found);
    renew();
  }
  if (!people) {
    return <QueryWait state={state} found={state.data?.people !== null} retry={renew} />;
  }
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <p className="pl-muted">{t(people.manages ? 'introManages' : 'intro')}</p>
      <ErrorSummary problems={problems} fieldId={() => undefined} />
      {people.manages && <Waiting people={people} onAnswered={answered} />}
      <Members people={people} onAnswered={answered} />
      {people.manages && <Invitations people={people} onAnswered={answered} />}
      {people.manages && <Invite roles={people.roles} onSent={() => answered([])} />}
    </>
  );
}
