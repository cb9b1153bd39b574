import { expect } from 'vitest';
import type { Side } from '../../plan/index.js';
import { PlatformError } from '../../platform/index.js';
import type { EngineStore } from '../../run/index.js';
import { asItIs, childrenOf, collect, type StoreBench, type StorePromises } from './bench.js';
import { folderStep, item, ledgerEntry, outcome, staged, step } from './samples.js';

const SIDES = ['SOURCE', 'DESTINATION'] as const;
const other = (side: Side): Side => (side === 'SOURCE' ? 'DESTINATION' : 'SOURCE');
/** Begins the identities that the sample entries of the ledger have on a side. */
const IDS = { SOURCE: 'id', DESTINATION: 'd' } as const;

const on = (side: Side, path: string, kind: 'FILE' | 'FOLDER' = 'FILE', known = path) =>
  staged(path, { id: `${IDS[side]}:${known}`, kind });

/** What is told of a side where the side is named: what is told of the source without, and the reverse. */
export function sidePromises(promise: StorePromises): void {
  const each = (title: string, body: (bench: StoreBench, side: Side) => Promise<void>) => {
    for (const side of SIDES) promise(`${title}: ${side}`, (bench) => body(bench, side));
  };

  each('folders with their children and entries, and what could not be listed', async (bench, side) => {
    const next = await bench.remembering(ledgerEntry('f/a'));
    await next.stage(side, [on(side, 'f', 'FOLDER'), on(side, 'f/a')]);
    await next.stage(other(side), [on(other(side), 'g', 'FOLDER'), on(other(side), 'g/b')]);
    const error = new PlatformError('ACCESS_DENIED', 'No.');
    await next.stageProblems(side, [{ key: 'x', problem: { path: ['x'], kind: 'FOLDER', error } }]);
    const folders = await collect(next.sourceFolders(asItIs, side));
    expect(folders.map(({ key }) => key)).toEqual(['', 'f']);
    const [child] = await childrenOf(folders[1]!);
    expect(child).toMatchObject({ key: 'f/a', ledger: { sourceKey: 'f/a', destinationId: 'd:f/a' } });
    expect((await collect(next.sourceProblems(side))).map(({ key }) => key)).toEqual(['x']);
    expect(await collect(next.sourceProblems(other(side)))).toEqual([]);
  });

  each('what took the place that two entries have is that of the entry whose item is gone', async (bench, side) => {
    const known = (id: string, key: string) => ({
      ...ledgerEntry(key),
      sourceId: `id:${id}`,
      destinationId: `d:${id}`,
    });
    const entries = [known('moved', 'a'), known('gone', 'a'), known('gone too', 'b'), known('moved too', 'b')];
    const next = await bench.remembering(...entries);
    const seen = { a: 'new', b: 'also new', c: 'moved', d: 'moved too' };
    await next.stage(
      side,
      Object.entries(seen).map(([path, id]) => on(side, path, 'FILE', id)),
    );
    const [folder] = await collect(next.sourceFolders(asItIs, side));
    const owners = (await childrenOf(folder!)).map(({ key, ledger }) => [key, ledger?.sourceId]);
    expect(Object.fromEntries(owners)).toEqual({ a: 'id:gone', b: 'id:gone too', c: 'id:moved', d: 'id:moved too' });
  });

  each('of two entries that lost one place the one whose other half is in place owns it', async (bench, side) => {
    const known = (id: string, key: string, there: string) => ({
      ...ledgerEntry(key),
      sourceId: `id:${id}`,
      destinationId: `d:${id}`,
      ...(side === 'SOURCE' ? { destinationKey: there } : { sourceKey: there, destinationKey: key }),
    });
    const next = await bench.remembering(
      known('left', 'a', 'x'),
      known('owner', 'a', 'y'),
      known('one', 'b', 'v'),
      known('another', 'b', 'w'),
    );
    await next.stage(side, [on(side, 'a', 'FILE', 'new'), on(side, 'b', 'FILE', 'also new')]);
    await next.stage(other(side), [
      on(other(side), 'elsewhere', 'FILE', 'left'),
      on(other(side), 'y', 'FILE', 'owner'),
      on(other(side), 'v', 'FILE', 'one'),
      on(other(side), 'w', 'FILE', 'another'),
    ]);
    const ownerOf = async (key: string, kind: 'FILE' | 'FOLDER' = 'FILE') =>
      (await next.placeOwner(side, key, kind))?.sourceId ?? null;
    expect([await ownerOf('a'), await ownerOf('b'), await ownerOf('a', 'FOLDER'), await ownerOf('c')]).toEqual([
      'id:owner',
      ...[null, null, null],
    ]);
    const [folder] = await collect(next.sourceFolders(asItIs, side));
    expect((await childrenOf(folder!)).map(({ ledger }) => ledger?.sourceId ?? null)).toEqual(['id:owner', null]);
    const lost = await collect(next.lostEntries(side));
    expect(lost.map(({ sourceId }) => sourceId).sort()).toEqual(['id:another', 'id:left', 'id:one']);
  });

  each('whether a place was left by what stands elsewhere now', async (bench, side) => {
    const known = (id: string, key: string) => {
      const half = { [`${side.toLowerCase()}Key`]: key, [`${side.toLowerCase()}Id`]: `${IDS[side]}:${id}` };
      return ledgerEntry(`of ${id}`, { kind: 'FOLDER', ...half });
    };
    const next = await bench.remembering(known('moved', 'a'), known('stays', 'b'), known('gone', 'c'));
    await next.stage(side, [
      ...[on(side, 'a', 'FOLDER', 'new'), on(side, 'elsewhere', 'FOLDER', 'moved')],
      ...[on(side, 'b', 'FOLDER', 'stays'), on(side, 'c', 'FOLDER', 'also new')],
    ]);
    const isLeft = (key: string, kind: 'FILE' | 'FOLDER' = 'FOLDER') => next.isPlaceLeft(side, key, kind);
    expect([await isLeft('a'), await isLeft('b'), await isLeft('c'), await isLeft('d')]).toEqual([
      true,
      ...[false, false, false],
    ]);
    expect([await isLeft('a', 'FILE'), await next.isPlaceLeft(other(side), 'a', 'FOLDER')]).toEqual([false, false]);
  });

  each('items by folder and by identity', async (bench, side) => {
    const { store } = bench;
    await store.stage(side, [on(side, 'a'), on(side, 'f/b')]);
    await store.stage(other(side), [on(other(side), 'c')]);
    expect(namesOf(await store.destinationChildren('', side))).toEqual(['a']);
    expect(namesOf(await store.destinationChildren('f', side))).toEqual(['b']);
    expect(namesOf(await store.destinationChildren('', other(side)))).toEqual(['c']);
    expect(await store.destinationById(`${IDS[side]}:a`, side)).toMatchObject({ key: 'a' });
    expect(await store.destinationById(`${IDS[side]}:a`, other(side))).toBeNull();
    expect(await store.isAtSource('a', `${IDS[side]}:a`, side)).toBe(true);
    expect(await store.isAtSource('c', `${IDS[side]}:c`, side)).toBe(false);
    expect(await store.hasSourceFileBelow('f', side)).toBe(true);
    expect(await store.hasSourceFileBelow('f', other(side))).toBe(false);
  });

  each('what was seen in its recycle bin', async (bench, side) => {
    const next = await bench.remembering(ledgerEntry('a'), ledgerEntry('b'));
    await next.stageDeleted([`${IDS[side]}:a`]);
    const told = (where: Side) =>
      Promise.all(['a', 'b'].map((key) => next.isSeenDeleted({ key, id: `${IDS[where]}:${key}` }, where)));
    expect(await told(side)).toEqual([true, false]);
    expect(await told(other(side))).toEqual([false, false]);
  });

  each('the entry of an item', async (bench, side) => {
    const next = await bench.remembering(ledgerEntry('a'));
    expect(await next.entryOf(side, `${IDS[side]}:a`)).toMatchObject({ sourceKey: 'a' });
    expect(await next.entryOf(other(side), `${IDS[side]}:a`)).toBeNull();
  });

  promise('what may leave its place, because the other side has its part elsewhere', async (bench) => {
    const next = await bench.remembering(ledgerEntry('a'), ledgerEntry('b'));
    await next.stage('DESTINATION', [on('DESTINATION', 'c', 'FILE', 'a'), on('DESTINATION', 'b')]);
    expect(await next.leaving('id:a', 'SOURCE')).toMatchObject({ key: 'c', ledger: { sourceKey: 'a' } });
    expect(await next.leaving('id:b', 'SOURCE')).toBeNull();
    expect(await next.leaving('d:a')).toBeNull();
  });

  promise('claims the steps of one side only, and tells the folders that were written there', async (bench) => {
    const atSource = folderStep('s', { side: 'SOURCE' });
    const { store } = bench;
    await store.stage('DESTINATION', [on('DESTINATION', 's', 'FOLDER')]);
    await store.appendSteps([atSource, step('d'), step('s/in', { side: 'SOURCE', parentKey: 's', name: 'in' })]);
    await store.finishPlan('digest');
    expect(keysOf(await store.claim(10))).toEqual(['d']);
    expect(await store.claim(10)).toEqual([]);
    const claimed = await store.claim(10, 'SOURCE');
    expect(keysOf(claimed)).toEqual(['s', 's/in']);
    const made = { key: 's', item: item('s', { kind: 'FOLDER' }) };
    const ledger = ledgerEntry('s', { kind: 'FOLDER' });
    await store.commit([outcome(claimed[0]!.id, { side: 'SOURCE', destination: made, ledger })]);
    await expectWritten(store, { SOURCE: ['s'], DESTINATION: [] });
  });
}

const namesOf = (children: { names(): Iterable<string> }) => [...children.names()];

const keysOf = (claimed: readonly { step: { sourceKey: string | null } }[]) =>
  claimed.map(({ step: { sourceKey } }) => sourceKey);

async function expectWritten(store: EngineStore, expected: Readonly<Record<Side, readonly string[]>>): Promise<void> {
  for (const side of SIDES) {
    const written = await collect(store.foldersWritten(side));
    expect(
      written.map(({ source }) => source.path.join('/')),
      side,
    ).toEqual(expected[side]);
  }
}
