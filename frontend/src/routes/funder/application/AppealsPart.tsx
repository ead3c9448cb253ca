// Why: an appeal is decided by somebody who took no part in the decision, on a bundle in which every run
// was asked again; after it is upheld a new decision is recorded.
import { useParams, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateTimeHkt } from '@/components/Figures';
import { Badge } from '@/components/StatusBadge';
import { Button } from '@mantine/core';
import { readFragment } from '@/gql';
import type { AppealShownFragment } from '@/gql/graphql';
import { wordFor } from '@/i18n';
import { personName } from '@/personName';
import { AppealBundle, type BundleRead } from './AppealBundle';
import { AppealDecide } from './AppealDecide';
import { AppealShown, DecisionShown, DeskShown, type Received } from './query';

interface Props {
  received: Received;
  refetch: () => void;
}

export function AppealsPart({ received, refetch }: Props) {
  const { t } = useTranslation('award');
  const appeals = readFragment(AppealShown, readFragment(DeskShown, received).appeals);
  if (appeals.length === 0) return null;
  return (
    <section aria-labelledby="appeals-title">
      <h2 id="appeals-title">{t('appeals.title')}</h2>
      {appeals.map((appeal) => (
        <AppealCard key={appeal.id} appeal={appeal} received={received} refetch={refetch} />
      ))}
    </section>
  );
}

function AppealCard({ appeal, received, refetch }: Props & { appeal: AppealShownFragment }) {
  const { t } = useTranslation('award');
  const { funder } = useParams({ from: '/f/$funder' });
  const decisions = readFragment(DecisionShown, received.decisions);
  const about = decisions.find((each) => each.id === appeal.decisionId);
  const isAnswered = decisions.some((each) => appeal.decidedAt !== null && each.decidedAt > appeal.decidedAt);
  return (
    <article className="pl-card">
      <p className="fu-state">
        {appeal.outcome === null ? (
          <Badge tone="warn">{t('appeals.open')}</Badge>
        ) : (
          <Badge tone={appeal.outcome === 'UPHELD' ? 'good' : 'plain'}>{t(`appeals.outcome.${appeal.outcome}`)}</Badge>
        )}
        <span className="pl-small">
          {t('appeals.received')} <DateTimeHkt at={appeal.receivedAt} />
        </span>
        {about && (
          <span className="pl-small">
            {t('appeals.about')} <DateTimeHkt at={about.decidedAt} />
          </span>
        )}
      </p>
      <h3>{t('appeals.grounds')}</h3>
      <p className="pl-answer">{appeal.grounds}</p>
      {appeal.outcome !== null && <Decided appeal={appeal} />}
      {appeal.outcome === 'UPHELD' && !isAnswered && (
        <p className="pl-note">
          {t('appeals.upheld')}{' '}
          <Link to="/f/$funder/applications/$id" params={{ funder, id: received.id }} search={{ part: 'decisions' }} hash="decide-title">
            {t('appeals.toDecision')}
          </Link>
        </p>
      )}
      <Basis appeal={appeal} reference={received.reference} refetch={refetch} />
    </article>
  );
}

function Decided({ appeal }: { appeal: AppealShownFragment }) {
  const { t } = useTranslation('award');
  return (
    <>
      <p className="pl-small pl-muted">
        {appeal.decidedBy !== null && t('appeals.by', { name: personName(appeal.decidedBy) })}{' '}
        {appeal.decidedAt !== null && <DateTimeHkt at={appeal.decidedAt} />}
      </p>
      <p>
        <strong>{t('appeals.reason')}</strong> <span className="pl-answer">{appeal.reason}</span>
      </p>
      {appeal.bundleSha256 !== null && (
        <p className="pl-small pl-muted">
          {t('appeals.fingerprint')} <code className="pl-hash">{appeal.bundleSha256}</code>
        </p>
      )}
    </>
  );
}

/** The bundle, asked for when it is opened, and the form of who may decide on it. */
function Basis({ appeal, reference, refetch }: { appeal: AppealShownFragment; reference: string; refetch: () => void }) {
  const { t } = useTranslation('award');
  const [shown, setShown] = useState(false);
  const [bundle, setBundle] = useState<BundleRead | null>(null);
  return (
    <>
      <p className="pl-noprint">
        <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t(shown ? 'appeals.hide' : 'appeals.show')}
        </Button>
      </p>
      {shown && <AppealBundle appealId={appeal.id} reference={reference} onRead={setBundle} />}
      {appeal.outcome === null && !appeal.mayDecide && (
        <p className="pl-note">{wordFor(`award:appeals.whyNot.${appeal.whyNot ?? 'role'}`) ?? t('appeals.whyNot.role')}</p>
      )}
      {appeal.outcome === null && appeal.mayDecide && <AppealDecide key={appeal.id} appealId={appeal.id} bundle={bundle} onDone={refetch} />}
    </>
  );
}
