// Why: the supporting documents of one application, and the two deeds that change them.
import { graphql } from '@/gql';

export const FilesPageDocument = graphql(`
  query FilesPage($id: ID!) {
    application(id: $id) {
      id
      reference
      stage
      title {
        en
        zh
      }
      files {
        ...FileShown
      }
      fileRules {
        endings
        bytesMax
        filesMax
        totalMax
        scanned
      }
    }
  }
`);

export const FileUploadGrant = graphql(`
  mutation FileUploadGrant($input: FileUploadGrantInput!) {
    fileUploadGrant(input: $input) {
      grant
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const FileRemove = graphql(`
  mutation FileRemove($input: FileRemoveInput!) {
    fileRemove(input: $input) {
      application {
        id
        files {
          ...FileShown
        }
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);
