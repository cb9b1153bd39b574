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

describe('maxVersions', () => {
  it('from Procore to Procore all versions come in their order, with notes of where they are from, and none twice', async () => {
    const job = await jobOf('COPY', ['Procore', 'Procore'], {});
    const { source, destination } = job;
    for (const text of ['one', 'the second', 'three']) await source.put('f/a.txt', text);
    await source.put('alone.txt', 'only');
    await job.run();
    expect(await destination.contents('f/a.txt')).toEqual(['one', 'the second', 'three']);
    expect(await job.run()).toEqual([]);
    for (const text of ['the fourth', 'five']) await source.put('f/a.txt', text);
    expect(await job.run()).toEqual(['UPDATED CONTENT_CHANGED f/a.txt']);
    expect(await destination.contents('f/a.txt')).toEqual(await source.contents('f/a.txt'));
    expect(await destination.versions()).toEqual({ 'alone.txt': 1, 'f/a.txt': 5 });
    expect(await job.run()).toEqual([]);
  });

  it('so many of the newest come, if it says so', async () => {
    const job = await jobOf('COPY', ['Procore', 'Procore'], { maxVersions: 2 });
    for (const text of ['one', 'two', 'three', 'four']) await job.source.put('a.txt', text);
    await job.run();
    expect(await job.destination.contents('a.txt')).toEqual(['three', 'four']);
  });

  it('from Procore to a share the latest comes, and the plan says what is left out', async () => {
    const job = await jobOf('COPY', ['Procore', SHARE], {});
    for (const text of ['one', 'two']) await job.source.put('a.txt', text);
    await job.run();
    expect(await job.destination.files()).toEqual({ 'a.txt': 'two' });
    expect(job.store.steps()[0]?.step.message).toContain(
      'Of its 2 versions the latest comes: the destination keeps no others.',
    );
  });

  it('from a share to Procore each change becomes a version', async () => {
    const job = await jobOf('COPY', [SHARE, 'Procore'], {});
    for (const text of ['one', 'the second', 'three']) {
      await job.source.put('a.txt', text, text === 'one' ? 'OLDER' : undefined);
      await job.run();
    }
    expect(await job.destination.contents('a.txt')).toEqual(['one', 'the second', 'three']);
  });

  it('what was moved from Procore to Procore goes at the source with its versions at the destination', async () => {
    const job = await jobOf('MOVE', ['Procore', 'Procore'], {});
    for (const text of ['one', 'two']) await job.source.put('a.txt', text);
    await job.run();
    expect([await treeOf(job.source), await job.destination.contents('a.txt')]).toEqual([[], ['one', 'two']]);
  });
});

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
