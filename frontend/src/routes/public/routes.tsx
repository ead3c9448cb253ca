// Why: the pages that anybody may read: landing with sign-in, method, privacy notice.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';

const landing = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  loader: () => loadWords('public'),
  component: lazyRouteComponent(() => import('./Landing')),
});

const method = createRoute({
  getParentRoute: () => rootRoute,
  path: '/method',
  loader: () => loadWords('public'),
  component: lazyRouteComponent(() => import('./Method')),
});

const privacy = createRoute({
  getParentRoute: () => rootRoute,
  path: '/privacy',
  loader: () => loadWords('public'),
  component: lazyRouteComponent(() => import('./Privacy')),
});

export const publicRoutes = [landing, method, privacy] as const;
