// Why: the address of the own account; the page is a file of its own, loaded when first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';

export const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  loader: () => loadWords('account'),
  component: lazyRouteComponent(() => import('./Account')),
});
