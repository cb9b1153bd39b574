import { PlatformError } from '@sluice/core/platform';
import type { Call, Content, Item, WithdrawRequest } from '@sluice/core/platform';
import { readFile, readVersions, versionKey } from '../api/adapter.js';
import type { Downloads } from '../download/download.js';
import type { Project } from '../listing/project.js';
import type { Editor } from './edit.js';
import type { FileWriter } from './write.js';

const NOTE = 'The former version again: the one after it did not arrive as it was sent.';

interface FormerRequest {
  /** The file as it stands there. */
  written: Item;
  /** The file as it was before. */
  replaced: Item;
  versionNote: string;
  inDoubtSince?: Date;
}

/**
 * Takes back what was written: a new file goes to the recycle bin. Procore deletes no version of a file and restores none,
 * so the content of the former one is sent again as the newest version.
 */
export class Withdrawals {
  constructor(
    private readonly project: Project,
    private readonly writer: FileWriter,
    private readonly editor: Editor,
    private readonly downloads: Downloads,
  ) {}

  async withdraw({ written, replaced }: WithdrawRequest, call: Call): Promise<Item | null> {
    if (replaced) return this.formerAgain({ written, replaced, versionNote: NOTE }, call);
    await this.editor.remove(written, call);
    return null;
  }

  /** In doubt, a newer version with the content of the former one is that of an earlier try. */
  async formerAgain({ written, replaced, versionNote, inDoubtSince }: FormerRequest, call: Call): Promise<Item> {
    const content = await this.contentOf(written, replaced, inDoubtSince !== undefined, call);
    const parent: Item = { ...written, kind: 'FOLDER', id: written.parentId ?? '', path: written.path.slice(0, -1) };
    const name = written.path.at(-1) ?? '';
    const request = { parent, name, content, replaces: written, versionNote, inDoubtSince };
    return (await this.writer.write(request, call)).item;
  }

  /** Of the former version, as long as the one to be taken back is the newest. */
  private async contentOf(written: Item, replaced: Item, isInDoubt: boolean, call: Call): Promise<Content> {
    const { json } = await this.project.session.client.file(written.id, call);
    const file = readFile(json);
    if (!file || file.isRecycled) throw new PlatformError('NOT_FOUND', 'The file is not in Procore any more.');
    if (!file.version || (versionKey(file.version) !== written.version && !isInDoubt))
      throw new PlatformError('CONFLICT', 'The file has got another version in the meantime.');
    const former = readVersions(json).find((version) => versionKey(version) === replaced.version);
    if (!former?.url || former.size === null)
      throw new PlatformError('REJECTED', 'Procore does not give the content of the former version.');
    this.project.session.hosts.trustLink(former.url);
    // Without a version, because the newest one is another.
    const item = { ...replaced, version: null, size: former.size, handle: former.url };
    return { size: former.size, read: (range) => this.downloads.open(item, call, range) };
  }
}
