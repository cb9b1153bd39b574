/*
 * `storage/` is the two hosts of bytes: `file-links.ts` answers on the files origin and checks rights, `receive.ts` and
 * `serve.ts` answer on the storage origin and trust signed links only, `blobs.ts` keeps the bytes. Links and form fields
 * are made and checked in this file.
 */
import { sameText, sign } from '../ids.js';
import type { Project, Upload, Version } from '../model/types.js';
import type { World } from '../model/world.js';

const BUCKET_PATH = '/pro-core.com';

/** An S3 date: `20260930T101500Z`. */
const amzDate = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

const credential = (ms: number): string => `SIM/${amzDate(ms).slice(0, 8)}/us-east-1/s3/aws4_request`;

/** The link of a version on the files origin. */
export function fileLink(world: World, project: Project, version: Version): string {
  const { id, companyId } = project;
  const path = `/fas/api/v5/files/us-east-1/pro-core.com/${companyId}-c/${id}-p/${version.fileKey}`;
  const query = new URLSearchParams({ companyId: String(companyId), projectId: String(id) });
  const lifetime = world.options.behaviour.fileLinkSeconds;
  if (lifetime !== null) query.set('expires', String(world.now() + lifetime * 1000));
  query.set('sig', sign(world.state.secret, 'file', version.fileKey, query.get('expires') ?? ''));
  const { fileLinkOrigin } = world.options.behaviour;
  const origin = fileLinkOrigin === 'own' ? world.urls.filesUrl : fileLinkOrigin;
  return `${origin}${path}?${query.toString()}`;
}

export type LinkState = 'good' | 'expired' | 'forged';

export function checkFileLink(world: World, fileKey: string, query: URLSearchParams): LinkState {
  const expires = query.get('expires') ?? '';
  const expected = sign(world.state.secret, 'file', fileKey, expires);
  if (!sameText(expected, query.get('sig') ?? '')) return 'forged';
  return expires !== '' && Number(expires) <= world.now() ? 'expired' : 'good';
}

/** A short-lived link to the bytes of a version on the storage origin. */
export function objectLink(world: World, project: Project, version: Version): string {
  const key = `companies/${project.companyId}/${version.fileKey}`;
  const expiresAt = world.now() + world.options.behaviour.storageLinkSeconds * 1000;
  return signedLink(world, 'GET', key, expiresAt, {
    'response-content-disposition': `attachment; filename="${encodeURIComponent(version.filename)}"`,
    'response-content-type': version.contentType,
  });
}

/** Where a segment is to be PUT. */
export function segmentLink(world: World, upload: Upload, index: number): string {
  return signedLink(world, 'PUT', upload.storageKey, transferEnd(world, upload), {
    partNumber: String(index + 1),
    uploadId: upload.uuid,
  });
}

function signedLink(
  world: World,
  method: string,
  key: string,
  expiresAt: number,
  extra: Record<string, string>,
): string {
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': credential(world.now()),
    'X-Amz-Date': amzDate(world.now()),
    'X-Amz-Expires': String(Math.max(0, Math.ceil((expiresAt - world.now()) / 1000))),
    ...extra,
    expires: String(expiresAt),
  });
  query.set('X-Amz-Signature', linkSignature(world, method, key, query));
  return `${world.urls.storageUrl}${BUCKET_PATH}/${key}?${query.toString()}`;
}

/** Whether a link to the object `key` was issued for this method, and is still young. */
export function checkObjectLink(world: World, method: string, key: string, query: URLSearchParams): LinkState {
  const given = query.get('X-Amz-Signature') ?? '';
  if (!sameText(linkSignature(world, method, key, query), given)) return 'forged';
  return Number(query.get('expires')) <= world.now() ? 'expired' : 'good';
}

function linkSignature(world: World, method: string, key: string, query: URLSearchParams): string {
  const signed = [...query].filter(([name]) => name !== 'X-Amz-Signature').map(([name, value]) => `${name}=${value}`);
  return sign(world.state.secret, method, key, signed.join('&'));
}

export const bucketUrl = (world: World): string => `${world.urls.storageUrl}${BUCKET_PATH}`;

/** When the storage stops taking the bytes of an upload. */
export const transferEnd = (world: World, upload: Upload): number =>
  upload.createdAt + world.options.behaviour.uploadTransferSeconds * 1000;

/** The fields of a form post, in the order in which they must come. */
export function formFields(world: World, upload: Upload): Record<string, string> {
  const disposition = upload.inline ? 'inline' : 'attachment';
  const unsigned = {
    key: upload.storageKey,
    'Content-Type': upload.contentType,
    'Content-Disposition': `${disposition}; filename="${upload.filename.replace(/["\\]/g, '_')}"`,
    policy: Buffer.from(JSON.stringify({ key: upload.storageKey, expiration: transferEnd(world, upload) })).toString(
      'base64',
    ),
    'x-amz-credential': credential(upload.createdAt),
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-date': amzDate(upload.createdAt),
  };
  return { ...unsigned, 'x-amz-signature': sign(world.state.secret, ...Object.values(unsigned)) };
}
