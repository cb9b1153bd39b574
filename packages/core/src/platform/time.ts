const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** The instant, which `DateTime` can tell everywhere; null outside the years 1 to 9999 and for no time at all. */
export function instantOf(milliseconds: number): Date | null {
  return isInstant(milliseconds) ? new Date(milliseconds) : null;
}

export const isInstant = (milliseconds: number): boolean => milliseconds >= FIRST_MS && milliseconds <= LAST_MS;

/** When content changed: an instant, and what is below its millisecond. */
export interface ModificationTime {
  /** Null: not known, or outside the years 1 to 9999. */
  modifiedAt: Date | null;
  /** Nanoseconds of `modifiedAt` below its millisecond, 0 to 999,999; absent where the platform keeps none. */
  modifiedNanoseconds?: number;
}
