import type { Clock } from '@sluice/core/http';
import type { Call } from '@sluice/core/platform';
import type { DocumentIndex } from '../api/client.js';
import type { ConnectionNotes } from '../api/notes.js';
import { throwIfAborted } from '../api/waits.js';
import { isNotServed, statusOf } from '../errors.js';

const ORDER: readonly DocumentIndex[] = ['V1', 'V2_OF_COMPANY', 'V2'];
/** After a day the index of v1, which costs fewer calls, is tried again. */
const KEPT_FOR_MS = 24 * 60 * 60_000;

/** Which flat index serves this connection; kept with the connection, so that a refused one is not asked each time. */
export class IndexChoice {
  constructor(
    private readonly notes: ConnectionNotes,
    private readonly clock: Clock,
  ) {}

  /** Does the work with one index after the other until one serves it; throws what the first refused with. */
  async *served<T, R>(work: (index: DocumentIndex) => AsyncGenerator<T, R>, call: Call): AsyncGenerator<T, R> {
    const first = await this.first();
    const refusals: unknown[] = [];
    for (const index of attemptsFrom(first)) {
      if (!isWorthAsking(index, first, refusals)) continue;
      try {
        const result = yield* work(index);
        if (index !== first) await this.keep(index);
        return result;
      } catch (error) {
        throwIfAborted(call.signal);
        if (!isNotServed(error)) throw error;
        refusals.push(error);
      }
    }
    throw refusals[0];
  }

  private async first(): Promise<DocumentIndex> {
    const { documentIndex } = await this.notes.read();
    // A note from the future was made before the clock was set back: nobody knows how old it is.
    const age = documentIndex ? this.clock.now() - documentIndex.at : Infinity;
    return documentIndex && age >= 0 && age < KEPT_FOR_MS ? documentIndex.index : 'V1';
  }

  private keep(index: DocumentIndex): Promise<void> {
    return this.notes.write({ documentIndex: index === 'V1' ? undefined : { index, at: this.clock.now() } });
  }
}

/** The first one twice: a single 404 may be a slip, and the others cost twenty times the calls for a day. */
function attemptsFrom(first: DocumentIndex): DocumentIndex[] {
  return [first, first, ...ORDER.filter((index) => index !== first)];
}

/** Only 404 is asked about twice; after 403, which is most often about a right, one other index is enough. */
function isWorthAsking(index: DocumentIndex, first: DocumentIndex, refusals: readonly unknown[]): boolean {
  const status = statusOf(refusals[0]);
  if (refusals.length > 0 && index === first) return status === 404;
  return status !== 403 || refusals.length < 2;
}
