// Why: where people of a funder start: the rounds with how far they have come. A reviewer finds the
// own queue instead.
import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { useServerNow } from '@/api/clock';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import { Countdown, Money } from '@/components/Figures';
import { EmptyState } from '@/components/PageStates';
import { PageTitle } from '@/components/PageTitle';
import type { ProblemLike } from '@/components/ProblemText';
import { RoundBadge } from '@/components/StatusBadge';
import { graphql } from '@/gql';
import type { FunderHomeQuery } from '@/gql/graphql';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { DeskTasks } from './DeskTasks';
import { Queue } from './inbox/Queue';
import { PageWait } from './parts';
import { mayManageRound, mayReview, seesAll } from './roles';
import { RoundProgress } from './RoundProgress';
import type { InboxSearch } from './search';

const FunderHome = graphql(`
  query FunderHome {
    rounds(first: 50) {
      nodes {
        id
        code
        stage
        opensAt
        closesAt
        budget
        name {
          en
          zh
        }
        programme {
          illustrative
          label
        }
        counts {
          received
          screened
          eligible
          notEligible
          needsInformation
          reviewed
          decided
        }
      }
    }
  }
`);

const RoundClose = graphql(`
  mutation RoundClose($input: RoundCloseInput!) {
    roundClose(input: $input) {
      round {
        id
        stage
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

type Round = FunderHomeQuery['rounds']['nodes'][number];
type Counts = NonNullable<Round['counts']>;

export default function Home() {
  const { t } = useTranslation(['funder', 'common']);
  const { me } = useSession();
  const [state, ask] = useQuery({ query: FunderHome, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  if (!state.data) return <PageWait title={t('rounds')} state={state} retry={refetch} />;
  const own = state.data.rounds.nodes.filter((round) => round.counts !== null);
  const roles = me?.roles ?? [];
  return (
    <>
      <PageTitle>{seesAll(roles) ? t('rounds') : t('queue.title')}</PageTitle>
      {seesAll(roles) && <DeskTasks />}
      {own.length === 0 && <EmptyState>{t('home.none')}</EmptyState>}
      {seesAll(roles) && own.map((round) => <RoundCard key={round.id} round={round} refetch={refetch} />)}
      {mayReview(roles) &&
        own.filter((round) => (round.counts?.received ?? 0) > 0).map((round) => <Queue key={round.id} round={round} />)}
    </>
  );
}

function RoundCard({ round, refetch }: { round: Round; refetch: () => void }) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const { funder } = useParams({ from: '/f/$funder' });
  const params = { funder, round: round.id };
  return (
    <section className="pl-card" aria-labelledby={`round-${round.id}`}>
      <div className="pl-cardhead">
        <h2 id={`round-${round.id}`}>
          <Link to="/f/$funder/rounds/$round/inbox" params={params}>
            {pick(round.name)}
          </Link>
        </h2>
        <RoundBadge stage={round.stage} />
      </div>
      <p className="pl-small">
        <span className="pl-muted">{round.code} · </span>
        <Countdown opensAt={round.opensAt} closesAt={round.closesAt} />
        <span className="pl-muted">
          {' '}
          · {t('home.budget')} <Money amount={round.budget} />
        </span>
        {round.programme.illustrative && (
          <>
            {' '}
            · <span title={round.programme.label}>{t('common:programme.illustrative')}</span>
          </>
        )}
      </p>
      {round.counts && <Tally counts={round.counts} params={params} />}
      {round.counts && round.counts.received > 0 && (
        <RoundProgress roundId={round.id} counts={round.counts} refetch={refetch} />
      )}
      <p className="fu-actions">
        <Link to="/f/$funder/rounds/$round/inbox" params={params}>
          {t('home.toInbox')}
          <span className="pl-hidden">: {pick(round.name)}</span>
        </Link>
        <Link to="/f/$funder/rounds/$round/shortlist" params={params}>
          {t('home.toShortlist')}
          <span className="pl-hidden">: {pick(round.name)}</span>
        </Link>
        <CloseRound round={round} onDone={refetch} />
      </p>
    </section>
  );
}

function Tally({ counts, params }: { counts: Counts; params: { funder: string; round: string } }) {
  const { t } = useTranslation(['funder', 'common']);
  const figures: [string, number, InboxSearch | null][] = [
    [t('count.received'), counts.received, {}],
    [t('count.screened'), counts.screened, null],
    [t('common:eligibility.ELIGIBLE'), counts.eligible, { state: 'ELIGIBLE' }],
    [t('common:eligibility.NEEDS_INFORMATION'), counts.needsInformation, { state: 'NEEDS_INFORMATION' }],
    [t('common:eligibility.NOT_ELIGIBLE'), counts.notEligible, { state: 'NOT_ELIGIBLE' }],
    [t('count.reviewed'), counts.reviewed, null],
    [t('count.decided'), counts.decided, null],
  ];
  return (
    <dl className="fu-tally">
      {figures.map(([label, count, search]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {search && count > 0 ? (
              <Link to="/f/$funder/rounds/$round/inbox" params={params} search={search} aria-label={`${label}: ${count}`}>
                {count}
              </Link>
            ) : (
              count
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Offered to those who may, once the closing time has passed by the server's clock. */
function CloseRound({ round, onDone }: { round: Round; onDone: () => void }) {
  const { t } = useTranslation(['funder', 'common']);
  const { me } = useSession();
  const now = useServerNow(5000);
  const [state, close] = useMutation(RoundClose);
  const [asking, setAsking] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  if (!me || !mayManageRound(me.roles) || round.stage !== 'OPEN' || now < Date.parse(round.closesAt)) return null;

  async function confirmed() {
    const answer = await close({ input: { roundId: round.id } });
    setAsking(false);
    setProblems(problemsOf(answer.data?.roundClose));
    onDone();
  }
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {t('home.close')}
      </Button>
      <ErrorSummary problems={problems} />
      <ConfirmDialog
        opened={asking}
        title={t('home.close')}
        confirm={t('home.close')}
        busy={state.fetching}
        onConfirm={() => void confirmed()}
        onClose={() => setAsking(false)}
      >
        <p>{t('home.closeBody')}</p>
      </ConfirmDialog>
    </>
  );
}
