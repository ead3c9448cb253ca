// Why: an officer asks for a ranking, the chair adopts it; both are named acts, the second confirmed.
import { Button, Group } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { problemsOf } from '@/api/problems';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ErrorSummary } from '@/components/ErrorSummary';
import type { ProblemLike } from '@/components/ProblemText';
import { money } from '@/format';
import { graphql } from '@/gql';
import type { ShortlistShownFragment } from '@/gql/graphql';
import { useSession } from '@/session/session';
import { mayDecide, mayManageRound } from '../roles';
import { Exports } from './Exports';
import type { RoundShown } from './query';

const RoundRank = graphql(`
  mutation RoundRank($input: RoundRankInput!) {
    roundRank(input: $input) {
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

const RankingAdopt = graphql(`
  mutation RankingAdopt($input: RankingAdoptInput!) {
    rankingAdopt(input: $input) {
      shortlist {
        rankingId
        adopted
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

interface Props {
  round: RoundShown;
  shortlist: ShortlistShownFragment | null;
  refetch: () => void;
}

export function Acts({ round, shortlist, refetch }: Props) {
  const { t } = useTranslation(['funder', 'common', 'ranking']);
  const { me } = useSession();
  const { funder } = useParams({ from: '/f/$funder' });
  const [ranking, rank] = useMutation(RoundRank);
  const [adopting, adopt] = useMutation(RankingAdopt);
  const [asked, setAsked] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const [problems, setProblems] = useState<readonly ProblemLike[]>([]);
  const roles = me?.roles ?? [];
  const closed = round.stage === 'CLOSED' || round.stage === 'RANKED';
  const mayRank = mayManageRound(roles) && closed && !shortlist?.adopted;
  const mayAdopt = mayDecide(roles) && shortlist !== null && !shortlist.adopted;

  async function askForRanking() {
    const answer = await rank({ input: { roundId: round.id } });
    const found = problemsOf(answer.data?.roundRank);
    setProblems(found);
    setAsked(found.length === 0);
    refetch();
  }
  async function adoptRanking() {
    if (!shortlist) return;
    const answer = await adopt({ input: { rankingId: shortlist.rankingId } });
    setConfirming(false);
    setProblems(problemsOf(answer.data?.rankingAdopt));
    setAsked(false);
    refetch();
  }
  return (
    <div className="pl-noprint">
      <ErrorSummary problems={problems} />
      {shortlist?.provisional && !shortlist.adopted && <p className="pl-note">{t('shortlist.provisionalHelp')}</p>}
      <Group mb="sm">
        {mayRank && (
          <Button variant="default" loading={ranking.fetching} onClick={() => void askForRanking()}>
            {t('shortlist.ask')}
          </Button>
        )}
        {mayAdopt && (
          <Button disabled={shortlist.provisional} onClick={() => setConfirming(true)}>
            {t('shortlist.adopt')}
          </Button>
        )}
        <Button variant="default" onClick={() => window.print()}>
          {t('common:actions.print')}
        </Button>
        {shortlist && <Exports roundId={round.id} name={`${round.code}-${shortlist.rankingId.slice(0, 8)}`} />}
        {shortlist && (
          <Link to="/f/$funder/rounds/$round/shortlist/moves" params={{ funder, round: round.id }} search={{ after: shortlist.rankingId }}>
            {t('ranking:nav.moves')}
          </Link>
        )}
        <span role="status" className="pl-small">
          {asked ? t('shortlist.asked') : ''}
        </span>
      </Group>
      {shortlist && (
        <ConfirmDialog
          opened={confirming}
          title={t('shortlist.adopt')}
          confirm={t('shortlist.adopt')}
          busy={adopting.fetching}
          onConfirm={() => void adoptRanking()}
          onClose={() => setConfirming(false)}
        >
          <p>
            {t('shortlist.adoptBody', {
              count: shortlist.rows.filter((row) => row.aboveLine).length,
              committed: money(shortlist.committed),
              left: money(shortlist.left),
            })}
          </p>
          <p className="pl-small pl-muted">
            {t('shortlist.foot', { run: shortlist.rankingId, engine: shortlist.engineVersion })}
          </p>
        </ConfirmDialog>
      )}
    </div>
  );
}
