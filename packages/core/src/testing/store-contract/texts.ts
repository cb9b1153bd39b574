import { expect } from 'vitest';
import { childKey } from '../../plan/index.js';
import { groupsOf, type StorePromises } from './bench.js';
import { NOW, step, outcome, ledgerEntry, staged } from './samples.js';

/** Any text there is. */
export function textPromises(promise: StorePromises): void {
  promise('takes names in any form as they are', async (bench) => {
    const names = [
      "it's",
      'a"b',
      '100%',
      'a_b',
      '\u00dcber',
      'U\u0308ber',
      '日本',
      '🙂',
      'back\\slash',
      'new\nline',
      'CASE',
      'case',
      'with \0 in it',
    ];
    await bench.store.stage(
      'SOURCE',
      names.map((name) => staged(`f/${name}`)),
    );
    await bench.store.stage(
      'DESTINATION',
      names.map((name) => staged(`f/${name}`)),
    );
    const [group] = await groupsOf(bench.store);
    expect(new Set(group!.items.map(({ item }) => item.path[1]))).toEqual(new Set(names));
    for (const name of names)
      expect((await bench.store.destinationByKey(childKey('f', name)))?.item.path[1]).toBe(name);
  });

  promise('takes one bad text in a batch as it can, and everything else as it is', async (bench) => {
    const bad = 'a\0b \ud800 c';
    await bench.planned(
      step('a'),
      step(bad, { message: bad, remedy: bad, sourceKey: bad, destinationKey: bad }),
      step('c'),
    );
    const claimed = await bench.store.claim(3);
    await bench.store.begin(
      claimed.map(({ id }) => id),
      NOW,
    );
    const attempt = { startedAt: NOW, duration: 5, reason: null, remoteStatus: bad, remoteRequestId: bad };
    const ledger = ledgerEntry(bad, { sourceId: bad, destinationId: bad, sourceVersion: bad });
    await bench.store.commit(
      claimed.map(({ id, step: each }) =>
        each.sourceKey === 'a' || each.sourceKey === 'c'
          ? outcome(id)
          : outcome(id, { message: bad, remedy: bad, attempt, ledger }),
      ),
    );
    await bench.store.log('WARNING', bad);
    expect(await (await bench.harness.restarted(bench.store)).claim(3)).toEqual([]);
  });

  promise('appends log lines', async (bench) => {
    await expect(bench.store.log('WARNING', 'Look at this.')).resolves.toBeUndefined();
  });
}
