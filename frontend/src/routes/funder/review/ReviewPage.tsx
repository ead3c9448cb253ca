// Why: document left, scoring sheet right, so that no reviewer works in two tabs. A declared conflict
// closes the application for that reviewer.
import { Button, Textarea } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { PageTitle } from '@/components/PageTitle';
import { ProblemText, type ProblemLike } from '@/components/ProblemText';
import { graphql } from '@/gql';
import { useSession, type Me } from '@/session/session';
import { Head } from '../application/Application';
import { DocumentPart } from '../application/DocumentPart';
import { EligibilityPart } from '../application/EligibilityPart';
import { ReceivedPage, type Received } from '../application/query';
import { SroiPart } from '../application/SroiPart';
import { PageWait } from '../parts';
import { mayReview } from '../roles';
import { ScoringSheet } from './ScoringSheet';

const ReviewDeclareConflict = graphql(`
  mutation ReviewDeclareConflict($input: ReviewDeclareConflictInput!) {
    reviewDeclareConflict(input: $input) {
      review {
        id
        state
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

const FROM = '/f/$funder/applications/$id/review';
const VIEWS = ['document', 'eligibility', 'sroi'] as const;

export default function ReviewPage() {
  const { t } = useTranslation('funder');
  const { me } = useSession();
  const { funder, id } = useParams({ from: FROM });
  const [closed, setClosed] = useState(false);
  const [state, ask] = useQuery({ query: ReceivedPage, variables: { id }, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const received = state.data?.received;
  if (closed || received?.myReview?.state === 'conflict') {
    return (
      <>
        <PageTitle>{t('review.closedTitle')}</PageTitle>
        <p>{t('review.closedBody')}</p>
        <Link to="/f/$funder" params={{ funder }}>
          {t('queue.title')}
        </Link>
      </>
    );
  }
  if (!received || !me) return <PageWait title={t('review.sheet')} state={state} retry={refetch} />;
  return <Split received={received} me={me} refetch={refetch} onConflict={() => setClosed(true)} />;
}

interface SplitProps {
  received: Received;
  me: Me;
  refetch: () => void;
  onConflict: () => void;
}

function Split({ received, me, refetch, onConflict }: SplitProps) {
  const { t } = useTranslation('funder');
  const [view, setView] = useState<(typeof VIEWS)[number]>('document');
  return (
    <>
      <Head received={received} onSheet />
      <div className="fu-split">
        <section className="fu-document" aria-label={t('review.document')} tabIndex={0}>
          <div className="fu-views" role="group" aria-label={t('review.show')}>
            {VIEWS.map((each) => (
              <Button
                key={each}
                size="compact-sm"
                variant={each === view ? 'filled' : 'default'}
                aria-pressed={each === view}
                onClick={() => setView(each)}
              >
                {t(`application.part.${each}`)}
              </Button>
            ))}
            <a href="#scoring" className="fu-tosheet">
              {t('review.toSheet')}
            </a>
          </div>
          {view === 'document' && <DocumentPart received={received} />}
          {view === 'eligibility' && <EligibilityPart received={received} />}
          {view === 'sroi' && <SroiPart received={received} refetch={refetch} />}
        </section>
        <section className="fu-sheet" id="scoring" aria-labelledby="sheet-title" tabIndex={-1}>
          {mayReview(me.roles) ? (
            <>
              <ScoringSheet received={received} userId={me.userId} />
              <Conflict received={received} onDone={onConflict} />
            </>
          ) : (
            <>
              <h2 id="sheet-title">{t('review.sheet')}</h2>
              <p>{t('review.reviewersOnly')}</p>
            </>
          )}
        </section>
      </div>
    </>
  );
}

function Conflict({ received, onDone }: { received: Received; onDone: () => void }) {
  const { t } = useTranslation('funder');
  const [state, declare] = useMutation(ReviewDeclareConflict);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);

  async function confirmed() {
    const answer = await declare({ input: { submissionId: received.id, reason } });
    const found = problemsOf(answer.data?.reviewDeclareConflict);
    setProblems(found);
    if (found.length === 0) onDone();
  }
  return (
    <div className="pl-card">
      <h3>{t('review.conflict')}</h3>
      <p className="pl-small">{t('review.conflictHelp')}</p>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('review.declare')}
      </Button>
      <ConfirmDialog
        opened={asking}
        danger
        title={t('review.declare')}
        confirm={t('review.declare')}
        busy={state.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>{t('review.declareBody', { reference: received.reference })}</p>
        <Textarea
          label={t('review.conflictReason')}
          autosize
          minRows={2}
          withAsterisk
          value={reason}
          error={problems.length > 0 ? problems.map((each) => <ProblemText key={each.code} problem={each} />) : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </div>
  );
}
