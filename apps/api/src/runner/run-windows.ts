import { openingAt, type Opening, type WindowsOfRun } from '@sluice/core/schedule';
import type { Problem } from '../problems.js';
import type { Settlement } from '../runs/lifecycle/store-settle.js';

const OUTSIDE: Problem = {
  code: 'INVALID_STATE',
  message: 'The job may not work at this time; the run goes on by itself when its next window opens.',
  isRetryable: true,
};

/** The windows of a run while this process works on it, by the time of day. */
export class RunWindows {
  private known: (Opening & { since: number }) | null = null;

  constructor(
    private readonly windows: WindowsOfRun | null,
    private readonly now: () => number,
  ) {}

  get isOpen(): boolean {
    return this.opening().isOpen;
  }

  /** A run that would be taken up again at once waits for its next window instead. */
  settle(settlement: Settlement): Settlement {
    const { isOpen, until } = this.opening();
    if (settlement.state !== 'QUEUED' || isOpen) return settlement;
    return { state: 'AWAITING_WINDOW', reason: OUTSIDE, waitingUntil: until === null ? null : new Date(until) };
  }

  /** What is known holds until it changes, unless the time of day was set back. */
  private opening(): Opening {
    if (this.windows === null) return ALWAYS;
    const now = this.now();
    const isKnown = this.known !== null && now >= this.known.since && now < (this.known.until ?? Infinity);
    if (!isKnown) this.known = { ...openingAt(this.windows.windows, this.windows.timeZone, now), since: now };
    return this.known ?? ALWAYS;
  }
}

const ALWAYS: Opening = { isOpen: true, until: null };
