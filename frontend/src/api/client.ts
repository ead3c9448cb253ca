// Why: the single way to the server's GraphQL: normalised cache, CSRF header, live updates, and a
// signal when the session has ended so that the sign-in form can appear without losing the page.
import { cacheExchange, type Cache } from '@urql/exchange-graphcache';
import { createClient as createSocket } from 'graphql-ws';
import { Client, fetchExchange, mapExchange, subscriptionExchange, type CombinedError } from 'urql';
import { byDocumentId } from './documents';

/** Types without an identity of their own: they live inside their parent. */
const EMBEDDED = [
  'Text', 'Problem', 'Param', 'PageInfo', 'Me', 'Membership', 'Reference', 'Coded', 'RoundConnection',
  'RoundCounts', 'Programme', 'FormSection', 'FormField', 'CriterionInfo', 'RubricDimension',
  'ApplicationConnection', 'DraftSection', 'Preview', 'TimelineEvent', 'WorkProgress', 'Verdict',
  'Criterion', 'SroiResult', 'OtherTiming', 'SroiYear', 'SroiOutcome', 'BridgeStep', 'TornadoBar',
  'ReceivedConnection', 'Applicant', 'Shared', 'ReviewScore', 'DecisionLine', 'Shortlist', 'Weight',
  'ShortlistRow', 'Contribution', 'Selection', 'PriceOfFairness', 'SectorReport', 'SectorCell',
  'People', 'Member', 'PeoplePayload', 'AuditConnection', 'AuditState', 'AuditCheckpoint', 'AuditCheck', 'AuditFinding',
  'Workload', 'ProgressEvent', 'ApplicationPayload', 'SectionSavePayload', 'ReviewPayload',
  'RoundPayload', 'ShortlistPayload', 'ReceivedPayload', 'SubmissionReceipt',
  'Principle', 'SwitchingValue', 'Unvalued', 'Simulation', 'HistogramBin', 'SroiExploration', 'CostPlan', 'SroiGrid',
  'Lever', 'Scenario', 'Assessment', 'AssessmentChange', 'SroiDifference', 'DifferenceStep', 'Outturn',
  'OutturnPayload', 'ReceivedOutturn', 'Proxy', 'ProxyConnection', 'ProxyHistory', 'ProxyProposalPayload',
  'CatalogueOutcome', 'ExternalCode', 'VolunteerRate', 'PriceIndex', 'PriceIndexValue',
  'Rulebook', 'RuleVersion', 'RuleDraftPayload', 'RulebookPayload', 'RescreeningPayload', 'RuleDifference', 'RuleChange',
  'RuleFieldChange', 'RuleTrial', 'StateCounts', 'TrialRow', 'TrialCriterion', 'RuleVocabulary', 'FactInfo', 'RuleOperator',
  'RuleOperand',
  'PurchaseBook', 'PurchaseLine', 'PurchaseStepOfTier', 'PurchaseAct', 'PurchaseMay', 'PurchaseBlock', 'PurchaseCheck',
  'PurchaseCheckPayload', 'PurchaseCategoryValue', 'PurchaseRequirement', 'PurchaseAggregate', 'PurchaseFinding',
  'PurchasePayload', 'PurchasePolicy', 'PurchasePolicyPayload', 'PurchaseAnalysis', 'PurchaseGroup', 'RefusalCount',
  'PurchaseForecast',
  'WeightRange', 'SmallestMove', 'SecondOpinion', 'RunRef', 'Spread', 'Outlier', 'SelectionCheck', 'Relaxation',
  'RankingRef', 'RankingTrialPayload', 'RankingTrial', 'RankingTrialRow', 'RankingMoves', 'MoveCount', 'Move', 'MoveStep',
  'MovePart', 'Panel', 'AgendaItem', 'AgendaTopic', 'ReviewerSeverity', 'SeverityDimension', 'FairnessReport',
  'FairnessDimension', 'FairnessRow', 'WeightsFromPairsPayload', 'WeightsFromPairs', 'ItemWeight', 'PairDoubt',
  'FileRules', 'FileGrantPayload',
  'Notice', 'NoticeSection', 'NoticeAgreement', 'NoticePayload', 'IdentifierType', 'RegistrationIdentifier', 'Alike',
  'RegistrationProposal', 'RegistrationsPayload',
  'FundingLevel', 'Letter', 'LetterText', 'AppealBundle', 'BundleCheck', 'DeskTask',
];

