import { describe, expect, it } from 'vitest';
import { exclude } from '../filter/filter.testing.js';
import { PlatformError, type ListingProof } from '../platform/index.js';
import { defaultPolicies, type Policies } from '../plan/index.js';
import { callOf } from './active-context.testing.js';
import type { RunContext } from './context.js';
import { findRoots, partsOf } from './list.js';
import { House } from './list.testing.js';

const refused = new PlatformError('ACCESS_DENIED', 'No right.');
const MANY = { isFull: false, settings: { SOURCE: 'account', DESTINATION: 'account' } };

describe('the folders at both places', () => {
  it('are found, and the destination may be missing', async () => {
    const house = new House();
    const both = await findRoots(house.context());
    expect(both).toMatchObject({ source: { path: ['job'] }, destination: { path: ['there'] } });
    expect((await findRoots(house.context({ destinationRoot: ['nowhere'] }))).destination).toBeNull();
  });

  it.each<[string, Partial<RunContext>, string]>([
    ['no source', { sourceRoot: ['no', 'where'] }, 'The source folder "/no/where" does not exist.'],
    ['a file as destination', { destinationRoot: ['there', 'c'] }, 'The destination folder "/there/c" does not exist.'],
  ])('are asked for where there is %s', async (_, given, message) => {
    await expect(findRoots(new House().context(given))).rejects.toMatchObject({
      ...{ kind: 'NOT_FOUND', message, remedy: 'Choose another folder in the job, or create it.' },
    });
  });
});

describe('a listing of both sides', () => {
  it('stages what stands there, the folders themselves too, and counts it', async () => {
    const house = new House();
    expect(await house.list()).toEqual({ SOURCE: 3, DESTINATION: 1 });
    expect([await house.names('', 'SOURCE'), await house.names('f', 'SOURCE')]).toEqual([['a', 'f'], ['b']]);
    expect(await house.names('', 'DESTINATION')).toEqual(['c']);
    expect(await house.store.sourceByKey('')).toMatchObject({ item: { path: ['job'] } });
    expect(await house.store.destinationByKey('')).toMatchObject({ item: { path: ['there'] } });
    expect(house.discovered).toEqual([
      [2, 1],
      [1, 3],
    ]);
  });

  it('shows nothing at a destination that is still to be made', async () => {
    const house = new House();
    expect(await house.list({ destinationRoot: ['nowhere'] })).toEqual({ SOURCE: 3, DESTINATION: 0 });
    expect(house.asked.destination).toEqual([]);
    expect(await house.store.destinationByKey('')).toBeNull();
  });

  it('keeps the proof of each, and says nothing in the log', async () => {
    const house = new House();
    await house.list();
    expect(house.store.proofs).toMatchObject({ SOURCE: { seen: 3 }, DESTINATION: { seen: 1 } });
    const how = { kind: 'FULL', reason: 'The platform does not tell what changed since the last listing.' };
    expect(house.store.listed).toEqual({ SOURCE: how, DESTINATION: how });
    expect(house.logged()).toEqual([]);
  });

  it('tells of what could not be listed, and shows the rest', async () => {
    const house = new House().put('source', 'g/d');
    house.source.denyListing('job/f', refused);
    await house.list();
    const problems = await Promise.all([house.store.coverage('SOURCE', 'f/b'), house.store.coverage('SOURCE', 'g/d')]);
    expect(problems).toEqual(['NONE', 'WHOLE']);
  });

  it.each<[string, Partial<ListingProof>]>([
    ['loses something', { seen: 9 }],
    ['is of another folder', { root: 'x' }],
  ])('that %s proves nothing to be missing, on that side alone', async (_, claimed) => {
    for (const [side, name] of [
      ['SOURCE', 'source'],
      ['DESTINATION', 'destination'],
    ] as const) {
      const house = new House();
      Object.assign(house[name].source!, { claimed });
      await house.list();
      expect(await house.store.coverage(side, 'a')).toBe('PART');
      expect(await house.store.coverage(side === 'SOURCE' ? 'DESTINATION' : 'SOURCE', 'a')).toBe('WHOLE');
      const problems = [];
      for await (const { problem } of house.store.sourceProblems(side)) problems.push(problem);
      expect(problems).toMatchObject([{ error: { kind: 'PLATFORM_ERROR', remedy: 'Run the job again later.' } }]);
      expect(problems[0]?.path).toEqual(name === 'source' ? ['job'] : ['there']);
    }
  });

  it.each(['source', 'destination'] as const)('ends on both sides with what went wrong on one: %s', async (side) => {
    const house = new House();
    const error = new PlatformError('UNREACHABLE', 'No answer.');
    house[side].failNext('list', error);
    await expect(house.list()).rejects.toBe(error);
  });

  it('needs platforms that can be listed', async () => {
    const house = new House();
    Object.assign(house.destination, { source: undefined });
    await expect(house.list()).rejects.toMatchObject({
      kind: 'REJECTED',
      message: 'The destination cannot be listed.',
    });
  });
});

