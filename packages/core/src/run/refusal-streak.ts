import { PlatformError, type PlatformErrorKind } from '../platform/index.js';
import type { SideWords } from '../plan/index.js';

/** Writes refused in a row after which a run ends: the next ones would be refused too, each after a transfer. */
export const REFUSALS_IN_A_ROW = 5;

/** Refusals that say something about the account or the destination as a whole, and not only about one item. */
const COUNTED: ReadonlySet<PlatformErrorKind> = new Set(['ACCESS_DENIED', 'DESTINATION_FULL']);

const readingErrors = new WeakSet<object>();

/** Marks an error of reading the source, which no destination has refused. */
export function ofSource(error: PlatformError): PlatformError {
  readingErrors.add(error);
  return error;
}

/** Passes the source's bytes on and marks what their reading throws, which no destination has refused. */
export async function* readingOfSource(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw error instanceof PlatformError ? ofSource(error) : error;
  }
}

/** Counts writes that the destination refuses for one and the same kind of reason, one after the other. */
export class RefusalStreak {
  private kind: PlatformErrorKind | null = null;
  private count = 0;

  /** Something was written: the destination takes writes. */
  wrote(): void {
    this.kind = null;
    this.count = 0;
  }

  /** The error that ends the run after `REFUSALS_IN_A_ROW` refusals; what a connector refused by itself does not count. */
  refused(error: PlatformError, { to }: SideWords): PlatformError | null {
    if (!COUNTED.has(error.kind) || error.remoteStatus === null || readingErrors.has(error)) return null;
    this.count = error.kind === this.kind ? this.count + 1 : 1;
    this.kind = error.kind;
    if (this.count < REFUSALS_IN_A_ROW) return null;
    const message = `The ${to} refused ${this.count} writes in a row, so the run ended: ${error.message}`;
    return new PlatformError(error.kind, message, {
      remedy: error.remedy ?? undefined,
      remoteStatus: error.remoteStatus,
      cause: error,
    });
  }
}
