// Why: the addresses by which an organisation comes in; each page is a file of its own, loaded when first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';

export const registerRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/register',
    loader: () => loadWords('register'),
    component: lazyRouteComponent(() => import('./Register')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/register/confirm',
    loader: () => Promise.all([loadWords('register'), loadWords('account')]),
    component: lazyRouteComponent(() => import('./Confirm')),
  }),
];
