// Why: what is asked of the proxy library, in one place: the same card data for search, for a chosen
// proxy and for one's own proposals.
import { graphql } from '@/gql';

export const ProxyData = graphql(`
  fragment ProxyData on Proxy {
    id
    version
    name {
      en
      zh
    }
    description {
      en
      zh
    }
    value
    low
    high
    currency
    unit {
      en
      zh
    }
    source
    sourceUrl
    priceYear
    region
    licence
    evidenceGrade
    outcomes {
      code
      label {
        en
        zh
      }
    }
    illustrative
    needsLocalBasis
    own
  }
`);

export const ProxySearch = graphql(`
  query ProxySearch($search: String, $outcome: String, $first: Int!, $after: String) {
    proxies(search: $search, outcome: $outcome, first: $first, after: $after) {
      nodes {
        ...ProxyData
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
        ...ProxyData
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
        ...ProxyData
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
        code
        path
        message
        params {
          name
          value
        }
      }
    }
  }
`);
