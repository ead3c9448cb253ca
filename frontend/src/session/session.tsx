// Why: who is signed in, for every page; a fresh cache for each person, and a sign-in form over the
// page (not instead of it) when the session ends, so that nothing typed is lost.
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Provider, useQuery } from 'urql';
import { createApiClient, onSessionEnded } from '@/api/client';
import { graphql } from '@/gql';
import type { MeQuery } from '@/gql/graphql';

const MeDocument = graphql(`
  query Me {
    me {
      userId
      name
      email
      roles
      noticeWanted
      tenant {
        id
        kind
        fictional
        name {
          en
          zh
        }
      }
      memberships {
        roles
        tenant {
          id
          kind
          fictional
          name {
            en
            zh
          }
        }
      }
    }
  }
`);

export type Me = NonNullable<MeQuery['me']>;

interface Session {
  me: Me | null;
  loading: boolean;
  failed: boolean;
  /** The session ended while somebody was at work. */
  ended: boolean;
  /** Asks again who is signed in. `fresh` forgets everything that was loaded. */
  refresh: (fresh: boolean) => void;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside SessionProvider');
  return session;
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [client, setClient] = useState(createApiClient);
  const renew = useCallback(() => setClient(createApiClient()), []);
  return (
    <Provider value={client}>
      <MeProvider renew={renew}>{children}</MeProvider>
    </Provider>
  );
}

function MeProvider({ renew, children }: { renew: () => void; children: ReactNode }) {
  const [{ data, fetching, error }, ask] = useQuery({ query: MeDocument });
  const [ended, setEnded] = useState(false);
  const [last, setLast] = useState<Me | null>(null);
  const me = data?.me ?? null;

  if (me && me !== last) setLast(me);
  useEffect(() => onSessionEnded(() => setEnded(true)), []);

  const refresh = useCallback(
    (fresh: boolean) => {
      setEnded(false);
      if (fresh) {
        setLast(null);
        renew();
      } else {
        ask({ requestPolicy: 'network-only' });
      }
    },
    [ask, renew],
  );

  // While the session has ended the last person stays, so the page keeps what was typed.
  const shown = me ?? (ended ? last : null);
  const session = useMemo(
    () => ({
      me: shown,
      loading: fetching && !data,
      failed: Boolean(error) && !data,
      ended: ended && last !== null,
      refresh,
    }),
    [shown, fetching, data, error, ended, last, refresh],
  );
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
