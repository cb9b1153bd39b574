const NOTABLE_MS = 5_000;

/** How far a server's clock is from this computer's, in milliseconds; 0 for what the way of the answer explains. */
export function clockDifference(serverTime: string, now: number): number {
  const difference = Date.parse(serverTime) - now;
  return Math.abs(difference) < NOTABLE_MS ? 0 : difference;
}
