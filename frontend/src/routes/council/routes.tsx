// Why: the addresses of the council area; each page is a file of its own, loaded when first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';
import { readLibrarySearch } from './proxies/library';
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

const proxies = createRoute({
  getParentRoute: () => area,
  path: '/proxies',
  validateSearch: readLibrarySearch,
  component: lazyRouteComponent(() => import('./proxies/CouncilProxies')),
});

/** The same library outside the council's area, for NGOs and funders. */
const library = createRoute({
  getParentRoute: () => rootRoute,
  path: '/proxies',
  loader: () => loadWords('council'),
  validateSearch: readLibrarySearch,
  component: lazyRouteComponent(() => import('./proxies/LibraryPage')),
});

export const councilRoutes = [area.addChildren([home, proxies]), library] as const;
