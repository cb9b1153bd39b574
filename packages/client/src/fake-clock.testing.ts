import type { Clock } from './clock.js';

/** Time that passes only while somebody waits for it: each sleep is over at once, and noted. */
export class FakeClock implements Clock {
  readonly slept: number[] = [];
  private time = 0;

  now = (): number => this.time;

  /** Sleeps of a limit are over only when everything else waits: after some turns of the event loop. */
  sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    const end = this.time + ms;
    for (let turn = 0; turn < ms / TURN_MS; turn++) {
      if (signal?.aborted) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (signal?.aborted) return;
    this.slept.push(ms);
    this.time = Math.max(this.time, end);
  };
}

/** One turn of the event loop stands for so much time, so that the shorter of two sleeps ends first. */
const TURN_MS = 100;
