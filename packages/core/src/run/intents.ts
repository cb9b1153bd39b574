import type { Clock } from '../http/index.js';
import type { EngineStore } from './ports.js';

/**
 * Records which steps are about to change a platform, before they do: after a crash these are in doubt, and no others. Steps
 * that are begun at about the same time share a transaction.
 */
export class Intents {
  private gathering: string[] = [];
  private next: Promise<void> | null = null;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Pick<EngineStore, 'begin'>,
    private readonly clock: Clock,
  ) {}

  /** Resolves once the beginning of the steps survives a crash. */
  begin(stepIds: readonly string[]): Promise<void> {
    for (const id of stepIds) this.gathering.push(id);
    this.next ??= this.record();
    return this.next;
  }

  private record(): Promise<void> {
    const written = this.last.then(() => {
      const ids = this.gathering;
      this.gathering = [];
      this.next = null;
      return this.store.begin(ids, new Date(this.clock.now()));
    });
    this.last = written.catch(() => undefined);
    return written;
  }
}
