// Why: the assessed copy is evaluated by a worker a moment after it was saved. Until then the page asks
// again, one question after the other; and it says when the worker could not evaluate it.
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { graphql } from '@/gql';
import type { AssessmentShownFragment } from '@/gql/graphql';
import type { Received } from './query';

const AssessmentProgress = graphql(`
  query AssessmentProgress($id: ID!) {
    received(id: $id) {
      id
      ...AssessmentShown
      progress {
        kind
        state
        at
      }
    }
  }
`);

const AGAIN_AFTER_MILLISECONDS = 1500;
const KIND = 'evaluate_assessed';

export type AssessedState = 'none' | 'waits' | 'failed';

/** Why there is no figure of the assessed copy: none was saved, it is on its way, or it cannot be. */
export function assessedState(
  { progress }: Pick<Received, 'progress'>,
  assessment: AssessmentShownFragment['assessment'],
  evaluated: boolean,
): AssessedState {
  if (assessment === null || evaluated) return 'none';
  const work = progress.find(({ kind, at }) => kind === KIND && Date.parse(at) >= Date.parse(assessment.at));
  return work && (work.state === 'DONE' || work.state === 'DEAD') ? 'failed' : 'waits';
}

/** Asks again while something is awaited; the answer reaches the page through the cache. */
export function useWaiting(id: string, waits: boolean): void {
  const [{ fetching }, ask] = useQuery({
    query: AssessmentProgress,
    variables: { id },
    pause: !waits,
    requestPolicy: 'network-only',
  });
  useEffect(() => {
    if (!waits || fetching) return undefined;
    const again = setTimeout(() => ask({ requestPolicy: 'network-only' }), AGAIN_AFTER_MILLISECONDS);
    return () => clearTimeout(again);
  }, [waits, fetching, ask]);
}
