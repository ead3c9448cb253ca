// Why: long work shows where it is, live, and can be left. Falls back to asking every few seconds
// when the live connection is not there.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import { graphql } from '@/gql';
import type { WorkState } from '@/gql/graphql';
import { wordFor } from '@/i18n';
import { WorkBadge } from './StatusBadge';

const ApplicationProgress = graphql(`
  subscription ApplicationProgress($id: ID!) {
    applicationProgress(applicationId: $id) {
      sequence
      subject
      kind
      state
      at
      done
      total
    }
  }
`);

const RoundProgress = graphql(`
  subscription RoundProgress($id: ID!) {
    roundProgress(roundId: $id) {
      sequence
      subject
      kind
      state
      at
      done
      total
    }
  }
`);

export interface WorkStep {
  kind: string;
  state: WorkState;
  at: string;
}

const POLL_MILLISECONDS = 4000;
const LIVE_POLL_MILLISECONDS = 20_000;
const ENDED: ReadonlySet<WorkState> = new Set(['DONE', 'DEAD']);

interface Live {
  steps: WorkStep[];
  live: boolean;
}

/** The newest known state per kind of work: what was loaded, overtaken by what was announced. */
export function newestSteps(loaded: readonly WorkStep[], announced: readonly WorkStep[]): WorkStep[] {
  const byKind = new Map<string, WorkStep>();
  for (const step of [...loaded, ...announced]) {
    const known = byKind.get(step.kind);
    if (!known || Date.parse(step.at) >= Date.parse(known.at)) byKind.set(step.kind, step);
  }
  return [...byKind.values()];
}

/** Follows the work on one application or one round; `refetch` is called when a step ends. */
export function useWork(
  subject: { application: string } | { round: string },
  loaded: readonly WorkStep[],
  refetch: () => void,
): Live {
  const isRound = 'round' in subject;
  const id = isRound ? subject.round : subject.application;
  const [announced, setAnnounced] = useState<WorkStep[]>([]);
  const [application] = useSubscription({ query: ApplicationProgress, variables: { id }, pause: isRound });
  const [round] = useSubscription({ query: RoundProgress, variables: { id }, pause: !isRound });
  const event = isRound ? round.data?.roundProgress : application.data?.applicationProgress;
  const broken = (isRound ? round.error : application.error) !== undefined;

  const [seen, setSeen] = useState<typeof event>(undefined);
  if (event && event !== seen) {
    setSeen(event);
    setAnnounced((steps) => newestSteps(steps, [event]));
  }
  const ended = event && ENDED.has(event.state) ? event.sequence : null;
  useEffect(() => {
    if (ended !== null) refetch();
  }, [ended, refetch]);

  const steps = newestSteps(loaded, announced);
  const busy = steps.length === 0 || steps.some((step) => !ENDED.has(step.state));
  useEffect(() => {
    if (!busy) return undefined;
    const timer = setInterval(refetch, broken ? POLL_MILLISECONDS : LIVE_POLL_MILLISECONDS);
    return () => clearInterval(timer);
  }, [busy, broken, refetch]);
  return { steps, live: !broken };
}

export function ProgressSteps({ steps, live }: Live) {
  const { t } = useTranslation();
  const ended = steps.filter((step) => ENDED.has(step.state)).length;
  const busy = ended < steps.length;
  return (
    <section className="pl-card" aria-labelledby="progress-title">
      <h2 id="progress-title">
        {t('progress.title')} <span className="pl-muted">{t('progress.count', { done: ended, total: steps.length })}</span>
      </h2>
      <ol className="pl-list" aria-live="polite">
        {steps.map((step) => (
          <li key={step.kind} className="pl-row">
            <span>{kindName(step.kind)}</span>
            <WorkBadge state={step.state} />
          </li>
        ))}
      </ol>
      {busy && (
        <p className="pl-muted pl-small">
          {live ? t('progress.live') : t('progress.polling')} · {t('progress.canLeave')}
        </p>
      )}
    </section>
  );
}

function kindName(kind: string): string {
  return wordFor(`workKind.${kind.toLowerCase()}`) ?? kind;
}
