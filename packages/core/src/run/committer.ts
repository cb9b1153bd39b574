import type { Clock } from '../http/index.js';
import type { EngineStore, StepOutcome } from './ports/index.js';

/** Outcomes of one transaction: on SQLite everyone else who writes waits for it, a request of a person too. */
export const COMMITTED_OUTCOMES = 64;
/** So many outcomes wait at most before no new work is begun. */
const MANY_OUTCOMES = 1_024;
/** An outcome waits no longer for others. */
const COMMIT_WAIT_MS = 50;

/** The only writer of outcomes: one transaction for `COMMITTED_OUTCOMES` of them, or for what came within `COMMIT_WAIT_MS`. */
export class Committer {
  private readonly waiting: StepOutcome[] = [];
  private committing: Promise<void> | null = null;
  private isTimed = false;
  private error: { cause: unknown } | null = null;

  constructor(
    private readonly store: Pick<EngineStore, 'commit'>,
    private readonly clock: Clock,
    /** Called after each transaction, and when one fails; nothing is committed after that. */
    private readonly onChange: (failure: { cause: unknown } | null) => void,
  ) {}

  /** Whether so many outcomes wait that no new work should be begun. */
  get isFull(): boolean {
    return this.waiting.length >= MANY_OUTCOMES;
  }

  add(outcome: StepOutcome): void {
    this.waiting.push(outcome);
    if (this.waiting.length >= COMMITTED_OUTCOMES) void this.flush();
    else this.flushInTime();
  }

  /** Resolves once everything that was added survives a crash, or can no longer be committed. */
  flush(): Promise<void> {
    this.committing ??= this.drain().finally(() => (this.committing = null));
    return this.committing;
  }

  private flushInTime(): void {
    if (this.isTimed || this.committing) return;
    this.isTimed = true;
    void this.clock.sleep(COMMIT_WAIT_MS).then(() => {
      this.isTimed = false;
      return this.flush();
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0 && !this.error) {
      // Others get their turn between two transactions, which on SQLite do not wait for anything.
      await this.clock.sleep(0);
      const batch = this.waiting.splice(0, COMMITTED_OUTCOMES);
      await this.store.commit(batch).catch((cause: unknown) => (this.error = { cause }));
      this.onChange(this.error);
    }
  }
}