/** What-if answers hold for one state of the figures only; after a change they are asked anew. */
function forgetExplorations(_result: unknown, _args: unknown, cache: Cache): void {
  for (const { fieldName, fieldKey } of cache.inspectFields('Query')) {
    if (fieldName === 'sroiExplore') cache.invalidate('Query', fieldKey);
  }
}

/** What one has agreed to is asked anew once one has. */
function forgetAgreements(_result: unknown, _args: unknown, cache: Cache): void {
  cache.invalidate('Query', 'noticesAgreed');
}

const UPDATES = {
  Mutation: {
    applicationSectionSave: forgetExplorations,
    outturnSave: forgetExplorations,
    assessmentSave: forgetExplorations,
    noticeAgree: forgetAgreements,
  },
};

const heard = new EventTarget();

/** Calls back whenever the server says that nobody is signed in. */
export function onSessionEnded(listener: () => void): () => void {
  return listen('ended', listener);
}

/** Calls back when the server does not know what this page asks: the page is of another version. */
export function onOutdated(listener: () => void): () => void {
  return listen('outdated', listener);
}

function listen(name: string, listener: () => void): () => void {
  heard.addEventListener(name, listener);
  return () => heard.removeEventListener(name, listener);
}

function isOutdated(error: CombinedError | undefined): boolean {
  return error?.graphQLErrors.some((each) => each.extensions['code'] === 'document_unknown') ?? false;
}

/** Whether an answer says that nobody is signed in. */
function isSignedOut(error: CombinedError | undefined): boolean {
  if (!error) return false;
  const response: unknown = error.response;
  if (typeof response === 'object' && response !== null && 'status' in response && response.status === 401) {
    return true;
  }
  return error.graphQLErrors.some((each) =>
    ['unauthenticated', 'not_signed_in'].includes(String(each.extensions['code'] ?? '').toLowerCase()),
  );
}

/** Whether a mutation came back with the problem that nobody is signed in. */
function refusedSignedOut(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return Object.values(data).some((payload: unknown) => {
    if (typeof payload !== 'object' || payload === null || !('problems' in payload)) return false;
    const problems: unknown = payload.problems;
    return Array.isArray(problems) && problems.some((each: { code?: unknown }) => each.code === 'not_signed_in');
  });
}

function socketUrl(): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/graphql/ws`;
}

export function createApiClient(): Client {
  const socket = createSocket({ url: socketUrl(), lazy: true, retryAttempts: 5 });
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: { credentials: 'same-origin', headers: { 'x-plumbline': '1' } },
    exchanges: [
      cacheExchange({ keys: Object.fromEntries(EMBEDDED.map((name) => [name, () => null])), updates: UPDATES }),
      mapExchange({
        onResult({ data, error }) {
          if (isSignedOut(error) || refusedSignedOut(data)) heard.dispatchEvent(new Event('ended'));
          if (isOutdated(error)) heard.dispatchEvent(new Event('outdated'));
        },
      }),
      byDocumentId,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription(request) {
          const payload = {
            query: request.query ?? '',
            ...(request.documentId === undefined ? {} : { documentId: request.documentId }),
            variables: (request.variables ?? {}) as Record<string, unknown>,
          };
          return {
            subscribe: (sink) => ({
              unsubscribe: socket.subscribe(payload, {
                next: (value) => sink.next(value as Parameters<typeof sink.next>[0]),
                error: (cause) => sink.error(cause),
                complete: () => sink.complete(),
              }),
            }),
          };
        },
      }),
    ],
  });
}
