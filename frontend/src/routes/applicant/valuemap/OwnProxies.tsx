// Why: where no listed proxy fits, an organisation proposes its own; the sector council decides, and
// what became of each proposal is seen here.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DateTimeHkt } from '@/components/Figures';
import { EmptyState, Failed, Loading } from '@/components/PageStates';
import { readFragment } from '@/gql';
import { labelled, wordFor } from '@/i18n';
import { ProxyCard } from './ProxyCard';
import { ProxyShown } from '@/components/proxy';
import { OwnProposals } from './proxies';
import { ProxyProposeForm } from './ProxyProposeForm';

const BADGES: Record<string, string> = { approved: 'pl-badge-good', refused: 'pl-badge-bad' };

export function OwnProxies() {
  const { t } = useTranslation('valuemap');
  const [writing, setWriting] = useState(false);
  const [state, ask] = useQuery({ query: OwnProposals, requestPolicy: 'cache-and-network' });
  const reload = () => ask({ requestPolicy: 'network-only' });
  if (writing) {
    return (
      <ProxyProposeForm
        onDone={() => {
          setWriting(false);
          reload();
        }}
        onCancel={() => setWriting(false)}
      />
    );
  }
  return (
    <>
      <p className="pl-small">{t('proposals.help')}</p>
      <Button variant="default" mb="sm" onClick={() => setWriting(true)}>
        {t('proposals.start')}
      </Button>
      {!state.data && (state.error ? <Failed onRetry={reload} /> : <Loading />)}
      {state.data?.proxyProposals.length === 0 && <EmptyState>{t('proposals.none')}</EmptyState>}
      {state.data?.proxyProposals.map((proposal) => (
        <ProxyCard key={proposal.id} proxy={readFragment(ProxyShown, proposal.proxy)}>
          <div className="pl-small">
            <span className={`pl-badge ${BADGES[proposal.state] ?? 'pl-badge-plain'}`}>
              {wordFor(`valuemap:proposals.state.${proposal.state}`) ?? proposal.state}
            </span>{' '}
            <DateTimeHkt at={proposal.decidedAt ?? proposal.proposedAt} />
            {proposal.reason && <div>{labelled(t('proposals.reason'), proposal.reason)}</div>}
          </div>
        </ProxyCard>
      ))}
    </>
  );
}
