import { PlatformError, wantedFields } from '@sluice/core/platform';
import type { Call, Content, FolderRequest, Item, RestoreRequest } from '@sluice/core/platform';
import { readFile, readFolder, versionKey } from '../api/adapter.js';
import type { Document } from '../api/adapter.js';
import { parentField } from '../api/client.js';
import { isCustomField } from '../details/field-values.js';
import type { Downloads } from '../download/download.js';
import { isKind } from '../errors.js';
import { nameOf } from '../listing/folder-tree.js';
import type { Project } from '../listing/project.js';
import type { Withdrawals } from './withdrawal.js';
import type { FileWriter } from './write.js';

const OF_REMOVED = 'From the recycle bin, as it was before the run that is undone.';
const OF_REPLACED = 'The content from before the run that is undone.';

/**
 * Brings back what was removed or replaced. To put an item of the recycle bin into a living folder is expected to restore it. No
 * reference says so: where it does not, a file is sent again from there as a new one, and a folder is made anew.
 */
export class Restorer {
  constructor(
    private readonly project: Project,
    private readonly writer: FileWriter,
    private readonly withdrawals: Withdrawals,
    private readonly downloads: Downloads,
    private readonly ensureFolder: (request: FolderRequest, call: Call) => Promise<Item>,
  ) {}

  restore(request: RestoreRequest, call: Call): Promise<Item> {
    const { former, replaces, inDoubtSince } = request;
    if (!replaces) return this.fromBin(request, call);
    const asked = { written: replaces, replaced: former, versionNote: OF_REPLACED, inDoubtSince };
    return this.withdrawals.formerAgain(asked, call);
  }

  private async fromBin(request: RestoreRequest, call: Call): Promise<Item> {
    const document = await this.removed(request, call);
    if (!document.isRecycled) return this.standing(request, document);
    const restored = await this.relocated(request, document, call);
    if (restored) return this.viewed(request, restored);
    const { parent, name, former } = request;
    if (former.kind === 'FOLDER') return this.ensureFolder({ parent, name, inDoubtSince: request.inDoubtSince }, call);
    return this.sentAgain(request, document, call);
  }

  private async removed({ former }: RestoreRequest, call: Call): Promise<Document> {
    const { finder } = this.project;
    const document =
      former.kind === 'FILE' ? await finder.fileOf(former.id, call) : await finder.folderOf(former.id, call);
    if (!document) throw new PlatformError('NOT_FOUND', 'It is not in the recycle bin of Procore any more.');
    const isOther = document.version && former.version !== null && versionKey(document.version) !== former.version;
    if (!isOther) return document;
    throw new PlatformError('CONFLICT', 'The file in the recycle bin of Procore has another version now.');
  }

  /** Somebody restored it, or an earlier try did. */
  private standing(request: RestoreRequest, document: Document): Item {
    if (document.parentId === request.parent.id && nameOf(document) === request.name)
      return this.viewed(request, document);
    throw new PlatformError('CONFLICT', 'Somebody has brought it back from the recycle bin of Procore already.');
  }

  /** Null where Procore leaves it in the recycle bin. */
  private async relocated(
    { former, parent, name }: RestoreRequest,
    document: Document,
    call: Call,
  ): Promise<Document | null> {
    const fields = { ...parentField(parent.id), ...(nameOf(document) === name ? {} : { name }) };
    const isFile = former.kind === 'FILE';
    try {
      const { json } = await this.project.session.client.update(isFile ? 'file' : 'folder', former.id, fields, call);
      const changed = isFile ? readFile(json) : (readFolder(json)?.folder ?? null);
      return changed === null || changed.isRecycled ? null : { ...document, ...changed };
    } catch (error) {
      if (isKind(error, 'NOT_FOUND')) return null;
      throw error;
    }
  }

  private viewed({ former, parent, name }: RestoreRequest, document: Document): Item {
    const named = { ...document, name: document.name ?? name, parentId: document.parentId ?? parent.id };
    if (former.kind === 'FOLDER') this.project.folders.tree.put(named);
    const item = this.project.session.view(named, [...parent.path, nameOf(named)]);
    const { version, size } = former;
    return { ...item, version: item.version ?? version, size: item.size ?? size, handle: item.handle ?? former.handle };
  }

  private async sentAgain(request: RestoreRequest, { version, size }: Document, call: Call): Promise<Item> {
    const { former, parent, name, inDoubtSince } = request;
    const bytes = version?.size ?? size ?? former.size;
    if (!version?.url || bytes === null)
      throw new PlatformError('NOT_FOUND', 'Procore does not give the content of what is in its recycle bin.');
    this.project.session.hosts.trustLink(version.url);
    // It can be read there, although this session removed it.
    this.project.session.written.set(former.id, versionKey(version));
    const item = { ...former, size: bytes, handle: version.url };
    const content: Content = { size: bytes, read: (range) => this.downloads.open(item, call, range) };
    const { description, isPrivate } = former;
    const described = { description: description ?? undefined, isPrivate: isPrivate ?? undefined };
    const fields = wantedFields(former.fields ?? {}, Object.keys(former.fields ?? {}).filter(isCustomField));
    const asked = { parent, name, content, ...described, ...fields, versionNote: OF_REMOVED, inDoubtSince };
    return (await this.writer.write(asked, call)).item;
  }
}
