import type { Seen } from '../pair/index.js';
import { childKey, nameOf, type LedgerEntry } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import type { EmptiedFolders } from './emptied-folders.js';
import type { Extras } from './extras.js';
import type { MovedPlaces } from './moved-places.js';
import { heldStep, placedNow, removalStep } from './removal-step.js';
import type { StepWriter } from './step-writer.js';

interface Tools {
  context: ActiveContext;
  writer: Pick<StepWriter, 'add'>;
  /** Start of the planning. */
  at: Date;
  places: Pick<MovedPlaces, 'now'>;
  folders: EmptiedFolders;
}

const EXTRA = { sourceKey: null, ledgerId: null, reason: 'EXTRA_AT_DESTINATION' } as const;

/**
 * Plans the removal of what only the destination has, bottom-up. What the ledger knows is another's matter: it is put back where
 * the source has it, or removed with what is gone. What may have a part at the source is left: where either side was not listed
 * as a whole, and what the filters leave out there.
 */
export class ExtraRemovals {
  private readonly left = { unproved: 0, byFilters: 0, readOnly: 0 };

  constructor(private readonly tools: Tools) {}

  async plan({ folders }: Extras): Promise<void> {
    const { store, control } = this.tools.context;
    for (const { sourceKey, key, positions } of [...folders].reverse()) {
      control.signal.throwIfAborted();
      const children = await store.destinationChildren(key);
      for (const at of [...positions].reverse()) await this.remove(children.at(at), sourceKey);
    }
  }

  /** What is in a folder of the destination whose part at the source is gone. */
  async removeIn({ key }: Seen, { sourceKey }: LedgerEntry): Promise<void> {
    await this.removeAll(key, sourceKey);
  }

  private async removeAll(key: string, sourceKey: string): Promise<void> {
    const children = await this.tools.context.store.destinationChildren(key);
    for (let at = children.length - 1; at >= 0; at--) await this.remove(children.at(at), sourceKey);
  }

  /** `folder` is the key that the folder which holds it has at the source, or would have. */
  private async remove(there: Seen, folder: string): Promise<void> {
    const { context, writer, at, places, folders } = this.tools;
    const { key, item } = there;
    const sourceKey = childKey(folder, nameOf(item));
    if ((await context.store.entryOf('DESTINATION', identityOf(item))) !== null) return;
    if (await this.isLeft(there, sourceKey)) return;
    if (item.kind === 'FOLDER') await this.removeAll(key, sourceKey);
    if (item.kind === 'FOLDER' && !(await folders.isEmptied(key))) return;
    const now = { key: places.now(key, item.kind), item };
    const told = { ...EXTRA, message: `The source has no such ${item.kind.toLowerCase()}.` };
    const held = heldStep(now, told, at, context);
    if (held) return writer.add(held);
    folders.removes(key);
    await writer.add(placedNow(removalStep(now, told, at, context), key));
  }

  private async isLeft({ key, item }: Seen, sourceKey: string): Promise<boolean> {
    const { store, sifter } = this.tools.context;
    const isListed =
      (await store.coverage('SOURCE', sourceKey)) === 'WHOLE' && (await store.coverage('DESTINATION', key)) === 'WHOLE';
    const isFiltered =
      sifter.leavesOutPlace(sourceKey, item.kind) || (!sifter.isEmpty && (await store.isLeftOut(sourceKey)));
    if (!isListed) this.left.unproved += 1;
    else if (isFiltered) this.left.byFilters += 1;
    else if (item.isReadOnly) this.left.readOnly += 1;
    else return false;
    return true;
  }

  /** Tells how many were left, and why. */
  async tell(): Promise<void> {
    const { unproved, byFilters, readOnly } = this.left;
    const { store } = this.tools.context;
    if (unproved > 0)
      await store.log(
        'WARNING',
        `${unproved} items that only the destination has are left there, since their place could not be listed as a whole.`,
      );
    if (byFilters > 0)
      await store.log(
        'INFO',
        `${byFilters} items that only the destination has are left out by the filters of the job.`,
      );
    if (readOnly > 0)
      await store.log('INFO', `${readOnly} items that only the destination has are read only, and left there.`);
  }
}
