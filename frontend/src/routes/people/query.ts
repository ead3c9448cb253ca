// Why: one shape for everybody who belongs to an organisation, so that each change answers with the page as it is then.
import { graphql } from '@/gql';

export const PeopleShown = graphql(`
  fragment PeopleShown on People {
    members {
      userId
      name
      email
      roles
      until
      secondStep
    }
    invitations {
      id
      email
      roles
      memberUntil
      inviter
      invitedBy
      expiresAt
      waits
    }
    changes {
      id
      userId
      roles
      askedBy
      asker
    }
    roles
    manages
  }
`);

export const People = graphql(`
  query People {
    people {
      ...PeopleShown
    }
  }
`);

export const InvitationSend = graphql(`
  mutation InvitationSend($input: InvitationSendInput!) {
    invitationSend(input: $input) {
      people {
        ...PeopleShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const InvitationConfirm = graphql(`
  mutation InvitationConfirm($input: InvitationAnswerInput!) {
    invitationConfirm(input: $input) {
      people {
        ...PeopleShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const InvitationWithdraw = graphql(`
  mutation InvitationWithdraw($input: InvitationAnswerInput!) {
    invitationWithdraw(input: $input) {
      people {
        ...PeopleShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const MembershipChange = graphql(`
  mutation MembershipChange($input: MembershipChangeInput!) {
    membershipChange(input: $input) {
      people {
        ...PeopleShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const MembershipAnswer = graphql(`
  mutation MembershipAnswer($input: MembershipAnswerInput!) {
    membershipAnswer(input: $input) {
      people {
        ...PeopleShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const MembershipEnd = graphql(`
  mutation MembershipEnd($input: MembershipEndInput!) {
    membershipEnd(input: $input) {
      people {
        ...PeopleShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);
