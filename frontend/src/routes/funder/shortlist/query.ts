// Why: the ranked round as the server computed and recorded it; the page only shows it.
import { graphql } from '@/gql';
import type { ShortlistPageQuery } from '@/gql/graphql';

export const ShortlistShown = graphql(`
  fragment ShortlistShown on Shortlist {
    rankingId
    computedAt
    adopted
    adoptedBy
    adoptedAt
    provisional
    engineVersion
    inputHash
    budget
    committed
    left
    weights {
      criterion
      weight
      zero
      hundred
      name {
        en
        zh
      }
    }
    rows {
      submissionId
      reference
      rank
      sizeBand
      ask
      cumulative
      aboveLine
      wouldStillFit
      sroi
      sroiLow
      sroiHigh
      sroiAssessed
      score
      missing
      reweighted
      tied
      stability
      eligibility
      decision
      selectedExact
      working
      organisation {
        en
        zh
      }
      title {
        en
        zh
      }
      districts {
        code
        share
        label {
          en
          zh
        }
      }
      contributions {
        criterion
        points
      }
    }
    selection {
      status
      objective
      spent
      greedyObjective
      selected
      greedy
      priceOfFairness {
        rule
        points
      }
    }
  }
`);

export const ShortlistPage = graphql(`
  query ShortlistPage($roundId: ID!) {
    round(id: $roundId) {
      id
      code
      stage
      closesAt
      budget
      name {
        en
        zh
      }
      counts {
        received
        screened
      }
    }
    shortlist(roundId: $roundId) {
      ...ShortlistShown
    }
  }
`);

export type RoundShown = NonNullable<ShortlistPageQuery['round']>;
