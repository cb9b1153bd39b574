import DataLoader from 'dataloader';

/** Most identifiers of one statement. */
const MAX_IDS = 500;

/**
 * Reads one object by its identifier. Callers that ask in the same turn share one statement, whatever request they belong
 * to; nothing is remembered. `load` gives one value per identifier, null for what is missing.
 */
export function inBatches<T>(
  load: (ids: readonly string[]) => Promise<readonly (T | null)[]>,
): (id: string) => Promise<T | null> {
  // Without a bound of its own, which would count an identifier as often as it is asked for: `loadOnce` has it.
  const loader = new DataLoader<string, T | null>((ids) => loadOnce(ids, load), { cache: false });
  return (id) => loader.load(id);
}

async function loadOnce<T>(
  ids: readonly string[],
  load: (ids: readonly string[]) => Promise<readonly (T | null)[]>,
): Promise<(T | null)[]> {
  const distinct = [...new Set(ids)];
  const values: (T | null)[] = [];
  for (let start = 0; start < distinct.length; start += MAX_IDS) {
    values.push(...(await load(distinct.slice(start, start + MAX_IDS))));
  }
  const byId = new Map(distinct.map((id, index) => [id, values[index] ?? null]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Parts of a list that fit into one statement. */
export function* chunks<T>(list: readonly T[], size = 400): Iterable<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
