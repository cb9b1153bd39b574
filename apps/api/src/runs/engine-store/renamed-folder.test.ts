import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { createMemoryPlatform, quietRun, type MemoryOperation, type MemoryPlatform } from '@sluice/core/testing';
import { expect, it } from 'vitest';
import { TemporaryStore, type StoredJob } from './stored-job.testing.js';

/** The long form has 10,000. */
const FILES = Number(process.env['SLUICE_RENAMED_FILES'] ?? 1_000);
const LISTED = { 'find source': 1, 'find destination': 1, 'list source': 1, 'list destination': 1 };

/** Two folders with as many equal files. */
function equalPlaces(): Record<'source' | 'destination', MemoryPlatform> {
  const files = Array.from({ length: FILES }, (_, index) => ({ path: `f/${index}.txt`, bytes: `${index}` }));
  const places = { source: createMemoryPlatform(), destination: createMemoryPlatform() };
  for (const platform of Object.values(places)) platform.seed(files);
  return places;
}

/** What a run of SYNC asked of both sides, one count for each operation. */
async function sync(places: ReturnType<typeof equalPlaces>, job: StoredJob): Promise<Record<string, number>> {
  const asked: Record<string, number> = {};
  for (const [name, platform] of Object.entries(places))
    platform.onOperation(({ operation, moment }) => {
      const what: `${MemoryOperation} ${string}` = `${operation} ${name}`;
      if (moment === 'before') asked[what] = (asked[what] ?? 0) + 1;
    });
  const end = await executeRun({
    ...{ ...places, sourceRoot: [], destinationRoot: [], store: await job.nextRun() },
    policies: defaultPolicies('SYNC'),
    clock: { now: () => Date.UTC(2026, 10, 21, 10), monotonic: () => 0, sleep: async () => {} },
    ...{ ...quietRun(), transferType: 'SYNC' },
  });
  expect(end).toEqual({ kind: 'DONE' });
  for (const platform of Object.values(places)) platform.onOperation(null);
  return asked;
}

async function rename(platform: MemoryPlatform, from: string, to: string): Promise<void> {
  const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' } as const;
  const parent = (await platform.find({ path: [] }, call))!;
  await platform.destination!.move!(platform.item(from)!, { parent, name: to }, call);
}

it(`SYNC: a folder with ${FILES} files that was renamed on either side is one rename on the other, and no item is asked for`, async () => {
  await using store = await TemporaryStore.open();
  const [places, job] = [equalPlaces(), await store.addJob()];
  expect(await sync(places, job)).toEqual(LISTED);
  for (const [side, other] of [
    ['source', 'destination'],
    ['destination', 'source'],
  ] as const) {
    await rename(places[side], places[side].tree()[0]!.replace('/', ''), `renamed at the ${side}`);
    const { [`move ${other}`]: moves, ...asked } = await sync(places, job);
    expect(moves).toBe(1);
    expect(asked[`find ${other}`]).toBeLessThanOrEqual(4);
    expect({ ...asked, [`find ${other}`]: 1 }).toEqual(LISTED);
  }
  expect(await sync(places, job)).toEqual(LISTED);
  expect(places.source.tree()).toHaveLength(FILES + 1);
  expect(places.source.tree()).toEqual(places.destination.tree());
});
