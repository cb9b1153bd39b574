import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import { Kind, OperationTypeNode, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';

export type Encoding = 'br' | 'gzip';

/** In bytes: what is smaller gains less than it costs. */
export const LEAST_BYTES = 1_024;
/** In bytes: what is larger would hold the process for more than about a quarter of a millisecond. */
export const MOST_BYTES_AT_ONCE = 65_536;
/** Near to the size of the best quality for JSON, at a small part of its time. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const LEVEL = { level: 3 };
const [brotli, gzipped] = [promisify(brotliCompress), promisify(gzip)];

/** Fields of queries that open something to whoever knows their value. */
export const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'secret',
  'downloadUrl',
  'signatureUrl',
  'authorizationUrl',
]);

/** What the client takes of the two, by its `Accept-Encoding`; null for an answer as it is. */
export function encodingOf(accepted = ''): Encoding | null {
  const qualities = new Map(accepted.toLowerCase().split(',').map(qualityOf));
  const any = qualities.get('*') ?? 0;
  const [br, gz] = [qualities.get('br') ?? any, qualities.get('gzip') ?? any];
  if (br > 0 && br >= gz) return 'br';
  return gz > 0 ? 'gzip' : null;
}

function qualityOf(part: string): [string, number] {
  const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  return [name, given === undefined ? 1 : Number(given.slice(2)) || 0];
}

/**
 * Off the main thread for a large answer. One of usual size is made at once: the way to another thread and back costs three times
 * the work itself, and on a busy machine it waits twice for a processor.
 */
export function compressed(body: string, encoding: Encoding): Buffer | Promise<Buffer> {
  if (body.length > MOST_BYTES_AT_ONCE) return encoding === 'br' ? brotli(body, QUALITY) : gzipped(body, LEVEL);
  return encoding === 'br' ? brotliCompressSync(body, QUALITY) : gzipSync(body, LEVEL);
}

const known = new WeakMap<DocumentNode, boolean>();

/**
 * Whether the size of an answer tells nothing of a secret that stands in it beside texts that somebody else chose: it is that of a
 * query, and the document asks for none. One-time secrets come with mutations only.
 */
export function isFreeOfSecrets(document: DocumentNode, operation: OperationDefinitionNode | undefined): boolean {
  if (operation?.operation !== OperationTypeNode.QUERY) return false;
  const found = known.get(document) ?? !asksForSecrets(document);
  known.set(document, found);
  return found;
}

function asksForSecrets(document: DocumentNode): boolean {
  let isAsked = false;
  visit(document, { [Kind.FIELD]: ({ name }) => void (isAsked ||= SECRET_FIELDS.has(name.value)) });
  return isAsked;
}
