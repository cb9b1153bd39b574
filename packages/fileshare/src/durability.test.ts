import { afterEach, describe, expect, test } from 'vitest';
import { mountsIn } from './disk/mounts.js';
import { realDisk } from './disk/disk.js';
import { content, failureOf, present, ShareFixture } from './testing/share-fixture.js';
import { DURABILITIES, durabilityOn, ShareDurability } from './durability.js';
import type { Durability } from './durability.js';
import { Share } from './share.js';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import { inlineLane } from './testing/inline-lane.js';
import { Vigil } from './vigil.js';

let share: ShareFixture;
let calls: string[] = [];
afterEach(() => share.dispose());

const EXT4 = 0xef53;
const NFS = 0x6969;

/** A share on a file system of that type; `calls` are those that make something durable, and those that give names. */
async function open(durability: Durability, { type = EXT4, lacking = [] as 'syncFileSystem'[] } = {}): Promise<void> {
  const hooks = new HookedDisk(lacking);
  calls = [];
  hooks.before = (call) => {
    if (['sync', 'syncFileSystem', 'renameToFree', 'unlink'].includes(call)) calls.push(call);
  };
  const statfs = () => ({ type }) as ReturnType<typeof hooks.disk.statfs>;
  share = await ShareFixture.create(durability, undefined, { ...hooks.disk, statfs });
}

async function write(name: string) {
  const request = { parent: await share.item(''), name, content: content('text') };
  return (await share.destination.write(request, share.call())).item;
}

describe('a share that is durable by marks', () => {
  test('syncs no file by itself, and everything at once when it settles', async () => {
    await open('MARK');
    await write('plan.pdf');
    await share.destination.ensureFolder({ parent: await share.item(''), name: 'folder' }, share.call());
    expect(calls).toEqual(['renameToFree']);
    await present(share.destination.durability.settle)(share.call());
    expect(calls).toEqual(['renameToFree', 'syncFileSystem']);
  });

  test('makes a move and a removal durable before it tells of them', async () => {
    await open('MARK');
    const item = await write('plan.pdf');
    const moved = await share.destination.move(item, { parent: await share.item(''), name: 'other.pdf' }, share.call());
    expect(calls).toEqual(['renameToFree', 'renameToFree', 'syncFileSystem']);
    await share.destination.remove({ item: moved, trash: { root: [], at: new Date(share.now) } }, share.call());
    expect(calls.at(-1)).toBe('syncFileSystem');
  });

  test('syncs once for all who ask while a sync is under way', async () => {
    await open('MARK');
    const settle = present(share.destination.durability.settle);
    await Promise.all(Array.from({ length: 20 }, () => settle(share.call())));
    expect(calls).toEqual(['syncFileSystem']);
  });

  test('ends the wait of one who is stopped, and of nobody else', async () => {
    await open('MARK');
    const settle = present(share.destination.durability.settle);
    const stop = new AbortController();
    const [first, second] = [failureOf(settle(share.call({ signal: stop.signal }))), settle(share.call())];
    stop.abort();
    expect((await first).kind).toBe('ABORTED');
    await second;
    expect(calls).toEqual(['syncFileSystem']);
  });

  test('tells when the disk does not take what was written', async () => {
    await open('MARK', { lacking: ['syncFileSystem'] });
    expect((await failureOf(present(share.destination.durability.settle)(share.call()))).kind).toBe('PLATFORM_ERROR');
  });

  test('syncs file by file where the file system cannot be synced as a whole, such as a network share', async () => {
    await open('MARK', { type: NFS });
    expect(share.destination.durability.settle).toBeUndefined();
    await write('plan.pdf');
    expect(calls).toEqual(['sync', 'renameToFree', 'sync']);
  });
});

test('a share that is durable file by file syncs file and folder before it tells of them', async () => {
  await open('FILE');
  const item = await write('plan.pdf');
  expect(calls.splice(0)).toEqual(['sync', 'renameToFree', 'sync']);
  await share.destination.ensureFolder({ parent: await share.item(''), name: 'folder' }, share.call());
  expect(calls.splice(0)).toEqual(['sync']);
  await share.destination.move(item, { parent: await share.item('folder'), name: 'plan.pdf' }, share.call());
  expect(calls).toEqual(['renameToFree', 'sync', 'sync']);
});

