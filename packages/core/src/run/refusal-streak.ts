import { PlatformError, type PlatformErrorKind } from '../platform/index.js';
import type { Step } from '../plan/index.js';
import type { ActiveContext } from './context.js';
import { isReadingError } from './source-errors.js';

/** Changes refused in a row after which a run ends, where the reason is one of the account or of the whole destination. */
export const REFUSALS_IN_A_ROW = 5;
/** Failures in a row for any other reason that is not one of the item alone, on a platform of which each try costs calls. */
export const COSTLY_FAILURES_IN_A_ROW = 25;

/** Refusals that say something about the account or the destination as a whole, and not only about one item. */
const OF_THE_WHOLE: ReadonlySet<PlatformErrorKind> = new Set(['ACCESS_DENIED', 'DESTINATION_FULL']);

/** What may be trouble with one item, and is trouble with the platform or the way to it when it comes again and again. */
const DOUBTFUL: ReadonlySet<PlatformErrorKind> = new Set([
  'ACCESS_DENIED',
  'CONTENT_INCOMPLETE',
  'PLATFORM_ERROR',
  'REJECTED',
  'UNREACHABLE',
  'VERIFICATION_FAILED',
]);

interface Streak {
  kind: PlatformErrorKind;
  isOfSource: boolean;
  count: number;
}

/**
 * Counts failures for one and the same kind of reason, one after the other, among steps of one type: so a right that is
 * missing, a proxy that is in the way or a destination that is full ends a run with one reason, instead of costing the calls
 * of an hour and flagging each item.
 */
export class RefusalStreak {
  private readonly streaks = new Map<Step['type'], Streak>();

  constructor(private readonly context: Pick<ActiveContext, 'source' | 'destination' | 'words'>) {}

  /** A step of that type was carried out: what failed before was trouble with items. */
  succeeded(type: Step['type']): void {
    this.streaks.delete(type);
  }

  /** The error that ends the run once so many steps of that type failed in a row. */
  failed(type: Step['type'], error: PlatformError): PlatformError | null {
    const isOfSource = isReadingError(error);
    const bound = this.boundOf(error, isOfSource);
    if (bound === null) return null;
    const { kind } = error;
    const before = this.streaks.get(type);
    const isSame = before?.kind === kind && before.isOfSource === isOfSource;
    const count = isSame ? before.count + 1 : 1;
    this.streaks.set(type, { kind, isOfSource, count });
    return count < bound ? null : this.ending(error, isOfSource, count);
  }

  /** What a connector refused by itself, without asking the platform, does not count as a refusal. */
  private boundOf({ kind, remoteStatus }: PlatformError, isOfSource: boolean): number | null {
    const platform = isOfSource ? this.context.source : this.context.destination;
    if (!isOfSource && OF_THE_WHOLE.has(kind) && remoteStatus !== null) return REFUSALS_IN_A_ROW;
    const isCostly = platform.destination?.cost !== undefined;
    const isAnswered = remoteStatus !== null || kind !== 'ACCESS_DENIED';
    return isCostly && isAnswered && DOUBTFUL.has(kind) ? COSTLY_FAILURES_IN_A_ROW : null;
  }

  private ending(error: PlatformError, isOfSource: boolean, count: number): PlatformError {
    const { from, to } = this.context.words;
    const where = isOfSource ? `in reading from the ${from}` : `at the ${to}`;
    const message = `${count} items in a row failed ${where} for the same reason, so the run ended: ${error.message}`;
    return new PlatformError(error.kind, message, {
      retry: error.retry,
      remedy: error.remedy ?? undefined,
      remoteStatus: error.remoteStatus ?? undefined,
      cause: error,
    });
  }
}
