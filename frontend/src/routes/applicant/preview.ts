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
      outcomes {
        id
        presentValue
        impact
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
      working
      ...SroiFigures
      ...SroiChartData
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
