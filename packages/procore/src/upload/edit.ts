import { transferDelayMs } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { Call, Description, Item, ItemKind, WriteRequest } from '@sluice/core/platform';
import { readFile, readFolder, versionKey } from '../api/adapter.js';
import type { Document } from '../api/adapter.js';
import { parentField } from '../api/client.js';
import { isInDoubt, isKind, statusOf } from '../errors.js';
import type { Json } from '../api/json.js';
import { GONE } from '../api/session.js';
import type { AccessLadder } from '../sign-in/ladder.js';
import type { Project } from '../listing/project.js';
import { retried } from '../api/retry.js';
import { throwIfAborted } from '../api/waits.js';

/** Times that a removal is sent, each after a look that the item is still there. */
const REMOVAL_TRIES = 4;
/** A folder that was seen alive is not looked at again for so long. */
const SEEN_ALIVE_FOR_MS = 60_000;

/** Changes of what is there: remove, move, rename, describe. */
export class Editor {
  constructor(
    private readonly project: Project,
    private readonly ladder: AccessLadder,
  ) {}

  async remove(item: Item, call: Call): Promise<void> {
    assertOrdinary(item, call);
    await (item.kind === 'FOLDER' ? this.assertEmpty(item, call) : this.assertVersion(item, call));
    await this.recycle(item, call);
    if (item.kind === 'FOLDER') this.project.folders.tree.drop(item.id);
    else this.project.session.written.set(item.id, GONE);
  }

  /** The recycle bin would take everything that is in the folder. */
  private async assertEmpty(folder: Item, call: Call): Promise<void> {
    const contents = await this.project.session.contents(folder.id, { show_latest_file_version_only: true }, call);
    if (contents.folder.isRecycled) throw gone();
    if (contents.children.every(({ isRecycled }) => isRecycled)) return;
    throw new PlatformError('CONFLICT', 'The folder is not empty in Procore and was not removed.');
  }

  private async assertVersion(file: Item, call: Call): Promise<void> {
    const document = await this.project.finder.fileOf(file.id, call);
    if (!document || document.isRecycled) throw gone();
    const version = document.version && versionKey(document.version);
    if (file.version === null || version === file.version) return;
    throw new PlatformError('CONFLICT', 'The file has another version in Procore now and was not removed.');
  }

  private recycle(item: Item, call: Call): Promise<unknown> {
    let isDoubtful = false;
    const retry = {
      waits: this.project.session.waits,
      signal: call.signal,
      attempts: REMOVAL_TRIES,
      isRepeatable: isInDoubt,
      delayMs: transferDelayMs,
      lookUp: async (error: unknown) => {
        isDoubtful ||= isInDoubt(error);
        return isDoubtful && (await this.isGone(item, call)) ? GONE : null;
      },
    };
    return retried<unknown>(retry, () => this.project.session.client.recycle(wireKind(item), item.id, call));
  }

  private async isGone(item: Item, call: Call): Promise<boolean> {
    const { project } = this;
    const document =
      item.kind === 'FILE' ? await project.finder.fileOf(item.id, call) : await project.finder.folderOf(item.id, call);
    return document?.isRecycled ?? true;
  }

  async move(item: Item, to: { parent: Item; name: string }, call: Call): Promise<Item> {
    assertOrdinary(item, call);
    const fields: Json = {
      ...(to.parent.id !== item.parentId && parentField(to.parent.id)),
      ...(to.name !== item.path.at(-1) && { name: to.name }),
    };
    const document = await this.update(item, fields, call).catch(async (error: unknown) => {
      throw await this.explained(error, to.parent, call);
    });
    return document ? this.moved(item, to, document) : item;
  }

  private moved(item: Item, to: { parent: Item; name: string }, document: Document): Item {
    const named = { ...document, name: document.name ?? to.name, parentId: document.parentId ?? to.parent.id };
    if (item.kind === 'FOLDER') this.project.folders.tree.put(named);
    return keepingContent(item, this.project.session.view(named, [...to.parent.path, named.name]));
  }

  async describe(item: Item, fields: Description, call: Call): Promise<Item> {
    assertOrdinary(item, call);
    const { session, tags } = this.project;
    const custom = await session.customFields.wire(fields.fields, call);
    const document = await this.update(item, { ...describedFields(item.kind, fields), ...custom }, call);
    await session.meetHolders([document], call);
    const described = document
      ? keepingContent(item, session.view({ ...document, parentId: document.parentId ?? item.parentId }, item.path))
      : item;
    return tags.add(described, fields.tags ?? [], call);
  }

