const ASK_EVERY_MS = 100;
const LONGEST_MS = 100_000;

/** What `ask` tells once it pleases. Asking takes the processors from what is waited for, and so has its pauses. */
export async function until<T>(
  ask: () => Promise<T> | T,
  pleases: (value: T) => boolean,
  longestMs = LONGEST_MS,
): Promise<T> {
  for (const end = Date.now() + longestMs; ; await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))) {
    const value = await ask();
    if (pleases(value)) return value;
    if (Date.now() > end) throw new Error(`Waited in vain; the last value was ${JSON.stringify(value)}.`);
  }
}
