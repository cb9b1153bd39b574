import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policies, TransferType } from '@sluice/core/plan';
import type { Call } from '@sluice/core/platform';
import { Job, Places, treeOf, type SideName } from '../support/effects/two-places.js';
import type { Side } from '../support/effects/sides.js';
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
const aCall: Call = { signal: new AbortController().signal, priority: 'JOB', owner: 'a person' };

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

  it.each<[TransferType, Partial<Policies>]>([
    ['COPY', { deletions: 'MIRROR' }],
    ['PUBLISH', {}],
    ['MIGRATE', {}],
  ])(
    'versionsAsFiles: with %s former versions come to a share as files, follow theirs and go with it',
    async (type, own) => {
      const job = await jobOf(type, ['Procore', SHARE], { versionsAsFiles: true, ...own });
      const { source, destination } = job;
      for (const text of ['one', 'the second', 'three']) await source.put('f/a.txt', text);
      await source.put('alone.txt', 'only');
      await job.run();
      const copied = { 'f/a.txt': 'three', 'f/a (v1).txt': 'one', 'f/a (v2).txt': 'the second', 'alone.txt': 'only' };
      expect(await destination.files()).toEqual(copied);
      expect(job.store.steps().find(({ step }) => step.destinationKey === 'f/a.txt')?.step.message).toContain(
        'Of its 3 versions all are kept, former ones as files of their own.',
      );
      expect(await job.run()).toEqual([]);
      await source.put('f/a.txt', 'four');
      const later = (await job.run()).sort();
      if (type === 'MIGRATE') return expect(await destination.files()).toEqual(copied);
      expect(later).toEqual(['CREATED NEW f/a (v3).txt', 'UPDATED CONTENT_CHANGED f/a.txt']);
      await source.remove('f/a.txt');
      await job.run();
      expect(await destination.files()).toEqual({ 'alone.txt': 'only' });
    },
  );

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

/** What a job from a share to Procore tells and leaves there, of these files. */
async function toProcore(policies: Partial<Policies>, files: Record<string, string>) {
  const job = await jobOf('COPY', [SHARE, 'Procore'], policies);
  for (const [path, text] of Object.entries(files)) await job.source.put(path, text);
  const told = await job.run();
  return { job, told, there: Object.keys(await job.destination.files()).sort() };
}

const LONG = `${'long '.repeat(60)}.txt`.slice(-240);

