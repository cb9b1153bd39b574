import { PlatformError } from '@sluice/core/platform';
import type { Call, Item } from '@sluice/core/platform';
import { CustomFields } from '../details/custom-fields.js';
import type { TokenHosts } from '../sign-in/hosts.js';
import { readFolder, toItem, versionKey } from './adapter.js';
import type { Document, FolderContents } from './adapter.js';
import type { ProcoreClient } from './client.js';
import type { Query } from './sender.js';
import { idOf, recordOf, textOf } from './json.js';
import type { ConnectionNotes } from './notes.js';
import { RecentMap } from './recent-map.js';
import { throwIfAborted } from './waits.js';
import type { Waits } from './waits.js';

const REMEMBERED_FILES = 10_000;
const REMEMBERED_FOLDERS = 10_000;
/** In place of the version of a file that was removed. */
export const GONE = '';

export interface User {
  id: string;
  login: string | null;
}

/** What is known about the account and its own doings while the platform is open. */
export class Session {
  private knownUser: User | null = null;
  readonly customFields: CustomFields;
  /** When a folder, in which something was refused, was last seen alive; by its identifier. */
  readonly seenAlive = new RecentMap<string, number>(REMEMBERED_FOLDERS);
  /** Newest versions of the files that this connector changed last; null where it is not known, `GONE` once removed. */
  readonly written = new RecentMap<string, string | null>(REMEMBERED_FILES);

  constructor(
    readonly client: ProcoreClient,
    readonly hosts: TokenHosts,
    readonly waits: Waits,
    readonly notes: ConnectionNotes,
  ) {
    this.customFields = new CustomFields(client, waits);
  }

  get login(): string | null {
    return this.knownUser?.login ?? null;
  }

  /** Takes over what a reply tells about the account's own user. */
  async meet(user: unknown): Promise<void> {
    const json = recordOf(user);
    const id = idOf(json?.['id']);
    if (id === null) return;
    this.knownUser = { id, login: textOf(json?.['login']) };
    const { user: noted } = await this.notes.read();
    if (noted?.id !== id || noted.login !== this.knownUser.login) await this.notes.write({ user: this.knownUser });
  }

  /** Finds out whose account it is, once, where an item is checked out: its own check-outs are no locks for it. */
  async meetHolders(documents: readonly (Document | null)[], call: Call): Promise<void> {
    const now = this.waits.clock.now();
    if (this.knownUser || !documents.some((each) => each?.checkedOutUntil && each.checkedOutUntil.getTime() > now))
      return;
    this.knownUser = (await this.notes.read()).user ?? null;
    if (this.knownUser) return;
    try {
      await this.meet((await this.client.me(call)).json);
    } catch (error) {
      throwIfAborted(call.signal);
      if (error instanceof PlatformError && error.concernsAccount) throw error;
    }
  }

  /** A document at a path that the caller knows. */
  view(document: Document, path: readonly string[]): Item {
    const { version } = document;
    this.customFields.learn(document.customFields);
    if (version?.url) this.hosts.trustLink(version.url);
    if (version && this.written.has(document.id)) this.written.set(document.id, versionKey(version));
    return toItem(document, path, { now: this.waits.clock.now(), userId: this.knownUser?.id ?? null });
  }

  /** A folder with its direct children; `id` null is the root. */
  async contents(id: string | null, query: Query, call: Call): Promise<FolderContents> {
    const contents = readFolder((await this.client.folder(id, query, call)).json);
    if (!contents) throw new PlatformError('PLATFORM_ERROR', 'Procore answered with something else than a folder.');
    await this.meetHolders(contents.children, call);
    return contents;
  }
}
