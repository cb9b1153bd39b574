import { median } from '../engine/figure.js';

/** Milliseconds of CPU of this process during the work. */
export async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * Medians of what each kind of work takes in rounds in which they take turns, so that whatever slows the machine slows all.
 * One round before is not counted.
 */
export async function compareCpu<K extends string>(
  works: Readonly<Record<K, () => Promise<unknown>>>,
  rounds: number,
): Promise<Record<K, number>> {
  const names = Object.keys(works) as K[];
  const found = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const spent = await cpuOf(works[name]);
      if (round >= 0) found.get(name)?.push(spent);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(found.get(name) ?? [])])) as Record<K, number>;
}
