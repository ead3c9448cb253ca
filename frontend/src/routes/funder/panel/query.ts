// Why: what a panel has to talk about and how its reviewers score, as worked out on the server.
import { graphql } from '@/gql';
import type { PanelPageQuery } from '@/gql/graphql';

export const PanelPage = graphql(`
  query PanelPage($roundId: ID!) {
    round(id: $roundId) {
      id
      code
      stage
      name {
        en
        zh
      }
      programme {
        criteria {
          id
          question {
            en
            zh
          }
        }
        rubric {
          id
          name {
            en
            zh
          }
        }
      }
    }
    panel(roundId: $roundId) {
      agenda {
        submissionId
        reference
        rank
        score
        decision
        organisation {
          en
          zh
        }
        title {
          en
          zh
        }
        topics {
          code
          params
        }
      }
      reviewers {
        ...ReviewerSeverityShown
      }
      dimensions {
        criterion
        adjusted
        why
        residualSd
        parts
        reviewers {
          ...ReviewerSeverityShown
        }
      }
    }
  }
`);

export const ReviewerSeverityShown = graphql(`
  fragment ReviewerSeverityShown on ReviewerSeverity {
    reviewer
    reviews
    severity
    standardError
    conflicts
  }
`);

export type PanelShown = PanelPageQuery['panel'];
export type AgendaItem = PanelShown['agenda'][number];
export type Dimension = PanelShown['dimensions'][number];
