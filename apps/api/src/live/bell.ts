import type { Clock } from '@sluice/core/http';

/** A bell that a follower waits for; a ring while the follower is busy is remembered until its next wait. */
export class Bell {
  hasRung = false;
  private ring: (() => void) | null = null;
  /** The sleep that is under way. It outlasts a ring: to begin and end one at each event costs more than the event itself. */
  private alarm: { at: number; stop: AbortController } | null = null;
  private readonly unlisten: () => void;

  constructor(listen: (ring: () => void) => () => void) {
    this.unlisten = listen(() => this.wake());
  }

  reset(): void {
    this.hasRung = false;
  }

  /** Waits until the bell rings, the time is over or the signal is aborted; it may end earlier. */
  wait(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<void> {
    if (this.hasRung || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => this.whenRung(resolve, milliseconds, clock, signal));
  }

  /** Calls back once at the next ring, when the time is over or when the signal is aborted; it may be earlier. */
  whenRung(tell: () => void, milliseconds: number, clock: Clock, signal: AbortSignal): void {
    this.ring = tell;
    this.setAlarm(milliseconds, clock, signal);
  }

  remove(): void {
    this.unlisten();
    this.alarm?.stop.abort();
  }

  /** Rings at that time at the latest. */
  private setAlarm(milliseconds: number, clock: Clock, signal: AbortSignal): void {
    const at = clock.monotonic() + milliseconds;
    if (this.alarm !== null && this.alarm.at <= at) return;
    this.alarm?.stop.abort();
    const alarm = { at, stop: new AbortController() };
    this.alarm = alarm;
    const wake = () => {
      if (this.alarm !== alarm) return;
      this.alarm = null;
      this.wake();
    };
    clock.sleep(milliseconds, AbortSignal.any([signal, alarm.stop.signal])).then(wake, wake);
  }

  private wake(): void {
    this.hasRung = true;
    const { ring } = this;
    this.ring = null;
    ring?.();
  }
}
