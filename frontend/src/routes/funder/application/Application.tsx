// Why: one application as the funder received it: the frozen document, what the rules and engines
// say about it, what people say about it. Each part has its own address.
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DateTimeHkt, Money } from '@/components/Figures';
import { PageTitle } from '@/components/PageTitle';
import { DecisionBadge, EligibilityBadge } from '@/components/StatusBadge';
import { readFragment } from '@/gql';
import { useLanguage } from '@/i18n';
import { useSession } from '@/session/session';
import { PageWait, Shares } from '../parts';
import { mayReview, seesAll } from '../roles';
import { PARTS, type Part } from '../search';
import { CostPart } from './CostPart';
import { DecisionPart } from './DecisionPart';
import { DocumentPart } from './DocumentPart';
import { EligibilityPart } from './EligibilityPart';
import { DecisionShown, ReceivedPage, type Received } from './query';
import { ReviewsPart } from './ReviewsPart';
import { SroiPart } from './SroiPart';

const FROM = '/f/$funder/applications/$id';

export default function Application() {
  const { t } = useTranslation('funder');
  const { me } = useSession();
  const { id } = useParams({ from: FROM });
  const { part = 'document' } = useSearch({ from: FROM });
  const [state, ask] = useQuery({ query: ReceivedPage, variables: { id }, requestPolicy: 'cache-and-network' });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const received = state.data?.received;
  if (!received) return <PageWait title={t(`application.part.${part}`)} state={state} retry={refetch} />;
  const all = seesAll(me?.roles ?? []);
  const parts = PARTS.filter((each) => all || (each !== 'reviews' && each !== 'decisions'));
  return (
    <>
      <Head received={received} />
      <PartLinks parts={parts} current={part} />
      {part === 'document' && <DocumentPart received={received} />}
      {part === 'eligibility' && <EligibilityPart received={received} />}
      {part === 'sroi' && <SroiPart received={received} refetch={refetch} />}
      {part === 'costs' && <CostPart received={received} />}
      {part === 'reviews' && all && <ReviewsPart received={received} />}
      {part === 'decisions' && all && (
        <DecisionPart received={received} reasonCodes={state.data?.reference.reasonCodes ?? []} refetch={refetch} />
      )}
    </>
  );
}

function PartLinks({ parts, current }: { parts: readonly Part[]; current: Part }) {
  const { t } = useTranslation(['funder', 'common']);
  const { funder, id } = useParams({ from: FROM });
  return (
    <nav aria-label={t('application.parts')} className="fu-parts pl-noprint">
      <ul>
        {parts.map((part) => (
          <li key={part}>
            <Link
              to="/f/$funder/applications/$id"
              params={{ funder, id }}
              search={part === 'document' ? {} : { part }}
              resetScroll={false}
              aria-current={part === current ? 'page' : undefined}
              activeOptions={{ exact: true, includeSearch: true }}
            >
              {t(`application.part.${part}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** `onSheet` when the scoring sheet is already beside it. */
export function Head({ received, onSheet = false }: { received: Received; onSheet?: boolean }) {
  const { t } = useTranslation(['funder', 'common']);
  const { pick } = useLanguage();
  const { me } = useSession();
  const { funder = '' } = useParams({ strict: false });
  const { round, applicant } = received;
  const [latest] = readFragment(DecisionShown, received.decisions);
  return (
    <>
      <p className="pl-small pl-muted">
        <Link to="/f/$funder/rounds/$round/inbox" params={{ funder, round: round.id }}>
          ‹ {t('inbox.title')}
        </Link>{' '}
        · {pick(round.name)}
      </p>
      <div className="fu-head">
        <PageTitle>{pick(received.title) || received.reference}</PageTitle>
        {received.verdict && <EligibilityBadge state={received.verdict.state} />}
        {latest && <DecisionBadge outcome={latest.outcome} />}
        {applicant.fictional && <span className="pl-mark">{t('common:fictional')}</span>}
      </div>
      <p>
        <strong>{pick(applicant.name)}</strong> · {t(`common:sizeBand.${applicant.sizeBand}`)} ·{' '}
        <Shares shares={received.districts} />
      </p>
      <dl className="fu-tally fu-wide">
        <Fact label={t('inbox.reference')}>{received.reference}</Fact>
        <Fact label={t('application.ask')}>
          <Money amount={received.ask} />
        </Fact>
        <Fact label={t('application.cost')}>
          <Money amount={received.totalCost} />
        </Fact>
        <Fact label={t('application.received')}>
          <DateTimeHkt at={received.receivedAt} />
        </Fact>
        <Fact label={t('application.version')}>{String(received.versionNo)}</Fact>
      </dl>
      <p className="pl-small pl-muted">
        {t('application.sha256')} <code className="pl-hash">{received.sha256}</code>
      </p>
      {mayReview(me?.roles ?? []) && !onSheet && (
        <p className="pl-noprint">
          <Link to="/f/$funder/applications/$id/review" params={{ funder, id: received.id }}>
            {t('application.toReview')}
          </Link>
        </p>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
