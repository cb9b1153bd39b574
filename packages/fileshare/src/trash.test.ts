import { mkdir, rename, rmdir, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ended } from './paths.js';
import { failureOf, ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
beforeEach(async () => {
  share = await ShareFixture.create();
});
afterEach(() => share.dispose());

const RUN = '2026-11-21T12-00-00-000Z';

async function remove(path: string, root: string[] = []): Promise<void> {
  const request = { item: await share.item(path), trash: { root, at: new Date(share.now) } };
  await share.destination.remove(request, share.call());
}

describe('the trash', () => {
  test('is at the job’s root, with one dated folder a run and the path that the file had', async () => {
    for (const text of ['one', 'two']) {
      await share.put('job/a/b/file.txt', text);
      await remove('job/a/b/file.txt', ['job']);
    }
    share.now += 5000;
    await share.put('job/a/b/file.txt', 'three');
    await remove('job/a/b/file.txt', ['job']);
    const files = (await share.onDisk()).filter((path) => path.includes('file'));
    expect(files).toEqual([
      `job/.sluice-trash/${RUN}/a/b/file.txt`,
      `job/.sluice-trash/${RUN}/a/b/file.txt~2`,
      'job/.sluice-trash/2026-11-21T12-00-05-000Z/a/b/file.txt',
    ]);
  });

  test('is never listed, at whatever folder it is', async () => {
    await share.put('job/a/file.txt', 'x');
    await remove('job/a/file.txt', ['job']);
    const paths = (await share.list()).map((entry) => entry.type === 'item' && entry.item.path.join('/'));
    expect(paths).toEqual(['job', 'job/a']);
  });

  test('keeps the place of a folder that is removed when it is empty', async () => {
    await mkdir(share.root('job/a/inner'), { recursive: true });
    await remove('job/a/inner', ['job']);
    await remove('job/a', ['job']);
    expect(await share.onDisk('job')).toEqual([
      '.sluice-trash',
      `.sluice-trash/${RUN}`,
      `.sluice-trash/${RUN}/a`,
      `.sluice-trash/${RUN}/a/inner`,
    ]);
  });

  test('never takes a folder with what appeared in it after the listing', async () => {
    await share.put('a/theirs.txt', 'x');
    expect((await failureOf(remove('a'))).kind).toBe('CONFLICT');
    expect(await share.onDisk()).toEqual(['a', 'a/theirs.txt']);
  });

  test('takes nothing that is not below the job’s folder', async () => {
    await share.put('other/file.txt', 'x');
    for (const path of ['other/file.txt', 'other']) {
      expect((await failureOf(remove(path, ['job']))).kind).toBe('REJECTED');
    }
    await mkdir(share.root('job'));
    expect((await failureOf(remove('job', ['job']))).kind).toBe('REJECTED');
    expect(await share.onDisk()).toEqual(['job', 'other', 'other/file.txt']);
  });

  test('takes a file whose name has no room for a number', async () => {
    const name = `${'é'.repeat(125)}.txt`;
    for (const text of ['one', 'two', 'three']) {
      await writeFile(share.root(name), text);
      await remove(name);
    }
    expect(await share.onDisk(`.sluice-trash/${RUN}`)).toHaveLength(3);
  });
});

describe('a name that gets an end', () => {
  test.each([
    ['has it at its end', 'a.txt', 'a.txt~2'],
    ['is cut where it is full', 'x'.repeat(255), `${'x'.repeat(253)}~2`],
    ['is cut between characters of several bytes', 'é'.repeat(127), `${'é'.repeat(126)}~2`],
    ['is cut between characters of several code points', `${'x'.repeat(250)}e\u0301\u0302`, `${'x'.repeat(250)}~2`],
  ])('%s', (_, name, expected) => {
    expect(ended(name, '~2')).toBe(expected);
  });

  test('keeps its extension behind it', () => {
    expect(ended('plan.pdf', ' 2', '.pdf')).toBe('plan 2.pdf');
    expect(ended(`${'x'.repeat(251)}.pdf`, ' 2', '.pdf')).toBe(`${'x'.repeat(249)} 2.pdf`);
  });
});

describe('what a run of long ago left in the trash', () => {
  const AT = new Date('2026-11-21T12:00:00Z');
  const empty = async (at: Date, root: string[] = ['job']) => {
    let files = 0;
    for await (const count of share.destination.emptyTrash({ root, at }, share.call())) files += count;
    return files;
  };

  async function twoRuns(): Promise<void> {
    for (let index = 0; index < 300; index += 1) await share.put(`job/a/${index}/file.txt`, 'x');
    for (let index = 0; index < 300; index += 1) await remove(`job/a/${index}/file.txt`, ['job']);
    share.now += 5000;
    await share.put('job/b.txt', 'kept');
    await remove('job/b.txt', ['job']);
  }

  test('goes for good, all of it and nothing else', async () => {
    await twoRuns();
    expect(await share.destination.trashed(['job'], share.call())).toEqual([AT, new Date(share.now)]);
    expect(await empty(AT)).toBe(300);
    expect(await share.destination.trashed(['job'], share.call())).toEqual([new Date(share.now)]);
    expect((await share.onDisk('job/.sluice-trash')).filter((path) => path.endsWith('.txt'))).toEqual([
      '2026-11-21T12-00-05-000Z/b.txt',
    ]);
    expect(await empty(AT)).toBe(0);
  });

  test('is told by the names that runs give, and where there is no trash there is none', async () => {
    expect(await share.destination.trashed([], share.call())).toEqual([]);
    for (const name of [RUN, 'mine', '2026-11-21', '2026-13-45T12-00-00-000Z'])
      await mkdir(share.root(`.sluice-trash/${name}`), { recursive: true });
    await writeFile(share.root('.sluice-trash/2026-11-22T12-00-00-000Z'), 'a file');
    expect(await share.destination.trashed([], share.call())).toEqual([AT]);
  });

  test('never leads out of it: links go, and what they point to stays', async () => {
    await share.put('theirs/file.txt', 'x');
    await mkdir(share.root(`.sluice-trash/${RUN}`), { recursive: true });
    await symlink(share.root('theirs'), share.root(`.sluice-trash/${RUN}/link`));
    expect(await empty(AT, [])).toBe(1);
    expect(await share.onDisk()).toEqual(['.sluice-trash', 'theirs', 'theirs/file.txt']);
    await rename(share.root('theirs'), share.root(RUN));
    await rmdir(share.root('.sluice-trash'));
    await symlink(share.root(), share.root('.sluice-trash'));
    expect(await share.destination.trashed([], share.call())).toEqual([]);
    expect(await empty(AT, [])).toBe(0);
    expect(await share.onDisk(RUN)).toEqual(['file.txt']);
  });
});
