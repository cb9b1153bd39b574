import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Item } from '@sluice/core/platform';
import { openBench, testCall, type Bench, type BenchInput } from '../test-bench.js';
import { seeded } from '@sluice/procore-sandbox';

const TRASH = { root: [], at: new Date('2026-11-21T12:00:00Z') };
const call = testCall();
let bench: Bench;

async function open(behaviour: NonNullable<NonNullable<BenchInput['sandbox']>['behaviour']>): Promise<void> {
  bench = await openBench({ sandbox: { behaviour } });
  const file = { path: ['Drawings', 'a.pdf'], content: Buffer.from('first content') };
  await bench.sandbox.control.seed(seeded.projectId, [file]);
}

async function itemAt(...path: string[]): Promise<Item> {
  const item = await bench.platform.find({ path }, call);
  if (!item) throw new Error(`“${path.join('/')}” was not found.`);
  return item;
}

async function removed(...path: string[]): Promise<Item> {
  const item = await itemAt(...path);
  await bench.platform.destination!.remove!({ item, trash: TRASH }, call);
  return item;
}

async function restored(former: Item, parent: Item, more: object = {}): Promise<Item> {
  const request = { former, parent, name: former.path.at(-1)!, replaces: null, trash: TRASH, ...more };
  return bench.platform.destination!.restore!(request, call);
}

async function textOf(item: Item): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bench.platform.source!.open(item, call)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const liveAt = async (path: string) =>
  (await bench.sandbox.control.tree(seeded.projectId)).filter((item) => item.path === path);

afterEach(() => bench.close());

describe.each(['restored', 'ignored', 'refused'] as const)('where the recycle bin answers with %s', (binRestore) => {
  beforeEach(() => open({ binRestore }));

  test('a file comes back with its content, as itself where the service restores it', async () => {
    const former = await removed('Drawings', 'a.pdf');
    const item = await restored(former, await itemAt('Drawings'));
    expect(await textOf(await itemAt('Drawings', 'a.pdf'))).toBe('first content');
    expect(item.id === former.id).toBe(binRestore === 'restored');
    expect(await liveAt('Drawings/a.pdf')).toHaveLength(1);
  });

  test('a folder comes back, and then what was in it', async () => {
    const file = await removed('Drawings', 'a.pdf');
    const folder = await removed('Drawings');
    const parent = await restored(folder, await itemAt());
    await restored(file, parent);
    expect(await textOf(await itemAt('Drawings', 'a.pdf'))).toBe('first content');
  });

  test('a second try in doubt leaves one file', async () => {
    const former = await removed('Drawings', 'a.pdf');
    const since = new Date();
    const first = await restored(former, await itemAt('Drawings'));
    const again = await restored(former, await itemAt('Drawings'), { inDoubtSince: since });
    expect(again.id).toBe(first.id);
    expect(await liveAt('Drawings/a.pdf')).toHaveLength(1);
  });
});

describe('what comes from the recycle bin', () => {
  test('keeps its former folder or not, as the service likes', async () => {
    await open({ recycledKeepParent: true });
    const former = await removed('Drawings', 'a.pdf');
    await restored(former, await itemAt('Drawings'));
    expect(await textOf(await itemAt('Drawings', 'a.pdf'))).toBe('first content');
  });

  test('is left where somebody brought it back to', async () => {
    await open({});
    const former = await removed('Drawings', 'a.pdf');
    await restored(former, await itemAt(), { name: 'b.pdf' });
    await expect(restored(former, await itemAt('Drawings'))).rejects.toMatchObject({ kind: 'CONFLICT' });
  });

  test('is not taken for the file that was removed once it has another version', async () => {
    await open({});
    const former = await removed('Drawings', 'a.pdf');
    const other = { ...former, version: 'another' };
    await expect(restored(other, await itemAt('Drawings'))).rejects.toMatchObject({ kind: 'CONFLICT' });
  });
});
