import { describe, expect, it } from 'vitest';
import { AS_NAMED, defaultPolicies, type Policies } from '../plan/index.js';
import type { Capabilities, Item } from '../platform/index.js';
import { createMemoryPlatform, item, step } from '../testing/index.js';
import { describesTo, keepsTimes, lostTime, placeAndFields, readsBack, verify } from './arrival.js';

const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' } as const;
/** SHA-256 of “some bytes”. */
const SHA_256 = '0d22cdcc10e6d049dbe1af5123d50873fdfc1a4f58306e58cb6241be9472014d';
const NONE = { level: 'NONE' } as const;
const platform = (capabilities: Partial<Capabilities> = {}) => createMemoryPlatform({ capabilities });
const policiesOf = (over: Partial<Policies> = {}): Policies => ({ ...defaultPolicies('COPY'), ...over });

describe('the proof of a file that arrived', () => {
  const destination = platform({ CONTENT_CHECKSUM: NONE });
  destination.seed([{ path: 'a', bytes: 'some bytes' }]);
  const there = destination.item('a')!;
  const content = { size: 10, sha256: SHA_256 };

  const proofOf = (item: Item, policies: Partial<Policies> = {}, of = { content, destination }) =>
    verify(
      { item, verifiedBy: 'SIZE', wasAlreadyThere: false },
      of.content,
      { policies: policiesOf(policies), destination: of.destination, words: AS_NAMED },
      call,
    );

  it.each<[string, Partial<Item>, Partial<Policies>, string]>([
    ['is its size, where nothing else is asked for', {}, {}, 'SIZE'],
    [
      'is its size, where bytes are to be read back but checksums are not compared',
      {},
      { verification: 'SIZE', readBack: true },
      'SIZE',
    ],
    ['is none, where none is asked for', {}, { verification: 'NONE' }, 'NONE'],
    ['is none likewise where it has another checksum', { sha256: 'ff' }, { verification: 'NONE' }, 'NONE'],
    ['is what the platform said, where its size is not told', { size: null }, {}, 'SIZE'],
    ['is what the platform said, where it has that checksum', { sha256: SHA_256 }, {}, 'SIZE'],
    ['is its checksum, once its bytes were read back', {}, { readBack: true }, 'CHECKSUM'],
  ])('%s', async (_, over, policies, proof) => {
    expect(await proofOf({ ...there, ...over }, policies)).toBe(proof);
  });

  it('is what the platform said, where that gives nothing back', async () => {
    const mute = createMemoryPlatform({ without: ['readBack'] });
    expect(await proofOf(there, { readBack: true }, { content, destination: mute })).toBe('SIZE');
  });

  it('is not sought again where the platform compared checksums itself', async () => {
    const written = {
      item: { ...there, id: 'nowhere' },
      verifiedBy: 'CHECKSUM',
      wasAlreadyThere: false,
    } as const;
    const context = { policies: policiesOf({ readBack: true }), destination, words: AS_NAMED };
    expect(await verify(written, content, context, call)).toBe('CHECKSUM');
  });

  it.each<[string, Partial<Item>, Partial<Policies>, typeof content, string]>([
    ['another size', { size: 9 }, {}, content, 'What arrived has 9 bytes instead of 10.'],
    [
      'another size, even where no proof is asked for',
      { size: 9 },
      { verification: 'NONE' },
      content,
      'What arrived has 9 bytes instead of 10.',
    ],
    ['another checksum', { sha256: 'ff' }, {}, content, 'What arrived has another checksum.'],
    [
      'other bytes',
      {},
      { readBack: true },
      { ...content, sha256: 'ff' },
      'What arrived gives other bytes when read back.',
    ],
  ])('fails for %s', async (_, over, policies, sent, message) => {
    await expect(proofOf({ ...there, ...over }, policies, { content: sent, destination })).rejects.toMatchObject({
      ...{ kind: 'VERIFICATION_FAILED', message },
      remedy: 'Retry; if it fails again, look at the file at the destination.',
    });
  });
});

it.each<[Policies['verification'], boolean, boolean]>([
  ['CHECKSUM', true, true],
  ['CHECKSUM', false, false],
  ['SIZE', true, false],
  ['NONE', true, false],
])('with %s and reading back %s, what is written is read back: %s', (verification, readBack, isRead) => {
  expect(readsBack({ verification, readBack })).toBe(isRead);
});

