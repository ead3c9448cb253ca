// Why: what stands in the way of submitting is decided in one place, for the task list and for the last page.
import type { SectionState } from '@/gql/graphql';

/** Complete, or not asked for. */
export function isSettled({ state }: { state: SectionState }): boolean {
  return state === 'COMPLETED' || state === 'OPTIONAL';
}
