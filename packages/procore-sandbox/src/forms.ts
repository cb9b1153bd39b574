import busboy from 'busboy';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { badRequest } from './errors.js';
import type { BlobPart } from './model/types.js';
import type { BlobStore } from './storage/blobs.js';

const LARGEST_FIELD_BYTES = 1024 * 1024;

export type Fields = Record<string, unknown>;

/** A file part of a multipart body, stored. */
export interface FormFile {
  /** Name of the form field, such as `file[data]`. */
  field: string;
  filename: string;
  contentType: string;
  part: BlobPart;
}

export interface Form {
  fields: Fields;
  files: FormFile[];
}

const isMultipart = (request: FastifyRequest) => /^multipart\/form-data/i.test(request.headers['content-type'] ?? '');

/** Fields of a JSON, urlencoded or multipart body; keys such as `folder[name]` become nested objects. */
export async function readFields(request: FastifyRequest): Promise<Fields> {
  return (await readForm(request, null)).fields;
}

/** As readFields, with file parts stored in `blobs` (null: passed over). */
export async function readForm(request: FastifyRequest, blobs: BlobStore | null): Promise<Form> {
  if (isMultipart(request)) return readMultipart(request, blobs);
  const body = request.body ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) throw badRequest('The body must be an object');
  return { fields: nest(Object.entries(body)), files: [] };
}

async function readMultipart(request: FastifyRequest, blobs: BlobStore | null): Promise<Form> {
  const entries: [string, unknown][] = [];
  const pending: Promise<FormFile>[] = [];
  const parser = openParser(request);
  parser.on('field', (name, value) => entries.push([name, value]));
  parser.on('file', (field, stream, info) => {
    if (blobs === null) return void stream.resume();
    const stored = storeFile(blobs, field, stream, info);
    stored.catch(() => undefined);
    pending.push(stored);
  });
  try {
    await pipeline(request.raw, parser);
  } catch {
    await discard(blobs, pending);
    throw badRequest('The multipart body can not be read');
  }
  return { fields: nest(entries), files: await Promise.all(pending) };
}

/**
 * A multipart parser for this request; refuses a body without boundary. When the client goes away, the parser ends the
 * file part at hand with an error. A part that nobody reads at that moment must not end the process by it.
 */
export function openParser(request: FastifyRequest): busboy.Busboy {
  try {
    const limits = { fieldSize: LARGEST_FIELD_BYTES };
    const parser = busboy({ headers: request.headers, defParamCharset: 'utf8', limits });
    return parser.on('file', (_name, stream) => stream.on('error', () => undefined));
  } catch {
    throw badRequest('The multipart body can not be read');
  }
}

async function storeFile(blobs: BlobStore, field: string, stream: Readable, info: busboy.FileInfo): Promise<FormFile> {
  const part = await blobs.write(stream, null);
  return { field, filename: info.filename ?? 'file', contentType: info.mimeType, part };
}

async function discard(blobs: BlobStore | null, pending: readonly Promise<FormFile>[]): Promise<void> {
  const settled = await Promise.allSettled(pending);
  await blobs?.remove(settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value.part] : [])));
}

/** `[['folder[name]', 'a']]` → `{ folder: { name: 'a' } }`; keys without brackets stay as they are. */
function nest(entries: readonly [string, unknown][]): Fields {
  const result: Fields = Object.create(null) as Fields;
  for (const [key, value] of entries) {
    const [, outer, inner] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(key) ?? [];
    if (outer === undefined || inner === undefined) result[key] = value;
    else ((result[outer] ??= Object.create(null) as Fields) as Fields)[inner] = value;
  }
  return result;
}
