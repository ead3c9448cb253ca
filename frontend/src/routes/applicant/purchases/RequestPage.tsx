// Why: where a purchase starts.
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { QueryWait } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import type { ProblemLike } from '@/components/ProblemText';
import { readFragment } from '@/gql';
import { EMPTY_REQUEST } from './drafts';
import { PurchaseBookPage, PurchaseRequestSend, PurchaseShown } from './query';
import { RequestForm, type Sent } from './RequestForm';
import './purchases.css';


export default function RequestPage() {
  const { t } = useTranslation('purchases');
  const { org, id } = useParams({ from: '/o/$org/applications/$id/purchases/new' });
  const navigate = useNavigate();
  const [state, ask] = useQuery({ query: PurchaseBookPage, variables: { id }, requestPolicy: 'cache-and-network' });
  const [sending, send] = useMutation(PurchaseRequestSend);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  // Sending twice requests once; a mended request is another one.
  const key = useRef({ body: '', key: '' });
  const book = state.data?.purchaseBook;
  if (!book || !state.data) {
    return <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }

  async function sent({ lineId, content, interest, note }: Sent) {
    const body = JSON.stringify({ lineId, content, interest, note });
    if (key.current.body !== body) key.current = { body, key: crypto.randomUUID() };
    const input = { applicationId: id, lineId, content, interest, note, idempotencyKey: key.current.key };
    const answer = await send({ input });
    const payload = answer.data?.purchaseRequest;
    const purchase = readFragment(PurchaseShown, payload?.purchase);
    setProblems(problemsOf(payload));
    if (purchase) {
      void navigate({ to: '/o/$org/applications/$id/purchases/$purchase', params: { org, id, purchase: purchase.id } });
    }
  }
  return (
    <>
      <p className="pl-small">
        <Link to="/o/$org/applications/$id/purchases" params={{ org, id }}>
          ‹ {t('book.title')}
        </Link>
      </p>
      <PageTitle>{t('form.heading')}</PageTitle>
      {book.policyVersion === 0 ? (
        <p className="pl-note">
          {t('form.policyFirst')}{' '}
          <Link to="/o/$org/purchase-policy" params={{ org }}>
            {t('book.policyMissing')}
          </Link>
        </p>
      ) : (
        <RequestForm
          applicationId={id}
          lines={book.lines}
          lineId=""
          policy={state.data.purchasePolicy.body}
          start={EMPTY_REQUEST}
          busy={sending.fetching}
          problems={problems}
          onSend={(form) => void sent(form)}
        />
      )}
    </>
  );
}
