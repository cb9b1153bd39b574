import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlatformError } from '@sluice/core/platform';
import { mountMemory, mountObstacle, remount, unmount } from './testing/mounts.js';
import { content, failureOf, ShareFixture } from './testing/share-fixture.js';

// Where nothing can be mounted, failing-disk.test.ts still shows what each error of a disk becomes.
const obstacle = mountObstacle();

describe.skipIf(obstacle !== null)(`a destination that is full${obstacle ? ` (skipped: ${obstacle})` : ''}`, () => {
  let share: ShareFixture;
  beforeEach(async () => {
    share = await ShareFixture.create('FILE', async (root) => mountMemory(root, 'size=1m,nr_inodes=40'));
  });
  afterEach(async () => {
    unmount(share.root());
    await share.dispose();
  });

  async function write(name: string, size = 5): Promise<void> {
    const request = { parent: await share.item(''), name, content: content('x'.repeat(size)) };
    await share.destination.write({ ...request, modifiedAt: new Date(0) }, share.call());
  }

  /** Writes each file and tells which were refused, and how. */
  async function writeAll(files: readonly [string, number][]): Promise<Map<string, PlatformError>> {
    const refused = new Map<string, PlatformError>();
    for (const [name, size] of files) {
      const work = write(name, size);
      await work.catch(async () => refused.set(name, await failureOf(work)));
    }
    return refused;
  }

  const BIG_BYTES = 2 * 1024 * 1024;

  test('refuses a big file, takes the small ones around it, keeps no leftovers, and takes the big one once there is room', async () => {
    const refused = await writeAll([
      ['1 small', 5],
      ['2 big', BIG_BYTES],
      ['3 small', 5],
    ]);
    expect([...refused.keys()]).toEqual(['2 big']);
    expect(refused.get('2 big')).toMatchObject({ kind: 'DESTINATION_FULL', remedy: 'Make room, then retry.' });
    expect(await share.onDisk()).toEqual(['1 small', '3 small']);
    remount(share.root(), 'size=4m');
    await write('2 big', BIG_BYTES);
    expect((await share.item('2 big')).size).toBe(BIG_BYTES);
    expect(await share.onDisk()).toEqual(['1 small', '2 big', '3 small']);
  });

  test('takes as many files as it has places for, and says of each other one that it is full', async () => {
    const files = Array.from({ length: 60 }, (_, at): [string, number] => [`file ${String(at).padStart(2, '0')}`, 5]);
    const refused = await writeAll(files);
    const kept = files.map(([name]) => name).filter((name) => !refused.has(name));
    expect(kept.length).toBeGreaterThan(20);
    expect(refused.size).toBeGreaterThan(10);
    expect(new Set([...refused.values()].map(({ kind }) => kind))).toEqual(new Set(['DESTINATION_FULL']));
    expect(await share.onDisk()).toEqual(kept);
  });

  test('is told apart from one that is read-only', async () => {
    await write('before');
    remount(share.root(), 'ro');
    const error = await failureOf(write('after'));
    expect(error).toMatchObject({ kind: 'ACCESS_DENIED', remedy: 'Mount it for writing.' });
    expect(error.message).toContain('mounted read-only');
    remount(share.root(), 'rw');
    await write('after');
    expect(await share.onDisk()).toEqual(['after', 'before']);
  });
});
