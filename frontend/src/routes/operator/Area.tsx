// Why: everything under /operator belongs to a signed-in platform operator.
import { Outlet } from '@tanstack/react-router';
import { SignedIn } from '@/session/SignedIn';

export default function Area() {
  return (
    <SignedIn kind="OPERATOR">
      <Outlet />
    </SignedIn>
  );
}
