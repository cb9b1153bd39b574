import type { BudgetState, BudgetStore as Store, StoredBudget } from '@sluice/core/http';
import type { Base } from '../base.js';
import type { BudgetStore } from './budget.store.js';

/** Followers of a budget are told of new figures at most so often. */
const TELL_INTERVAL_MS = 1_000;

/** The row of one budget, as the place that all processes share. */
export class SharedBudgetStore implements Store {
  private toldAt = -Infinity;
  private telling: AbortController | null = null;
  /** The newest state that this process has written and not told. */
  private untold: BudgetState | null = null;

  constructor(
    private readonly base: Pick<Base, 'clock' | 'log'>,
    private readonly store: BudgetStore,
    private readonly id: string,
  ) {}

  read(known: number | null): Promise<StoredBudget> {
    return this.store.readState(this.id, known);
  }

  async write(state: BudgetState, version: number): Promise<boolean> {
    const now = this.base.clock.monotonic();
    const isTold = now - this.toldAt >= TELL_INTERVAL_MS;
    const isWritten = await this.store.writeState(this.id, { state, version, isTold });
    if (!isWritten) return false;
    this.untold = isTold ? null : state;
    if (isTold) this.toldAt = now;
    else this.tellLater(this.toldAt + TELL_INTERVAL_MS - now);
    return true;
  }

  /** Tells followers what they have not been told yet. */
  async close(): Promise<void> {
    if (this.telling === null) return;
    this.telling.abort();
    await this.tell();
  }

  private tellLater(delayMs: number): void {
    if (this.telling !== null) return;
    this.telling = new AbortController();
    this.base.clock.sleep(delayMs, this.telling.signal).then(
      () => this.tell(),
      () => undefined,
    );
  }

  private async tell(): Promise<void> {
    this.telling = null;
    const state = this.untold;
    if (state === null) return;
    this.untold = null;
    this.toldAt = this.base.clock.monotonic();
    await this.store
      .tell(this.id, state)
      .catch((error: unknown) => this.base.log.error({ err: error as Error }, 'figures of a budget could not be told'));
  }
}