  /** Brings name, place and description of a file to those of the write that gave it a new version. */
  async aligned(item: Item, request: WriteRequest, call: Call): Promise<Item> {
    const isMoved = request.parent.id !== item.parentId || request.name !== item.path.at(-1);
    const placed = isMoved ? await this.move(item, request, call) : item;
    const { description = placed.description, isPrivate = placed.isPrivate } = request;
    const fields = otherFields(placed, request.fields);
    const isDescribed =
      (description ?? '') === (placed.description ?? '') &&
      (isPrivate ?? false) === (placed.isPrivate ?? false) &&
      Object.keys(fields).length === 0;
    return isDescribed
      ? placed
      : this.describe(placed, { description: request.description, isPrivate: request.isPrivate, fields }, call);
  }

  /** Sets fields; null where there is nothing to set. Throws `NOT_FOUND` for what is in the recycle bin. */
  private async update(item: Item, fields: Json, call: Call): Promise<Document | null> {
    if (Object.keys(fields).length === 0) return null;
    const { json } = await this.project.session.client.update(wireKind(item), item.id, fields, call);
    const document = item.kind === 'FOLDER' ? (readFolder(json)?.folder ?? null) : readFile(json);
    if (!document) throw new PlatformError('PLATFORM_ERROR', 'Procore changed an item and did not tell how it is now.');
    if (document.isRecycled) throw gone();
    return document;
  }

  /** A refusal to put something into a folder that is gone becomes `NOT_FOUND`; one look decides. */
  async explained(error: unknown, parent: Item, call: Call): Promise<unknown> {
    if (!isKind(error, 'REJECTED', 'ACCESS_DENIED') || statusOf(error) === null) return error;
    if (parent.path.length === 0 || (await this.isAlive(parent, call)))
      return isKind(error, 'ACCESS_DENIED') ? this.ladder.explained(error, call) : error;
    return new PlatformError('NOT_FOUND', 'The folder does not exist in Procore any more.', { cause: error });
  }

  /** One look serves many refusals. A folder that cannot be looked at is taken to be there. */
  private async isAlive({ id }: Item, call: Call): Promise<boolean> {
    const { seenAlive, waits } = this.project.session;
    const now = waits.clock.now();
    if ((seenAlive.get(id) ?? -Infinity) > now - SEEN_ALIVE_FOR_MS) return true;
    const folder = await this.project.finder.folderOf(id, call).catch(() => undefined);
    if (folder === null || folder?.isRecycled) return false;
    seenAlive.set(id, now);
    return true;
  }
}

function gone(): PlatformError {
  return new PlatformError('NOT_FOUND', 'The item is not in Procore any more, or is in its recycle bin.');
}

/** The fields of a request that the item does not have so already. */
function otherFields(item: Item, wanted: Description['fields'] = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(wanted).filter(([key, text]) => (item.fields?.[key] ?? '') !== text));
}

/** The description, privacy and lock as Procore takes them; folders have no description. */
export function describedFields(kind: ItemKind, { description, isPrivate, lockedUntil }: Description): Json {
  return {
    // Procore clears a check-out by that word, not by an empty value.
    ...(kind === 'FILE' && lockedUntil !== undefined && { checked_out_until: lockedUntil?.toISOString() ?? 'null' }),
    ...(kind === 'FILE' && description !== undefined && { description: description ?? '' }),
    ...(isPrivate !== undefined && { explicit_permissions: isPrivate }),
  };
}

function assertOrdinary(item: Item, call: Call): void {
  throwIfAborted(call.signal);
  if (item.path.length === 0) throw new PlatformError('REJECTED', 'The root folder of a project cannot be changed.');
  if (item.isReadOnly) throw new PlatformError('ACCESS_DENIED', 'Procore keeps this item for itself.');
}

function wireKind(item: Item): 'file' | 'folder' {
  return item.kind === 'FILE' ? 'file' : 'folder';
}

/** A reply to a change may lack the content, which the change did not touch. */
function keepingContent(before: Item, after: Item): Item {
  return {
    ...after,
    size: after.size ?? before.size,
    version: after.version ?? before.version,
    handle: after.handle ?? before.handle,
  };
}
