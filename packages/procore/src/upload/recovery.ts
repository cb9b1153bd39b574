import { PlatformError } from '@sluice/core/platform';
import type { Call, Item, WriteRequest, Written } from '@sluice/core/platform';
import { childNamed, readFile, readVersions, versionKey } from '../api/adapter.js';
import type { Document, Version } from '../api/adapter.js';
import { digest } from './bytes.js';
import type { Downloads } from '../download/download.js';
import { nameOf } from '../listing/folder-tree.js';
import type { Project } from '../listing/project.js';
import { pause } from '../api/waits.js';

/** Procore's clock may be this far from ours: a file that is older by no more may still be the one that we wrote. */
const CLOCK_DIFFERENCE_MS = 2 * 60_000;
/** What was created just now may be missing from a look for so long. */
const LISTING_LAG_MS = 2000;
const LOOKS = 2;
/** Times that a version without size or link is looked at again. */
const VERSION_LOOKS = 4;

/** Finds out whether a write whose answer was lost has been carried out. */
export class Recovery {
  constructor(
    private readonly project: Project,
    private readonly downloads: Downloads,
  ) {}

  /**
   * What an earlier try left, after comparing every byte; null: it was not carried out. `sha256` is that of the content
   * where it is known. Throws `NAME_TAKEN` or `CONFLICT` when something else is there now.
   */
  async find(request: WriteRequest, since: Date, sha256: string | null, call: Call): Promise<Written | null> {
    for (let look = 1; ; look += 1) {
      const document = request.replaces
        ? await this.newVersion(request, request.replaces, since, call)
        : await this.newFile(request, since, call);
      if (document) return this.adopt(request, document, sha256, call);
      if (look === LOOKS) return null;
      await pause(this.project.session.waits, LISTING_LAG_MS, call.signal);
    }
  }

  private async newFile({ parent, name, content }: WriteRequest, since: Date, call: Call): Promise<Document | null> {
    const query = { exclude_folders: true, show_latest_file_version_only: true };
    const { children } = await this.project.session.contents(parent.id, query, call);
    const file = childNamed(children, name);
    if (!file) return null;
    const isOlder = file.createdAt !== null && file.createdAt.getTime() < since.getTime() - CLOCK_DIFFERENCE_MS;
    if (isOlder || (file.size !== null && file.size !== content.size)) throw taken(name);
    return this.complete(file, call);
  }

  private async newVersion(request: WriteRequest, replaces: Item, since: Date, call: Call): Promise<Document | null> {
    const reply = await this.project.session.client.file(replaces.id, call);
    const file = readFile(reply.json);
    if (!file || file.isRecycled) throw new PlatformError('CONFLICT', 'The file to replace is not there any more.');
    if (!isNewer(file.version, readVersions(reply.json), replaces, since)) return null;
    if (file.size !== null && file.size !== request.content.size) throw conflict();
    return this.complete(file, call);
  }

  /** Waits for size and link of what was created a moment ago. */
  private async complete(file: Document, call: Call): Promise<Document> {
    let known = file;
    for (let attempt = 1; known.size === null || !known.version?.url; attempt += 1) {
      if (attempt > VERSION_LOOKS)
        throw new PlatformError('PLATFORM_ERROR', 'Procore does not tell what became of an earlier write yet.', {
          retry: 'later',
        });
      await pause(this.project.session.waits, LISTING_LAG_MS / 2, call.signal);
      known = (await this.project.finder.fileOf(file.id, call)) ?? known;
    }
    return known;
  }

  private async adopt(request: WriteRequest, document: Document, sha256: string | null, call: Call): Promise<Written> {
    const item = this.project.session.view(document, [...request.parent.path, nameOf(document)]);
    if (item.size !== request.content.size || !(await this.isSame(request, item, sha256, call))) {
      throw request.replaces ? conflict() : taken(request.name);
    }
    if (document.version) this.project.session.written.set(item.id, versionKey(document.version));
    return { item, verifiedBy: 'CHECKSUM', wasAlreadyThere: true };
  }

  private async isSame({ content }: WriteRequest, item: Item, sha256: string | null, call: Call): Promise<boolean> {
    const expected = sha256 ?? (await digest(content.read())).sha256;
    return (await digest(this.downloads.open(item, call))).sha256 === expected;
  }
}

/** Whether the newest version came after the one that was to be replaced. */
function isNewer(newest: Version | null, versions: readonly Version[], replaces: Item, since: Date): boolean {
  if (!newest || versionKey(newest) === replaces.version) return false;
  const replaced = versions.find((version) => versionKey(version) === replaces.version);
  if (replaced?.number != null && newest.number !== null) return newest.number > replaced.number;
  return newest.createdAt === null || newest.createdAt.getTime() >= since.getTime() - CLOCK_DIFFERENCE_MS;
}

function taken(name: string): PlatformError {
  return new PlatformError('NAME_TAKEN', `Another item has the name “${name}” in Procore.`);
}

function conflict(): PlatformError {
  return new PlatformError('CONFLICT', 'The file has got another version in the meantime.');
}
