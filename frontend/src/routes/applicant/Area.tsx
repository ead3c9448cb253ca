// Why: everything under /o/:org belongs to a signed-in member of an NGO.
import { Outlet, useParams } from '@tanstack/react-router';
import { SignedIn } from '@/session/SignedIn';

export default function Area() {
  const { org } = useParams({ from: '/o/$org' });
  return (
    <SignedIn kind="NGO" tenantId={org}>
      <Outlet />
    </SignedIn>
  );
}
