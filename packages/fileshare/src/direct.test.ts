import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DirectOutcome, DirectTransfer, Item } from '@sluice/core/platform';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import type { DiskCall } from './testing/hooked-disk.js';
import { present, ShareFixture } from './testing/share-fixture.js';

let from: ShareFixture;
let to: ShareFixture;
let hooks: HookedDisk;

async function open(lacking: DiskCall[] = []): Promise<void> {
  hooks = new HookedDisk(lacking);
  to = await ShareFixture.create('FILE', undefined, hooks.disk);
}
beforeEach(async () => {
  from = await ShareFixture.create();
  await open();
});
afterEach(async () => {
  await from.dispose();
  await to.dispose();
});

async function transferOf(path: string, more: Partial<DirectTransfer> = {}): Promise<DirectTransfer> {
  const item = await from.item(path);
  return { key: path, source: { ...item, size: present(item.size) }, parent: await to.item(''), name: path, ...more };
}

/** Carries files over; `see` is told of each outcome when it comes. */
async function carryOut(transfers: DirectTransfer[], see: () => void = () => {}): Promise<Map<string, DirectOutcome>> {
  const outcomes = new Map<string, DirectOutcome>();
  const direct = present(to.destination.direct(from.platform));
  const batch = { transfers, maxParallel: 1, isStopping: () => false };
  for await (const outcome of direct.carryOut(batch, to.call())) {
    see();
    outcomes.set(outcome.key, outcome);
  }
  return outcomes;
}

const seedFrom = async (count: number): Promise<string[]> => {
  const names = Array.from({ length: count }, (_, index) => `file ${index}`);
  for (const name of names) await from.put(name, `bytes of ${name}`);
  return names;
};
const transfersOf = (names: readonly string[], more: Partial<DirectTransfer> = {}) =>
  Promise.all(names.map((name) => transferOf(name, more)));

describe('a loss of power', () => {
  test('finds bytes durable before names, and names before anybody is told', async () => {
    const names = await seedFrom(5);
    const transfers = await transfersOf(names);
    const calls: string[] = [];
    hooks.before = (call) => {
      if (['write', 'renameToFree', 'syncFileSystem'].includes(call)) calls.push(call);
    };
    const outcomes = await carryOut(transfers, () => calls.push('told'));
    const times = (call: string) => names.map(() => call);
    expect(calls).toEqual([
      ...times('write'),
      'syncFileSystem',
      ...times('renameToFree'),
      'syncFileSystem',
      ...times('told'),
    ]);
    expect([...outcomes.values()].every((outcome) => 'written' in outcome)).toBe(true);
  });

  test('finds them so file by file where a file system cannot be made durable as a whole', async () => {
    await to.dispose();
    await open(['syncFileSystem']);
    const calls: string[] = [];
    const transfers = await transfersOf(await seedFrom(2));
    hooks.before = (call) => {
      if (['write', 'renameToFree', 'sync'].includes(call)) calls.push(call);
    };
    await carryOut(transfers, () => calls.push('told'));
    const [write, sync, rename, told] = ['write', 'sync', 'renameToFree', 'told'];
    expect(calls).toEqual([write, write, sync, sync, rename, rename, sync, sync, told, told]);
  });
});

test('a disk that fails for one file of a batch fails that one, which never gets its name', async () => {
  await to.dispose();
  await open(['syncFileSystem']);
  const names = await seedFrom(4);
  let syncs = 0;
  const transfers = await transfersOf(names);
  hooks.before = (call) => {
    if (call === 'sync' && ++syncs === 2) throw systemError('EIO');
  };
  const outcomes = await carryOut(transfers);
  expect(outcomes.get('file 1')).toMatchObject({ error: { kind: 'PLATFORM_ERROR', remoteStatus: 'EIO' } });
  expect(await to.onDisk()).toEqual(['file 0', 'file 2', 'file 3']);
});

test('every flipped bit is detected, and none comes under a final name', async () => {
  const names = await seedFrom(100);
  let flips = 0;
  const transfers = await transfersOf(names, { isProved: true });
  hooks.before = (call, [, bytes]) => {
    if (call !== 'write' || !(bytes instanceof Uint8Array)) return;
    const place = (flips * 31) % bytes.length;
    bytes[place] = present(bytes[place]) ^ (1 << (flips % 8));
    flips += 1;
  };
  const outcomes = await carryOut(transfers);
  expect(flips).toBe(names.length);
  for (const name of names) expect(outcomes.get(name)).toMatchObject({ error: { kind: 'VERIFICATION_FAILED' } });
  expect(await to.onDisk()).toEqual([]);
  hooks.before = () => {};
  const again = await carryOut(transfers);
  for (const name of names) expect(again.get(name)).toMatchObject({ written: { verifiedBy: 'CHECKSUM' } });
});

test('files of more folders than are held at once arrive, and no folder stays open', async () => {
  const folders = Array.from({ length: 300 }, (_, index) => `folder ${index}`);
  const transfers: DirectTransfer[] = [];
  for (const folder of folders) {
    await from.put(`${folder}/plan.pdf`, folder);
    const parent = await to.destination.ensureFolder({ parent: await to.item(''), name: folder }, to.call());
    transfers.push(await transferOf(`${folder}/plan.pdf`, { parent, name: 'plan.pdf' }));
  }
  let open = 0;
  hooks.before = (call) => {
    if (call === 'open') open += 1;
    if (call === 'close') open -= 1;
  };
  const outcomes = await carryOut(transfers);
  expect([...outcomes.values()].filter((outcome) => 'error' in outcome)).toEqual([]);
  for (const folder of folders) expect(await readFile(to.root(`${folder}/plan.pdf`), 'utf8')).toBe(folder);
  expect(open).toBe(0);
});

test('leftovers are looked for once in a folder, however many files of it are in doubt', async () => {
  const names = await seedFrom(20);
  const transfers = await transfersOf(names, { inDoubtSince: new Date(to.now) });
  let looks = 0;
  hooks.before = (call) => {
    if (call === 'opendir') looks += 1;
  };
  await carryOut(transfers);
  expect(looks).toBe(1);
  expect(await to.onDisk()).toEqual([...names].sort());
});

test('a file that changes before it is replaced stays, and the rest of its batch arrives', async () => {
  const names = await seedFrom(3);
  const replaced: Item[] = [];
  for (const name of names) {
    await to.put(name, 'the version before');
    replaced.push(await to.item(name));
  }
  const transfers = await Promise.all(names.map((name, index) => transferOf(name, { replaces: replaced[index] })));
  await to.put('file 1', 'theirs');
  const outcomes = await carryOut(transfers);
  expect(outcomes.get('file 1')).toMatchObject({ error: { kind: 'CONFLICT' }, side: 'DESTINATION' });
  expect(await readFile(to.root('file 1'), 'utf8')).toBe('theirs');
  expect(await readFile(to.root('file 2'), 'utf8')).toBe('bytes of file 2');
  expect(await to.onDisk()).toEqual(names);
});
