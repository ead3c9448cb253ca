// Why: what is asked of the proxy library, in one place: the same card data for search, for a chosen
// proxy and for one's own proposals.
import { graphql } from '@/gql';

export const ProxySearch = graphql(`
  query ProxySearch($search: String, $outcome: String, $first: Int!, $after: String) {
    proxies(search: $search, outcome: $outcome, first: $first, after: $after) {
      nodes {
        ...ProxyShown
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const LibraryVersions = graphql(`
  query LibraryVersions($id: String!) {
    proxy(id: $id) {
      id
      versions {
        ...ProxyShown
      }
    }
  }
`);

export const OwnProposals = graphql(`
  query OwnProposals {
    proxyProposals {
      id
      state
      proposedAt
      decidedAt
      reason
      proxy {
        ...ProxyShown
      }
    }
  }
`);

export const ProxyPropose = graphql(`
  mutation ProxyPropose($input: ProxyProposeInput!) {
    proxyPropose(input: $input) {
      proposal {
        id
        state
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);
