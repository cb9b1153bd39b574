/*
 * upload/ changes a project: bytes go to storage, whole or in segments, and one call attaches them (this file); a lost
 * answer is looked into before anything is sent again (recovery.ts); the rest moves, describes and removes (edit.ts).
 */
import { InDoubtError, transferDelayMs } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { Call, Item, WriteRequest, Written } from '@sluice/core/platform';
import { readFile, readVersion, versionKey } from '../api/adapter.js';
import type { Version } from '../api/adapter.js';
import { parentField } from '../api/client.js';
import { describedFields } from './edit.js';
import type { Editor } from './edit.js';
import { isInDoubt, isKind, statusOf } from '../errors.js';
import { nameOf } from '../listing/folder-tree.js';
import { objectOf } from '../api/json.js';
import type { Json } from '../api/json.js';
import type { Project } from '../listing/project.js';
import type { Recovery } from './recovery.js';
import type { Uploaded } from './segments.js';
import type { Uploader } from './upload.js';
import { retried } from '../api/retry.js';
import { throwIfAborted } from '../api/waits.js';

/** Attachments tried for one write, each after looking that the one before was not carried out. */
const ATTACHMENT_TRIES = 4;

const PRIVATE_ANYWAY = 'Procore made it private, as the project does with everything new.';

/** With the custom fields as Procore takes them. */
interface FileRequest extends WriteRequest {
  custom: Json;
}

/** Writes files: bytes to storage first, then one call that makes them a file or a version. */
export class FileWriter {
  constructor(
    private readonly project: Project,
    private readonly uploader: Uploader,
    private readonly recovery: Recovery,
    private readonly editor: Editor,
  ) {}

  async write(request: WriteRequest, call: Call): Promise<Written> {
    throwIfAborted(call.signal);
    if (request.content.size === 0)
      throw new PlatformError('ZERO_BYTES', 'Procore does not store files of zero bytes.');
    if (request.parent.isReadOnly) throw new PlatformError('ACCESS_DENIED', 'Procore keeps this folder for itself.');
    const custom = await this.project.session.customFields.wire(request.fields, call);
    const found = request.inDoubtSince && (await this.recovery.find(request, request.inDoubtSince, null, call));
    if (found) return this.tagged(await this.completed(found, request, call), request, call);
    this.assertCurrent(request);
    const uploaded = await this.uploader.upload(request, call);
    return this.tagged(await this.attach({ ...request, custom }, uploaded, call), request, call);
  }

  /** What an earlier try left may lack what is set after the version. */
  private async completed(found: Written, request: WriteRequest, call: Call): Promise<Written> {
    return request.replaces ? { ...found, item: await this.editor.aligned(found.item, request, call) } : found;
  }

  /** The file is there: a tag that is refused is told, and the rest of the write stands. */
  private async tagged(written: Written, { tags = [] }: WriteRequest, call: Call): Promise<Written> {
    try {
      return { ...written, item: await this.project.tags.add(written.item, tags, call) };
    } catch (error) {
      if (!isKind(error, 'ACCESS_DENIED', 'REJECTED', 'NOT_FOUND')) throw error;
      return { ...written, note: `Its tags could not be set: ${error.message}` };
    }
  }

  private assertCurrent({ replaces }: WriteRequest): void {
    const written = replaces && this.project.session.written.get(replaces.id);
    if (typeof written !== 'string' || written === replaces?.version) return;
    throw new PlatformError('CONFLICT', 'The file has got another version in the meantime.');
  }

  private attach(request: FileRequest, uploaded: Uploaded, call: Call): Promise<Written> {
    const { waits } = this.project.session;
    const since = new Date(waits.clock.now());
    let doubt: PlatformError | null = null;
    const lookUp = async (error: unknown) => {
      if (isInDoubt(error)) doubt = error;
      if (doubt === null) return this.refused(request, uploaded, error, call);
      const found = await this.recovery.find(request, since, uploaded.sha256, call);
      // A used upload tells that the lost try was carried out, although it cannot be seen yet.
      if (!found && !isInDoubt(error) && isUploadDead(error)) throw doubt;
      return found;
    };
    const limits = { attempts: ATTACHMENT_TRIES, isRepeatable: isInDoubt, delayMs: transferDelayMs };
    return retried({ waits, signal: call.signal, ...limits, lookUp }, () =>
      this.attachOnce(request, uploaded.uuid, call),
    );
  }

  /** A refusal without doubt. An upload kept from an earlier try may have expired: then it is made anew, once. */
  private async refused(request: FileRequest, uploaded: Uploaded, error: unknown, call: Call): Promise<Written> {
    if (isUploadDead(error) && uploaded.isResumed) {
      const anew = await this.uploader.upload({ ...request, checkpoint: undefined }, call);
      return this.attach(request, anew, call);
    }
    if (request.replaces && isKind(error, 'NOT_FOUND')) {
      throw new PlatformError('CONFLICT', 'The file to replace is not there any more.', { cause: error });
    }
    throw request.replaces ? error : await this.editor.explained(error, request.parent, call);
  }

  private attachOnce(request: FileRequest, uuid: string, call: Call): Promise<Written> {
    return request.replaces ? this.addVersion(request, request.replaces, uuid, call) : this.create(request, uuid, call);
  }

  private async create(request: FileRequest, uuid: string, call: Call): Promise<Written> {
    const { parent, name } = request;
    const body: Json = {
      ...parentField(parent.id),
      name,
      upload_uuid: uuid,
      is_tracked: false,
      ...describedFields('FILE', request),
      ...request.custom,
    };
    const reply = await this.project.session.client.createFile(body, call);
    const file = readFile(reply.json);
    if (!file) throw new InDoubtError('PLATFORM_ERROR', 'Procore created a file and did not tell which.');
    const named = { ...file, name: file.name ?? name, parentId: file.parentId ?? parent.id };
    const item = this.project.session.view(named, [...parent.path, nameOf(named)]);
    const written = this.written(request, item, file.version, file.size);
    return request.isPrivate === false && item.isPrivate ? { ...written, note: PRIVATE_ANYWAY } : written;
  }

  private async addVersion(request: WriteRequest, replaces: Item, uuid: string, call: Call): Promise<Written> {
    const notes = request.versionNote === undefined ? {} : { notes: request.versionNote };
    const reply = await this.project.session.client.createVersion(
      replaces.id,
      { upload_uuid: uuid, name: request.name, ...notes },
      call,
    );
    const version = readFile(reply.json)?.version ?? readVersion(objectOf(reply.json));
    if (!version) throw new InDoubtError('PLATFORM_ERROR', 'Procore added a version and did not tell which.');
    this.project.session.written.set(replaces.id, versionKey(version));
    if (version.url) this.project.session.hosts.trustLink(version.url);
    const item: Item = {
      ...replaces,
      version: versionKey(version),
      modifiedAt: version.createdAt ?? replaces.modifiedAt,
      handle: version.url,
    };
    return this.written(request, await this.editor.aligned(item, request, call), version, version.size);
  }

  private written(request: WriteRequest, item: Item, version: Version | null, size: number | null): Written {
    this.project.session.written.set(item.id, version && versionKey(version));
    return {
      item: { ...item, size: size ?? request.content.size },
      verifiedBy: size === null ? 'NONE' : 'SIZE',
      wasAlreadyThere: false,
    };
  }
}

/** Whether the refusal may mean that the upload has expired or was used before. */
function isUploadDead(error: unknown): boolean {
  return [400, 404, 410, 422].includes(statusOf(error) ?? 0) && !isKind(error, 'NAME_TAKEN', 'LOCKED');
}
