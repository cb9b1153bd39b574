import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openParser } from '../forms.js';
import type { BlobPart, Upload, UploadSegment } from '../model/types.js';
import type { World } from '../model/world.js';
import { SizeDiffers } from './blobs.js';
import { checkObjectLink, formFields, transferEnd } from './links.js';
import { storageRefusal } from './xml.js';

/** Takes the bytes of uploads: form posts to the bucket, and segments by PUT. */
export function receiveRoutes(app: FastifyInstance, world: World): void {
  app.post('/pro-core.com', async (request, reply) => {
    const etag = await receiveForm(world, request);
    return reply.code(204).header('etag', etag).send();
  });

  app.put('/pro-core.com/*', async (request, reply) => {
    const etag = await receiveSegment(world, request);
    return reply.code(200).header('etag', etag).header('content-length', '0').send();
  });
}

/** The announced length; refuses calls with an Authorization header, and chunked ones. */
function requirePlainTransfer(request: FastifyRequest): number {
  if (request.headers.authorization !== undefined) {
    throw storageRefusal(400, 'InvalidArgument', 'Only one auth mechanism allowed');
  }
  const length = request.headers['content-length'];
  if (length === undefined) {
    throw storageRefusal(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  return Number(length);
}

async function receiveForm(world: World, request: FastifyRequest): Promise<string> {
  const length = requirePlainTransfer(request);
  const sent: [string, string][] = [];
  let transfer: Promise<{ upload: Upload; part: BlobPart }> | null = null;
  const parser = openParser(request);
  parser.on('field', (name, value) => sent.push([name, value]));
  parser.on('file', (name, stream) => {
    if (transfer !== null) return void stream.resume();
    transfer = storeFile(world, name, stream, sent.slice(), length);
    transfer.catch(() => stream.resume());
  });
  const parsed = await pipeline(request.raw, parser).then(
    () => true,
    () => false,
  );
  const received = transfer as Promise<{ upload: Upload; part: BlobPart }> | null;
  if (received === null)
    throw storageRefusal(400, 'InvalidArgument', 'POST requires exactly one file upload per request.');
  const { upload, part } = await received;
  if (!parsed) {
    await world.blobs.remove([part]);
    throw storageRefusal(400, 'IncompleteBody', 'The request body terminated unexpectedly');
  }
  await replaceBytes(world, upload, await stored(world, request, part));
  return `"${part.md5}"`;
}

async function storeFile(world: World, name: string, stream: Readable, sent: [string, string][], length: number) {
  if (name !== 'file') throw storageRefusal(400, 'InvalidArgument', 'The file must be in the part named file.');
  const upload = uploadOfForm(world, sent);
  if (world.now() >= transferEnd(world, upload)) {
    throw storageRefusal(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
  }
  const part = await world.blobs.write(stream, upload.size, upload.size ?? length).catch((error: unknown) => {
    if (!(error instanceof SizeDiffers)) throw storageRefusal(400, 'IncompleteBody', 'The request body ended early');
    throw storageRefusal(400, 'EntityTooLarge', 'The upload has another size than was announced');
  });
  if (part.size > 0 || !world.options.behaviour.refuseZeroBytes) return { upload, part };
  await world.blobs.remove([part]);
  throw storageRefusal(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
}

/** The upload whose fields were sent, all of them, in order and unchanged. */
function uploadOfForm(world: World, sent: readonly [string, string][]): Upload {
  const key = sent.find(([name]) => name === 'key')?.[1];
  const upload = uploadByKey(world, key);
  if (!upload) throw storageRefusal(403, 'AccessDenied', 'Access Denied');
  const expected = Object.entries(formFields(world, upload));
  const same = expected.every(([name, value], at) => sent[at]?.[0] === name && sent[at][1] === value);
  if (!same || sent.length !== expected.length) {
    throw storageRefusal(403, 'SignatureDoesNotMatch', 'The fields are not those that were issued, in their order.');
  }
  return upload;
}

/** The storage key of an upload ends in its uuid. */
function uploadByKey(world: World, key: string | undefined): Upload | null {
  const upload = world.state.uploads.get(key?.split('/').at(-1) ?? '');
  return upload && upload.storageKey === key && upload.segments === null && !upload.consumed ? upload : null;
}

async function replaceBytes(world: World, upload: Upload, part: BlobPart): Promise<void> {
  if (upload.consumed) {
    await world.blobs.remove([part]);
    return;
  }
  await world.blobs.remove(upload.bytes ?? []);
  upload.bytes = [part];
  world.counters.uploaded(part.size);
}

async function receiveSegment(world: World, request: FastifyRequest): Promise<string> {
  const length = requirePlainTransfer(request);
  const { upload, segment } = segmentOf(world, request);
  requireHeaders(request, segment, length);
  const part = await world.blobs.write(request.raw, segment.size).catch(() => {
    throw storageRefusal(400, 'IncompleteBody', 'The request body terminated unexpectedly');
  });
  const problem = differs(segment, part);
  if (problem || upload.bytes !== null) {
    await world.blobs.remove([part]);
    throw problem ?? storageRefusal(404, 'NoSuchUpload', 'The upload is complete.');
  }
  if (segment.part) await world.blobs.remove([segment.part]);
  segment.part = await stored(world, request, part);
  world.counters.uploaded(part.size);
  return `"${part.md5}"`;
}

/** What storage keeps of a transfer; it tells the digest of what was sent even where it keeps other bytes. */
async function stored(world: World, { flipsBit }: FastifyRequest, part: BlobPart): Promise<BlobPart> {
  return flipsBit && part.size > 0 ? { ...(await world.blobs.flip(part)), md5: part.md5 } : part;
}

function segmentOf(world: World, request: FastifyRequest): { upload: Upload; segment: UploadSegment } {
  const key = (request.params as { '*': string })['*'];
  const query = new URL(request.url, 'http://storage').searchParams;
  const state = checkObjectLink(world, 'PUT', key, query);
  if (state === 'forged') throw storageRefusal(403, 'SignatureDoesNotMatch', 'The signature does not match.');
  if (state === 'expired') throw storageRefusal(403, 'AccessDenied', 'Request has expired');
  const upload = world.state.uploads.get(query.get('uploadId') ?? '');
  const segment = upload?.segments?.[Number(query.get('partNumber')) - 1];
  if (!upload || !segment) throw storageRefusal(404, 'NoSuchUpload', 'The specified upload does not exist.');
  return { upload, segment };
}

function requireHeaders(request: FastifyRequest, segment: UploadSegment, length: number): void {
  const { headers } = request;
  if (length !== segment.size) throw storageRefusal(400, 'InvalidRequest', 'content-length differs from the segment');
  if (headers['x-amz-content-sha256'] !== segment.sha256) {
    throw storageRefusal(400, 'InvalidRequest', 'x-amz-content-sha256 is missing or differs from the segment');
  }
  const md5 = segment.md5 && Buffer.from(segment.md5, 'hex').toString('base64');
  if (md5 && headers['content-md5'] !== md5) {
    throw storageRefusal(400, 'InvalidDigest', 'content-md5 is missing or differs from the segment');
  }
}

function differs(segment: UploadSegment, part: BlobPart): Error | null {
  if (part.sha256 !== segment.sha256) {
    return storageRefusal(400, 'XAmzContentSHA256Mismatch', 'The bytes do not match x-amz-content-sha256.');
  }
  if (segment.md5 && part.md5 !== segment.md5) {
    return storageRefusal(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  return null;
}
