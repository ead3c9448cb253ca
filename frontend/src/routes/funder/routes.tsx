// Why: the addresses of the funder area; each page is a file of its own, loaded when first visited.
// Answers are shown in the applicant's own words, so those arrive too.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadWords } from '@/i18n';
import { rootRoute } from '../root';
import { readCompareSearch, readDraftSearch, readRescreeningSearch } from './rules/search';
import { readApplicationSearch, readInboxSearch } from './search';
import { readFairnessSearch, readMovesSearch, readPanelSearch, readShortlistSearch } from './shortlist/search';

const area = createRoute({
  getParentRoute: () => rootRoute,
  path: '/f/$funder',
  loader: () => Promise.all([loadWords('funder'), loadWords('applicant'), loadWords('award')]),
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

/** The pages of a ranking have many words that no other page needs. */
const loadRanking = () => loadWords('ranking');

const shortlist = createRoute({
  getParentRoute: () => area,
  path: '/rounds/$round/shortlist',
  loader: loadRanking,
  validateSearch: readShortlistSearch,
  component: lazyRouteComponent(() => import('./shortlist/Shortlist')),
});

const moves = createRoute({
  getParentRoute: () => area,
  path: '/rounds/$round/shortlist/moves',
  loader: loadRanking,
  validateSearch: readMovesSearch,
  component: lazyRouteComponent(() => import('./moves/Moves')),
});

const panel = createRoute({
  getParentRoute: () => area,
  path: '/rounds/$round/panel',
  loader: loadRanking,
  validateSearch: readPanelSearch,
  component: lazyRouteComponent(() => import('./panel/Panel')),
});

const fairness = createRoute({
  getParentRoute: () => area,
  path: '/rounds/$round/fairness',
  loader: loadRanking,
  validateSearch: readFairnessSearch,
  component: lazyRouteComponent(() => import('./fairness/Fairness')),
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

/** The rules of the funder's programmes bring words of their own. */
const loadRules = () => Promise.all([loadWords('rules'), loadWords('rulewords'), loadWords('rubric')]);

const rules = createRoute({
  getParentRoute: () => area,
  path: '/rules',
  loader: loadRules,
  component: lazyRouteComponent(() => import('./rules/programme/Rules')),
});

const rulebook = createRoute({
  getParentRoute: () => area,
  path: '/rules/$programme',
  loader: loadRules,
  component: lazyRouteComponent(() => import('./rules/programme/Programme')),
});

const compare = createRoute({
  getParentRoute: () => area,
  path: '/rules/$programme/compare',
  loader: loadRules,
  validateSearch: readCompareSearch,
  component: lazyRouteComponent(() => import('./rules/programme/Compare')),
});

const rescreening = createRoute({
  getParentRoute: () => area,
  path: '/rules/rescreenings/$id',
  loader: loadRules,
  validateSearch: readRescreeningSearch,
  component: lazyRouteComponent(() => import('./rules/programme/Rescreening')),
});

const ruleDraft = createRoute({
  getParentRoute: () => area,
  path: '/rules/drafts/$draft',
  loader: loadRules,
  validateSearch: readDraftSearch,
  component: lazyRouteComponent(() => import('./rules/draft/Draft')),
});

export const funderRoutes = area.addChildren([
  home, inbox, shortlist, moves, panel, fairness, application, review, rules, rulebook, compare, rescreening, ruleDraft,
]);
