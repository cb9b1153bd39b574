import type { Call, ModificationTime, WriteRequest } from '@sluice/core/platform';
import { nanosecondsOf } from './adapter.js';
import type { Doer } from './disk/change.js';
import { givenIn } from './disk/given.js';
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
  ) {}

  doer({ owner }: Call): Doer {
    return { run: owner, suffix: this.suffix(), ...this.policy };
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
      given: givenIn(request),
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
