import { InDoubtError, transferDelayMs } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type {
  Call,
  Denial,
  Description,
  Destination,
  FolderRequest,
  Item,
  RemoveRequest,
  RestoreRequest,
  WithdrawRequest,
  Work,
  WriteRequest,
  Written,
} from '@sluice/core/platform';
import { nameKey, readFolder } from './api/adapter.js';
import { parentField } from './api/client.js';
import type { Json } from './api/json.js';
import type { Downloads } from './download/download.js';
import { describedFields } from './upload/edit.js';
import type { Editor } from './upload/edit.js';
import { isInDoubt, isKind } from './errors.js';
import { CREATION_LOOKS, LISTING_LAG_MS } from './facts.js';
import { nameOf } from './listing/folder-tree.js';
import type { Project } from './listing/project.js';
import { retried } from './api/retry.js';
import { throwIfAborted, untilAborted } from './api/waits.js';
import { denialsOf } from './sign-in/denials.js';
import type { AccessLadder } from './sign-in/ladder.js';
import { Restorer } from './upload/restoring.js';
import type { Withdrawals } from './upload/withdrawal.js';
import type { FileWriter } from './upload/write.js';

/** Times that a folder is created, each after a look that it is not there. */
const CREATION_TRIES = 4;
/** The rights of the account are asked for again after so long. */
const RIGHTS_SERVE_MS = 10 * 60_000;

export class ProcoreDestination implements Destination {
  private rightsAt = -Infinity;
  /** Creations under way, by parent and name: Procore refuses a race with an error. */
  private readonly creating = new Map<string, Promise<Item>>();
  private readonly restorer: Restorer;
  readonly keepsReplaced = 'VERSIONS';
  /** Only the call that adds a version takes a note. */
  readonly lacksFirstNote = true;

  constructor(
    private readonly project: Project,
    private readonly writer: FileWriter,
    private readonly editor: Editor,
    private readonly withdrawals: Withdrawals,
    private readonly downloads: Downloads,
    private readonly ladder: AccessLadder,
    private readonly segmentThreshold: number,
  ) {
    const ensure = (request: FolderRequest, call: Call) => this.ensureFolder(request, call);
    this.restorer = new Restorer(project, writer, withdrawals, downloads, ensure);
  }

  /** Calls as Procore counts them: a folder is one, a file two, a file in segments three, and each tag one. */
  cost(work: Work, size: number | null): number {
    if (work === 'REMOVE') return 2;
    if (work === 'RENAME' || work === 'DESCRIBE' || work === 'TAG' || size === null) return 1;
    return size > this.segmentThreshold ? 3 : 2;
  }

  /** Costs a call, at most every ten minutes. */
  async denials(call: Call | null): Promise<readonly Denial[]> {
    const { notes, waits } = this.project.session;
    const now = waits.clock.now();
    if (call && now - this.rightsAt > RIGHTS_SERVE_MS) {
      await notes.write({ rights: await this.ladder.rights(call) });
      this.rightsAt = now;
    }
    const { rights } = await notes.read();
    return rights ? denialsOf(rights) : [];
  }

  async ensureFolder(request: FolderRequest, call: Call): Promise<Item> {
    throwIfAborted(call.signal);
    const key = `${request.parent.id}/${nameKey(request.name)}`;
    for (let other = this.creating.get(key); other; other = this.creating.get(key)) {
      const made = await untilAborted(other, call.signal).catch((error: unknown) => {
        throwIfAborted(call.signal);
        if (isKind(error, 'ABORTED')) return null;
        throw error;
      });
      if (made) return made;
    }
    const creation = this.ensure(request, call).finally(() => this.creating.delete(key));
    this.creating.set(key, creation);
    return creation;
  }

  private async ensure(request: FolderRequest, call: Call): Promise<Item> {
    const { parent, name } = request;
    if (parent.isReadOnly) throw new PlatformError('ACCESS_DENIED', 'Procore keeps this folder for itself.');
    const known = this.project.folders.isFresh ? this.project.folders.tree.childNamed(parent.id, name) : null;
    if (known) return this.project.session.view(known, [...parent.path, nameOf(known)]);
    const custom = await this.project.session.customFields.wire(request.fields, call);
    const found = request.inDoubtSince ? await this.look(request, call) : null;
    const folder = found ?? (await this.create(request, custom, call));
    return this.project.tags.add(folder, request.tags ?? [], call);
  }

  private create(request: FolderRequest, custom: Json, call: Call): Promise<Item> {
    const retry = {
      waits: this.project.session.waits,
      signal: call.signal,
      attempts: CREATION_TRIES,
      isRepeatable: isInDoubt,
      delayMs: transferDelayMs,
      lookUp: async (error: unknown) => {
        if (isInDoubt(error) || isKind(error, 'NAME_TAKEN')) return this.lookTwice(request, call);
        throw await this.editor.explained(error, request.parent, call);
      },
    };
    return retried(retry, () => this.createOnce(request, custom, call));
  }

  private async createOnce(request: FolderRequest, custom: Json, call: Call): Promise<Item> {
    const { parent, name } = request;
    const body = {
      name,
      ...parentField(parent.id),
      is_tracked: false,
      ...describedFields('FOLDER', request),
      ...custom,
    };
    const folder = readFolder((await this.project.session.client.createFolder(body, call)).json)?.folder;
    if (!folder) throw new InDoubtError('PLATFORM_ERROR', 'Procore created a folder and did not tell which.');
    const named = { ...folder, name: folder.name ?? name, parentId: folder.parentId ?? parent.id };
    this.project.folders.tree.put(named);
    return this.project.session.view(named, [...parent.path, named.name]);
  }

  private lookTwice(request: FolderRequest, call: Call): Promise<Item | null> {
    const retry = {
      waits: this.project.session.waits,
      signal: call.signal,
      attempts: CREATION_LOOKS,
      isEnough: (found: Item | null) => found !== null,
      delayMs: () => LISTING_LAG_MS,
    };
    return retried(retry, () => this.look(request, call));
  }

  /** The folder of that name, if it is there. Throws `NAME_TAKEN` for a file. */
  private async look({ parent, name }: FolderRequest, call: Call): Promise<Item | null> {
    const child = await this.project.finder.childOf(parent.id, name, call);
    if (child?.kind === 'FILE') throw new PlatformError('NAME_TAKEN', `A file has the name “${name}” in Procore.`);
    return (
      child &&
      this.project.session.view({ ...child, isReadOnly: child.isReadOnly || parent.isReadOnly }, [
        ...parent.path,
        nameOf(child),
      ])
    );
  }

  write(request: WriteRequest, call: Call): Promise<Written> {
    return this.writer.write(request, call);
  }

  async remove({ item, trash }: RemoveRequest, call: Call): Promise<void> {
    if (trash.at === null) throw new PlatformError('REJECTED', 'Procore keeps what is removed in its recycle bin.');
    return this.editor.remove(item, call);
  }

  restore(request: RestoreRequest, call: Call): Promise<Item> {
    return this.restorer.restore(request, call);
  }

  move(item: Item, to: { parent: Item; name: string }, call: Call): Promise<Item> {
    return this.editor.move(item, to, call);
  }

  describe(item: Item, fields: Description, call: Call): Promise<Item> {
    return this.editor.describe(item, fields, call);
  }

  withdraw(request: WithdrawRequest, call: Call): Promise<Item | null> {
    return this.withdrawals.withdraw(request, call);
  }

  readBack(item: Item, call: Call): AsyncIterable<Uint8Array> {
    return this.downloads.open(item, call);
  }
}
