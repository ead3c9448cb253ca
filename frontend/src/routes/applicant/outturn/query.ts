// Why: what is known of an application's outcome after the award, asked the same way when the page
// opens and after each save.
import { graphql } from '@/gql';

export const OutturnShown = graphql(`
  fragment OutturnShown on Outturn {
    content
    version
    sent
    sentAt
    forecast
    problems {
      ...ProblemShown
    }
    sroi {
      ...LiveSroi
    }
    sroiProblems {
      ...ProblemShown
    }
    difference {
      ...DifferenceShown
    }
  }
`);

export const OutturnPageDocument = graphql(`
  query OutturnPage($id: ID!) {
    application(id: $id) {
      id
      reference
      title {
        en
        zh
      }
      round {
        id
        programme {
          discountRate
          sections {
            code
            fields {
              ...FieldData
            }
          }
        }
      }
      sections {
        code
        content
      }
      outturn {
        ...OutturnShown
      }
    }
  }
`);

export const OutturnSave = graphql(`
  mutation OutturnSave($input: OutturnSaveInput!) {
    outturnSave(input: $input) {
      application {
        id
        outturn {
          ...OutturnShown
        }
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const OutturnSend = graphql(`
  mutation OutturnSend($input: OutturnSendInput!) {
    outturnSend(input: $input) {
      application {
        id
        outturn {
          ...OutturnShown
        }
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);
