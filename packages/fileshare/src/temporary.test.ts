import { spawnSync } from 'node:child_process';
import { link, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryName } from './paths.js';
import { content, present, ShareFixture } from './testing/share-fixture.js';
import { isAbandoned, thisProcess } from './temporary.js';

const DAY_MS = 24 * 3_600_000;

let share: ShareFixture;
let dead: string;
let alive: string;

beforeEach(async () => {
  share = await ShareFixture.create();
  const owner = await thisProcess();
  dead = temporaryName({ ...owner, pid: present(spawnSync('true').pid) }, 'x');
  alive = temporaryName(owner, 'other');
  for (const name of [dead, alive]) await share.put(`folder/${name}`, 'half a fi');
});
afterEach(() => share.dispose());

describe('what a killed process left under a temporary name', () => {
  test('goes away when its folder is written to again, and a living one’s stays', async () => {
    const request = { parent: await share.item('folder'), name: 'file.txt', content: content('text') };
    await share.destination.write({ ...request, inDoubtSince: new Date(share.now) }, share.call());
    expect(await share.onDisk('folder')).toEqual([alive, 'file.txt'].sort());
  });

  test('goes away when a folder is created beside it again', async () => {
    const request = { parent: await share.item('folder'), name: 'inner', inDoubtSince: new Date(share.now) };
    await share.destination.ensureFolder(request, share.call());
    expect(await share.onDisk('folder')).toEqual([alive, 'inner'].sort());
  });

  test('goes away with the next listing', async () => {
    await share.list();
    expect(await share.onDisk('folder')).toEqual([alive]);
  });

  test('goes away when the process died between giving the name and taking the temporary one away', async () => {
    await share.put('folder/file.txt', 'text');
    await writeFile(share.root(`folder/${dead}`), '');
    await link(share.root('folder/file.txt'), share.root(`folder/${dead}2`.replace('.part2', '2.part')));
    const request = { parent: await share.item('folder'), name: 'file.txt', content: content('text') };
    const written = await share.destination.write({ ...request, inDoubtSince: new Date(share.now) }, share.call());
    expect(written.wasAlreadyThere).toBe(true);
    expect(await share.onDisk('folder')).toEqual([alive, 'file.txt'].sort());
  });
});

test('a process that has the number of a dead one does not keep its file', async () => {
  const owner = await thisProcess();
  expect(await isAbandoned(owner, 0, DAY_MS * 10)).toBe(false);
  expect(await isAbandoned({ ...owner, start: '1' }, 0, 0)).toBe(true);
});

test('another host’s file is kept for a day', async () => {
  const owner = { ...(await thisProcess()), host: '00000000' };
  expect(await isAbandoned(owner, 0, DAY_MS)).toBe(false);
  expect(await isAbandoned(owner, 0, DAY_MS + 1)).toBe(true);
});

test('files written at the same time have temporary names of their own', async () => {
  const parent = await share.item('folder');
  const write = (name: string) => share.destination.write({ parent, name, content: content(name) }, share.call());
  await Promise.all(Array.from({ length: 20 }, (_, index) => write(`${index}.txt`)));
  expect(await share.onDisk('folder')).toHaveLength(22);
});
