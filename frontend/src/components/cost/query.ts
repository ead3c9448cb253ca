// Why: who pays is computed by the server on demand, for an own draft and for a delivered version.
import { graphql } from '@/gql';

export const CostPlanDocument = graphql(`
  query CostPlan($input: CostPlanInput!) {
    costPlan(input: $input) {
      plan
      examples
      schemes
      problems {
        ...ProblemShown
      }
    }
  }
`);
