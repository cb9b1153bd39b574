import { createMemoryPlatform } from '@sluice/core/testing';
import type { Address, Destination, Item, ListEntry, Platform } from '@sluice/core/platform';

/**
 * A platform that tells these names, whatever they are: every second one is that of a folder with a file of the same name in
 * it. It holds them under harmless names.
 */
export function hostileSource(names: readonly string[]): Platform {
  const inner = createMemoryPlatform();
  inner.seed(
    names.map((_, index) => ({ path: index % 2 === 0 ? `n${index}` : `n${index}/n${index}`, bytes: `text ${index}` })),
  );
  const told = (name: string) => names[Number(name.slice(1))]!;
  const harmless = (name: string) => `n${names.indexOf(name)}`;
  const shown = (item: Item): Item => ({ ...item, path: item.path.map(told) });
  const held = (item: Item): Item => ({ ...item, path: item.path.map(harmless) });
  const place = (address: Address): Address => ('id' in address ? address : { path: address.path.map(harmless) });
  const { kind, capabilities, limits, source, destination } = inner;
  const entry = (given: ListEntry): ListEntry =>
    given.type === 'item' ? { ...given, item: shown(given.item) } : given;
  return {
    ...{ kind, capabilities, limits },
    source: {
      absence: source!.absence,
      list: async function* (request, call) {
        for await (const given of source!.list({ ...request, folder: place(request.folder) }, call)) yield entry(given);
      },
      open: (item, call, range) => source!.open(held(item), call, range),
    },
    destination: {
      ...destination!,
      remove: ({ item, trash }, call) => destination!.remove!({ item: held(item), trash }, call),
    } satisfies Destination,
    find: async (address, call) => {
      const found = await inner.find(place(address), call);
      return found && shown(found);
    },
    check: (call, probe) => inner.check(call, probe),
    close: () => inner.close(),
  };
}
