import type { Clock } from '../ports.js';
import { newBudgetState, readState } from './budget-state.js';
import { offsetOf, timeAt } from './budget-time.js';
import type { BudgetLimits, BudgetState, BudgetStore, TimeMark } from './budget-types.js';

interface Known {
  state: BudgetState;
  limits: BudgetLimits;
  version: number;
}

/** The state of a budget as this process knows it, and the way to change it for all. */
export class SharedState {
  /** As stored; null when the store has to be asked. */
  private known: Known | null = null;
  private latest: BudgetState | null = null;
  /** What to add to the monotonic clock to get the budget's time, and the time of day by the store. */
  private offset: number | null = null;
  private dayOffset = 0;
  private loadedAt = 0;
  private keptMs = Infinity;

  constructor(
    private readonly store: BudgetStore,
    private readonly clock: Clock,
    private readonly machine: string,
  ) {}

  /** Makes the next change begin with what is stored. */
  forget(): void {
    this.known = null;
  }

  /** The same for changes from that time after the last look at the store on. */
  forgetAfter(milliseconds: number): void {
    this.keptMs = milliseconds;
  }

  /** Does the work on the state and stores it; does it anew on the newer state whenever another process was first. */
  async change<T extends { isChanged: boolean }>(
    work: (state: BudgetState, now: number, limits: BudgetLimits) => T,
  ): Promise<{ result: T; state: BudgetState; now: number }> {
    for (;;) {
      const isOld = this.clock.monotonic() - this.loadedAt >= this.keptMs;
      const known = this.known && !isOld ? this.known : await this.load(this.known);
      this.known = null;
      const { state, limits, version } = known;
      const { now } = this.tell(state.time);
      const result = work(state, now, limits);
      if (result.isChanged) state.time = this.markAt(now);
      if (result.isChanged && !(await this.store.write(state, version))) continue;
      this.known = { state, limits, version: version + Number(result.isChanged) };
      return { result, state, now };
    }
  }

  /** The state as it was last seen here, and the budget's time. */
  peek(): { state: BudgetState; now: number } {
    const state = this.latest ?? newBudgetState(this.here(this.clock.now()));
    return { state, now: this.tell(state.time).now };
  }

  /** What is stored; of a version that is known here, only what it goes with. */
  private async load(known: Known | null): Promise<Known> {
    const { state: stored, limits, version, day } = await this.store.read(known?.version ?? null);
    this.loadedAt = this.clock.monotonic();
    this.dayOffset = day - this.loadedAt;
    if (version === known?.version) return { ...known, limits };
    const state = readState(stored) ?? newBudgetState(this.here(day));
    this.latest = state;
    return { state, limits, version };
  }

  private tell(mark: TimeMark): { now: number } {
    const monotonic = this.clock.monotonic();
    const known = this.offset ?? offsetOf(mark, { machine: this.machine, monotonic, day: this.dayOffset + monotonic });
    const { now, offset } = timeAt(mark, known, monotonic);
    if (this.latest !== null) this.offset = offset;
    return { now };
  }

  private here(day: number): TimeMark {
    return { at: day, machine: this.machine, monotonic: this.clock.monotonic(), day };
  }

  private markAt(at: number): TimeMark {
    const monotonic = this.clock.monotonic();
    return { at, machine: this.machine, monotonic, day: this.dayOffset + monotonic };
  }
}
