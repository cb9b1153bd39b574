import { afterEach, describe, expect, test } from 'vitest';
import type { Item, Trash } from '@sluice/core/platform';
import { DurableView } from './testing/durable-view.js';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import type { DiskCall } from './testing/hooked-disk.js';
import { content, present, ShareFixture } from './testing/share-fixture.js';

const NAMES = ['one.txt', 'two.txt', 'three.txt'];
const formerOf = (name: string) => `former bytes of ${name}`;
const newOf = (name: string) => `new bytes of ${name}`;

let share: ShareFixture;
let from: ShareFixture;
let view: DurableView;
afterEach(async () => {
  await share.dispose();
  await from.dispose();
});

/** A share that is durable file by file, with files that are. */
async function open(lacking: readonly DiskCall[], hasLinks: boolean): Promise<void> {
  const hooks = new HookedDisk(lacking);
  hooks.before = (call) => {
    if (call === 'link' && !hasLinks) throw systemError('EPERM');
  };
  from = await ShareFixture.create();
  // The view has to know the root before the platform has it.
  const disk = { ...hooks.disk };
  share = await ShareFixture.create('FILE', undefined, disk);
  for (const name of NAMES) await share.put(`job/a/b/${name}`, formerOf(name));
  for (const name of NAMES) await from.put(name, newOf(name));
  view = new DurableView(share.root());
  Object.assign(disk, view.watched(hooks.disk, !lacking.includes('syncFileSystem')));
}

const durable = () => Object.values(view.files()).sort();
const trash = (minutes = 0): Trash => ({ root: ['job'], at: new Date(share.now + minutes * 60_000) });
const items = () => Promise.all(NAMES.map((name) => share.item(`job/a/b/${name}`)));
const parent = () => share.item('job/a/b');
const nameOf = (item: Item) => item.path.at(-1) ?? '';
const former = NAMES.map(formerOf).sort();
const both = [...NAMES.map(formerOf), ...NAMES.map(newOf)].sort();

/** Does the work, and tells what a loss of power after each call that makes something durable would have taken of that. */
async function lossesOf(what: readonly string[], work: () => Promise<unknown>): Promise<string[]> {
  const lost = new Set<string>();
  view.onChange = () => {
    const there = durable();
    for (const text of what) if (!there.includes(text)) lost.add(text);
  };
  await work();
  view.onChange = () => {};
  return [...lost];
}

async function replaceByDirect(): Promise<void> {
  const transfers = await Promise.all(
    (await items()).map(async (replaces, index) => {
      const source = await from.item(NAMES[index]!);
      const sized = { ...source, size: present(source.size) };
      return {
        key: `${index}`,
        source: sized,
        parent: await parent(),
        name: nameOf(replaces),
        replaces,
        trash: trash(),
      };
    }),
  );
  const direct = present(share.destination.direct(from.platform));
  const batch = { transfers, maxParallel: 1, isStopping: () => false };
  for await (const outcome of direct.carryOut(batch, share.call())) expect(outcome).toHaveProperty('written');
}

async function write(replaces: Item): Promise<Item> {
  const request = {
    parent: await parent(),
    name: nameOf(replaces),
    content: content(newOf(nameOf(replaces))),
    replaces,
  };
  return (await share.destination.write({ ...request, trash: trash() }, share.call())).item;
}

/** Several at a time, as a run does it. */
const replaceByWriting = async () => Promise.all((await items()).map(write));

const removeAll = async () =>
  Promise.all((await items()).map((item) => share.destination.remove({ item, trash: trash() }, share.call())));

const SYSTEMS: [string, DiskCall[], boolean][] = [
  ['with all calls', [], true],
  ['that cannot be made durable as a whole', ['syncFileSystem'], true],
  ['without an exchange of names', ['exchange', 'syncFileSystem'], true],
  ['without second names', ['syncFileSystem'], false],
  ['without either', ['exchange', 'renameToFree', 'syncFileSystem'], false],
];

describe.each(SYSTEMS)('on a share that is durable file by file, on a system %s,', (_name, lacking, hasLinks) => {
  test.each([
    ['directly', replaceByDirect],
    ['by what is written', replaceByWriting],
  ])('what is replaced %s is durable in its place or in the trash all the time', async (_way, replace) => {
    await open(lacking, hasLinks);
    expect(await lossesOf(former, replace)).toEqual([]);
    expect(durable()).toEqual(both);
  });

  test('what is removed is, too', async () => {
    await open(lacking, hasLinks);
    expect(await lossesOf(former, removeAll)).toEqual([]);
    expect(durable()).toEqual(former);
    expect(Object.keys(view.files()).filter((path) => !path.includes('.sluice-trash'))).toEqual([]);
  });

  test('what an undo brings back and what gives way to it are, too', async () => {
    await open(lacking, hasLinks);
    const first = present((await items())[0]);
    const replaces = await write(first);
    const request = { former: first, replaces, parent: await parent(), name: nameOf(first), trash: trash() };
    const restore = () => share.destination.restore({ ...request, replacedTo: trash(1) }, share.call());
    expect(await lossesOf([...former, newOf(nameOf(first))], restore)).toEqual([]);
    expect(view.files()[`job/a/b/${nameOf(first)}`]).toBe(formerOf(nameOf(first)));
  });

  test('what is moved to another folder is, too', async () => {
    await open(lacking, hasLinks);
    const first = present((await items())[0]);
    const to = { parent: await share.item('job'), name: 'moved.txt' };
    expect(await lossesOf(former, () => share.destination.move(first, to, share.call()))).toEqual([]);
    expect(view.files()).toMatchObject({ 'job/moved.txt': formerOf(nameOf(first)) });
    expect(durable()).toEqual(former);
  });
});