describe('each value of a policy, from a share to Procore', () => {
  it.each<[string, Partial<Policies>, Record<string, string>, string[], string[]]>([
    ['zeroByteFile TRANSFER', {}, { 'a.txt': '' }, ['SKIPPED ZERO_BYTES a.txt'], []],
    ['zeroByteFile SKIP', { zeroByteFile: 'SKIP' }, { 'a.txt': '' }, ['SKIPPED ZERO_BYTES a.txt'], []],
    ['zeroByteFile FLAG', { zeroByteFile: 'FLAG' }, { 'a.txt': '' }, ['FLAGGED ZERO_BYTES a.txt'], []],
    ['largeItem FLAG', { maxItemBytes: 3 }, { 'a.txt': 'four' }, ['FLAGGED FILE_TOO_LARGE a.txt'], []],
    [
      'largeItem SKIP',
      { maxItemBytes: 3, largeItem: 'SKIP' },
      { 'a.txt': 'four', 'b.txt': 'two' },
      ['CREATED NEW b.txt', 'SKIPPED FILE_TOO_LARGE a.txt'],
      ['b.txt'],
    ],
    ['invalidCharacters REPLACE', {}, { 'a?.txt': 'a' }, ['CREATED NEW a_.txt'], ['a_.txt']],
    [
      'invalidCharacters PERCENT_ENCODE',
      { invalidCharacters: 'PERCENT_ENCODE' },
      { 'a?.txt': 'a' },
      ['CREATED NEW a%3F.txt'],
      ['a%3F.txt'],
    ],
    ['invalidCharacters FLAG', { invalidCharacters: 'FLAG' }, { 'a?.txt': 'a' }, ['FLAGGED NAME_INVALID a?.txt'], []],
    [
      'duplicateNames RENAME',
      {},
      { 'A.txt': '1', 'a.txt': '2' },
      ['CREATED NEW A.txt', 'CREATED NEW a (1).txt'],
      ['A.txt', 'a (1).txt'],
    ],
    [
      'duplicateNames FLAG',
      { duplicateNames: 'FLAG' },
      { 'A.txt': '1', 'a.txt': '2' },
      ['CREATED NEW A.txt', 'FLAGGED DUPLICATE_NAME a.txt'],
      ['A.txt'],
    ],
  ])('%s', async (_name, policies, files, told, there) => {
    expect(await toProcore(policies, files)).toMatchObject({ told, there });
  });

  it.each([
    ['SKIP', ['g/', 'g/a.txt']],
    ['CREATE', ['f/', 'f/sub/', 'g/', 'g/a.txt']],
  ] as const)('emptyFolders %s', async (emptyFolders, there) => {
    const job = await jobOf('COPY', [SHARE, 'Procore'], { emptyFolders });
    await job.source.put('f/sub/gone.txt', 'gone');
    await job.source.put('g/a.txt', 'a');
    await job.source.remove('f/sub/gone.txt');
    await job.run();
    expect(await treeOf(job.destination)).toEqual(there);
  });

  it.each([
    ['FLAG', 'FLAGGED LOCKED a.txt'],
    ['SKIP', 'SKIPPED LOCKED a.txt'],
  ] as const)(
    'lockedFiles %s leaves a file alone that somebody has checked out, and brings it once it is in',
    async (lockedFiles, told) => {
      const job = await jobOf('COPY', [SHARE, 'Procore'], { lockedFiles });
      await job.source.put('a.txt', 'one', 'OLDER');
      await job.run();
      await job.source.put('a.txt', 'the second');
      job.destination.checkOut!('a.txt', new Date(Date.now() + 3_600_000));
      expect(await job.run()).toEqual([told]);
      expect(await job.destination.contents('a.txt')).toEqual(['one']);
      job.destination.checkOut!('a.txt', null);
      await job.run();
      expect(await job.destination.contents('a.txt')).toEqual(['one', 'the second']);
    },
  );

  describe('lockedFiles PROPAGATE', () => {
    const inHours = (hours: number) => new Date(Math.ceil(Date.now() / 1000) * 1000 + hours * 3_600_000);
    const lockOf = async (side: Side, path: string) =>
      (await (await side.open()).find({ path: [...side.root, ...path.split('/')] }, aCall))?.lock;

    it('what is checked out at the source is checked out at the destination until the same time, with its content or later', async () => {
      const job = await jobOf('COPY', ['Procore', 'Procore'], { lockedFiles: 'PROPAGATE' });
      const { source, destination } = job;
      for (const path of ['f/a.txt', 'f/b.txt', 'f/c.txt']) await source.put(path, path);
      await destination.put('f/c.txt', 'f/c.txt');
      const [first, second] = [inHours(1), inHours(2)];
      for (const path of ['f/a.txt', 'f/c.txt']) source.checkOut!(path, first);
      expect(await job.run()).toContain('CREATED NEW f/a.txt');
      const planned = job.store.steps().map(({ step }) => [step.destinationKey, step.callCount]);
      expect(Object.fromEntries(planned)).toMatchObject({ 'f/a.txt': 3, 'f/b.txt': 2, 'f/c.txt': 1 });
      expect(await lockOf(destination, 'f/a.txt')).toMatchObject({ until: first, isOwn: true });
      expect(await lockOf(destination, 'f/c.txt')).toMatchObject({ until: first, isOwn: true });
      expect(await lockOf(destination, 'f/b.txt')).toBeNull();
      expect(await job.run()).toEqual([]);
      source.checkOut!('f/b.txt', first);
      source.checkOut!('f/a.txt', second);
      expect(await job.run()).toEqual(['DESCRIBED METADATA_CHANGED f/a.txt', 'DESCRIBED METADATA_CHANGED f/b.txt']);
      expect(await lockOf(destination, 'f/a.txt')).toMatchObject({ until: second, isOwn: true });
      expect(await job.run()).toEqual([]);
      expect(await job.destination.versions()).toEqual({ 'f/a.txt': 1, 'f/b.txt': 1, 'f/c.txt': 1 });
    });

    it('a new content comes to what the job has checked out, and is checked out again; what others have stays theirs', async () => {
      const job = await jobOf('COPY', ['Procore', 'Procore'], { lockedFiles: 'PROPAGATE' });
      const { source, destination } = job;
      for (const path of ['a.txt', 'b.txt']) await source.put(path, path);
      source.checkOut!('a.txt', inHours(1));
      await job.run();
      for (const path of ['a.txt', 'b.txt']) await source.put(path, `${path} again`);
      destination.checkOut!('b.txt', inHours(1));
      expect(await job.run()).toEqual(['FLAGGED LOCKED b.txt', 'UPDATED CONTENT_CHANGED a.txt']);
      expect(await lockOf(destination, 'a.txt')).toMatchObject({ isOwn: true });
      expect(await destination.contents('b.txt')).toEqual(['b.txt']);
    });

    it('an undo ends the lock that a run has set', async () => {
      const job = await jobOf('COPY', ['Procore', 'Procore'], { lockedFiles: 'PROPAGATE' });
      await job.source.put('a.txt', 'a');
      await job.run();
      job.source.checkOut!('a.txt', inHours(1));
      await job.run();
      expect(await lockOf(job.destination, 'a.txt')).toMatchObject({ isOwn: true });
      expect(await job.undo()).toEqual(['DESCRIBED UNDONE a.txt']);
      expect(await lockOf(job.destination, 'a.txt')).toBeNull();
    });

    it('SYNC locks on each side what people lock on the other, and never brings its own lock back', async () => {
      const job = await jobOf('SYNC', ['Procore', 'Procore'], { lockedFiles: 'PROPAGATE' });
      const { source, destination } = job;
      for (const path of ['a.txt', 'b.txt']) await source.put(path, path);
      await job.run();
      source.checkOut!('a.txt', inHours(1));
      destination.checkOut!('b.txt', inHours(1));
      await job.run();
      expect(await lockOf(destination, 'a.txt')).toMatchObject({ isOwn: true });
      expect(await lockOf(source, 'b.txt')).toMatchObject({ isOwn: true });
      expect(await job.run()).toEqual([]);
      source.checkOut!('a.txt', null);
      await job.run();
      expect(await lockOf(source, 'a.txt')).toBeNull();
    });
  });

  describe('permissions PRIVACY_FLAG', () => {
    const privacyOf = async (side: Side, ...paths: string[]) => {
      const platform = await side.open();
      const items = paths.map((path) => platform.find({ path: [...side.root, ...path.split('/')] }, aCall));
      return (await Promise.all(items)).map((item) => item?.isPrivate);
    };

    it('files and folders are private from the call that makes them, which costs none beside it', async () => {
      const job = await jobOf('COPY', ['Procore', 'Procore'], { permissions: 'PRIVACY_FLAG' });
      const { source, destination } = job;
      for (const path of ['hidden/a.txt', 'open/b.txt', 'open/c.txt']) await source.put(path, path);
      source.hide!('hidden', true);
      source.hide!('open/b.txt', true);
      await job.run();
      const costs = job.store.steps().map(({ step }) => [step.destinationKey, step.callCount]);
      expect(Object.fromEntries(costs)).toEqual({
        ...{ hidden: 1, 'hidden/a.txt': 2, open: 1, 'open/b.txt': 2, 'open/c.txt': 2 },
      });
      const all = ['hidden', 'hidden/a.txt', 'open', 'open/b.txt', 'open/c.txt'];
      expect(await privacyOf(destination, ...all)).toEqual([true, true, false, true, false]);
      expect(job.store.logged.map(({ message }) => message).join()).not.toContain('private');
      expect(await job.run()).toEqual([]);
    });

    it('a change alone is one call without bytes; a new version costs none for it, and what people opened stays open', async () => {
      const job = await jobOf('COPY', ['Procore', 'Procore'], { permissions: 'PRIVACY_FLAG', maxVersions: 1 });
      const { source, destination } = job;
      for (const path of ['f/a.txt', 'f/b.txt']) await source.put(path, path);
      await job.run();
      source.hide!('f/a.txt', true);
      expect(await job.run()).toEqual(['DESCRIBED METADATA_CHANGED f/a.txt']);
      expect(job.store.steps().map(({ step }) => step.callCount)).toEqual([1]);
      expect(await privacyOf(destination, 'f', 'f/a.txt', 'f/b.txt')).toEqual([false, true, false]);
      destination.hide!('f/a.txt', false);
      await source.put('f/a.txt', 'again');
      await job.run();
      expect(job.store.steps().map(({ step }) => step.callCount)).toEqual([2]);
      expect(await privacyOf(destination, 'f/a.txt')).toEqual([false]);
    });

    it('what is private at the destination is not opened by a source that it never came from', async () => {
      const job = await jobOf('COPY', ['Procore', 'Procore'], { permissions: 'PRIVACY_FLAG' });
      const { source, destination } = job;
      for (const side of [source, destination]) await side.put('f/a.txt', 'equal');
      destination.hide!('f', true);
      destination.hide!('f/a.txt', true);
      await job.run();
      expect(await privacyOf(destination, 'f', 'f/a.txt')).toEqual([true, true]);
    });

    it('without it, the plan counts what does not stay private', async () => {
      const job = await jobOf('COPY', ['Procore', 'Procore'], {});
      await job.source.put('f/a.txt', 'a');
      job.source.hide!('f', true);
      await job.run();
      expect(await privacyOf(job.destination, 'f', 'f/a.txt')).toEqual([false, false]);
      expect(job.store.logged.map(({ message }) => message)).toContain(
        '2 items are private at the source and the job does not keep that.',
      );
    });
  });

  it('truncateLongNames cuts a name and keeps its extension; without it the file is flagged', async () => {
    const folder = 'f'.repeat(100);
    const cut = await toProcore({ truncateLongNames: true }, { [`${folder}/${LONG}`]: 'a' });
    expect(cut.there).toEqual([expect.stringMatching(/^f{100}\/.+\.txt$/)]);
    expect(`Place/${cut.there[0]}`.length).toBeLessThanOrEqual(255);
    const flagged = await toProcore({}, { [`${folder}/${LONG}`]: 'a' });
    expect(flagged.told).toContainEqual(expect.stringMatching(/^FLAGGED PATH_TOO_LONG /));
  });

  it.each<[Partial<Policies>, string]>([
    [{ verification: 'CHECKSUM' }, 'SIZE'],
    [{ verification: 'CHECKSUM', readBack: true }, 'CHECKSUM'],
    [{ verification: 'SIZE' }, 'SIZE'],
    [{ verification: 'NONE' }, 'NONE'],
  ])('%j proves as far as Procore allows: %s', async (policies, verifiedBy) => {
    const { job } = await toProcore(policies, { 'a.txt': 'a' });
    expect(job.store.steps().map(({ result }) => result?.verifiedBy)).toEqual([verifiedBy]);
  });
});
