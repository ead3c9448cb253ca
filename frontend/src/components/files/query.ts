// Why: a supporting document is known by the same facts to who sent it and who received it, and is fetched the
// same way: a permission first, then the bytes.
import { graphql } from '@/gql';

export const FileShown = graphql(`
  fragment FileShown on SupportingFile {
    id
    kind
    name
    bytes
    sha256
    state
    reason
    scanned
    uploadedAt
  }
`);

export const FileDownloadGrant = graphql(`
  mutation FileDownloadGrant($input: FileDownloadGrantInput!) {
    fileDownloadGrant(input: $input) {
      grant
      problems {
        ...ProblemShown
      }
    }
  }
`);
