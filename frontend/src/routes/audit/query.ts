// Why: what the audit page asks, in one place.
import { graphql } from '@/gql';

export const AuditEntries = graphql(`
  query AuditEntries($filter: AuditFilter, $after: String) {
    auditEntries(filter: $filter, first: 50, after: $after) {
      nodes {
        id
        at
        actor
        actorId
        action
        subjectKind
        subjectId
        detail
        sequence
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const AuditStanding = graphql(`
  query AuditStanding {
    auditState {
      publicKey
      actions
      checkpoint {
        sequence
        chainSha256
        signedAt
      }
    }
  }
`);

export const AuditWalk = graphql(`
  query AuditWalk {
    auditCheck {
      entries
      checkpoints
      findings {
        kind
        sequence
        entryId
      }
    }
  }
`);
