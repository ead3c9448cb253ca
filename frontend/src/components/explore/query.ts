// Why: what-if questions are answered by the engine on demand and stored nowhere; each tool asks its own.
import { graphql } from '@/gql';

export const ExploreGrid = graphql(`
  query ExploreGrid($input: SroiExploreInput!) {
    sroiExplore(input: $input) {
      grid {
        row {
          parameter
          scope
          unit
          values
        }
        column {
          parameter
          scope
          unit
          values
        }
        ratios
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const ExploreScenarios = graphql(`
  query ExploreScenarios($input: SroiExploreInput!) {
    sroiExplore(input: $input) {
      scenarios {
        name
        ratio
        totalPresentValue
        investment
        netPresentValue
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const ExploreSimulation = graphql(`
  query ExploreSimulation($input: SroiExploreInput!) {
    sroiExplore(input: $input) {
      simulation {
        ...SimulationShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);
