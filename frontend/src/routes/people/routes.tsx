// Why: the addresses of an organisation's people and of an invitation; each page is a file of its own, loaded when
// first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/people',
    loader: () => loadWords('people'),
    component: lazyRouteComponent(() => import('./People')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/join',
    loader: () => Promise.all([loadWords('people'), loadWords('account')]),
    component: lazyRouteComponent(() => import('./Join')),
  }),
];
