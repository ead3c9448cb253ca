// Why: an NGO's own value enters the library only when the council's steward approves it, with a reason
// that the NGO reads. A refusal is recorded the same way.
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt } from '@/components/Figures';
import { EmptyState, QueryWait } from '@/components/PageStates';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { Badge, type Tone } from '@/components/StatusBadge';
import { readFragment } from '@/gql';
import type { ProposalShownFragment } from '@/gql/graphql';
import { useLanguage, wordFor } from '@/i18n';
import { ProxyFacts, ProxyMarks, ProxyRange, ProxyValue, regionName } from './ProxyFacts';
import { ProxyShown } from '@/components/proxy';
import { personName } from '@/personName';
import { Proposals, ProposalShown, ProxyDecide } from './query';

const TONES: Record<string, Tone> = { proposed: 'info', approved: 'good', refused: 'bad' };

export function Inbox({ decides }: { decides: boolean }) {
  const { t } = useTranslation('council');
  const [state, ask] = useQuery({ query: Proposals, requestPolicy: 'cache-and-network' });
  const proposals = readFragment(ProposalShown, state.data?.proxyProposals ?? []);
  const open = proposals.filter((each) => each.state === 'proposed');
  const decided = proposals.filter((each) => each.state !== 'proposed');
  return (
    <section aria-labelledby="proposals-title" className="co-inbox">
      <h2 id="proposals-title">{t('proposals.title', { count: open.length })}</h2>
      {!state.data && <QueryWait state={state} found={false} retry={() => ask({ requestPolicy: 'network-only' })} />}
      {state.data && open.length === 0 && <EmptyState>{t('proposals.none')}</EmptyState>}
      {open.map((proposal) => (
        <Proposal key={proposal.id} proposal={proposal} decides={decides} />
      ))}
      {decided.length > 0 && (
        <details className="pl-details">
          <summary>{t('proposals.decided', { count: decided.length })}</summary>
          {decided.map((proposal) => (
            <Proposal key={proposal.id} proposal={proposal} decides={false} />
          ))}
        </details>
      )}
    </section>
  );
}

export function Proposal({ proposal, decides }: { proposal: ProposalShownFragment; decides: boolean }) {
  const { t } = useTranslation('council');
  const { pick } = useLanguage();
  const proxy = readFragment(ProxyShown, proposal.proxy);
  return (
    <article className="pl-card" aria-label={pick(proxy.name)}>
      <div className="pl-cardhead">
        <h3>{pick(proxy.name)}</h3>
        <Badge tone={TONES[proposal.state] ?? 'plain'}>
          {wordFor(`council:proposals.state.${proposal.state}`) ?? proposal.state}
        </Badge>
      </div>
      <p className="pl-small pl-muted">
        {t('proposals.by', { name: pick(proposal.proposedBy) })} <DateTimeHkt at={proposal.proposedAt} />
      </p>
      <p>
        <ProxyValue proxy={proxy} /> (<ProxyRange proxy={proxy} />) · {proxy.priceYear} · {regionName(proxy.region)} ·{' '}
        {t('proposals.grade', { grade: proxy.evidenceGrade })} <ProxyMarks proxy={proxy} />
      </p>
      <ProxyFacts proxy={proxy} />
      {proposal.decidedAt !== null && (
        <p>
          {t('proposals.decidedBy', { name: personName(proposal.decidedBy) || '—' })} <DateTimeHkt at={proposal.decidedAt} />:{' '}
          <span className="pl-answer">{proposal.reason}</span>
        </p>
      )}
      {decides && proposal.state === 'proposed' && <Decide proposal={proposal} name={pick(proxy.name)} />}
    </article>
  );
}

function Decide({ proposal, name }: { proposal: ProposalShownFragment; name: string }) {
  const { t } = useTranslation('council');
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [state, decide] = useMutation(ProxyDecide);
  const field = `proposal-reason-${proposal.id}`;
  async function act(approve: boolean) {
    if (reason.trim() === '') {
      setProblems([{ code: 'reason_missing', path: 'reason', message: '', params: [] }]);
      return;
    }
    const answer = await decide({ input: { proposalId: proposal.id, approve, reason: reason.trim() } });
    const payload = answer.data?.proxyDecide;
    setProblems(problemsOf(payload));
  }
  const own = problems.filter((each) => each.path === 'reason');
  return (
    <div className="pl-noprint">
      <ErrorSummary problems={problems} fieldId={() => field} />
      <Textarea
        id={field}
        label={t('proposals.reason', { name })}
        description={t('proposals.reasonHelp')}
        autosize
        minRows={2}
        value={reason}
        error={own.length === 0 ? undefined : own.map(problemWords).join(' ')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="pl-actions">
        <Button loading={state.fetching} onClick={() => void act(true)}>
          {t('proposals.approve')}
        </Button>
        <Button variant="default" loading={state.fetching} onClick={() => void act(false)}>
          {t('proposals.refuse')}
        </Button>
      </div>
    </div>
  );
}
