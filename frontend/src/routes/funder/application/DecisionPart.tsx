// Why: decisions are a chain, newest first; only the chair adds to it, and only after a ranking of
// the round was adopted.
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DateTimeHkt, Money } from '@/components/Figures';
import { EmptyState } from '@/components/PageStates';
import { Badge, DecisionBadge } from '@/components/StatusBadge';
import { graphql, readFragment } from '@/gql';
import type { DecisionShownFragment } from '@/gql/graphql';
import { money } from '@/format';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { mayDecide } from '../roles';
import { budgetLines } from './content';
import { DecisionForm, type Standing } from './DecisionForm';
import { DecisionShown, type ReasonCodes, type Received } from './query';

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
  const { t } = useTranslation(['funder', 'common']);
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
      {mayDecide(me?.roles ?? []) && data && (
        <DecisionForm received={received} reasonCodes={reasonCodes} standing={standing} funder={funder} onDone={refetch} />
      )}
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
              />
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

interface CardProps {
  decision: DecisionShownFragment;
  received: Received;
  reasonCodes: ReasonCodes;
  latest: boolean;
}

function DecisionCard({ decision, received, reasonCodes, latest }: CardProps) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick, language } = useLanguage();
  const names = new Map(budgetLines(received.document).map((line) => [line.id, line.description]));
  const reasons = decision.reasonCodes.map((code) => {
    const found = reasonCodes.find((each) => each.code === code);
    return found ? pick(found.label) : code;
  });
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
        {t('decision.by', { name: decision.decidedBy })} <DateTimeHkt at={decision.decidedAt} />
      </p>
      <dl className="pl-facts">
        {reasons.length > 0 && (
          <>
            <dt>{t('decision.reasonCodes')}</dt>
            <dd>{reasons.join(language === 'zh' ? '；' : '; ')}</dd>
          </>
        )}
        <dt>{t('decision.reason')}</dt>
        <dd className="pl-answer">{decision.reason}</dd>
        <dt>{t('decision.conditions')}</dt>
        <dd className="pl-answer">{decision.conditions || t('common:state.none')}</dd>
      </dl>
      {decision.lines.length > 0 && (
        <details className="pl-details">
          <summary>{t('decision.lines')}</summary>
          <ul>
            {decision.lines.map((line) => (
              <li key={line.lineId}>
                {names.get(line.lineId) ?? line.lineId}: <span className="pl-num">{money(line.amount)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}
