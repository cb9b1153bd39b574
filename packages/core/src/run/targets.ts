import { parentKey, pathSegments, rebased, refuse, skip, type Decision } from '../plan/index.js';
import type { Seen } from '../pair/index.js';
import { identityOf } from '../platform/index.js';
import type { Extras } from './extras.js';
import type { TargetFolder } from './placing.js';
import type { EngineStore } from './ports/index.js';

/** Where a folder of the source goes: to a place, or nowhere with the decision that its content inherits. */
export type Target = TargetFolder | { blocked: Decision };

const ROOT: TargetFolder = { key: '', listedKey: '', formerKey: '', movingId: null };

export const blockedBy = (reason: Decision['reason'], message: string): Target => ({
  blocked: refuse(reason, `Its folder is left out: ${message}`, 'Solve the problem of the folder, then retry.'),
});

/** A folder of a job that makes nothing again. */
export const REMOVED_THERE: Target = {
  blocked: skip('OUT_OF_SCOPE', 'Its folder was removed at the destination after it was migrated.'),
};

/** Where the folders of the source go that were planned so far. */
export class Targets {
  private readonly targets = new Map<string, Target>();

  constructor(
    private readonly root: readonly string[],
    private readonly extras: Extras,
  ) {
    this.aim('', ROOT);
  }

  of(sourceKey: string): Target | undefined {
    return this.targets.get(sourceKey);
  }

  /** Whether the folder of that item goes somewhere, as far as planned. */
  takes(sourceKey: string): boolean {
    const target = this.of(parentKey(sourceKey) ?? '');
    return !target || 'key' in target;
  }

  /** Key by which the folder is listed at the destination; null for none. */
  listedAt(sourceKey: string): string | null {
    const target = this.of(sourceKey);
    return target && 'key' in target ? target.listedKey : null;
  }

  aim(sourceKey: string, target: Target): void {
    this.targets.set(sourceKey, target);
    if ('key' in target) this.extras.expect(sourceKey, target.listedKey);
  }

  /** A folder of the destination, with all that is below it, gets another place than was planned so far. */
  async follow({ before, after }: { before: string; after: string }, store: Pick<EngineStore, 'destinationByKey'>) {
    for (const target of this.targets.values()) {
      if (!('key' in target) || (target.key !== before && !target.key.startsWith(`${before}/`))) continue;
      const listed = target.listedKey === null ? null : await store.destinationByKey(target.listedKey);
      const movingId = listed ? identityOf(listed.item) : target.movingId;
      Object.assign(target, { key: rebased(target.key, before, after), movingId });
    }
  }

  /** What is in the item, if it is a folder, goes nowhere. */
  blockBelow({ key, item }: Seen, blocked: Decision): void {
    if (item.kind !== 'FOLDER') return;
    const message = blocked.reason === 'EMPTY_FOLDER' ? blocked.message : `Its folder is left out: ${blocked.message}`;
    this.targets.set(key, { blocked: { ...blocked, message } });
  }

  /** Path of a folder at the destination, from the connection's root. */
  pathOf(target: Target): string[] {
    return [...this.root, ...('key' in target ? pathSegments(target.key) : [])];
  }
}
