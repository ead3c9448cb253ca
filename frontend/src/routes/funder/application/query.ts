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
          stakeholder
          name
          impact
          presentValue
          evidenceGrade
        }
        warnings {
          code
          path
          message
          params {
            name
            value
          }
        }
        ...SroiFigures
        ...SroiChartData
      }
      costShare
      procurement
      progress {
        kind
        state
        at
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
            lookFor
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
    supersedes
    lines {
      lineId
      amount
    }
  }
`);

export type Received = NonNullable<ReceivedPageQuery['received']>;
export type ReasonCodes = ReceivedPageQuery['reference']['reasonCodes'];
