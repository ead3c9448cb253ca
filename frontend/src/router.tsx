// Why: every address of the web app in one tree; pages are loaded when first visited.
import { createRouter } from '@tanstack/react-router';
import { Failed, Loading } from './components/PageStates';
import { accountRoutes } from './routes/account/routes';
import { auditRoute } from './routes/audit/routes';
import { applicantRoutes } from './routes/applicant/routes';
import { councilRoutes } from './routes/council/routes';
import { funderRoutes } from './routes/funder/routes';
import { operatorRoutes } from './routes/operator/routes';
import { peopleRoutes } from './routes/people/routes';
import { publicRoutes } from './routes/public/routes';
import { registerRoutes } from './routes/register/routes';
import { rootRoute } from './routes/root';

const routeTree = rootRoute.addChildren([
  ...publicRoutes,
  applicantRoutes,
  funderRoutes,
  ...councilRoutes,
  operatorRoutes,
  auditRoute,
  ...accountRoutes,
  ...peopleRoutes,
  ...registerRoutes,
]);

export const router = createRouter({
  routeTree,
  scrollRestoration: true,
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ reset }) => <Failed onRetry={reset} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
