import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import type { ListEntry } from '@sluice/core/platform';
import { ShareClient } from './client.js';
import type { HeldFolder } from './client.js';
import { collect, failureOf, ShareFixture } from './testing/share-fixture.js';
import { walk } from './walk.js';

let share: ShareFixture;
beforeEach(async () => {
  share = await ShareFixture.create();
});
afterEach(() => share.dispose());

const items = (entries: ListEntry[]) =>
  entries.flatMap((entry) => (entry.type === 'item' ? [entry.item.path.join('/')] : [])).sort();

const problems = (entries: ListEntry[]) =>
  entries.flatMap((entry) => {
    if (entry.type === 'item') return [];
    const { path, kind, error } = entry.problem;
    return [`${path.join('/')}: ${kind} ${error.kind}`];
  });

const messageOf = (entries: ListEntry[], name: string) =>
  entries.flatMap((entry) =>
    entry.type === 'problem' && entry.problem.path.at(-1) === name ? [entry.problem.error.message] : [],
  )[0];

/** A client for which something goes wrong with one folder. */
class BrokenClient extends ShareClient {
  constructor(
    root: string,
    private readonly name: string,
    private readonly before: () => Promise<void>,
  ) {
    super(root, { foldsCase: false, hasStableInodes: true });
  }

  override async hold(path: readonly string[]): Promise<HeldFolder> {
    if (path.join('/') === this.name) await this.before();
    return super.hold(path);
  }
}

const walked = (client: ShareClient) => collect(walk(client, { start: [], isShallow: false, now: share.now }));

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
    const swap = async () => {
      await rename(share.root('swapped'), share.root('aside'));
      await symlink(share.outside(), share.root('swapped'));
    };
    const entries = await walked(new BrokenClient(share.root(), 'swapped', swap));
    expect(items(entries)).not.toContain('swapped/secret.txt');
    expect(problems(entries)).toContain('swapped: FOLDER NOT_FOUND');
  });

  test('may lead to the root itself', async () => {
    await share.put('file.txt', 'x');
    await symlink(share.root(), share.outside('link-to-root'));
    const client = new ShareClient(share.outside('link-to-root'), { foldsCase: false, hasStableInodes: true });
    expect(items(await walked(client))).toEqual(['file.txt']);
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
  await share.put('folder/.sluice-0123abcd-1-5-k.part', 'x');
  await share.put('.sluice-notes.part', 'someone’s own');
  expect(items(await share.list())).toEqual(['.hidden', '.hidden/.file', '.sluice-notes.part', 'folder']);
});

describe('a folder that cannot be listed', () => {
  test('is a problem and its siblings go on', async () => {
    for (const name of ['a', 'b', 'c']) await share.put(`${name}/file.txt`, 'x');
    const denied = Object.assign(new Error('denied'), { code: 'EACCES' });
    const entries = await walked(new BrokenClient(share.root(), 'b', () => Promise.reject(denied)));
    expect(items(entries)).toEqual(['a', 'a/file.txt', 'b', 'c', 'c/file.txt']);
    expect(problems(entries)).toEqual(['b: FOLDER ACCESS_DENIED']);
  });

  test('is a problem when it goes away after it was listed', async () => {
    await mkdir(share.root('gone'));
    const entries = await walked(new BrokenClient(share.root(), 'gone', () => rmdir(share.root('gone'))));
    expect(problems(entries)).toEqual(['gone: FOLDER NOT_FOUND']);
  });

  test('is a problem at the start when a right is lacking, and an error when the share fails', async () => {
    const failing = (code: string) => async () => {
      throw Object.assign(new Error(code), { code });
    };
    const denied = await walked(new BrokenClient(share.root(), '', failing('EACCES')));
    expect(problems(denied)).toEqual([': FOLDER ACCESS_DENIED']);
    const broken = walked(new BrokenClient(share.root(), '', failing('ESTALE')));
    expect((await failureOf(broken)).kind).toBe('UNREACHABLE');
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
