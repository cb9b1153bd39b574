import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Bytes, FileItem, Project, Version } from '../model/types.js';
import { sizeOf } from '../model/tree.js';
import type { World } from '../model/world.js';
import { checkObjectLink } from './links.js';
import { storageRefusal } from './xml.js';

export interface StoredFile {
  project: Project;
  file: FileItem;
  version: Version;
}

/** The version that a file key names. */
export function findVersion(world: World, fileKey: string): StoredFile | null {
  const place = world.state.fileKeys.get(fileKey);
  const project = place && world.state.projects.get(place.projectId);
  const file = place && project?.items.get(place.fileId);
  const version = file?.kind === 'file' ? file.versions.find((each) => each.fileKey === fileKey) : undefined;
  return project && file?.kind === 'file' && version ? { project, file, version } : null;
}

/** Serves the bytes behind signed links, whole or by range. */
export function serveRoutes(app: FastifyInstance, world: World): void {
  app.get('/pro-core.com/*', async (request, reply) => {
    if (request.headers.authorization !== undefined) {
      throw storageRefusal(400, 'InvalidArgument', 'Only one auth mechanism allowed');
    }
    return sendObject(world, request, reply, signedVersion(world, request));
  });
}

function signedVersion(world: World, request: FastifyRequest): Version {
  const key = (request.params as { '*': string })['*'];
  const state = checkObjectLink(world, 'GET', key, new URL(request.url, 'http://storage').searchParams);
  if (state === 'forged') throw storageRefusal(403, 'SignatureDoesNotMatch', 'The signature does not match.');
  if (state === 'expired') throw storageRefusal(403, 'AccessDenied', 'Request has expired');
  const found = findVersion(world, key.split('/').at(-1) ?? '');
  if (!found) throw storageRefusal(404, 'NoSuchKey', 'The specified key does not exist.');
  return found.version;
}

function sendObject(world: World, request: FastifyRequest, reply: FastifyReply, version: Version) {
  const query = request.query as Record<string, string | undefined>;
  const etag = etagOf(version.bytes);
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== etag) {
    throw storageRefusal(412, 'PreconditionFailed', 'The object has another ETag.');
  }
  const total = sizeOf(version.bytes);
  const range = readRange(request, etag, total);
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${total}`);
    throw storageRefusal(416, 'InvalidRange', 'The requested range is not satisfiable');
  }
  const [start, end] = range ?? [0, total - 1];
  if (range) void reply.code(206).header('content-range', `bytes ${start}-${end}/${total}`);
  const stream = world.blobs.read(version.bytes, start, end);
  stream.once('end', () => world.counters.downloaded(end - start + 1));
  return reply
    .header('etag', etag)
    .header('accept-ranges', 'bytes')
    .header('last-modified', new Date(version.createdAt).toUTCString())
    .header('content-length', end - start + 1)
    .header('content-disposition', query['response-content-disposition'] ?? 'attachment')
    .type(query['response-content-type'] ?? version.contentType)
    .send(stream);
}

/** MD5 of the bytes; of a multipart object the MD5 of its MD5s and the number of parts. */
export function etagOf(bytes: Bytes): string {
  const [only, ...others] = bytes;
  if (only && others.length === 0) return `"${only.md5}"`;
  const joined = createHash('md5').update(Buffer.from(bytes.map((part) => part.md5).join(''), 'hex'));
  return `"${joined.digest('hex')}-${bytes.length}"`;
}

/** First and last byte of a single range; null for the whole object. */
function readRange(request: FastifyRequest, etag: string, total: number): [number, number] | 'unsatisfiable' | null {
  const ifRange = request.headers['if-range'];
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return null;
  if (ifRange !== undefined && ifRange !== etag) return null;
  if (first === '')
    return Number(last) === 0 || total === 0 ? 'unsatisfiable' : [Math.max(0, total - Number(last)), total - 1];
  if (Number(first) >= total) return 'unsatisfiable';
  const end = last === '' ? total - 1 : Math.min(Number(last), total - 1);
  return end < Number(first) ? null : [Number(first), end];
}
