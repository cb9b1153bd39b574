import { childKey, parentKey } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { Claims } from './claims.js';
import type { KnownSourceItem, EngineStore } from './ports/index.js';
import type { Leaver, PlannedMoves } from './planned-moves.js';
import type { Target } from './targets.js';

/**
 * Whether what is to leave its place gets to its own in this run: `AWAITED` where what stands there is removed by it, so that the
 * next run gets there, `TAKEN` where something else stays.
 */
export type WayOut = 'FREE' | 'AWAITED' | 'TAKEN';

interface Tools {
  store: EngineStore;
  moves: Pick<PlannedMoves, 'leaverOf'>;
  claims: Pick<Claims, 'isGoing'>;
  /** Where a source folder goes, as far as it is planned. */
  targetOf(sourceKey: string): Target | undefined;
  /** Whether what has a name that is wanted gets another one for it. */
  givesNamesUp: boolean;
}

/** Nothing gets a temporary name that it would keep, since its own place is taken. */
export class WaysOut {
  private readonly known = new Map<string, WayOut>();

  constructor(private readonly tools: Tools) {}

  /** Follows the items that wait for one another's places; what is found holds for each of them. */
  async of(leaver: Leaver): Promise<WayOut> {
    const passed = new Set<string>();
    let way: WayOut | null = null;
    for (let { occupant, source } = leaver; way === null;) {
      const id = identityOf(occupant.item);
      way = this.known.get(id) ?? (source === null || passed.has(id) ? 'FREE' : null);
      if (way !== null || source === null) break;
      passed.add(id);
      const next = await this.after(source);
      if (typeof next === 'string') way = next;
      else ({ occupant, source } = next);
    }
    for (const id of passed) this.known.set(id, way!);
    return way!;
  }

  private async after(source: KnownSourceItem): Promise<Leaver | WayOut> {
    const { store, moves, claims, givesNamesUp } = this.tools;
    const key = await this.placeOf(source.key);
    const there = key === null ? null : await store.destinationByKey(key);
    if (!there || identityOf(there.item) === source.ledger.destinationId) return 'FREE';
    const leaver = await moves.leaverOf(there, source.ledger, source);
    if (leaver) return leaver;
    // A folder that is removed leaves its name before, see `Claims`.
    if (await claims.isGoing(there)) return there.item.kind === 'FOLDER' ? 'FREE' : 'AWAITED';
    return givesNamesUp ? 'FREE' : 'TAKEN';
  }

  /** Where an item of the source is to stand, as the destination was listed; null in a folder that is not there yet. */
  private async placeOf(sourceKey: string): Promise<string | null> {
    const folder = await this.listedFolderOf(parentKey(sourceKey) ?? '');
    return folder === null ? null : childKey(folder, sourceKey.slice(sourceKey.lastIndexOf('/') + 1));
  }

  private async listedFolderOf(sourceKey: string): Promise<string | null> {
    const target = this.tools.targetOf(sourceKey);
    if (target) return 'key' in target ? target.listedKey : null;
    const { store } = this.tools;
    const folder = await store.sourceByKey(sourceKey);
    const entry = folder && (await store.entryOf('SOURCE', identityOf(folder.item)));
    return entry ? ((await store.destinationById(entry.destinationId))?.key ?? null) : null;
  }
}
