import { childKey, parentKey, type Decision } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { Claims } from './claims.js';
import type { HeldItems } from './held-items.js';
import type { KnownSourceItem, EngineStore } from './ports/index.js';
import { NO_WAY_OUT } from './placing.js';
import type { Leaver, PlannedMoves } from './planned-moves.js';
import type { Target } from './targets.js';

/** Why what is to leave its place does not get to its own in this run; null where it does. */
export type NoWayOut = Decision | null;

interface Tools {
  store: EngineStore;
  moves: Pick<PlannedMoves, 'leaverOf'>;
  claims: Pick<Claims, 'isLeaving'>;
  held: Pick<HeldItems, 'ofOther'>;
  /** Where a source folder goes, as far as it is planned. */
  targetOf(sourceKey: string): Target | undefined;
  /** Whether what has a name that is wanted gets another one for it. */
  givesNamesUp: boolean;
}

/** Nothing gets a temporary name that it would keep, since its own place is taken. */
export class WaysOut {
  private readonly known = new Map<string, NoWayOut>();

  constructor(private readonly tools: Tools) {}

  /** Follows the items that wait for one another's places; what is found holds for each of them. */
  async of(leaver: Leaver): Promise<NoWayOut> {
    const passed = new Set<string>();
    const way = await this.follow(leaver, passed);
    for (const id of passed) this.known.set(id, way);
    return way;
  }

  private async follow(leaver: Leaver, passed: Set<string>): Promise<NoWayOut> {
    for (let { occupant, source } = leaver; ;) {
      const id = identityOf(occupant.item);
      const known = this.known.get(id);
      if (known !== undefined) return known;
      if (passed.has(id)) return null;
      const held = await this.tools.held.ofOther(occupant);
      if (held || source === null) return held;
      passed.add(id);
      const next = await this.after(source);
      if (next === null || 'action' in next) return next;
      ({ occupant, source } = next);
    }
  }

  private async after(source: KnownSourceItem): Promise<Leaver | NoWayOut> {
    const { store, moves, claims, givesNamesUp } = this.tools;
    const key = await this.placeOf(source.key);
    const there = key === null ? null : await store.destinationByKey(key);
    if (!there || identityOf(there.item) === source.ledger.destinationId) return null;
    const leaver = await moves.leaverOf(there, source.ledger, source);
    if (leaver) return leaver;
    // A folder that is removed leaves its name before, see `Claims`.
    if (await claims.isLeaving(there)) return there.item.kind === 'FOLDER' ? null : NO_WAY_OUT.AWAITED;
    return givesNamesUp ? null : NO_WAY_OUT.TAKEN;
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
