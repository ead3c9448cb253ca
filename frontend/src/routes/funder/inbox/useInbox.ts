// Why: a list can be longer than one page of the server; it is read page by page to its end.
import { useCallback, useEffect, useState } from 'react';
import { useClient, type Client } from 'urql';
import { graphql } from '@/gql';
import type { InboxPageQuery } from '@/gql/graphql';

const InboxPage = graphql(`
  query InboxPage($roundId: ID!, $after: String) {
    round(id: $roundId) {
      id
      code
      stage
      closesAt
      budget
      name {
        en
        zh
      }
      counts {
        received
        screened
      }
    }
    inbox(roundId: $roundId, first: 100, after: $after) {
      nodes {
        id
        reference
        receivedAt
        ask
        title {
          en
          zh
        }
        applicant {
          sizeBand
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
        verdict {
          state
        }
        sroi {
          ratio
          low
          high
        }
        reviews {
          id
          state
        }
        myReview {
          id
          state
          updatedAt
        }
        decisions {
          id
          outcome
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type InboxRow = InboxPageQuery['inbox']['nodes'][number];
export type InboxRound = NonNullable<InboxPageQuery['round']>;

export interface InboxState {
  rows: readonly InboxRow[] | null;
  round: InboxRound | null;
  fetching: boolean;
  error: { message: string } | undefined;
  refetch: () => void;
}

/** More than any round holds; stops a server that never ends. */
const PAGES_MAX = 50;

type Loaded = Omit<InboxState, 'refetch'>;
const WAITING: Loaded = { rows: null, round: null, fetching: true, error: undefined };

async function readAll(client: Client, roundId: string): Promise<Loaded> {
  const rows: InboxRow[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer: { data?: InboxPageQuery; error?: { message: string } } = await client.query(
      InboxPage,
      { roundId, after },
      { requestPolicy: 'network-only' },
    );
    const { data } = answer;
    if (!data) return { ...WAITING, fetching: false, error: answer.error ?? { message: '' } };
    rows.push(...data.inbox.nodes);
    after = data.inbox.pageInfo.endCursor;
    if (!data.inbox.pageInfo.hasNextPage || after === null) {
      return { rows, round: data.round, fetching: false, error: undefined };
    }
  }
  return { ...WAITING, fetching: false, error: { message: '' } };
}

/** What is on screen stays while it is asked for again, and when asking again fails. */
export function useInbox(roundId: string): InboxState {
  const client = useClient();
  const [state, setState] = useState(WAITING);
  const apply = useCallback(
    (loaded: Loaded) => setState((old) => (loaded.error && old.rows ? { ...old, error: loaded.error } : loaded)),
    [],
  );
  useEffect(() => {
    let wanted = true;
    void readAll(client, roundId).then((loaded) => {
      if (wanted) apply(loaded);
    });
    return () => {
      wanted = false;
    };
  }, [client, roundId, apply]);
  const refetch = useCallback(() => void readAll(client, roundId).then(apply), [client, roundId, apply]);
  return { ...state, refetch };
}
