import { execFileSync } from 'node:child_process';
import { renameSync, rmdirSync, symlinkSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import type { ListEntry } from '@sluice/core/platform';
import { realDisk } from './disk/disk.js';
import { createFilesharePlatform } from './index.js';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import { inlineLane } from './testing/inline-lane.js';
import { collect, failureOf, present, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
let hooks: HookedDisk;
beforeEach(async () => {
  hooks = new HookedDisk();
  share = await ShareFixture.create('NEVER', undefined, hooks.disk);
});
afterEach(() => share.dispose());

const items = (entries: ListEntry[]) =>
  entries.flatMap((entry) => (entry.type === 'item' ? [entry.item.path.join('/')] : [])).sort();

const problems = (entries: ListEntry[]) =>
  entries.flatMap((entry) => {
    if (entry.type !== 'problem') return [];
    const { path, kind, error } = entry.problem;
    return [`${path.join('/')}: ${kind} ${error.kind}`];
  });

const messageOf = (entries: ListEntry[], name: string) =>
  entries.flatMap((entry) =>
    entry.type === 'problem' && entry.problem.path.at(-1) === name ? [entry.problem.error.message] : [],
  )[0];

/** Lists while something goes wrong with one folder before it is opened. */
async function listedWith(name: string, before: () => void): Promise<ListEntry[]> {
  await share.item('');
  hooks.before = (call, [path]) => {
    if (call === 'open' && path === share.root(name).replace(/\/$/, '')) before();
  };
  return share.list();
}

const failing = (code: string) => () => {
  throw systemError(code);
};
const clock = { now: () => 0 };

describe('symbolic links', () => {
  test('are reported with where they point and never followed', async () => {
    await share.put('inner/file.txt', 'x');
    await writeFile(share.outside('secret.txt'), 'secret');
    await symlink(share.outside(), share.root('out'));
    await symlink(share.outside('secret.txt'), share.root('out.txt'));
    await symlink(share.root('inner'), share.root('in'));
    await symlink('nothing', share.root('broken'));
    await symlink('..', share.root('inner/loop'));
    const entries = await share.list();
    expect(items(entries)).toEqual(['inner', 'inner/file.txt']);
    const special = ['broken', 'in', 'inner/loop', 'out', 'out.txt'].map((name) => `${name}: SPECIAL SPECIAL_FILE`);
    expect(problems(entries).sort()).toEqual(special.sort());
    expect(messageOf(entries, 'out')).toContain('to a place outside the share');
    expect(messageOf(entries, 'in')).toContain('to a place inside the share');
    expect(messageOf(entries, 'loop')).toContain('to a place inside the share');
    expect(messageOf(entries, 'broken')).toContain('to nowhere');
  });

  test('cannot be walked through, looked up or listed by path', async () => {
    await writeFile(share.outside('secret.txt'), 'secret');
    await symlink(share.outside(), share.root('out'));
    for (const path of [['out'], ['out', 'secret.txt'], ['..', 'outside', 'secret.txt'], ['..']]) {
      expect(await share.platform.find({ path }, share.call()), path.join('/')).toBeNull();
    }
    const listing = collect(share.source.list({ folder: { path: ['out'] } }, share.call()));
    expect((await failureOf(listing)).kind).toBe('NOT_FOUND');
    const above = collect(share.source.list({ folder: { id: 'a/../..' } }, share.call()));
    expect((await failureOf(above)).kind).toBe('NAME_INVALID');
  });

  test('put in the place of a folder during the walk hide it, as a problem', async () => {
    await share.put('swapped/file.txt', 'x');
    await writeFile(share.outside('secret.txt'), 'secret');
    const entries = await listedWith('swapped', () => {
      renameSync(share.root('swapped'), share.root('aside'));
      symlinkSync(share.outside(), share.root('swapped'));
    });
    expect(items(entries)).not.toContain('swapped/secret.txt');
    expect(problems(entries)).toContain('swapped: FOLDER NOT_FOUND');
  });

  test('may lead to the root itself', async () => {
    await share.put('file.txt', 'x');
    await symlink(share.root(), share.outside('link-to-root'));
    const options = { root: share.outside('link-to-root'), clock, random: () => 0.5, lane: inlineLane(realDisk()) };
    const platform = await createFilesharePlatform(options);
    const entries = await collect(present(platform.source).list({ folder: { path: [] } }, share.call()));
    expect(items(entries)).toEqual(['file.txt']);
  });
});

test('pipes, sockets and names that are not UTF-8 are problems, the rest goes on', async () => {
  await share.put('a.txt', 'x');
  execFileSync('mkfifo', [share.root('pipe')]);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(share.root('socket'), resolve));
  await writeFile(Buffer.concat([Buffer.from(share.root('caf')), Buffer.from([0xe9])]), 'latin 1');
  await mkdir(Buffer.concat([Buffer.from(share.root('dir')), Buffer.from([0xff])]));
  const entries = await share.list();
  await new Promise((resolve) => server.close(resolve));
  expect(items(entries)).toEqual(['a.txt']);
  expect(problems(entries).sort()).toEqual([
    'caf\ufffd: FILE NAME_INVALID',
    'dir\ufffd: FOLDER NAME_INVALID',
    'pipe: SPECIAL SPECIAL_FILE',
    'socket: SPECIAL SPECIAL_FILE',
  ]);
});

test('hidden files are listed, the trash and temporary files are not', async () => {
  await share.put('.hidden/.file', 'x');
  await share.put('.sluice-trash/2026/old.txt', 'x');
  for (const name of [
    '0123abcd-1-5-k.part',
    '0123abcd-1-5-89abcdef-k-00000000-11111111.swap',
    '0123abcd-1-5-89abcdef-k.aside',
  ])
    await share.put(`folder/.sluice-${name}`, 'x');
  await share.put('.sluice-notes.part', 'someone’s own');
  expect(items(await share.list())).toEqual(['.hidden', '.hidden/.file', '.sluice-notes.part', 'folder']);
});

describe('a folder that cannot be listed', () => {
  test('is a problem and its siblings go on', async () => {
    for (const name of ['a', 'b', 'c']) await share.put(`${name}/file.txt`, 'x');
    const entries = await listedWith('b', failing('EACCES'));
    expect(items(entries)).toEqual(['a', 'a/file.txt', 'b', 'c', 'c/file.txt']);
    expect(problems(entries)).toEqual(['b: FOLDER ACCESS_DENIED']);
  });

  test('is a problem when it goes away after it was listed', async () => {
    await mkdir(share.root('gone'));
    const entries = await listedWith('gone', () => rmdirSync(share.root('gone')));
    expect(problems(entries)).toEqual(['gone: FOLDER NOT_FOUND']);
  });

  test('is a problem at the start when a right is lacking, and an error when the share fails', async () => {
    expect(problems(await listedWith('', failing('EACCES')))).toEqual([': FOLDER ACCESS_DENIED']);
    expect((await failureOf(listedWith('', failing('ESTALE')))).kind).toBe('UNREACHABLE');
  });
});

test('another folder where the share was is not taken for an empty share', async () => {
  await share.put('file.txt', 'x');
  await share.list();
  await rename(share.root(), share.outside('moved'));
  await mkdir(share.root());
  expect((await failureOf(share.list())).kind).toBe('UNREACHABLE');
});

test('a root that went away is an error, not an empty share', async () => {
  await share.list();
  await rm(share.root(), { recursive: true });
  const error = await failureOf(share.list());
  expect(error).toBeInstanceOf(PlatformError);
  expect(error.kind).toBe('NOT_FOUND');
});

test('ten thousand files in a hundred folders are streamed, and the walk can be left early', async () => {
  await Promise.all(
    Array.from({ length: 100 }, async (_, folder) => {
      await mkdir(share.root(`${folder}`));
      for (let file = 0; file < 100; file += 1) await writeFile(share.root(`${folder}/${file}`), '');
    }),
  );
  expect(items(await share.list())).toHaveLength(10_100);
  let seen = 0;
  for await (const _ of share.source.list({ folder: { path: [] } }, share.call())) if (++seen === 150) break;
  expect(seen).toBe(150);
});
