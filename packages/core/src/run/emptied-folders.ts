import { childKey, parentKey } from '../plan/index.js';
import type { ActiveContext } from './context.js';
import type { MovedPlaces } from './moved-places.js';

/** Which folders of the destination hold nothing any more once the removals and moves that were planned are carried out. */
export class EmptiedFolders {
  /** Removals by the key of the folder in which they are. */
  private readonly removals = new Map<string, number>();

  constructor(
    private readonly store: ActiveContext['store'],
    private readonly places: Pick<MovedPlaces, 'now'>,
  ) {}

  /** The removal of what was listed at this key is planned; said before the folder that holds it is asked about. */
  removes(key: string): void {
    const folder = parentKey(key) ?? '';
    this.removals.set(folder, (this.removals.get(folder) ?? 0) + 1);
  }

  /** Asked once for each folder, by the key at which it was listed. */
  async isEmptied(key: string): Promise<boolean> {
    const removed = this.removals.get(key) ?? 0;
    this.removals.delete(key);
    if ((await this.store.coverage('DESTINATION', key)) === 'NONE') return false;
    const children = await this.store.destinationChildren(key);
    if (children.length <= removed) return true;
    const folder = this.places.now(key, 'FOLDER');
    let leaving = 0;
    for (let at = 0; at < children.length; at++) {
      const now = this.places.now(childKey(key, children.nameAt(at)), children.kindAt(at));
      leaving += Number(parentKey(now) !== folder);
    }
    return children.length <= removed + leaving;
  }
}