describe('what a platform is asked for', () => {
  const policies = (over: Partial<Policies>) => ({ ...defaultPolicies('COPY'), ...over });
  const rules = [exclude({ globs: ['*.tmp'] })];

  it('is everything below the folders, with former contents as such where the destination keeps some', async () => {
    const house = new House();
    await house.list({ rules });
    const all = { isMostlyKnown: false, withDeleted: false };
    expect(house.asked.source).toMatchObject([{ ...all, folder: { path: ['job'] }, joinsVersions: true, rules }]);
    expect(house.asked.destination).toMatchObject([{ ...all, folder: { path: ['there'] }, joinsVersions: false }]);
    expect(house.asked.destination[0]).not.toHaveProperty('rules');
  });

  it.each<[string, Partial<RunContext>, boolean]>([
    ['the source, where deletions are mirrored', { policies: policies({ deletions: 'MIRROR' }) }, false],
    ['both sides, where they are to be alike', { transferType: 'SYNC' }, true],
  ])('is the recycle bin of %s', async (_, given, isOfBoth) => {
    const house = new House();
    await house.list(given);
    expect(house.asked).toMatchObject({ source: [{ withDeleted: true }], destination: [{ withDeleted: isOfBoth }] });
  });

  it('is what is left out too where both sides are changed, so that it is not taken for deleted', async () => {
    const house = new House();
    await house.list({ transferType: 'SYNC', rules });
    expect(house.asked.source[0]).not.toHaveProperty('rules');
    expect(house.asked.destination[0]).not.toHaveProperty('rules');
  });

  it.each([
    ['as files', { versionsAsFiles: true }, true],
    ['not at all', {}, false],
  ])('are former contents where they come %s to a destination that keeps none', async (_, over, joinsVersions) => {
    const house = new House({ capabilities: { VERSION_PRESERVATION: { level: 'NONE' } } });
    await house.list({ policies: policies(over) });
    expect(house.asked.source).toMatchObject([{ joinsVersions }]);
  });
});

describe('sides that tell what changed', () => {
  const FULL = 'No complete listing of a finished run is known from which to go on.';

  async function listedOnce(given: Partial<RunContext> = {}) {
    const house = new House({ tellsChanges: true });
    await house.list({ listing: MANY, ...given });
    await house.store.enter('DONE');
    return house;
  }
  const kinds = ({ store }: House) => `${store.listed.SOURCE?.kind} ${store.listed.DESTINATION?.kind}`;

  it('are listed as a whole first, and the log says why', async () => {
    const house = await listedOnce();
    expect(house.logged()).toEqual([
      `The destination was listed as a whole. ${FULL}`,
      `The source was listed as a whole. ${FULL}`,
    ]);
  });

  it('are listed by their changes afterwards, and so on from there', async () => {
    const house = await listedOnce();
    house.put('source', 'new');
    for (const deltas of [1, 2]) {
      expect(await house.list({ listing: MANY })).toEqual({ SOURCE: 4, DESTINATION: 1 });
      expect(kinds(house)).toBe('DELTA DELTA');
      expect(house.logged()[1]).toMatch(/^The source was listed by its changes\. Of its files only those/);
      await house.store.enter('DONE');
      expect(await house.store.knownListing('SOURCE')).toMatchObject({ deltas });
    }
  });

  it.each<[string, Partial<RunContext>]>([
    ['somebody asks for it', { listing: { ...MANY, isFull: true } }],
    ['the account is another one', { listing: { ...MANY, settings: { SOURCE: 'x', DESTINATION: 'x' } } }],
    [
      'the job treats deletions otherwise',
      { listing: MANY, policies: { ...defaultPolicies('COPY'), deletions: 'MIRROR' } },
    ],
  ])('are listed as a whole again where %s', async (_, given) => {
    const house = await listedOnce();
    await house.list(given);
    expect(kinds(house)).toBe('FULL FULL');
  });

  it('are listed as a whole on the side whose filters are other ones now', async () => {
    const house = await listedOnce();
    await house.list({ listing: MANY, rules: [exclude({ globs: ['*.tmp'] })] });
    expect(kinds(house)).toBe('FULL DELTA');
  });

  it('are listed as a whole where the changes cannot be told, for the reason that the log names', async () => {
    const house = await listedOnce();
    house.source.failNext('changes', refused);
    expect(await house.list({ listing: MANY })).toEqual({ SOURCE: 3, DESTINATION: 1 });
    expect(house.store.listed.SOURCE).toEqual({
      kind: 'FULL',
      reason: 'What changed since the last listing could not be told: No right.',
    });
  });

  it.each<[string, (house: House) => void]>([
    ['a part of it could not be listed', ({ source }) => source.denyListing('job/f', refused)],
    ['it was not proved', ({ source }) => Object.assign(source.source!, { claimed: { seen: 9 } })],
  ])('are no basis for a later listing where %s', async (_, spoil) => {
    const house = new House({ tellsChanges: true });
    spoil(house);
    await house.list({ listing: MANY });
    await house.store.enter('DONE');
    expect(await house.store.knownListing('SOURCE')).toBeNull();
    expect(await house.store.knownListing('DESTINATION')).toMatchObject({ deltas: 0 });
  });
});

describe('a listing that comes item by item', () => {
  it('is packed five hundred entries at a time, in the folders that hold them', async () => {
    const house = new House();
    house.put('source', ...Array.from({ length: 600 }, (_, n) => `f/${n}`));
    const context = house.context();
    const parts = [];
    for await (const part of partsOf(house.source.source!, { folder: { path: ['job'] } }, callOf(context)))
      parts.push(part);
    const figures = parts.map(({ folders }) => folders.map(({ folder, count }) => `${folder.join('/')} ${count}`));
    expect(figures).toEqual([['job 2', 'job/f 498'], ['job/f 103']]);
    expect(parts.map(({ proof }) => proof?.seen ?? null)).toEqual([null, 603]);
  });
});
