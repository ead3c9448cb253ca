// Why: the proxy library as anybody signed in may read it: illustrative and foreign values say so, and
// every version stays readable.
import { graphql } from '@/gql';

export const ProxyList = graphql(`
  query ProxyList($search: String, $outcome: String, $after: String) {
    proxies(search: $search, outcome: $outcome, first: 50, after: $after) {
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

export const ProxyCatalogue = graphql(`
  query ProxyCatalogue {
    reference {
      outcomes {
        code
        label {
          en
          zh
        }
        group {
          en
          zh
        }
      }
    }
  }
`);

export const ProxyVersions = graphql(`
  query ProxyVersions($id: String!) {
    proxy(id: $id) {
      id
      versions {
        ...ProxyShown
      }
    }
  }
`);

export const ProposalShown = graphql(`
  fragment ProposalShown on ProxyProposal {
    id
    state
    proposedAt
    decidedBy
    decidedAt
    reason
    proposedBy {
      en
      zh
    }
    proxy {
      ...ProxyShown
    }
  }
`);

export const Proposals = graphql(`
  query Proposals {
    proxyProposals {
      ...ProposalShown
    }
  }
`);

export const ProxyDecide = graphql(`
  mutation ProxyDecide($input: ProxyDecideInput!) {
    proxyDecide(input: $input) {
      proposal {
        ...ProposalShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);
