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
      code
      path
      message
      params {
        name
        value
      }
    }
    costShare
    costShareProblems {
      code
      path
      message
      params {
        name
        value
      }
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
      code
      path
      message
      params {
        name
        value
      }
    }
    hints {
      code
      path
      message
      params {
        name
        value
      }
    }
    principles {
      code
      state
      evidence {
        code
        path
        message
        params {
          name
          value
        }
      }
    }
    working
    ...SroiFigures
    ...SroiChartData
  }
`);
