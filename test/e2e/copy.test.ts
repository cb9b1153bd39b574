import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksums, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { addJob, addShare, follow, outcomesOf, readItems, runToEnd, type RunEvent } from '../support/work.js';

const plain: Record<string, string | Uint8Array> = {
  'Drawings/A-101.pdf': 'a drawing',
  'Drawings/Details/Fender & bollard.svg': '<svg/>',
  'Photos/2026-05/IMG_0001.png': new Uint8Array(300_000).fill(7),
  'Permits/Prüfbericht Größe.txt': 'geprüft',
  'Permits/現場写真.txt': '写真',
  '.hidden.txt': 'hidden',
  '100 % done #4.txt': 'done',
  'two  spaces.txt': 'two',
  'Large.bin': new Uint8Array(9_000_000).map((_, index) => index % 251),
};
/** Names that Procore cannot hold, and what becomes of them. */
const cleaned: Record<string, string> = { 'Ratio 1:50.txt': 'Ratio 1_50.txt', 'Ready?.txt': 'Ready_.txt' };

describe('a copy, through GraphQL and a WebSocket', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house?.close());

  it('takes a folder to Procore and back, byte by byte', async () => {
    const origin = await house.folder('origin');
    await plant(origin, { ...plain, ...Object.fromEntries(Object.keys(cleaned).map((name) => [name, name])) });
    const there = await addJob(
      house.client,
      'There',
      { connectionId: await addShare(house.client, origin) },
      { connectionId: house.procoreId },
    );
    const upload = await runToEnd(house.client, there);
    expect(upload).toMatchObject({ state: 'SUCCEEDED', stateReason: null });
    const expected = {
      ...checksumsOf(plain),
      ...checksumsOf(Object.fromEntries(Object.entries(cleaned).map(([from, to]) => [to, from]))),
    };
    expect((await contentOf(house.sandbox)).files).toEqual(expected);
    const revised = (await readItems(house.client, upload.id)).filter((item) => item.isRevised);
    expect(revised.map((item) => item.sourcePath).sort()).toEqual(Object.keys(cleaned).map((name) => `/${name}`));

    const target = await house.folder('target');
    const back = await addJob(
      house.client,
      'Back',
      { connectionId: house.procoreId },
      { connectionId: await addShare(house.client, target) },
    );
    expect((await runToEnd(house.client, back)).state).toBe('SUCCEEDED');
    expect(await checksums(target)).toEqual(expected);
  });

  it('does nothing the second time, and only what changed the third', async () => {
    const folder = await house.folder('changing');
    await plant(folder, { 'Delta/a.txt': 'one', 'Delta/b.txt': 'two' });
    const job = await addJob(
      house.client,
      'Changing',
      { connectionId: await addShare(house.client, folder) },
      { connectionId: house.procoreId },
    );
    expect(outcomesOf(await runToEnd(house.client, job))).toMatchObject({ CREATED: 3 });
    const before = house.sandbox.control.counters().counted;
    expect((await runToEnd(house.client, job)).statistics.itemsDone).toBe(0);
    expect(house.sandbox.control.counters().counted - before).toBeLessThanOrEqual(4);
    await writeFile(join(folder, 'Delta/a.txt'), 'one, changed');
    expect(outcomesOf(await runToEnd(house.client, job))).toMatchObject({ UPDATED: 1 });
    const { files, versions } = await contentOf(house.sandbox);
    expect([versions['Delta/a.txt'], versions['Delta/b.txt']]).toEqual([2, 1]);
    expect(files).toMatchObject(checksumsOf({ 'Delta/a.txt': 'one, changed', 'Delta/b.txt': 'two' }));
  });

  it('tells its progress in order, and goes on after a cursor without loss', async () => {
    const folder = await house.folder('progress');
    await plant(folder, { 'Progress/good.txt': 'good' });
    await mkdir(join(folder, 'Progress/Empty folder'));
    await writeFile(join(folder, 'Progress/empty.txt'), '');
    const job = await addJob(
      house.client,
      'Progress',
      { connectionId: await addShare(house.client, folder) },
      { connectionId: house.procoreId },
    );
    const run = await runToEnd(house.client, job);
    expect(run.state).toBe('SUCCEEDED');
    expect(run.events[0]).toMatchObject({ kind: 'SNAPSHOT', isReset: false });
    const durable = run.events.filter(isDurable);
    const first = run.events[0]?.sequence ?? 0;
    expect(durable.map((event) => event.sequence)).toEqual(durable.map((_, index) => first + 1 + index));
    expect(durable.at(-1)).toMatchObject({ kind: 'STATE', state: 'SUCCEEDED' });

    const again: RunEvent[] = [];
    for await (const event of follow(house.client, run.id, durable[0]?.cursor)) again.push(event);
    expect(again.filter(isDurable)).toEqual(durable.slice(1));
  });
});

const isDurable = (event: RunEvent): boolean => event.kind !== 'SNAPSHOT' && event.kind !== 'STATISTICS';
