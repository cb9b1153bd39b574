import { requestError } from '../graphql/errors.js';

/** What a request asks for; its document or the hash by which it is known. */
export interface OperationRequest {
  query?: string | undefined;
  /** SHA-256 of the document, in hex. */
  hash?: string | undefined;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
  /** Whether it may only read. */
  isGet: boolean;
}

export interface HttpRequest {
  method: string;
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: unknown;
}

type Fields = Record<string, unknown>;

const JSON_TYPE = 'application/json';

/** Begins the identifier of a document, as the drafts of GraphQL over HTTP have it. */
const ID_PREFIX = 'sha256:';

/** Headers that a page of another origin cannot send without having asked. */
const PREFLIGHTED = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

/** Reads a request by the rules of GraphQL over HTTP. Throws BAD_REQUEST with the status of the answer. */
export function readRequest(request: HttpRequest): OperationRequest {
  const isGet = request.method === 'GET';
  requirePreflight(request, isGet);
  return ofFields(isGet ? fieldsOfUrl(request.url) : fieldsOfBody(request.body), isGet);
}

/** A page of another origin may send simple requests unasked; they are none of the API's. */
function requirePreflight({ headers }: HttpRequest, isGet: boolean): void {
  const type = typeOf(headers['content-type']);
  if (type === JSON_TYPE) return;
  if (isGet && type !== undefined) throw bad('A request by GET has no content but application/json.', 415);
  if (PREFLIGHTED.some((name) => (headers[name]?.length ?? 0) > 0)) return;
  throw bad('Send the header “content-type: application/json” or “apollo-require-preflight: 1”.');
}

const typeOf = (header: string | string[] | undefined): string | undefined =>
  header === JSON_TYPE ? JSON_TYPE : header?.toString().split(';', 1)[0]?.trim().toLowerCase();

function fieldsOfBody(body: unknown): Fields {
  if (isFields(body) && Object.keys(body).length > 0) return body;
  throw bad('The body of a request is one JSON object with a “query”.');
}

function fieldsOfUrl(url: string): Fields {
  const begin = url.indexOf('?');
  const given = new URLSearchParams(begin < 0 ? '' : url.slice(begin));
  const one = (name: string) => {
    const [first, second] = given.getAll(name);
    if (second !== undefined) throw bad(`“${name}” stands in the address more than once.`);
    return first;
  };
  const json = (name: string) => parsed(name, one(name));
  return {
    query: one('query'),
    documentId: one('documentId'),
    operationName: one('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

function parsed(name: string, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw bad(`“${name}” is no JSON.`);
  }
}

/** What the fields of a request ask for, on whichever way they came. Throws BAD_REQUEST. */
export function ofFields(fields: Fields, isGet: boolean): OperationRequest {
  const { query, documentId, operationName, variables, extensions } = fields;
  // Written out: V8 makes a hidden class of each object that is made by spreading another one and adding to it.
  return {
    query: textOf('query', query),
    operationName: textOf('operationName', operationName),
    variables: objectOf('variables', variables),
    hash: hashOfId(textOf('documentId', documentId)) ?? hashOf(objectOf('extensions', extensions)?.['persistedQuery']),
    isGet,
  };
}

function hashOfId(documentId: string | undefined): string | undefined {
  if (documentId === undefined) return undefined;
  if (documentId.startsWith(ID_PREFIX)) return documentId.slice(ID_PREFIX.length);
  throw bad('“documentId” is “sha256:” and the SHA-256 of the document in hex.');
}

function hashOf(persistedQuery: unknown): string | undefined {
  if (persistedQuery === undefined) return undefined;
  const { version, sha256Hash } = isFields(persistedQuery) ? persistedQuery : {};
  if (version === 1 && typeof sha256Hash === 'string') return sha256Hash;
  throw bad('“extensions.persistedQuery” has the version 1 and a “sha256Hash”.');
}

function textOf(name: string, value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return undefined;
  throw bad(`“${name}” is a text.`);
}

function objectOf(name: string, value: unknown): Fields | undefined {
  if (isFields(value)) return value;
  if (value === undefined || value === null) return undefined;
  throw bad(`“${name}” is an object.`);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const bad = (message: string, status = 400) => requestError('BAD_REQUEST', message, { http: { status } });
