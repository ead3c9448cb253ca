// Why: the root of all routes, apart from them so that each area can hang itself onto it.
import { createRootRoute } from '@tanstack/react-router';
import { AppShell } from '@/components/AppShell';
import { Failed, NotFound } from '@/components/PageStates';

export const rootRoute = createRootRoute({
  component: AppShell,
  notFoundComponent: NotFound,
  errorComponent: ({ reset }) => <Failed onRetry={reset} />,
});
