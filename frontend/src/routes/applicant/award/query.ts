// Why: what an applicant is told about a decision, and what it may do about it.
import { graphql } from '@/gql';

export const AwardShown = graphql(`
  fragment AwardShown on Application {
    id
    appealUntil
    letters {
      ...LetterShown
    }
    appeal {
      id
      grounds
      sentAt
      outcome
      reason
      decidedAt
    }
  }
`);
