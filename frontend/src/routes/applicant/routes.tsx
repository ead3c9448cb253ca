// Why: the addresses of the applicant area; each page is a file of its own, loaded when first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: '/o/$org',
  loader: () => loadWords('applicant'),
  component: lazyRouteComponent(() => import('./Area')),
});

const home = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./Home')),
});

export const applicantRoutes = area.addChildren([home]);
