import { decideContent } from '../decide/index.js';
import type { Seen } from '../pair/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import type { ListedChildren } from './listed-children.js';

/** A folder of the destination in which something stands that no item of the source was paired with. */
export interface ExtraFolder {
  /** Of the folder at the source whose items belong there. */
  sourceKey: string;
  /** At which it was listed. */
  key: string;
  /** Positions of these items among its children. */
  positions: readonly number[];
}

/**
 * What only the destination has, while a job is planned that makes it exactly the source. Of each folder numbers are held
 * only; what is below a folder that is extra itself is looked at once it is to be removed.
 */
export class Extras {
  readonly folders: ExtraFolder[] = [];
  readonly isActive: boolean;
  /** Folders of the source whose items were not planned yet, with the keys at which their other halves were listed. */
  private readonly expected = new Map<string, string>();

  constructor({ table }: Pick<ActiveContext, 'table'>) {
    const first = { base: 'NONE', source: 'absent', destination: 'different' } as const;
    this.isActive = decideContent(table, first) === 'REMOVE_EXTRA';
  }

  /** A folder of the source goes to one that stands at the destination. */
  expect(sourceKey: string, listedKey: string | null): void {
    if (this.isActive && listedKey !== null) this.expected.set(sourceKey, listedKey);
  }

  /** Its items are planned, or are known to be all that stands there. */
  planned(sourceKey: string): void {
    this.expected.delete(sourceKey);
  }

  /** Everything of the source was planned: what it has of the other folders is nothing. */
  async finish(store: Pick<ActiveContext['store'], 'destinationChildren'>): Promise<void> {
    for (const [sourceKey, key] of this.expected)
      this.inFolder(sourceKey, { key, children: await store.destinationChildren(key) }).end();
  }

  /** Of one folder, while the items of the source are planned that belong there. */
  inFolder(sourceKey: string, there: { key: string; children: ListedChildren } | null): FolderExtras {
    const kept = new Set<string>();
    return {
      keep: (item) => void (this.isActive && item && kept.add(identityOf(item.item))),
      end: () => {
        if (!this.isActive || there === null) return;
        const positions: number[] = [];
        for (let at = 0; at < there.children.length; at++)
          if (!kept.has(there.children.identityAt(at))) positions.push(at);
        if (positions.length > 0) this.folders.push({ sourceKey, key: there.key, positions });
      },
    };
  }
}

export interface FolderExtras {
  /** An item of the source belongs to what stands there, or may do. */
  keep(item: Seen | null): void;
  /** All items of the source were planned that belong there. */
  end(): void;
}
