// Why: the address of the audit trail; the page is a file of its own, loaded when first visited.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';
import { readSearch } from './search';

/** Entries carry codes of every area. */
const WORDS = ['audit', 'account', 'files', 'operator', 'purchases', 'sroi'] as const;

export const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: readSearch,
  loader: () => Promise.all(WORDS.map(loadWords)),
  component: lazyRouteComponent(() => import('./Audit')),
});
