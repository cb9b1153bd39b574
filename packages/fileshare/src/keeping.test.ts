import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Item } from '@sluice/core/platform';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import type { DiskCall } from './testing/hooked-disk.js';
import { content, failureOf, ShareFixture } from './testing/share-fixture.js';

const RUN = '2026-11-21T12-00-00-000Z';
const KEPT = `job/.sluice-trash/${RUN}/a/file.txt`;

let share: ShareFixture;
afterEach(() => share.dispose());

type Failing = Partial<Record<DiskCall, string>>;
type Lacking = ('exchange' | 'renameToFree')[];

/** A share with one file, on a system that lacks some calls and on which some fail. */
async function open(lacking: Lacking = [], failing: Failing = {}): Promise<HookedDisk> {
  const hooks = new HookedDisk(lacking);
  share = await ShareFixture.create('NEVER', undefined, hooks.disk);
  await share.put('job/a/file.txt', 'former');
  hooks.before = (call) => {
    const code = failing[call];
    if (code !== undefined) throw systemError(code);
  };
  return hooks;
}

const trash = () => ({ root: ['job'], at: new Date(share.now) });

async function replace(text: string, replaces: Item, meanwhile?: () => Promise<void>) {
  const request = { parent: await share.item('job/a'), name: 'file.txt', content: content(text, meanwhile), replaces };
  return share.destination.write({ ...request, trash: trash() }, share.call());
}

async function restore(former: Item, replaces: Item, inDoubtSince?: Date): Promise<Item> {
  const request = {
    former,
    replaces,
    parent: await share.item('job/a'),
    name: 'file.txt',
    trash: trash(),
    inDoubtSince,
  };
  const replacedTo = { root: ['job'], at: new Date(share.now + 60_000) };
  return share.destination.restore({ ...request, replacedTo }, share.call());
}

const text = (path: string) => readFile(share.root(path), 'utf8');
const files = async () =>
  (await share.onDisk()).filter((path) => path.includes('.txt') || /\.sluice-[0-9a-f]{8}/.test(path));

const SYSTEMS: [string, Lacking, Failing][] = [
  ['with all calls', [], {}],
  ['without an exchange of names', ['exchange'], {}],
  ['without second names', [], { link: 'EPERM' }],
  ['without either', ['exchange', 'renameToFree'], { link: 'EPERM' }],
];

describe.each(SYSTEMS)('a file that is replaced, on a system %s', (_name, lacking, failing) => {
  test('is kept in the trash under the path that it had, the very file, and nothing else is left', async () => {
    await open(lacking, failing);
    const former = await share.item('job/a/file.txt');
    await utimes(share.root('job/a/file.txt'), 1_000, 1_000);
    const older = await share.item('job/a/file.txt');
    const { note } = await replace('new', older);
    expect([await text('job/a/file.txt'), await text(KEPT), note]).toEqual(['new', 'former', undefined]);
    expect(await stat(share.root(KEPT))).toMatchObject({ nlink: 1, mtimeMs: 1_000_000 });
    expect(await files()).toEqual([KEPT, 'job/a/file.txt']);
    expect(former.version).not.toBe(older.version);
  });

  test('comes back in the place of what replaced it, which is kept in turn; another try changes nothing', async () => {
    await open(lacking, failing);
    const former = await share.item('job/a/file.txt');
    const { item: replaces } = await replace('new', former);
    const item = await restore(former, replaces);
    expect([item.version, item.identity]).toEqual([former.version, former.identity]);
    const [kept] = (await files()).filter((path) => path.includes('.sluice-trash'));
    expect([await text('job/a/file.txt'), await text(kept!)]).toEqual(['former', 'new']);
    expect(await files()).toHaveLength(2);
    expect(await restore(former, replaces, new Date(share.now))).toEqual(item);
    expect(await files()).toHaveLength(2);
  });

  test('is not kept where somebody changed it at the last moment: that stays, and nothing lies in the trash', async () => {
    await open(lacking, failing);
    const former = await share.item('job/a/file.txt');
    const meanwhile = () => share.put('job/a/file.txt', 'theirs, and longer');
    expect((await failureOf(replace('new', former, meanwhile))).kind).toBe('CONFLICT');
    expect(await text('job/a/file.txt')).toBe('theirs, and longer');
    expect(await files()).toEqual(['job/a/file.txt']);
  });

  test('does not come back in the place of what somebody changed since, and stays in the trash', async () => {
    await open(lacking, failing);
    const former = await share.item('job/a/file.txt');
    const { item: replaces } = await replace('new', former);
    await share.put('job/a/file.txt', 'theirs, and longer');
    expect((await failureOf(restore(former, replaces))).kind).toBe('CONFLICT');
    expect([await text('job/a/file.txt'), await text(KEPT)]).toEqual(['theirs, and longer', 'former']);
    expect(await files()).toHaveLength(2);
  });
});

describe('what a write replaces', () => {
  test('several times within a run lies in the trash side by side', async () => {
    await open();
    for (const one of ['second', 'the third']) await replace(one, await share.item('job/a/file.txt'));
    expect(await files()).toEqual([KEPT, `${KEPT}~2`, 'job/a/file.txt']);
    expect([await text(KEPT), await text(`${KEPT}~2`)]).toEqual(['former', 'second']);
  });

  test('is kept nowhere without a trash', async () => {
    await open();
    const [parent, replaces] = [await share.item('job/a'), await share.item('job/a/file.txt')];
    const request = { parent, name: 'file.txt', content: content('new'), replaces };
    await share.destination.write(request, share.call());
    expect(await files()).toEqual(['job/a/file.txt']);
  });

  test('is replaced all the same where it cannot be kept, such as on another file system, and that is told', async () => {
    const hooks = await open();
    const former = await share.item('job/a/file.txt');
    hooks.before = (call, path) => {
      const isForTrash = String(path).includes('.sluice-') && ['link', 'rename', 'renameToFree'].includes(call);
      if (call === 'link' || (isForTrash && call === 'renameToFree')) throw systemError('EXDEV');
    };
    const { note } = await replace('new', former);
    expect(note).toContain('may not keep the former content of the replaced file');
    expect(await text('job/a/file.txt')).toBe('new');
  });

  test('has one name in the trash after a try that was broken off between its second name and the exchange', async () => {
    const hooks = await open();
    const former = await share.item('job/a/file.txt');
    let isBroken = true;
    hooks.before = (call) => {
      if (call === 'exchange' && isBroken) throw systemError('EIO');
      // What a process that was killed would have left.
      if (call === 'unlink' && isBroken) throw systemError('EIO');
    };
    await failureOf(replace('new', former));
    isBroken = false;
    expect(await text(KEPT)).toBe('former');
    await replace('new', await share.item('job/a/file.txt'));
    const kept = (await files()).filter((path) => path.includes('.sluice-trash'));
    expect(kept).toEqual([KEPT]);
    expect(await stat(share.root(KEPT))).toMatchObject({ nlink: 1 });
  });

  test('that is in the trash no longer does not come back, and nothing changes', async () => {
    await open();
    const former = await share.item('job/a/file.txt');
    const { item: replaces } = await replace('new', former);
    await rm(share.root('job/.sluice-trash'), { recursive: true });
    expect((await failureOf(restore(former, replaces))).kind).toBe('NOT_FOUND');
    expect(await text('job/a/file.txt')).toBe('new');
  });
});
