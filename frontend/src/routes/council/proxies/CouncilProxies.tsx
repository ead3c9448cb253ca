// Why: the library as its keepers see it: what has been proposed first, then what is published.
import { useSession } from '@/session/session';
import { Inbox } from './Inbox';
import { Library } from './Library';

export default function CouncilProxies() {
  const { me } = useSession();
  return (
    <>
      <Library />
      <Inbox decides={me?.roles.includes('COUNCIL_STEWARD') ?? false} />
    </>
  );
}
