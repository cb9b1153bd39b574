import type { Call, LateDurability } from '@sluice/core/platform';
import type { ShareTraits } from './disk/traits.js';
import { translated } from './errors.js';
import type { Share } from './share.js';

/**
 * When what is written outlasts a loss of power. `MARK`: later, as a whole, and nothing counts as done for good before;
 * `FILE`: each file, folder, move and removal before its outcome is told; `NEVER`: when the system gets to it.
 */
export const DURABILITIES = ['MARK', 'FILE', 'NEVER'] as const;
export type Durability = (typeof DURABILITIES)[number];

/** What the file system of a share can keep: one that cannot be made durable as a whole is made so file by file. */
export function durabilityOn({ syncsAsWhole }: ShareTraits, wanted: Durability): Durability {
  return wanted === 'MARK' && !syncsAsWhole ? 'FILE' : wanted;
}

/** Makes a share durable as a whole; who asks while that is under way shares the next time with all others who do. */
export class ShareDurability implements LateDurability {
  private next: Promise<void> | null = null;
  private last: Promise<void> = Promise.resolve();
  readonly settle?: (call: Call) => Promise<void>;

  constructor(
    private readonly share: Share,
    durability: Durability,
  ) {
    if (durability === 'MARK') this.settle = (call) => this.sync(call);
  }

  machineStart(call: Call): Promise<string | null> {
    return this.share.work([], call, (_, lane) => lane.call('machineStart'));
  }

  private sync({ signal }: Call): Promise<void> {
    // Several runs may wait for it, and one that is stopped must not end the wait of the others.
    this.next ??= this.syncNext();
    const next = this.next;
    return this.share.wait(signal, () => next);
  }

  private syncNext(): Promise<void> {
    const done = this.last.then(() => {
      this.next = null;
      return translated([], async () => this.share.lane.call('syncShare', await this.share.facts()));
    });
    this.last = done.catch(() => undefined);
    return done;
  }
}
