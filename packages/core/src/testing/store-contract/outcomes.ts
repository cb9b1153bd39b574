import { expect } from 'vitest';
import { collect, groupsOf, type StorePromises } from './bench.js';
import { item, step, folderStep, settledStep, outcome, ledgerEntry, staged } from './samples.js';

/** What became of the steps. */
export function outcomePromises(promise: StorePromises): void {
  promise(
    'makes a committed destination folder known to its children, and the ledger known to the next run',
    async (bench) => {
      await bench.planned(folderStep('a'));
      const [a] = await bench.store.claim(1);
      await bench.store.commit([
        outcome(a!.id, {
          destination: staged('a', { kind: 'FOLDER', id: 'new' }),
          ledger: ledgerEntry('a', { kind: 'FOLDER' }),
        }),
      ]);
      expect((await bench.store.destinationByKey('a'))?.item.id).toBe('new');
      const next = await bench.nextRun();
      await next.stage('SOURCE', [staged('a', { kind: 'FOLDER' })]);
      expect((await groupsOf(next))[0]!.items[0]!.ledger).toEqual(
        ledgerEntry('a', { kind: 'FOLDER', id: expect.any(String) as string }),
      );
    },
  );

  promise('forgets a ledger entry when the outcome asks for it', async (bench) => {
    await bench.planned(step('a'));
    const [a] = await bench.store.claim(1);
    await bench.store.commit([
      outcome(a!.id, { ledger: ledgerEntry('a'), verifiedBy: 'NONE', destination: staged('a') }),
    ]);
    await bench.store.commit([
      outcome(a!.id, {
        outcome: 'RETRYING',
        reason: 'VERIFICATION_FAILED',
        verifiedBy: null,
        attempt: null,
        forgetLedger: true,
      }),
    ]);
    const next = await bench.nextRun();
    await next.stage('SOURCE', [staged('a')]);
    expect((await groupsOf(next))[0]!.items[0]!.ledger).toBeNull();
  });

  promise('forgets the entry that an outcome names, and not another one that has its key by then', async (bench) => {
    await bench.planned(step('a'), step('b'));
    const [a, b] = await bench.store.claim(2);
    await bench.store.commit([
      outcome(a!.id, { ledger: ledgerEntry('a'), destination: staged('a') }),
      outcome(b!.id, { ledger: ledgerEntry('b'), destination: staged('b') }),
    ]);
    const entryOf = (key: string) => bench.store.entryOf('SOURCE', ledgerEntry(key).sourceId);
    const [gone, moved] = [await entryOf('a'), await entryOf('b')];
    await bench.store.commit([
      outcome(b!.id, { ledger: { ...moved!, sourceKey: 'a' }, destination: staged('b') }),
      outcome(a!.id, { outcome: 'DELETED', destination: null, forgetLedger: true, forgottenId: gone!.id }),
    ]);
    expect(await entryOf('a')).toBeNull();
    expect(await entryOf('b')).toMatchObject({ sourceKey: 'a', destinationKey: 'b' });
  });

  promise('counts failed runs in a row, once a run, and forgets them after a success', async (bench) => {
    const retrying = { outcome: 'RETRYING', reason: 'NETWORK_ERROR', verifiedBy: null } as const;
    await bench.planned(step('a'));
    const [a] = await bench.store.claim(1);
    await bench.store.commit([outcome(a!.id, retrying)]);
    expect(await bench.store.requeue(2)).toBe(1);
    const [again] = await bench.store.claim(1);
    expect(again).toMatchObject({ failedRuns: 0, attempts: 1 });
    await bench.store.commit([outcome(again!.id, retrying)]);
    expect(await bench.store.requeue(2)).toBe(0);
    bench.store = await bench.nextRun();
    await bench.planned(step('a'));
    const [third] = await bench.store.claim(1);
    expect(third).toMatchObject({ failedRuns: 1, attempts: 0 });
    await bench.store.commit([outcome(third!.id)]);
    bench.store = await bench.nextRun();
    await bench.planned(step('a'));
    expect((await bench.store.claim(1))[0]).toMatchObject({ failedRuns: 0 });
  });

  promise('lists what is not verified yet', async (bench) => {
    await bench.planned(step('a'), step('b'), folderStep('c'));
    const [a, b, c] = await bench.store.claim(3);
    await bench.store.commit([
      outcome(a!.id, { verifiedBy: 'NONE', destination: staged('x'), sha256: 'aa' }),
      outcome(b!.id, { destination: staged('b') }),
      outcome(c!.id, { verifiedBy: null, destination: staged('c', { kind: 'FOLDER' }), byteCount: 0 }),
    ]);
    expect(await collect(bench.store.unverified())).toMatchObject([
      {
        stepId: a!.id,
        step: { type: 'TRANSFER', sourceKey: 'a' },
        outcome: 'CREATED',
        reason: 'NEW',
        message: 'The file is new.',
        destinationKey: 'x',
        byteCount: 10,
        sha256: 'aa',
      },
    ]);
    await bench.store.commit([outcome(a!.id, { verifiedBy: 'SIZE', attempt: null })]);
    expect(await collect(bench.store.unverified())).toEqual([]);
  });

  promise('tells the folders that were made or written into, with both sides', async (bench) => {
    const folder = (key: string) => staged(key, { kind: 'FOLDER', version: null });
    await bench.store.stage('SOURCE', ['made', 'old', 'quiet', 'old/deep'].map(folder));
    await bench.store.stage('SOURCE', [staged('made/a'), staged('old/deep/b'), staged('quiet/c'), staged('d')]);
    await bench.store.stage('DESTINATION', [folder('old'), folder('old/deep'), folder('quiet')]);
    const adopting = (key: string) =>
      settledStep(key, { kind: 'FOLDER', action: 'ADOPT', source: item(key, { kind: 'FOLDER' }) });
    await bench.store.appendSteps([
      folderStep('made'),
      ...['old', 'quiet', 'old/deep'].map(adopting),
      ...['d', 'made/a', 'old/deep/b', 'quiet/c'].map((key) => step(key)),
    ]);
    await bench.store.finishPlan('x');
    const claimed = await bench.store.claim(10);
    const written = (key: string) => ({ destination: staged(key), ledger: ledgerEntry(key) });
    const ofFolder = (key: string) => ({ destination: folder(key), ledger: ledgerEntry(key, { kind: 'FOLDER' }) });
    await bench.store.commit(
      claimed.map(({ id, step: { sourceKey, action, kind } }) => {
        if (kind === 'FOLDER')
          return outcome(id, { ...ofFolder(sourceKey!), outcome: action === 'ADOPT' ? 'ADOPTED' : 'CREATED' });
        return outcome(id, sourceKey === 'quiet/c' ? { outcome: 'FLAGGED' } : { ...written(sourceKey!) });
      }),
    );
    const found = await collect(bench.store.foldersWritten());
    expect([...new Set(found.map(({ source }) => source.path.join('/')))].sort()).toEqual(['made', 'old/deep']);
    for (const { source, destination } of found) expect(destination.path).toEqual(source.path);
  });
}
