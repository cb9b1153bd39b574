import { inertStep, type Inert, type LedgerEntry } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import type { Seen } from '../pair/index.js';
import type { NamedItems } from './named-items.js';

/** Places that are remembered to be told. */
const MAX_SHARED = 1_000;

export interface FolderTwins {
  isRefused(source: Seen): boolean;
  /** The entry of the first item that has it. */
  ownEntry(entry: LedgerEntry | null): LedgerEntry | null;
}

/**
 * Items that share a place. Files beside files, and a file beside a folder, get names of their own. Of several folders of one
 * place only the first is copied: what is in the others would come among its items.
 */
export class Twins {
  /** Folders that are left out, by identifier. */
  private readonly refused = new Set<string>();
  /** Keys at the destination that several items have. */
  readonly shared: string[] = [];

  /** Whether any folder is left out. */
  get areRefused(): boolean {
    return this.refused.size > 0;
  }

  /** Of the items of one folder, which are asked for in their order. */
  inFolder(): FolderTwins {
    const folders = new Set<string>();
    const taken = new Set<string | null>();
    return {
      isRefused: ({ key, item }) => {
        const isRefused = this.isBelow(item) || (item.kind === 'FOLDER' && folders.has(key));
        if (item.kind === 'FOLDER') folders.add(key);
        if (isRefused && item.kind === 'FOLDER') this.refused.add(item.id);
        return isRefused;
      },
      ownEntry: (entry) => {
        const isFree = entry !== null && !taken.has(entry.id);
        if (isFree) taken.add(entry.id);
        return isFree ? entry : null;
      },
    };
  }

  private isBelow({ parentId }: Item): boolean {
    return this.refused.size > 0 && parentId !== null && this.refused.has(parentId);
  }

  note({ shared }: NamedItems): void {
    if (this.shared.length < MAX_SHARED) this.shared.push(...shared);
  }
}

export const refusedTwin = ({ key, item }: Seen): Inert => ({
  ...inertStep(key, item),
  action: 'REFUSE',
  reason: 'DUPLICATE_NAME',
  message: 'Another folder has the same name in the same folder, and what is in them would be mixed.',
  remedy: 'Rename one of the two folders at the source.',
});
