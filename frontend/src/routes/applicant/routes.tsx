// Why: the addresses of the applicant area; each page is a file of its own, loaded when first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';
import { readPurchaseSearch } from './purchases/search';

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: '/o/$org',
  loader: () => loadWords('applicant'),
  component: lazyRouteComponent(() => import('./Area')),
});

const home = createRoute({
  getParentRoute: () => area,
  path: '/',
  component: lazyRouteComponent(() => import('./Home')),
});

const round = createRoute({
  getParentRoute: () => area,
  path: '/rounds/$round',
  component: lazyRouteComponent(() => import('./RoundPage')),
});

const tasks = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id',
  component: lazyRouteComponent(() => import('./TaskList')),
});

const eligibility = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/eligibility',
  component: lazyRouteComponent(() => import('./Eligibility')),
});

const check = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/check',
  loader: () => loadWords('valuemap'),
  component: lazyRouteComponent(() => import('./CheckAnswers')),
});

const submitted = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/submitted',
  loader: () => loadWords('award'),
  component: lazyRouteComponent(() => import('./Submitted')),
});

const outturn = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/outturn',
  loader: () => loadWords('valuemap'),
  component: lazyRouteComponent(() => import('./outturn/OutturnPage')),
});

const files = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/files',
  component: lazyRouteComponent(() => import('./files/FilesPage')),
});

const schedules = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/schedules',
  component: lazyRouteComponent(() => import('./costs/SchedulesPage')),
});

const purchases = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/purchases',
  validateSearch: readPurchaseSearch,
  loader: () => loadWords('purchases'),
  component: lazyRouteComponent(() => import('./purchases/BookPage')),
});

const purchaseNew = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/purchases/new',
  loader: () => loadWords('purchases'),
  component: lazyRouteComponent(() => import('./purchases/RequestPage')),
});

const purchaseAnalysis = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/purchases/analysis',
  loader: () => loadWords('purchases'),
  component: lazyRouteComponent(() => import('./purchases/AnalysisPage')),
});

const purchase = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/purchases/$purchase',
  loader: () => loadWords('purchases'),
  component: lazyRouteComponent(() => import('./purchases/PurchasePage')),
});

const purchasePolicy = createRoute({
  getParentRoute: () => area,
  path: '/purchase-policy',
  loader: () => loadWords('purchases'),
  component: lazyRouteComponent(() => import('./purchases/PolicyPage')),
});

const section = createRoute({
  getParentRoute: () => area,
  path: '/applications/$id/$section',
  loader: () => loadWords('valuemap'),
  component: lazyRouteComponent(() => import('./SectionPage')),
});

export const applicantRoutes = area.addChildren([
  home, round, tasks, eligibility, check, submitted, outturn, files, schedules, purchases, purchaseNew, purchaseAnalysis,
  purchase, purchasePolicy, section,
]);
