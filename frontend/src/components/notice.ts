// Why: the notice on personal data is one text, read by the pages that show it and by those that ask to agree.
import { graphql } from '@/gql';

export const Notices = graphql(`
  query Notices {
    notices {
      version
      effectiveFrom
      demonstration
      current
      title {
        en
        zh
      }
      sections {
        title {
          en
          zh
        }
        body {
          en
          zh
        }
      }
    }
  }
`);
