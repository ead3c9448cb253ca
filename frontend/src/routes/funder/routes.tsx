// Why: the addresses of the funder area; each page is a file of its own, loaded when first visited.
// Answers are shown in the applicant's own words, so those arrive too.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';
import { readApplicationSearch, readInboxSearch, readListSearch } from './search';

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: '/f/$funder',
  loader: () => Promise.all([loadWords('funder'), loadWords('applicant')]),
  component: lazyRouteComponent(() => import('./Area')),
});

const home = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./Home')),
});

const inbox = createRoute({
  getParentRoute: () => area,
  path: '/rounds/$round/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('./inbox/Inbox')),
});

const shortlist = createRoute({
  getParentRoute: () => area,
  path: '/rounds/$round/shortlist',
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import('./shortlist/Shortlist')),
});

const application = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id',
  validateSearch: readApplicationSearch,
  component: lazyRouteComponent(() => import('./application/Application')),
});

const review = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/review',
  component: lazyRouteComponent(() => import('./review/ReviewPage')),
});

export const funderRoutes = area.addChildren([home, inbox, shortlist, application, review]);
