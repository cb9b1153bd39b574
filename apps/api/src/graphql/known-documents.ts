import { Kind, type DocumentNode } from 'graphql';
import type { Context } from './context.js';
import { hashOf } from './documents.js';
import { requestError } from './errors.js';

/** Texts of documents by their SHA-256 in hex. */
export type DocumentTexts = ReadonlyMap<string, string>;

/** How a request tells which document it means: by its text, its hash, or both. */
export interface AskedDocument {
  query?: string | undefined;
  /** SHA-256 of the text, in hex. */
  hash?: string | undefined;
}

const NOT_KNOWN = 'No document of this hash is known here. Send its text; a request does not make it known.';
const NOT_ALLOWED =
  'This server carries out known documents only; any other one needs a token with the right API_FREE.';

/**
 * The documents that may be named by their hash. Which they are is settled at the start: no request adds one. Where only
 * they are carried out, others are for tokens with the right API_FREE; a person who is signed in never sends them.
 */
export class KnownDocuments {
  constructor(
    private readonly texts: DocumentTexts,
    private readonly isExclusive: boolean,
  ) {}

  /** The text that a request means. Throws PERSISTED_QUERY_NOT_SUPPORTED for an unknown hash, and BAD_REQUEST. */
  textOf({ query, hash }: AskedDocument): string {
    if (query && hash === undefined) return query;
    if (hash === undefined) throw requestError('BAD_REQUEST', 'The request has no “query”.');
    const text = this.texts.get(hash);
    if (text === undefined) throw requestError('PERSISTED_QUERY_NOT_SUPPORTED', NOT_KNOWN);
    if (query && query !== text)
      throw requestError('BAD_REQUEST', 'The hash is that of another document than “query”.');
    return text;
  }

  has(document: DocumentNode): boolean {
    return this.texts.has(hashOf(document));
  }

  /** Throws FORBIDDEN for a document that the caller may not have carried out here. */
  require(document: DocumentNode, { caller }: Pick<Context, 'caller'>): void {
    if (!this.isExclusive || this.has(document) || asksNothing(document)) return;
    const isFree = caller !== null && caller.sessionId === null && caller.scopes.has('API_FREE');
    if (!isFree) throw requestError('FORBIDDEN', NOT_ALLOWED);
  }
}

/** Whether a document is `{ __typename }`, by which clients ask whether the server answers. */
function asksNothing({ definitions: [only, second] }: DocumentNode): boolean {
  if (only?.kind !== Kind.OPERATION_DEFINITION || second !== undefined) return false;
  const [field, another] = only.selectionSet.selections;
  return field?.kind === Kind.FIELD && field.name.value === '__typename' && another === undefined;
}
