const FIRST_INSTANT_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_INSTANT_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether both databases can hold an instant, given in epoch milliseconds: years 1 to 9999. */
export function isHeldInstant(instant: number): boolean {
  return instant >= FIRST_INSTANT_MS && instant <= LAST_INSTANT_MS;
}
