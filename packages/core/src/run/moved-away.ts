import { removesMoved } from '../decide/index.js';
import type { Seen } from '../pair/index.js';
import { heldByOthers, inertStep, parentKey, undecided, type Remove, type Step } from '../plan/index.js';
import type { ItemKind } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { inWords, type PlanWriter } from './both-sides.js';
import { removalWay } from './removal-way.js';

/** A folder of the source and where it is at the destination. */
interface MovedFolder extends Seen {
  destinationKey: string;
}

/** Steps after which the destination holds what the source has. */
const HOLDS: Readonly<Record<Step['action'], boolean>> = {
  ADOPT: true,
  CREATE: true,
  DESCRIBE: true,
  MOVE: true,
  RENAME: true,
  UPDATE: true,
  DELETE: false,
  REFUSE: false,
  SKIP: false,
};

/** Whether the destination holds an item once its step is carried out, or as it is. */
export const isHeldAfter = ({ action }: Pick<Step, 'action'>): boolean => HOLDS[action];

/**
 * Plans that what was moved goes from the source: each file, and then the folders in which nothing is left. For any other type
 * of transfer nothing does.
 */
export class MovedAway {
  /** Folders in the order in which they were planned: those above come first. */
  private readonly folders: MovedFolder[] = [];
  /** Keys of folders that keep something. */
  private readonly keeping = new Set<string>();
  readonly isActive: boolean;

  constructor(
    private readonly context: ActiveContext,
    private readonly writer: PlanWriter,
    /** Start of the planning; names the folder in the trash. */
    private readonly at: Date,
  ) {
    this.isActive = removesMoved(context.table);
  }

  /** Something stays at the source, and with it the folder that holds it. */
  stays(key: string): void {
    if (this.isActive) this.keeping.add(parentKey(key) ?? '');
  }

  /** The folder there, or the one that holds what is there, is not known to be empty once all was moved. */
  keeps(key: string): void {
    this.stays(key);
    if (this.isActive) this.keeping.add(key);
  }

  /**
   * The item goes once the destination is proved to hold it; a folder when all is planned that is in it. A file that somebody
   * else has locked stays, and is told.
   */
  async goes(source: Seen, destinationKey: string): Promise<void> {
    if (!this.isActive) return;
    if (source.item.kind === 'FOLDER') return void this.folders.push({ ...source, destinationKey });
    const held = this.held(source, destinationKey);
    if (held) this.stays(source.key);
    await this.writer.add(held ?? this.removal(source, destinationKey));
  }

  /** Plans what is done about the folders, those below first. */
  async finish(): Promise<void> {
    for (const folder of this.folders.reverse()) {
      if (this.keeping.has(folder.key) || this.context.sifter.holdsOut(folder.key)) this.stays(folder.key);
      else await this.writer.add(this.removal(folder, folder.destinationKey));
    }
  }

  private held({ key, item }: Seen, destinationKey: string): Step | null {
    const { policies, words } = this.context;
    const held = heldByOthers(item, { policies, now: this.at });
    if (!held) return null;
    const message = inWords(held.message, { from: words.to, to: words.from });
    return {
      ...inertStep(key, null),
      action: held.action === 'SKIP' ? 'SKIP' : 'REFUSE',
      side: 'SOURCE',
      kind: item.kind,
      destinationKey,
      reason: held.reason,
      message: `It stays at the source. ${message}`,
      remedy: held.remedy ?? null,
    };
  }

  private removal({ key, item }: Seen, destinationKey: string): Remove {
    const { source, policies, words } = this.context;
    const { how, trashedAt } = removalWay(source, policies, this.at, words.from);
    return {
      ...undecided(key, null),
      type: 'REMOVE',
      action: 'DELETE',
      side: 'SOURCE',
      kind: item.kind,
      destinationKey,
      reason: 'MOVED_AWAY',
      message: `${MOVED[item.kind]} ${how}`,
      existing: item,
      expects: { id: item.id, version: item.version },
      heldAs: { version: item.version },
      trashedAt,
      callCount: source.destination?.cost?.('REMOVE', item.size) ?? 0,
    };
  }
}

const MOVED: Readonly<Record<ItemKind, string>> = {
  FILE: 'It is removed at the source once the destination is proved to hold it.',
  FOLDER: 'It is removed at the source once everything in it was moved.',
};
