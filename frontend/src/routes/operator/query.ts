// Why: one shape for an organisation that registers, so that each answer leaves the page as it is then.
import { graphql } from '@/gql';

export const RegistrationShown = graphql(`
  fragment RegistrationShown on Registration {
    id
    kind
    name {
      en
      zh
    }
    identifiers {
      type
      value
    }
    person
    email
    notice
    since
    decidedAt
    approved
    alike {
      name {
        en
        zh
      }
      registered
      identifier
    }
    proposals {
      id
      approve
      reasonCode
      reason
      proposedBy
      proposer
      proposedAt
      answerer
      answeredAt
      confirmed
    }
  }
`);

export const RegistrationsPage = graphql(`
  query RegistrationsPage {
    waiting: registrations {
      ...RegistrationShown
    }
    decided: registrations(decided: true) {
      ...RegistrationShown
    }
    identifierTypes {
      type
      name {
        en
        zh
      }
      hint {
        en
        zh
      }
    }
  }
`);

export const RegistrationAnswer = graphql(`
  mutation RegistrationAnswer($input: RegistrationAnswerInput!) {
    registrationAnswer(input: $input) {
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const RegistrationConfirm = graphql(`
  mutation RegistrationConfirm($input: RegistrationConfirmInput!) {
    registrationConfirm(input: $input) {
      problems {
        ...ProblemShown
      }
    }
  }
`);
