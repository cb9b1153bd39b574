import { PlatformError } from '@sluice/core/platform';
import type { Call, Item, WriteRequest, Written } from '@sluice/core/platform';
import { childNamed, readFile, readVersions, versionKey } from '../api/adapter.js';
import type { Document, Version } from '../api/adapter.js';
import { digest } from './bytes.js';
import { CREATION_LOOKS, LISTING_LAG_MS } from '../facts.js';
import type { Downloads } from '../download/download.js';
import { nameOf } from '../listing/folder-tree.js';
import type { Project } from '../listing/project.js';
import { retried } from '../api/retry.js';

/** Procore's clock may be this far from ours: a file that is older by no more may still be the one that we wrote. */
const WRITE_TIME_TOLERANCE_MS = 2 * 60_000;
/** Time between two looks at a version without size or link. */
const VERSION_LOOK_DELAY_MS = 1000;
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
    const document = await this.looked(CREATION_LOOKS, LISTING_LAG_MS, isFound, call, () =>
      request.replaces ? this.newVersion(request, request.replaces, since, call) : this.newFile(request, since, call),
    );
    return document && this.adopt(request, document, sha256, call);
  }

  /** Looks so many times at most, until what is seen is enough. */
  private looked<T>(
    attempts: number,
    lagMs: number,
    isEnough: (seen: T) => boolean,
    call: Call,
    look: (attempt: number) => Promise<T>,
  ): Promise<T> {
    const { waits } = this.project.session;
    return retried({ waits, signal: call.signal, attempts, isEnough, delayMs: () => lagMs }, look);
  }

  private async newFile({ parent, name, content }: WriteRequest, since: Date, call: Call): Promise<Document | null> {
    const query = { exclude_folders: true, show_latest_file_version_only: true };
    const { children } = await this.project.session.contents(parent.id, query, call);
    const file = childNamed(children, name);
    if (!file) return null;
    const isOlder = file.createdAt !== null && file.createdAt.getTime() < since.getTime() - WRITE_TIME_TOLERANCE_MS;
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
    await this.looked(VERSION_LOOKS + 1, VERSION_LOOK_DELAY_MS, isWhole, call, async (attempt) => {
      if (attempt > 1) known = (await this.project.finder.fileOf(file.id, call)) ?? known;
      return known;
    });
    if (isWhole(known)) return known;
    const message = 'Procore does not tell what became of an earlier write yet.';
    throw new PlatformError('PLATFORM_ERROR', message, { retry: 'later' });
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

function isFound(document: Document | null): boolean {
  return document !== null;
}

function isWhole({ size, version }: Document): boolean {
  return size !== null && Boolean(version?.url);
}

/** Whether the newest version came after the one that was to be replaced. */
function isNewer(newest: Version | null, versions: readonly Version[], replaces: Item, since: Date): boolean {
  if (!newest || versionKey(newest) === replaces.version) return false;
  const replaced = versions.find((version) => versionKey(version) === replaces.version);
  if (replaced?.number != null && newest.number !== null) return newest.number > replaced.number;
  return newest.createdAt === null || newest.createdAt.getTime() >= since.getTime() - WRITE_TIME_TOLERANCE_MS;
}

function taken(name: string): PlatformError {
  return new PlatformError('NAME_TAKEN', `Another item has the name “${name}” in Procore.`);
}

function conflict(): PlatformError {
  return new PlatformError('CONFLICT', 'The file has got another version in the meantime.');
}
