import { callTo, type ActiveContext } from './context.js';

/** What was written is made durable as a whole so often, in the background. */
const SETTLE_EVERY_MS = 5_000;

/** Makes what a run writes durable, where a side that it changes does so later than it tells of it. */
export class Marks {
  /** Told of the first settling that fails: what is written since then may be lost. */
  onFailure: (error: unknown) => void = () => undefined;
  private failure: { error: unknown } | null = null;

  private readonly context: ActiveContext;

  /** Given one context for each side that the run changes, see `writtenSides`. */
  constructor(private readonly sides: readonly [ActiveContext, ...ActiveContext[]]) {
    this.context = sides[0];
  }

  /** Settles while the work goes on, and once more at its end. Throws when anything that was written may be lost. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (!this.sides.some((side) => settlerOf(side))) return work();
    const over = new AbortController();
    const settling = this.settleAgainAndAgain(over.signal);
    try {
      return await work();
    } finally {
      over.abort();
      await settling;
      await this.settleLast();
    }
  }

  private async settleAgainAndAgain(over: AbortSignal): Promise<void> {
    while (!this.failure) {
      await this.context.clock.sleep(SETTLE_EVERY_MS, over).catch(() => undefined);
      if (over.aborted) return;
      await this.settle().catch((error: unknown) => this.fail(error));
    }
  }

  private async settleLast(): Promise<void> {
    // A run that is broken off leaves the rest to the next one, which settles or looks again.
    if (this.context.control.signal.aborted) return;
    try {
      if (this.failure) throw this.failure.error;
      await this.settle();
    } catch (error) {
      // The machine goes on, and yet nothing that is not settled may be trusted.
      await this.context.store.beginMarks(null, true);
      throw error;
    }
  }

  /** Makes durable what was written so far. */
  async settle(): Promise<void> {
    const { store, control } = this.context;
    const mark = store.nextMark();
    if (mark === null) return;
    for (const side of this.sides) await settlerOf(side)?.(callTo('DESTINATION', side, control.signal));
    await store.settleMark(mark);
  }

  private fail(error: unknown): void {
    if (this.context.control.signal.aborted) return;
    this.failure = { error };
    this.onFailure(error);
  }
}

const settlerOf = ({ destination }: ActiveContext) => destination.destination?.durability?.settle;
