import type { Clock } from '../http/index.js';
import type { EngineStore } from './ports/index.js';

/**
 * Records which steps are about to change a platform, before they do: after a crash these are in doubt, and no others. What
 * comes at about the same time shares a transaction.
 */
export class Intents {
  private readonly beginnings: Gathering<string>;
  private readonly hashes: Gathering<{ stepId: string; sha256: string }>;

  constructor(store: Pick<EngineStore, 'begin' | 'noteHashes'>, clock: Clock) {
    this.beginnings = new Gathering((ids) => store.begin(ids, new Date(clock.now())));
    this.hashes = new Gathering((hashes) => store.noteHashes(hashes));
  }

  /** Resolves once the beginning of the steps survives a crash. */
  begin(stepIds: readonly string[]): Promise<void> {
    return this.beginnings.add(stepIds);
  }

  /** Likewise for the SHA-256, in hex, of the bytes that are about to stand there. */
  hashed(stepId: string, sha256: string): Promise<void> {
    return this.hashes.add([{ stepId, sha256 }]);
  }
}

/** Collects what comes while the last writing is under way, and writes it together. */
class Gathering<T> {
  private gathered: T[] = [];
  private next: Promise<void> | null = null;
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly write: (entries: readonly T[]) => Promise<void>) {}

  add(entries: readonly T[]): Promise<void> {
    for (const entry of entries) this.gathered.push(entry);
    this.next ??= this.writeNext();
    return this.next;
  }

  private writeNext(): Promise<void> {
    const written = this.last.then(() => {
      const entries = this.gathered;
      this.gathered = [];
      this.next = null;
      return this.write(entries);
    });
    this.last = written.catch(() => undefined);
    return written;
  }
}
