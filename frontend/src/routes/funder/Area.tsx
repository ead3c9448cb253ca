// Why: everything under /f/:funder belongs to a signed-in member of a funder.
import { Outlet, useParams } from '@tanstack/react-router';
import { SignedIn } from '@/session/SignedIn';
import './funder.css';
import './rules/rules.css';

export default function Area() {
  const { funder } = useParams({ from: '/f/$funder' });
  return (
    <SignedIn kind="FUNDER" tenantId={funder}>
      <Outlet />
    </SignedIn>
  );
}
