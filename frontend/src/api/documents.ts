// Why: in production the server runs this web app's own operations only, so an operation is sent as the hash of
// its text. While developing (`npm run dev`) the text itself is sent, because the server knows the last build only.
import { makeOperation, type Exchange, type Operation, type OperationResult } from 'urql';
import { map, pipe } from 'wonka';
import { DOCUMENT_IDS } from '@/gql/documents';

type Query = Operation['query'];

/** What was asked, by the document that stands for it: the cache needs the text again. */
const originals = new WeakMap<Query, Query>();

function idOf(query: Query): string | undefined {
  for (const definition of query.definitions) {
    if (definition.kind === 'OperationDefinition') return DOCUMENT_IDS[definition.name?.value ?? ''];
  }
  return undefined;
}

function withId(operation: Operation): Operation {
  if (operation.kind === 'teardown') return operation;
  const documentId = idOf(operation.query);
  if (documentId === undefined) return operation;
  const named = { kind: 'Document', definitions: [], documentId } as unknown as Query;
  originals.set(named, operation.query);
  return makeOperation(operation.kind, { ...operation, query: named }, operation.context);
}

function withText(result: OperationResult): OperationResult {
  const { operation } = result;
  const query = originals.get(operation.query);
  return query === undefined
    ? result
    : { ...result, operation: makeOperation(operation.kind, { ...operation, query }, operation.context) };
}

/** Sends `documentId` in the place of `query`, as the persisted documents of GraphQL over HTTP do. */
export const byDocumentId: Exchange = ({ forward }) => (operations) =>
  import.meta.env.DEV ? forward(operations) : pipe(operations, map(withId), forward, map(withText));
