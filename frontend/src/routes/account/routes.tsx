// Why: the addresses of the own account, of a forgotten password and of the way back from an account elsewhere; each page is a file of its own, loaded when
// first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';

export const accountRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/account',
    loader: () => loadWords('account'),
    component: lazyRouteComponent(() => import('./Account')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/reset',
    loader: () => loadWords('account'),
    component: lazyRouteComponent(() => import('./Reset')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('./SignIn')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/erased',
    loader: () => loadWords('account'),
    component: lazyRouteComponent(() => import('./Erased')),
  }),
];
