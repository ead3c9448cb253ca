// Why: what the server works out while a draft is being written, by the same engines that judge
// it after submitting; asked for with each save.
import { graphql, readFragment, type FragmentType } from '@/gql';
import type { PreviewFiguresFragment } from '@/gql/graphql';

export const PreviewFigures = graphql(`
  fragment PreviewFigures on Preview {
    ask
    totalCost
    cap
    eligibility {
      state
      ...VerdictLines
    }
    sroi {
      ratio
      low
      high
      ...LiveSroi
    }
    sroiProblems {
      ...ProblemShown
    }
    costShare
    costShareProblems {
      ...ProblemShown
    }
  }
`);

/** An evaluation shown beside the value map that it is made from. */
export const LiveSroi = graphql(`
  fragment LiveSroi on SroiResult {
    ratio
    convention
    outcomes {
      id
      presentValue
    }
    warnings {
      ...ProblemShown
    }
    ...SroiClaims
    working
    ...SroiFigures
    ...SroiChartData
  }
`);

/** The figures of a draft; none where they could not be worked out, which must not take the page along. */
export function figuresOf(preview: FragmentType<typeof PreviewFigures> | null | undefined): PreviewFiguresFragment | null {
  return readFragment(PreviewFigures, preview) ?? null;
}
