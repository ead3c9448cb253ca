// Why: an entry of the proxy library is shown alike wherever it is chosen, read or decided on: one card's
// worth of data for all of them.
import { graphql } from '@/gql';

export const ProxyShown = graphql(`
  fragment ProxyShown on Proxy {
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
    publishedAt
  }
`);
