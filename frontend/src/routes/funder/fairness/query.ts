// Why: who is funded by group, as counted on the server; the page only shows it.
import { graphql } from '@/gql';
import type { FairnessPageQuery } from '@/gql/graphql';

export const FairnessPage = graphql(`
  query FairnessPage($roundId: ID!, $basis: FairnessBasis!) {
    round(id: $roundId) {
      id
      code
      name {
        en
        zh
      }
    }
    fairness(roundId: $roundId, basis: $basis) {
      basis
      few
      inputHash
      all {
        ...FairnessRowShown
      }
      dimensions {
        id
        rows {
          ...FairnessRowShown
        }
      }
    }
  }
`);

export const FairnessRowShown = graphql(`
  fragment FairnessRowShown on FairnessRow {
    code
    applications
    funded
    fundedShare
    meanScore
    asked
    awarded
    awardedShare
    few
    label {
      en
      zh
    }
  }
`);

export type Report = FairnessPageQuery['fairness'];
