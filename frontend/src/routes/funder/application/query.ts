// Why: one delivered application with everything that was worked out about it; opening it is an
// entry in the audit trail, so it is asked for once.
import { graphql } from '@/gql';
import type { ReceivedPageQuery } from '@/gql/graphql';

export const ReceivedPage = graphql(`
  query ReceivedPage($id: ID!) {
    received(id: $id) {
      id
      reference
      versionNo
      sha256
      receivedAt
      ask
      totalCost
      title {
        en
        zh
      }
      applicant {
        sizeBand
        fictional
        name {
          en
          zh
        }
      }
      districts {
        code
        share
        label {
          en
          zh
        }
      }
      serviceAreas {
        code
        share
        label {
          en
          zh
        }
      }
      document
      verdict {
        state
        criteria {
          id
          outcome
          factsUsed
          source
          question {
            en
            zh
          }
        }
        ...VerdictLines
      }
      sroi {
        runId
        ratio
        ratioExact
        low
        totalPresentValue
        working
        outcomes {
          id
          name
          presentValue
        }
        ...SroiRunShown
      }
      ...AssessmentShown
      outturn {
        content
        receivedAt
        sroi {
          ...SroiRunShown
        }
        difference {
          ...DifferenceShown
        }
      }
      costShare
      procurement
      progress {
        kind
        state
        at
      }
      files {
        ...FileShown
      }
      reviews {
        id
        reviewer
        state
        comment
        updatedAt
        scores {
          dimension
          level
          comment
        }
      }
      myReview {
        id
        state
        version
        comment
        updatedAt
        scores {
          dimension
          level
          comment
        }
      }
      decisions {
        ...DecisionShown
      }
      ...DeskShown
      round {
        id
        code
        stage
        budget
        name {
          en
          zh
        }
        programme {
          label
          illustrative
          discountRate
          sections {
            code
            editor
            title {
              en
              zh
            }
            fields {
              ...FieldData
            }
          }
          rubric {
            id
            weight
            lookFor {
              en
              zh
            }
            levels {
              level
              text {
                en
                zh
              }
            }
            machineRead
            name {
              en
              zh
            }
          }
        }
      }
    }
    reference {
      reasonCodes {
        code
        label {
          en
          zh
        }
      }
    }
  }
`);

/** One run in full. */
export const SroiRunShown = graphql(`
  fragment SroiRunShown on SroiResult {
    runId
    engineVersion
    inputHash
    convention
    ratio
    low
    high
    totalPresentValue
    working
    years {
      year
      value
      presentValue
    }
    outcomes {
      id
      name
    }
    warnings {
      ...ProblemShown
    }
    assurances {
      ...AssuranceShown
    }
    ...SroiFigures
    ...SroiChartData
    ...SroiCheckData
  }
`);

/** The funder's assessed copy beside the claim, as it stands after each save. */
export const AssessmentShown = graphql(`
  fragment AssessmentShown on Received {
    id
    assessment {
      version
      content
      by
      at
      changes {
        path
        from
        to
        reason
      }
    }
    sroiAssessed {
      low
      ratio
      ratioExact
      working
      ...SroiRunShown
    }
    sroiDifference {
      ...DifferenceShown
    }
  }
`);

export const DecisionShown = graphql(`
  fragment DecisionShown on Decision {
    id
    outcome
    amount
    reasonCodes
    reason
    conditions
    decidedBy
    decidedAt
    departsFromRank
    departureReason
    confirmedBy
    supersedes
    lines {
      lineId
      amount
    }
    letter {
      id
      sha256
      sentAt
      sentBy
    }
  }
`);

/** What awaits people: decisions to confirm, appeals to decide; and what a decision is held to. */
export const DeskShown = graphql(`
  fragment DeskShown on Received {
    id
    confirmAbove
    departsIfAwarded
    fundingLevelsVersion
    decisions {
      ...DecisionShown
    }
    proposals {
      ...DecisionProposalShown
    }
    appeals {
      ...AppealShown
    }
    fundingLevels {
      id
      amount
      benefitShare
      reason
      name {
        en
        zh
      }
    }
  }
`);

export const DecisionProposalShown = graphql(`
  fragment DecisionProposalShown on DecisionProposal {
    id
    outcome
    amount
    reasonCodes
    reason
    conditions
    departsFromRank
    departureReason
    proposedBy
    proposedAt
    state
    answeredBy
    answeredAt
    note
    mine
    lines {
      lineId
      amount
    }
  }
`);

export const AppealShown = graphql(`
  fragment AppealShown on ReceivedAppeal {
    id
    grounds
    receivedAt
    decisionId
    outcome
    reason
    decidedBy
    decidedAt
    bundleSha256
    mayDecide
    whyNot
  }
`);

export type Received = NonNullable<ReceivedPageQuery['received']>;
export type ReasonCodes = ReceivedPageQuery['reference']['reasonCodes'];
