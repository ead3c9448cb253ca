// Why: everything under /s/:council belongs to a signed-in member of a sector council.
import { Outlet, useParams } from '@tanstack/react-router';
import { SignedIn } from '@/session/SignedIn';
import './council.css';

export default function Area() {
  const { council } = useParams({ from: '/s/$council' });
  return (
    <SignedIn kind="COUNCIL" tenantId={council}>
      <Outlet />
    </SignedIn>
  );
}
