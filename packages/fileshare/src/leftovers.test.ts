import { spawnSync } from 'node:child_process';
import { link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realDisk } from './disk/disk.js';
import { isLeft, ownerOf, shortHash } from './disk/working-files.js';
import { workingName } from './paths.js';
import type { Owner } from './paths.js';
import { content, present, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
const self = ownerOf(realDisk(), 'run 1');
const deadOwner = { ...self, pid: present(spawnSync('true').pid) };
const dead = workingName(deadOwner, 'x', 'part');
const alive = workingName(self, 'other', 'part');

beforeEach(async () => {
  share = await ShareFixture.create();
  for (const name of [dead, alive]) await share.put(`folder/${name}`, 'half a fi');
});
afterEach(() => share.dispose());

const again = async (name = 'file.txt') =>
  share.destination.write(
    { parent: await share.item('folder'), name, content: content('text'), inDoubtSince: new Date(share.now) },
    share.call(),
  );
const text = (path: string) => readFile(share.root(path), 'utf8');

describe('what a killed run left under a working name', () => {
  test('goes away when its folder is written to again, and a living one’s stays', async () => {
    await again();
    expect(await share.onDisk('folder')).toEqual([alive, 'file.txt'].sort());
  });

  test('goes away when a folder is created beside it again', async () => {
    const request = { parent: await share.item('folder'), name: 'inner', inDoubtSince: new Date(share.now) };
    await share.destination.ensureFolder(request, share.call());
    expect(await share.onDisk('folder')).toEqual([alive, 'inner'].sort());
  });

  test('is never touched by a listing: a source may belong to others', async () => {
    await share.list();
    expect(await share.onDisk('folder')).toEqual([alive, dead].sort());
  });

  test('does not keep a folder from being removed', async () => {
    await share.put(`gone/${dead}`, 'half a fi');
    const request = { item: await share.item('gone'), trash: { root: [], at: new Date(share.now) } };
    await share.destination.remove(request, share.call());
    expect(await share.onDisk()).not.toContain('gone');
  });

  test('goes away when the process died between giving the name and taking the working one away', async () => {
    await share.put('folder/file.txt', 'text');
    await link(share.root('folder/file.txt'), share.root(`folder/${workingName(deadOwner, 'y', 'part')}`));
    expect((await again()).wasAlreadyThere).toBe(true);
    expect(await share.onDisk('folder')).toEqual([alive, 'file.txt'].sort());
  });
});

describe('a process that died while a file was replaced', () => {
  const tagOf = async (path: string) => shortHash(present((await share.item(path)).version));

  test('leaves the new file or the replaced one, which go', async () => {
    await share.put('folder/one', 'one');
    for (const tags of [
      [await tagOf('folder/one'), '00000000'],
      ['00000000', await tagOf('folder/one')],
    ]) {
      await link(share.root('folder/one'), share.root(`folder/${workingName(deadOwner, 's', 'swap', tags)}`));
      await again(tags[0] ?? '');
      expect((await share.onDisk('folder')).filter((name) => name.endsWith('.swap'))).toEqual([]);
    }
  });

  test('leaves what somebody saved in that very moment, which becomes visible', async () => {
    const name = workingName(deadOwner, 's', 'swap', ['00000000', '11111111']);
    await share.put(`folder/${name}`, 'theirs');
    await again();
    expect(await text('folder/Recovered by Sluice (changed meanwhile)')).toBe('theirs');
  });

  test('leaves the old file aside, which gets its name back', async () => {
    await share.put(`folder/${workingName(deadOwner, 'a', 'aside', ['00000000'])}/plan.pdf`, 'old');
    await again();
    expect(await share.onDisk('folder')).toEqual([alive, 'file.txt', 'plan.pdf'].sort());
    expect(await text('folder/plan.pdf')).toBe('old');
  });

  test('leaves the old file aside although its name is taken: the known version goes, another stays beside', async () => {
    await share.put('folder/plan.pdf', 'new');
    await mkdir(share.root(`folder/a`));
    await writeFile(share.root('folder/a/plan.pdf'), 'old');
    const known = await tagOf('folder/a/plan.pdf');
    for (const tag of [known, '00000000']) {
      const aside = workingName(deadOwner, 'a', 'aside', [tag]);
      await mkdir(share.root(`folder/${aside}`));
      await link(share.root('folder/a/plan.pdf'), share.root(`folder/${aside}/plan.pdf`));
      await again(tag);
      expect(await share.onDisk('folder')).not.toContain(aside);
      expect((await share.onDisk('folder')).includes('plan (changed meanwhile).pdf')).toBe(tag !== known);
    }
    expect(await text('folder/plan.pdf')).toBe('new');
  });
});

describe('a working file is left', () => {
  const disk = realDisk();
  test.each<[string, Partial<Owner>, boolean]>([
    ['never while its process lives', {}, false],
    ['never while its process works for another run', { run: '00000000' }, false],
    ['when its process is gone', { pid: deadOwner.pid }, true],
    ['when its process’s number belongs to another one by now', { start: '1' }, true],
    ['by another machine, or this one before it was started again, for the same run', { machine: '00000000' }, true],
    ['never by another machine for another run', { machine: '00000000', run: '00000000' }, false],
  ])('%s', (_, other, expected) => {
    expect(isLeft(disk, { ...self, ...other }, self)).toBe(expected);
  });
});

test('files written at the same time have working names of their own', async () => {
  const parent = await share.item('folder');
  const write = (name: string) => share.destination.write({ parent, name, content: content(name) }, share.call());
  await Promise.all(Array.from({ length: 20 }, (_, index) => write(`${index}.txt`)));
  expect(await share.onDisk('folder')).toHaveLength(22);
});
