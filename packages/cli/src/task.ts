import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 500;

/** Waits for what a task of the server makes. `look` gives it, null while the task is under way, and throws where it failed. */
export async function untilMade<T>(look: () => Promise<T | null>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const made = await look();
    if (made !== null) return made;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
