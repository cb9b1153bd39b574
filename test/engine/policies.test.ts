import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policies, TransferType } from '@sluice/core/plan';
import { Job, Places, treeOf, type SideName } from '../support/effects/two-places.js';
import { startEmptySandbox } from '../support/sandbox.js';

let places: Places;
beforeAll(async () => void (places = new Places(await startEmptySandbox())));
afterAll(() => places[Symbol.asyncDispose]());

async function jobOf(type: TransferType, [from, to]: [SideName, SideName], policies: Partial<Policies>): Promise<Job> {
  const job = new Job(type, await places.side(from), await places.side(to));
  job.policies = policies;
  return job;
}

const SHARE = 'a share';

describe('deletePermanently', () => {
  it.each<[SideName, SideName]>([
    [SHARE, SHARE],
    ['Procore', SHARE],
  ])(
    'from %s to %s: what is deleted at the source leaves nothing at the destination, not even in the trash',
    async (...pair) => {
      const job = await jobOf('COPY', pair, { deletions: 'MIRROR', deletePermanently: true });
      for (const path of ['f/a.txt', 'f/b.txt', 'kept.txt']) await job.source.put(path, path);
      await job.run();
      await job.source.remove('f');
      expect(await job.run()).toEqual([
        'DELETED DELETED_ON_OTHER_SIDE f',
        'DELETED DELETED_ON_OTHER_SIDE f/a.txt',
        'DELETED DELETED_ON_OTHER_SIDE f/b.txt',
      ]);
      expect(await treeOf(job.destination)).toEqual(['kept.txt']);
      expect(await job.destination.removed()).toEqual([]);
      expect(await job.run()).toEqual([]);
    },
  );

  it('MOVE from a share leaves nothing in its trash; SYNC deletes for good on both sides', async () => {
    const moving = await jobOf('MOVE', [SHARE, 'Procore'], { deletePermanently: true });
    await moving.source.put('f/a.txt', 'a');
    await moving.run();
    expect([await treeOf(moving.source), await moving.source.removed()]).toEqual([[], []]);
    expect(await moving.destination.files()).toEqual({ 'f/a.txt': 'a' });
    const synced = await jobOf('SYNC', [SHARE, SHARE], { deletePermanently: true });
    for (const path of ['a.txt', 'b.txt', 'c.txt']) await synced.source.put(path, path);
    await synced.run();
    await synced.source.remove('a.txt');
    await synced.destination.remove('b.txt');
    await synced.run();
    for (const side of [synced.source, synced.destination])
      expect([await treeOf(side), await side.removed()]).toEqual([['c.txt'], []]);
  });

  it.each<[TransferType, [SideName, SideName], Partial<Policies>, string]>([
    ['COPY', [SHARE, 'Procore'], { deletions: 'MIRROR' }, 'destination'],
    ['MOVE', ['Procore', SHARE], {}, 'source'],
    ['SYNC', ['Procore', SHARE], {}, 'source'],
  ])(
    '%s between %j, where Procore keeps all that is removed, does nothing and says why',
    async (type, pair, more, side) => {
      const job = await jobOf(type, pair, { ...more, deletePermanently: true });
      await job.source.put('a.txt', 'a');
      const message = `The ${side} cannot delete for good.`;
      expect(await job.begin()).toMatchObject({
        kind: 'BROKEN',
        error: { kind: 'REJECTED', message },
      });
      expect(await treeOf(job.destination)).toEqual([]);
    },
  );
});
