// Why: what the server works out while a draft is being written, by the same engines that judge
// it after submitting; asked for with each save.
import { graphql } from '@/gql';

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