describe('what is asked of a destination for a file', () => {
  const parent = item('there', { id: 'parent', kind: 'FOLDER' });
  const source = item('folder/a', { description: 'Plan of level 1', modifiedNanoseconds: 7 });
  const asked = (over: Parameters<typeof step>[1] = {}, policies: Partial<Policies> = {}, destination = platform()) =>
    placeAndFields(step('a', { source, ...over }), parent, {
      ...{ policies: policiesOf(policies), destination, destinationRoot: ['job'] },
    });
  const existing = item('elsewhere/b', { id: 'old', parentId: 'other' });

  it('is the place, the time and the description of the source, and where it came from', () => {
    expect(asked()).toEqual({
      ...{ parent, name: 'a', description: 'Plan of level 1' },
      ...{ modifiedAt: source.modifiedAt, modifiedNanoseconds: 7 },
      ...{ replaces: undefined, trash: undefined, versionNumber: undefined },
      versionNote: 'From "/folder/a", last changed 2026-11-21T10:00:00.000Z',
    });
  });

  it('is a new version where the file is now, and in the trash what it replaces', () => {
    const keptAt = Date.UTC(2026, 0, 1);
    expect(asked({ action: 'UPDATE', existing, keptAt })).toMatchObject({
      ...{ parent: { id: 'other', path: ['elsewhere'], kind: 'FOLDER' }, name: 'b', replaces: existing },
      trash: { root: ['job'], at: new Date(keptAt) },
    });
  });

  it('is a version in the folder of the plan where the file does not tell its own', () => {
    const told = asked({ action: 'UPDATE', existing: { ...existing, parentId: null } });
    expect(told).toMatchObject({ parent: { id: 'parent', path: ['elsewhere'] }, trash: undefined });
  });

  it('is a new file beside one that makes room for it', () => {
    expect(asked({ existing, keptAt: 0 })).toMatchObject({ parent, name: 'a', replaces: undefined, trash: undefined });
  });

  it('is no description where the destination holds none, or the source has none', () => {
    expect(asked({}, {}, platform({ METADATA_MAP: NONE })).description).toBeUndefined();
    expect(asked({ source: item('a') }).description).toBeUndefined();
  });

  it('is no time where the job does not keep it, but that of a mapping', () => {
    const [time, policies] = [Date.UTC(2020, 0, 1), { keepTimestamps: false }];
    expect(asked({}, policies)).toMatchObject({ modifiedAt: undefined, modifiedNanoseconds: undefined });
    expect(asked({ modifiedAt: time }, policies).modifiedAt).toEqual(new Date(time));
    expect(asked({ modifiedAt: time }).modifiedAt).toEqual(new Date(time));
  });

  it('is what the mappings give, in place of what comes by itself', () => {
    const described = { description: 'Mapped', fields: { phase: '2' } };
    expect(asked({ described })).toMatchObject({ name: 'a', ...described });
  });

  it.each<[string, Parameters<typeof step>[1], string]>([
    ['that a mapping gives', { versionNote: 'For approval' }, 'For approval'],
    [
      'of the source, with where it came from',
      { source: { ...source, fields: { versionNotes: 'Rev B' } } },
      'Rev B (From "/folder/a", last changed 2026-11-21T10:00:00.000Z)',
    ],
    ['without a time that nobody knows', { source: { ...source, modifiedAt: null } }, 'From "/folder/a"'],
    [
      'of a former version, which no mapping is about',
      { source: { ...source, modifiedAt: null, isFormer: true }, versionNote: 'For approval' },
      'From "/folder/a"',
    ],
    ['in 500 characters', { source: { ...source, fields: { versionNotes: 'x'.repeat(600) } } }, 'x'.repeat(500)],
  ])('is the note %s', (_, over, note) => {
    expect(asked(over).versionNote).toBe(note);
  });

  it('is the number of a former content that comes as a file', () => {
    expect(asked({ source: { ...source, versionNumber: 3 } }).versionNumber).toBe(3);
  });
});

it('descriptions come to a platform that holds some', () => {
  expect([describesTo(platform()), describesTo(platform({ METADATA_MAP: NONE }))]).toEqual([true, false]);
});

describe('the time of a file', () => {
  const context = { policies: policiesOf(), destination: platform(), words: AS_NAMED };
  const untimed = platform({ TIMESTAMP_PRESERVATION: NONE });
  const at = (ms: number) => item('a', { modifiedAt: new Date(Date.UTC(2026, 10, 21, 10) + ms) });

  it('is kept where the job asks for it and the destination can', () => {
    expect(keepsTimes(context)).toBe(true);
    expect(keepsTimes({ ...context, destination: untimed })).toBe(false);
    expect(keepsTimes({ ...context, policies: policiesOf({ keepTimestamps: false }) })).toBe(false);
  });

  it.each<[string, Item, string | null]>([
    ['is as it was', at(0), null],
    ['is cut to two seconds', at(-1_999), null],
    ['is rounded to two seconds', at(1_999), null],
    ['is later', at(2_000), 'Its time is not kept: the destination made it 2026-11-21T10:00:02.000Z.'],
    ['is earlier', at(-2_000), 'Its time is not kept: the destination made it 2026-11-21T09:59:58.000Z.'],
    ['is not told', item('a', { modifiedAt: null }), null],
  ])('is told to be lost only where it is another one: it %s', (_, written, told) => {
    expect(lostTime(step('a'), written, context)).toBe(told);
  });

  it('is told to be lost where the source has none', () => {
    expect(lostTime(step('a', { source: item('a', { modifiedAt: null }) }), at(0), context)).toBe(
      'Its time is not kept: the source tells none between the years 1 and 9999.',
    );
  });

  it('is not missed where it was not to be kept', () => {
    expect(lostTime(step('a'), at(5_000), { ...context, destination: untimed })).toBeNull();
  });
});
