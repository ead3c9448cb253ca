// Why: a letter is read by the funder before it is sent and by the applicant afterwards: the same words.
import { graphql } from '@/gql';

export const LetterShown = graphql(`
  fragment LetterShown on Letter {
    id
    decisionId
    sha256
    sentAt
    en {
      subject
      paragraphs
    }
    zh {
      subject
      paragraphs
    }
  }
`);
