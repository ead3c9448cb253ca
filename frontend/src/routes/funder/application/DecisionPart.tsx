// Why: decisions are a chain, newest first; only the chair adds to it, and only after a ranking of the
// round was adopted. Proposals wait beside it for a second person, appeals for somebody else.
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DateTimeHkt, Money } from '@/components/Figures';
import { EmptyState } from '@/components/PageStates';
import { Badge, DecisionBadge } from '@/components/StatusBadge';
import { money } from '@/format';
import { graphql, readFragment } from '@/gql';
import type { DecisionShownFragment } from '@/gql/graphql';
import { personName } from '@/personName';
import { useSession } from '@/session/session';
import { mayConfirm, mayDecide } from '../roles';
import { AppealsPart } from './AppealsPart';
import { DecisionFacts } from './DecisionFacts';
import { DecisionForm, type Standing } from './DecisionForm';
import { FundingLevels } from './FundingLevels';
import { LetterPart } from './LetterPart';
import { Proposals } from './Proposals';
import { DecisionShown, DeskShown, type ReasonCodes, type Received } from './query';

const StandingOfRound = graphql(`
  query StandingOfRound($roundId: ID!) {
    shortlist(roundId: $roundId) {
      rankingId
      adopted
      rows {
        submissionId
        rank
        aboveLine
      }
    }
  }
`);

interface Props {
  received: Received;
  reasonCodes: ReasonCodes;
  refetch: () => void;
}

export function DecisionPart({ received, reasonCodes, refetch }: Props) {
  const { t } = useTranslation(['funder', 'common', 'award']);
  const { me } = useSession();
  const { funder } = useParams({ from: '/f/$funder' });
  const decisions = readFragment(DecisionShown, received.decisions);
  const [{ data }] = useQuery({
    query: StandingOfRound,
    variables: { roundId: received.round.id },
    requestPolicy: 'cache-and-network',
  });
  const row = data?.shortlist?.rows.find((each) => each.submissionId === received.id);
  const standing: Standing = {
    adopted: data?.shortlist?.adopted ?? false,
    rank: row?.rank ?? null,
    aboveLine: row?.aboveLine ?? false,
  };
  return (
    <>
      <AppealsPart received={received} refetch={refetch} />
      <Proposals received={received} reasonCodes={reasonCodes} refetch={refetch} />
      {mayDecide(me?.roles ?? []) && data && me && (
        <DecisionForm
          key={received.id}
          received={received}
          userId={me.userId}
          reasonCodes={reasonCodes}
          standing={standing}
          funder={funder}
          onDone={refetch}
        />
      )}
      {!mayDecide(me?.roles ?? []) && <WhoDecides confirms={mayConfirm(me?.roles ?? [])} limit={readFragment(DeskShown, received).confirmAbove} />}
      <section aria-labelledby="chain-title">
        <h2 id="chain-title">{t('decision.chain')}</h2>
        {decisions.length === 0 && <EmptyState>{t('decision.none')}</EmptyState>}
        <ol className="pl-list">
          {decisions.map((decision, position) => (
            <li key={decision.id}>
              <DecisionCard
                decision={decision}
                received={received}
                reasonCodes={reasonCodes}
                latest={position === 0}
                refetch={refetch}
              />
            </li>
          ))}
        </ol>
      </section>
      <FundingLevels received={received} refetch={refetch} />
    </>
  );
}

/** Whoever does not record decisions reads who does, and what is theirs to do. */
function WhoDecides({ confirms, limit }: { confirms: boolean; limit: string | null }) {
  const { t } = useTranslation(['funder', 'award']);
  return (
    <p className="pl-note pl-noprint">
      {t('decision.chairOnly')}
      {limit !== null && ' '}
      {limit !== null && t(confirms ? 'award:confirm.yours' : 'award:confirm.rule', { limit: money(limit) })}
    </p>
  );
}

interface CardProps {
  decision: DecisionShownFragment;
  received: Received;
  reasonCodes: ReasonCodes;
  latest: boolean;
  refetch: () => void;
}

function DecisionCard({ decision, received, reasonCodes, latest, refetch }: CardProps) {
  const { t } = useTranslation(['funder', 'award']);
  return (
    <article className="pl-card">
      <p className="fu-state">
        <DecisionBadge outcome={decision.outcome} />
        <strong>
          <Money amount={decision.amount} />
        </strong>
        {!latest && <Badge tone="plain">{t('decision.superseded')}</Badge>}
        {decision.departsFromRank && <Badge tone="warn">{t('decision.departs')}</Badge>}
      </p>
      <p className="pl-muted pl-small">
        {t('decision.by', { name: personName(decision.decidedBy) })} <DateTimeHkt at={decision.decidedAt} />
        {decision.confirmedBy !== null && <> · {t('award:confirm.second', { name: personName(decision.confirmedBy) })}</>}
      </p>
      <DecisionFacts decision={decision} document={received.document} reasonCodes={reasonCodes} />
      <LetterPart decision={decision} reference={received.reference} latest={latest} refetch={refetch} />
    </article>
  );
}
