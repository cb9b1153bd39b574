import type { FastifyInstance, FastifyRequest } from 'fastify';
import { gone, invalid, notFound, unprocessable } from '../errors.js';
import { readFields, type Fields } from '../forms.js';
import { ulid } from '../ids.js';
import type { Upload, UploadSegment } from '../model/types.js';
import type { World } from '../model/world.js';
import { bucketUrl, formFields, segmentLink } from '../storage/links.js';
import { authenticate, projectCall, requireCompany, type Call } from './call.js';
import { isExpired } from './content.js';
import { pathId } from './query.js';

/** Uploads v1.1, form post and segmented, of projects and companies. */
export function uploadRoutes(app: FastifyInstance, world: World): void {
  const projectUploader = (request: FastifyRequest): Uploader => {
    const call = projectCall(world, request, 'standard');
    return { call, companyId: call.project.companyId };
  };
  const companyUploader = (request: FastifyRequest): Uploader => {
    const call = authenticate(world, request);
    return { call, companyId: requireCompany(world, call.user, pathId(request, 'companyId')).id };
  };
  addRoutes(app, world, '/rest/v1.1/projects/:projectId/uploads', projectUploader);
  addRoutes(app, world, '/rest/v1.1/companies/:companyId/uploads', companyUploader);
}

interface Uploader {
  call: Call;
  companyId: number;
}

function addRoutes(
  app: FastifyInstance,
  world: World,
  base: string,
  uploader: (request: FastifyRequest) => Uploader,
): void {
  app.post(base, async (request, reply) => {
    const body = await readFields(request);
    const upload = createUpload(world, uploader(request), body);
    world.state.uploads.set(upload.uuid, upload);
    return reply.code(201).send(uploadJson(world, upload));
  });

  app.get(`${base}/:uuid`, async (request) => {
    const upload = ownUpload(world, uploader(request), request);
    return { ...uploadJson(world, upload), status: upload.bytes === null ? 'ready' : 'complete' };
  });

  app.patch(`${base}/:uuid`, async (request) => {
    const body = await readFields(request);
    const upload = ownUpload(world, uploader(request), request);
    complete(world, upload, body['segments']);
    return uploadJson(world, upload);
  });
}

function createUpload(world: World, { call, companyId }: Uploader, body: Fields): Upload {
  const filename = body['response_filename'];
  if (typeof filename !== 'string' || filename.trim() === '') throw invalid('response_filename', 'required');
  const uuid = ulid();
  const segments = body['segments'] === undefined ? null : readSegments(world, body['segments']);
  const contentType = body['response_content_type'];
  return {
    uuid,
    companyId,
    userId: call.user.id,
    filename,
    contentType: typeof contentType === 'string' && contentType !== '' ? contentType : 'application/octet-stream',
    inline: body['attachment_content_disposition'] !== true,
    size: segments ? null : readSize(world, body['size']),
    storageKey: `companies/${companyId}/${uuid}`,
    segments,
    bytes: null,
    createdAt: world.now(),
    consumed: false,
  };
}

function readSize(world: World, sent: unknown): number | null {
  if (sent === undefined || sent === null) return null;
  const size = Number(sent);
  const smallest = world.options.behaviour.refuseZeroBytes ? 1 : 0;
  if (!Number.isSafeInteger(size) || size < smallest) throw invalid('size', `must be at least ${smallest}`);
  return size;
}

const LARGEST_SEGMENT_BYTES = 5 * 1024 ** 3;
const MAX_SEGMENTS = 10_000;

function readSegments(world: World, sent: unknown): UploadSegment[] {
  if (!Array.isArray(sent) || sent.length === 0 || sent.length > MAX_SEGMENTS) throw invalid('segments', 'is invalid');
  return sent.map((each: unknown, index) => {
    const { size, sha256, md5 } = (each ?? {}) as Record<string, unknown>;
    const smallest = index < sent.length - 1 ? world.options.behaviour.minSegmentBytes : 1;
    if (!Number.isSafeInteger(size) || Number(size) < smallest || Number(size) > LARGEST_SEGMENT_BYTES) {
      throw invalid('segments', `segment ${index + 1} must have ${smallest} to ${LARGEST_SEGMENT_BYTES} bytes`);
    }
    if (!isHex(sha256, 64)) throw invalid('segments', `segment ${index + 1} needs its sha256`);
    if (md5 !== undefined && md5 !== null && !isHex(md5, 32))
      throw invalid('segments', `segment ${index + 1} has no valid md5`);
    return {
      size: Number(size),
      sha256: sha256.toLowerCase(),
      md5: isHex(md5, 32) ? md5.toLowerCase() : null,
      part: null,
    };
  });
}

const isHex = (value: unknown, length: number): value is string =>
  typeof value === 'string' && value.length === length && /^[0-9a-f]+$/i.test(value);

function uploadJson(world: World, upload: Upload): Record<string, unknown> {
  const { uuid, segments } = upload;
  if (segments === null) return { uuid, url: bucketUrl(world), fields: formFields(world, upload) };
  return {
    uuid,
    segments: segments.map((segment, index) => ({
      size: segment.size,
      sha256: segment.sha256,
      md5: segment.md5,
      url: segmentLink(world, upload, index),
      headers: segmentHeaders(segment),
    })),
    status: upload.bytes === null ? 'ready' : 'complete',
  };
}

function segmentHeaders(segment: UploadSegment): Record<string, string> {
  const md5: Record<string, string> =
    segment.md5 === null ? {} : { 'content-md5': Buffer.from(segment.md5, 'hex').toString('base64') };
  return { 'x-amz-content-sha256': segment.sha256, 'content-length': String(segment.size), ...md5 };
}

function ownUpload(world: World, { call, companyId }: Uploader, request: FastifyRequest): Upload {
  const upload = world.state.uploads.get((request.params as { uuid: string }).uuid);
  if (upload?.companyId !== companyId || upload.userId !== call.user.id) throw notFound();
  return upload;
}

/** Joins the segments when every one is stored and the tags come in their order. */
function complete(world: World, upload: Upload, sent: unknown): void {
  if (isExpired(world, upload) || upload.consumed) throw gone('The upload has expired or was used');
  if (upload.segments === null) throw unprocessable('base', 'The upload has no segments');
  if (!Array.isArray(sent) || sent.length !== upload.segments.length) {
    throw unprocessable('segments', `must be a list of ${upload.segments.length}`);
  }
  upload.bytes = upload.segments.map(({ part }, index) => {
    const { etag, size, sha256 } = (sent[index] ?? {}) as Record<string, unknown>;
    const tag = typeof etag === 'string' ? etag.replaceAll('"', '') : '';
    const same =
      part && tag === part.md5 && (size ?? part.size) === part.size && (sha256 ?? part.sha256) === part.sha256;
    if (!same) throw unprocessable('segments', `segment ${index + 1} is missing or differs from what is stored`);
    return part;
  });
}
