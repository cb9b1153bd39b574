import { expect } from 'vitest';
import { groupsOf, type StorePromises } from './bench.js';
import { step, outcome, ledgerEntry, staged } from './samples.js';

/** The ledger after moves. */
export function movePromises(promise: StorePromises): void {
  promise('takes the entries below a folder along when it is moved, and no others', async (bench) => {
    bench.store = await bench.remembering(
      ledgerEntry('f', { kind: 'FOLDER' }),
      ledgerEntry('f/ü/a'),
      ledgerEntry('f0'),
      ledgerEntry('fa'),
    );
    await bench.planned(step('new/g'));
    const [claimed] = await bench.store.claim(1);
    const ledger = ledgerEntry('new/g', {
      kind: 'FOLDER',
      sourceId: 'id:f',
      destinationId: 'd:f',
      destinationKey: 'x',
    });
    await bench.store.commit([outcome(claimed!.id, { ledger, moved: { sourceKey: 'f', destinationKey: 'f' } })]);
    const next = await bench.nextRun();
    const ids = ['f', 'f/ü/a', 'f0', 'fa'].map((key) =>
      staged(`seen/${key.replaceAll('/', '-')}`, { id: `id:${key}` }),
    );
    await next.stage('SOURCE', ids);
    const [group] = await groupsOf(next);
    const places = group!.items.map(({ ledger: entry }) => `${entry?.sourceKey} ${entry?.destinationKey}`);
    expect(places.sort()).toEqual(['f0 f0', 'fa fa', 'new/g x', 'new/g/ü/a x/ü/a']);
  });

  promise('leaves alone what is told after the folder that made room for it', async (bench) => {
    bench.store = await bench.remembering(ledgerEntry('f', { kind: 'FOLDER' }), ledgerEntry('f/a'));
    await bench.planned(step('f'), step('f/new'));
    const [moved, created] = await bench.store.claim(2);
    const aside = { kind: 'FOLDER', sourceKey: 'f (moving)', destinationKey: 'f (moving)' } as const;
    const ledger = ledgerEntry('f', aside);
    await bench.store.commit([
      outcome(moved!.id, { ledger, moved: { sourceKey: 'f', destinationKey: 'f' } }),
      outcome(created!.id, { ledger: ledgerEntry('f/new') }),
    ]);
    const next = await bench.nextRun();
    await next.stage('SOURCE', [staged('a', { id: 'id:f/a' }), staged('new', { id: 'id:f/new' })]);
    const [group] = await groupsOf(next);
    const places = group!.items.map(({ ledger: entry }) => `${entry?.sourceKey} ${entry?.destinationKey}`);
    expect(places).toEqual(['f (moving)/a f (moving)/a', 'f/new f/new']);
  });

  promise('takes an item for lost whose place another one has that the ledger knows, on each side', async (bench) => {
    for (const side of ['SOURCE', 'DESTINATION'] as const) {
      const next = await bench.remembering(...['a', 'b', 'c'].map((key) => ledgerEntry(key)));
      const id = side === 'SOURCE' ? 'id' : 'd';
      // a came to the place of b; what stands at the place of c is new.
      await next.stage(side, [staged('b', { id: `${id}:a` }), staged('c', { id: `${id}:new` })]);
      const lost = [];
      for await (const { sourceKey } of next.lostEntries(side)) lost.push(sourceKey);
      expect(lost, side).toEqual(['b']);
    }
  });

  promise(
    'tells which item of the destination may be to leave its place, because the source has it elsewhere',
    async (bench) => {
      const next = await bench.remembering(...['a', 'b', 'c', 'd'].map((key) => ledgerEntry(key)));
      await next.stage('SOURCE', [staged('b', { id: 'id:a' }), staged('c'), staged('d'), staged('c2', { id: 'id:d' })]);
      expect(await next.leaving('d:a')).toMatchObject({ key: 'b', item: { id: 'id:a' }, ledger: { sourceKey: 'a' } });
      const others = await Promise.all(['d:b', 'd:c', 'd:d', 'd:none'].map((id) => next.leaving(id)));
      expect(others).toEqual([null, null, null, null]);
    },
  );
}
