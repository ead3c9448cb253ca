// Why: the addresses of the funder area; each page is a file of its own, loaded when first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: '/f/$funder',
  loader: () => loadWords('funder'),
  component: lazyRouteComponent(() => import('./Area')),
});

const home = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./Home')),
});

export const funderRoutes = area.addChildren([home]);
