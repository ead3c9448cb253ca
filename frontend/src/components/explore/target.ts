// Why: whose value map is explored, and what is known about it here.
import type { SroiCopy } from '@/gql/graphql';

/** Exactly one id: one's own application, or a submission as its funder received it. */
export interface ExploreTarget {
  applicationId?: string | undefined;
  submissionId?: string | undefined;
  copy?: SroiCopy | undefined;
}

export interface ExploreOutcome {
  id: string;
  name: string;
  /** Values as stated, by parameter, where the page knows them; they mark the stated cell of a grid. */
  values?: Readonly<Record<string, string>> | undefined;
}

/** The target without what is not given. */
export function targetInput({ applicationId, submissionId, copy }: ExploreTarget) {
  return {
    ...(applicationId === undefined ? {} : { applicationId }),
    ...(submissionId === undefined ? {} : { submissionId }),
    ...(copy === undefined ? {} : { copy }),
  };
}
