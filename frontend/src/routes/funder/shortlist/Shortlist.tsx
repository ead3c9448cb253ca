// Why: the ranked shortlist with the budget line through it: what is funded, what is left, what would
// still fit, and how sure the order is. A person adopts it.
import { useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { EmptyState } from '@/components/PageStates';
import { Badge, RoundBadge } from '@/components/StatusBadge';
import { readFragment } from '@/gql';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { PageWait, RoundHead } from '../parts';
import { RoundProgress } from '../RoundProgress';
import { Acts } from './Acts';
import { ShortlistPage, ShortlistShown } from './query';
import { Ranked } from './Ranked';

const FROM = '/f/$funder/rounds/$round/shortlist';

export default function Shortlist() {
  const { t } = useTranslation('funder');
  const { round: roundId } = useParams({ from: FROM });
  const [state, ask] = useQuery({ query: ShortlistPage, variables: { roundId }, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const round = state.data?.round;
  const shortlist = readFragment(ShortlistShown, state.data?.shortlist);
  if (!round) return <PageWait title={t('shortlist.title')} state={state} retry={refetch} />;
  return (
    <>
      <RoundHead
        round={round}
        title={t('shortlist.title')}
        sees
        aside={
          <>
            <RoundBadge stage={round.stage} />
            {shortlist && <Standing shortlist={shortlist} />}
          </>
        }
      />
      <RoundProgress roundId={roundId} counts={round.counts} refetch={refetch} />
      <Acts round={round} shortlist={shortlist ?? null} refetch={refetch} />
      {shortlist ? <Ranked shortlist={shortlist} roundId={roundId} /> : <EmptyState>{t('shortlist.none')}</EmptyState>}
    </>
  );
}

function Standing({ shortlist }: { shortlist: ShortlistShownFragment }) {
  const { t } = useTranslation('funder');
  if (shortlist.adopted) return <Badge tone="good">{t('shortlist.adopted')}</Badge>;
  return <Badge tone="warn">{t(shortlist.provisional ? 'shortlist.provisional' : 'shortlist.proposed')}</Badge>;
}
