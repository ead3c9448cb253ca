// Why: the addresses of the operator area; each page is a file of its own, loaded when first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operator',
  loader: () => loadWords('operator'),
  component: lazyRouteComponent(() => import('./Area')),
});

const home = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./Workload')),
});

const registrations = createRoute({
  getParentRoute: () => area,
  path: '/registrations',
  component: lazyRouteComponent(() => import('./Registrations')),
});

export const operatorRoutes = area.addChildren([home, registrations]);
