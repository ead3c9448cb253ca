// Why: two rankings of a round and why each rank moved between them.
import { graphql } from '@/gql';
import type { RankingMovesQuery, RankingsPageQuery } from '@/gql/graphql';

export const RankingsPage = graphql(`
  query RankingsPage($roundId: ID!) {
    round(id: $roundId) {
      id
      code
      stage
      name {
        en
        zh
      }
      programme {
        rubric {
          id
          name {
            en
            zh
          }
        }
      }
    }
    rankings(roundId: $roundId) {
      id
      computedAt
      provisional
      adopted
      adoptedBy
      rulesVersion
    }
  }
`);

export const RankingMoves = graphql(`
  query RankingMoves($before: ID!, $after: ID!) {
    rankingMoves(before: $before, after: $after) {
      moved
      before {
        ...RankingRefShown
      }
      after {
        ...RankingRefShown
      }
      byReason {
        reason
        count
      }
      rows {
        reference
        submissionId
        rankBefore
        rankAfter
        scoreBefore
        scoreAfter
        came
        went
        organisation {
          en
          zh
        }
        title {
          en
          zh
        }
        steps {
          reason
          scoreChange
          rankAfter
          parts {
            criterion
            from
            to
          }
        }
      }
    }
  }
`);

export const RankingRefShown = graphql(`
  fragment RankingRefShown on RankingRef {
    id
    computedAt
    inputHash
    engineVersion
    rulesVersion
  }
`);

export type RankingOfRound = RankingsPageQuery['rankings'][number];
export type MovesShown = RankingMovesQuery['rankingMoves'];
export type MoveRow = MovesShown['rows'][number];
