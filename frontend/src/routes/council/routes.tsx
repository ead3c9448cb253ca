// Why: the addresses of the council area; each page is a file of its own, loaded when first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';
import { readSectorSearch } from './search';

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: '/s/$council',
  loader: () => loadWords('council'),
  component: lazyRouteComponent(() => import('./Area')),
});

const home = createRoute({
  getParentRoute: () => area,
  path: '/',
  validateSearch: readSectorSearch,
  component: lazyRouteComponent(() => import('./SectorReport')),
});

export const councilRoutes = area.addChildren([home]);
