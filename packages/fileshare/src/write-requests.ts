import type { Call, Description, ModificationTime, WriteRequest } from '@sluice/core/platform';
import { nanosecondsOf } from './adapter.js';
import type { Doer } from './disk/change.js';
import { givenIn, type Given } from './disk/given.js';
import type { ManifestWriter } from './disk/keep-manifest.js';
import { FIELD, type KeptChange } from './disk/manifest.js';
import type { Common } from './disk/packed-files.js';
import type { FileToWrite, Finish } from './disk/write.js';
import type { Durability } from './durability.js';

/** Turns requests to write into what the threads of a share are asked for. */
export class WriteRequests {
  constructor(
    private readonly now: () => number,
    /** A text that no other call gets from this process. */
    private readonly suffix: () => string,
    readonly durability: Durability,
    /** Whether manifests keep what the file system has no place for. */
    readonly hasManifest: boolean,
  ) {}

  /** What the file system is given; null for nothing. */
  givenOf({ fields = {}, tags = [] }: Given): Given | null {
    if (!this.hasManifest) return givenIn({ fields, tags });
    const own = Object.entries(fields).filter(([key]) => !key.startsWith(FIELD));
    return givenIn({ fields: Object.fromEntries(own) });
  }

  /** What a manifest keeps; null for nothing. */
  changeOf(request: Description & Pick<WriteRequest, 'versionNote' | 'versionNumber'>): KeptChange | null {
    if (!this.hasManifest) return null;
    const { description, isPrivate, fields = {}, tags = [], versionNote: note, versionNumber: version } = request;
    const own = Object.entries(fields).filter(([key]) => key.startsWith(FIELD));
    const isNothing =
      [description, isPrivate, note, version].every((one) => one === undefined) && own.length + tags.length === 0;
    return isNothing ? null : { description, isPrivate, fields: Object.fromEntries(own), tags, note, version };
  }

  doer({ owner }: Call): Doer {
    return { run: owner, suffix: this.suffix(), ...this.policy };
  }

  manifestWriter(call: Call): ManifestWriter {
    return { ...this.doer(call), now: this.now() };
  }

  fileOf(
    request: Pick<WriteRequest, 'parent' | 'name' | 'replaces' | 'trash' | 'fields' | 'tags'>,
    call: Call,
  ): FileToWrite {
    const { parent, name, replaces, trash } = request;
    return {
      path: replaces?.path ?? [...parent.path, name],
      replaces: replaces?.version ?? null,
      trash: trash ?? null,
      given: this.givenOf(request),
      ...this.doer(call),
    };
  }

  /** What the files of a batch have in common. */
  common(call: Call): Common {
    return { ...this.doer(call), accessed: this.accessed };
  }

  private get policy(): Pick<FileToWrite, 'fsync'> {
    return { fsync: this.durability === 'FILE' ? 'file' : 'never' };
  }

  private get accessed(): bigint {
    return nanosecondsOf({ modifiedAt: new Date(this.now()) }) ?? 0n;
  }

  /** Null for a time that is not known. */
  timeOf(time: Partial<ModificationTime>): Finish['time'] {
    const modified = nanosecondsOf(time);
    if (modified === null) return null;
    return { accessed: this.accessed, modified };
  }
}
