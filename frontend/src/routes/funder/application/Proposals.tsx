// Why: above a limit two people decide: one proposes, another confirms or returns it with a note; who
// proposed it cannot be the second.
import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { DateTimeHkt, Money } from '@/components/Figures';
import { problemWords, type ProblemLike } from '@/components/ProblemText';
import { Badge, DecisionBadge, type Tone } from '@/components/StatusBadge';
import { graphql, readFragment } from '@/gql';
import type { DecisionProposalShownFragment, ProposalState } from '@/gql/graphql';
import { personName } from '@/personName';
import { useSession } from '@/session/session';
import { textAt, type Content } from '../../applicant/section/path';
import { useKept } from '../../applicant/section/useKept';
import { mayConfirm } from '../roles';
import { DecisionFacts } from './DecisionFacts';
import { DeskShown, DecisionProposalShown, type ReasonCodes, type Received } from './query';

const DecisionConfirm = graphql(`
  mutation DecisionConfirm($input: DecisionConfirmInput!) {
    decisionConfirm(input: $input) {
      received {
        id
        ...DeskShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

interface Props {
  received: Received;
  reasonCodes: ReasonCodes;
  refetch: () => void;
}

export function Proposals({ received, reasonCodes, refetch }: Props) {
  const { t } = useTranslation('award');
  const proposals = readFragment(DecisionProposalShown, readFragment(DeskShown, received).proposals);
  const open = proposals.filter((each) => each.state === 'OPEN');
  const earlier = proposals.filter((each) => each.state !== 'OPEN');
  if (proposals.length === 0) return null;
  const card = (proposal: DecisionProposalShownFragment) => (
    <ProposalCard key={proposal.id} proposal={proposal} received={received} reasonCodes={reasonCodes} refetch={refetch} />
  );
  return (
    <section aria-labelledby="proposals-title">
      <h2 id="proposals-title">{open.length > 0 ? t('confirm.title') : t('confirm.earlier')}</h2>
      {open.map(card)}
      {earlier.length > 0 && (
        <details className="pl-details" open={open.length === 0}>
          <summary>{t('confirm.earlier')}</summary>
          {earlier.map(card)}
        </details>
      )}
    </section>
  );
}

const TONES: Record<ProposalState, Tone> = { OPEN: 'warn', CONFIRMED: 'good', RETURNED: 'plain', STALE: 'plain' };

interface CardProps extends Props {
  proposal: DecisionProposalShownFragment;
}

function ProposalCard({ proposal, received, reasonCodes, refetch }: CardProps) {
  const { t } = useTranslation(['award', 'funder']);
  const { me } = useSession();
  const open = proposal.state === 'OPEN';
  return (
    <article className="pl-card">
      <p className="fu-state">
        <DecisionBadge outcome={proposal.outcome} />
        <strong>
          <Money amount={proposal.amount} />
        </strong>
        <Badge tone={TONES[proposal.state]}>{t(`confirm.state.${proposal.state}`)}</Badge>
        {proposal.departsFromRank && <Badge tone="warn">{t('funder:decision.departs')}</Badge>}
      </p>
      <p className="pl-muted pl-small">
        {t('confirm.by', { name: personName(proposal.proposedBy) })} <DateTimeHkt at={proposal.proposedAt} />
        {proposal.answeredBy !== null && proposal.answeredAt !== null && (
          <>
            {' '}
            · {t('confirm.answered', { name: personName(proposal.answeredBy) })} <DateTimeHkt at={proposal.answeredAt} />
          </>
        )}
      </p>
      <DecisionFacts decision={proposal} document={received.document} reasonCodes={reasonCodes} />
      {proposal.note !== '' && (
        <p>
          <strong>{t('confirm.note')}</strong> <span className="pl-answer">{proposal.note}</span>
        </p>
      )}
      {open && proposal.mine && <p className="pl-note">{t('confirm.mine')}</p>}
      {open && !proposal.mine && !mayConfirm(me?.roles ?? []) && <p className="pl-note">{t('confirm.role')}</p>}
      {open && !proposal.mine && mayConfirm(me?.roles ?? []) && <Answer proposalId={proposal.id} onDone={refetch} />}
    </article>
  );
}

const readNote = (kept: Content) => ({ note: textAt(kept, 'note') });

/** Confirm, or return with a note, which is kept on this device until the server has it. */
function Answer({ proposalId, onDone }: { proposalId: string; onDone: () => void }) {
  const { t } = useTranslation(['award', 'funder']);
  const { me } = useSession();
  const { typed, restored, change, clear } = useKept({ userId: me?.userId ?? '', thing: proposalId, part: 'note' }, readNote);
  const { note } = typed;
  const [asking, setAsking] = useState<'confirm' | 'return' | null>(null);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const [state, confirm] = useMutation(DecisionConfirm);
  const field = `proposal-note-${proposalId}`;
  function giveBack() {
    const missing = note.trim() === '' ? [{ code: 'note_missing', path: 'note', message: '', params: [] }] : [];
    setProblems(missing);
    setAsking(missing.length === 0 ? 'return' : null);
  }
  async function sent() {
    const answer = await confirm({ input: { proposalId, confirm: asking === 'confirm', note } });
    setAsking(null);
    const found = problemsOf(answer.data?.decisionConfirm);
    setProblems(found);
    if (found.length > 0) return;
    clear();
    onDone();
  }
  const own = problems.filter((each) => each.path === 'note');
  return (
    <div className="pl-noprint">
      {restored && <p className="pl-note">{t('funder:review.restored')}</p>}
      <ErrorSummary problems={problems} fieldId={(each) => (each.path === 'note' ? field : undefined)} nameOf={(each) => (each.path === 'note' ? t('confirm.note') : undefined)} />
      <Textarea
        id={field}
        className="pl-field"
        label={t('confirm.note')}
        description={t('confirm.noteHelp')}
        autosize
        minRows={2}
        value={note}
        error={own.length === 0 ? undefined : own.map(problemWords).join(' ')}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <Group>
        <Button onClick={() => setAsking('confirm')}>{t('confirm.act')}</Button>
        <Button variant="default" onClick={giveBack}>
          {t('confirm.giveBack')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking !== null}
        title={t(asking === 'return' ? 'confirm.returnTitle' : 'confirm.confirmTitle')}
        confirm={t(asking === 'return' ? 'confirm.giveBack' : 'confirm.act')}
        busy={state.fetching}
        onConfirm={() => void sent()}
        onClose={() => setAsking(null)}
      >
        <p>{t(asking === 'return' ? 'confirm.returnBody' : 'confirm.confirmBody')}</p>
      </ConfirmDialog>
    </div>
  );
}