test('a share whose account does not care syncs nothing', async () => {
  await open('NEVER');
  const item = await write('plan.pdf');
  await share.destination.remove({ item, trash: { root: [], at: new Date(share.now) } }, share.call());
  expect(share.destination.durability.settle).toBeUndefined();
  expect(calls.filter((call) => call.startsWith('sync'))).toEqual([]);
});

test('the start of the machine stays the same while it runs', async () => {
  await open('NEVER');
  const starts = [await share.destination.durability.machineStart(share.call())];
  starts.push(await share.destination.durability.machineStart(share.call()));
  expect(new Set(starts).size).toBe(1);
});

test('file systems that are mounted in a folder are found, whatever their names', async () => {
  await open('NEVER');
  const line = (folder: string) => `36 25 0:31 / ${folder} rw,relatime shared:16 - ext4 /dev/vdb rw`;
  const lines = ['/', '/srv', '/srv/plans', '/srv/plans/big\\040one', '/srv/plans/a\\134b', '/srv/plans2'].map(line);
  const disk = { ...realDisk(), readFile: () => lines.join('\n') };
  expect(mountsIn(disk, '/srv/plans')).toEqual(['/srv/plans/big one', '/srv/plans/a\\b']);
  expect(mountsIn(disk, '/')).toHaveLength(5);
  const none = () => {
    throw new Error('ENOENT');
  };
  expect(mountsIn({ ...realDisk(), readFile: none }, '/srv')).toEqual([]);
});

test('the start of the machine is named by the system, and by nobody where it cannot be told', async () => {
  const real = realDisk();
  const startOn = async (readFile: typeof real.readFile) => {
    share = await ShareFixture.create('NEVER', undefined, { ...real, readFile });
    return share.destination.durability.machineStart(share.call());
  };
  expect(await startOn((path) => (path === '/proc/sys/kernel/random/boot_id' ? 'this start\n' : ''))).toBe(
    'this start',
  );
  await share.dispose();
  const none = () => {
    throw systemError('ENOENT');
  };
  expect(await startOn(none)).toBeNull();
});

test('a file system that cannot be made durable as a whole is made so file by file, unless nobody asks for it', async () => {
  await open('NEVER');
  const traits = { foldsCase: false, hasStableInodes: true, nameUnit: 'UTF8', attributes: 'ALL' } as const;
  const on = (syncsAsWhole: boolean) => DURABILITIES.map((one) => durabilityOn({ ...traits, syncsAsWhole }, one));
  expect(on(true)).toEqual(['MARK', 'FILE', 'NEVER']);
  expect(on(false)).toEqual(['FILE', 'FILE', 'NEVER']);
});

describe('syncs of a share as a whole', () => {
  interface Sync {
    end: () => void;
    fail: (cause: Error) => void;
  }
  let syncs: Sync[];
  let settle: () => Promise<void>;

  /** A share whose syncs end when the test says so. */
  async function openSlow(): Promise<void> {
    await open('MARK');
    syncs = [];
    const own = inlineLane(realDisk());
    const sync = () => new Promise<void>((end, fail) => void syncs.push({ end, fail }));
    const call: typeof own.call = (name, ...args) =>
      name === 'syncShare' ? (sync() as never) : own.call(name, ...args);
    const traits = await own.call('traits', share.root());
    const vigil = new Vigil(async () => undefined);
    const slow = new Share({ ...own, call }, share.root(), traits, false, async () => {}, vigil);
    const durability = new ShareDurability(slow, 'MARK');
    settle = () => present(durability.settle)(share.call());
  }
  const begun = (count: number) => expect.poll(() => syncs.length, { interval: 1 }).toBe(count);

  test('are done anew for who asks while one is under way, since that may have passed over what was written', async () => {
    await openSlow();
    const told: string[] = [];
    const first = settle().then(() => told.push('first'));
    await begun(1);
    const others = Promise.all([settle(), settle()]).then(() => told.push('others'));
    syncs[0]?.end();
    await first;
    await begun(2);
    expect(told).toEqual(['first']);
    syncs[1]?.end();
    await others;
    expect(told).toEqual(['first', 'others']);
    expect(syncs).toHaveLength(2);
  });

  test('tell of a failure those who wait for it, and nobody after them', async () => {
    await openSlow();
    const first = failureOf(settle());
    await begun(1);
    const second = settle();
    syncs[0]?.fail(systemError('EIO'));
    expect(await first).toMatchObject({
      kind: 'PLATFORM_ERROR',
      message: 'The folder of the connection cannot be read or written: the disk reports an error.',
    });
    await begun(2);
    syncs[1]?.end();
    await second;
  });
});
