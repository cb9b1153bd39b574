import fc from 'fast-check';
import { histories } from './histories.js';
import { violationIn } from './history.js';
import type { History } from './round.js';
import type { Spoil } from './world.js';

/** Histories of the short form; the long form plays so many of each of its seeds, so that the short one repeats a failure. */
export const HISTORIES = 2_000;

interface Choice {
  count?: number;
  spoil?: Spoil | null;
  of?: fc.Arbitrary<History>;
}

/** Plays histories of a seed until one goes wrong; the report of that one, shrunk to what it needs, or null. */
export async function simulate(
  seed: number,
  { count = HISTORIES, spoil = null, of = histories }: Choice = {},
): Promise<string | null> {
  const property = fc.asyncProperty(of, async (history) => {
    const violation = await violationIn(history, spoil);
    if (violation !== null) throw new Error(violation);
  });
  const details = await fc.check(property, { seed, numRuns: count });
  if (!details.failed) return null;
  const what = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  return `${what}\n${fc.defaultReportMessage(details)}`;
}
