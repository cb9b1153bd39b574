import { describe, expect, it } from 'vitest';
import type { Triple } from '../pair/index.js';
import type { LedgerEntry, Policies, TransferType } from '../plan/index.js';
import { PlatformError, type Item } from '../platform/index.js';
import { ledgerEntry } from '../testing/index.js';
import { at, FOLDER } from './active-room.testing.js';
import { EQUAL, idOf, meet, sha, TARGET, told, versionOf, type Scene } from './content-decisions.testing.js';
import type { TargetFolder } from './placing.js';

describe('a file that both sides changed', () => {
  it('keeps both contents where they differ', async () => {
    const { decide, opened } = await meet('COPY');
    const decided = await decide();
    expect(told(decided)).toBe('CREATE CONFLICT EXISTING');
    expect([decided.hash, decided.verdict, opened]).toEqual([null, 'RECONCILE', []]);
  });

  it('is noted where both are read and equal', async () => {
    const { decide, opened } = await meet('COPY', EQUAL);
    const decided = await decide();
    expect(decided.decision).toMatchObject({ action: 'ADOPT', isNote: true });
    expect([decided.hash, opened.length]).toEqual([sha('text'), 2]);
  });

  it.each<[TransferType, string, string]>([
    ['SYNC', 'text', 'ADOPT IDENTICAL'],
    ['PUBLISH', 'text', 'ADOPT IDENTICAL'],
    ['PUBLISH', 'they', 'UPDATE CONTENT_CHANGED'],
  ])('is read in a %s too, where the other side has “%s”', async (type, destination, expected) => {
    const { decide, opened } = await meet(type, { ...EQUAL, destination });
    expect([told(await decide()), opened.length]).toEqual([expected, 2]);
  });

  it('is refused where it cannot be read', async () => {
    const { room, decide } = await meet('COPY', EQUAL);
    room.destination.failNext('open', new PlatformError('ACCESS_DENIED', 'No entry.'));
    const message = 'Both sides changed, and whether they are equal could not be read: No entry.';
    expect(await decide()).toEqual({
      decision: { action: 'REFUSE', reason: 'ACCESS_DENIED', message, remedy: 'Retry later.' },
      ...{ hash: null, verdict: 'RECONCILE' },
    });
  });

  it('is refused with what the platform says can be done', async () => {
    const { room, decide } = await meet('COPY', EQUAL);
    room.source.failNext('open', new PlatformError('ACCESS_DENIED', 'No entry.', { remedy: 'Ask Ann.' }));
    expect((await decide()).decision?.remedy).toBe('Ask Ann.');
  });

  it('stops the plan where the account is refused', async () => {
    const { room, decide } = await meet('COPY', EQUAL);
    room.source.failNext('open', new PlatformError('SIGN_IN_REQUIRED', 'Sign in again.'));
    await expect(decide()).rejects.toThrow('Sign in again.');
  });

  it('is remembered as different where it stays so, and not read again', async () => {
    const { decide, judged, triple, opened } = await meet('COPY', {
      policies: { conflict: 'FLAG' },
      destination: 'they',
    });
    expect(told(await decide())).toBe('REFUSE CONFLICT');
    expect([await judged(), opened.length]).toEqual([expect.any(String), 2]);
    const base = triple.base && { ...triple.base, judged: await judged() };
    expect(told(await decide({ base }))).toBe('REFUSE CONFLICT');
    expect(opened).toHaveLength(2);
  });

  it('is not remembered so where one takes the place of the other', async () => {
    const { decide, judged } = await meet('COPY', { policies: { conflict: 'SOURCE' } });
    expect([told(await decide()), await judged()]).toEqual(['UPDATE CONFLICT', null]);
  });
});

it('an edit at the destination is told, and remembered once it was read', async () => {
  const sizes = { sourceSize: 4, destinationSize: 4 };
  const { decide, triple, judged, opened } = await meet('COPY', { ...EQUAL, destination: 'they', base: sizes });
  const base = triple.base && { ...triple.base, sourceVersion: versionOf(triple.source) };
  expect(told(await decide({ base }))).toBe('SKIP EDITED_AT_DESTINATION');
  expect([opened, await judged()]).toEqual([['opened'], expect.any(String)]);
});

it('nothing is remembered of what is as it was', async () => {
  const { decide, triple, judged } = await meet('COPY', EQUAL);
  const [sourceVersion, destinationVersion] = [versionOf(triple.source), versionOf(triple.destination)];
  const base = triple.base && { ...triple.base, sourceVersion, destinationVersion };
  expect([told(await decide({ base })), await judged()]).toEqual([null, null]);
});

describe('where what was moved goes from the source', () => {
  const NEW = { ...EQUAL, base: null } as const;
  /** Both have the time and the size of the other, and so look equal. */
  const alike = ({ from, to }: Awaited<ReturnType<typeof meet>>): Partial<Triple> => ({
    destination: { ...to, item: { ...to.item, modifiedAt: from.item.modifiedAt } },
  });

  it.each<[string, Partial<Policies>, Partial<Scene>, string, number]>([
    ['an equal file is read before it is taken', {}, {}, 'ADOPT IDENTICAL', 2],
    ['a file that only looks equal is replaced', {}, { destination: 'they' }, 'UPDATE CONTENT_CHANGED', 2],
    [
      'its looks are enough where the job says so',
      { verification: 'SIZE' },
      { destination: 'they' },
      'ADOPT IDENTICAL',
      0,
    ],
  ])('%s', async (_, policies, scene, expected, reads) => {
    const met = await meet('MOVE', { ...NEW, ...scene, policies });
    const decided = await met.decide(alike(met));
    expect([told(decided), met.opened.length]).toEqual([expected, reads]);
    expect(decided.hash).toBe(expected.startsWith('ADOPT') && reads > 0 ? sha('text') : null);
  });

  it('an equal file of a copy is not read', async () => {
    const met = await meet('COPY', NEW);
    expect([told(await met.decide(alike(met))), met.opened]).toEqual(['ADOPT IDENTICAL', []]);
  });

  it('a folder is not read', async () => {
    const { decide, opened } = await meet('MOVE', NEW);
    expect(told(await decide({ source: at('f', FOLDER), destination: at('f', FOLDER) }))).toBe('ADOPT IDENTICAL');
    expect(opened).toEqual([]);
  });

  it.each<[string, string | null, string, string | null, number]>([
    ['goes where it was proved', sha('text'), 'they', null, 0],
    ['is read where it was not', null, 'text', null, 2],
    ['stays where the other one holds something else', null, 'they', 'REFUSE VERIFICATION_FAILED', 2],
  ])('what was moved before %s', async (_, sha256, destination, expected, reads) => {
    const { decide, opened, triple } = await meet('MOVE', { ...EQUAL, destination, base: { sha256 } });
    const [sourceVersion, destinationVersion] = [versionOf(triple.source), versionOf(triple.destination)];
    const base = triple.base && { ...triple.base, sourceVersion, destinationVersion };
    expect([told(await decide({ base })), opened.length]).toEqual([expected, reads]);
  });
});

describe('a migrated file that changed since', () => {
  const scene = { destination: 'text', base: { destinationSize: 4 } };

  it('is told once', async () => {
    const { decide, decisions, judged, triple } = await meet('MIGRATE', scene);
    expect(told(await decide())).toBe('SKIP OUT_OF_SCOPE');
    expect(await judged()).toBeNull();
    await decisions.planStands();
    const base = triple.base && {
      ...triple.base,
      judged: await judged(),
      destinationVersion: versionOf(triple.destination),
    };
    expect(await decide({ base })).toEqual({ decision: null, hash: null, verdict: 'LEAVE_MIGRATED' });
  });

  it('is told again after a preview', async () => {
    const { decide, decisions, judged } = await meet('MIGRATE', { ...scene, isPreview: true });
    expect(told(await decide())).toBe('SKIP OUT_OF_SCOPE');
    await decisions.planStands();
    expect(await judged()).toBeNull();
  });
});

it.each<[TransferType, string | null]>([
  ['MIGRATE', 'OUT_OF_SCOPE'],
  ['COPY', null],
])('what came after the scope of a %s was frozen: %s', async (type, reason) => {
  const { decisions, from } = await meet(type);
  expect(decisions.ofLate(from)?.reason ?? null).toBe(reason);
});

describe('SYNC, what is gone at the destination', () => {
  const gone = async (over: Partial<LedgerEntry>, target: Partial<TargetFolder> = {}, item: Partial<Item> = {}) => {
    const { decide, both, from } = await meet('SYNC', EQUAL);
    const source = { ...from, item: { ...from.item, ...item } };
    const base = ledgerEntry('a', { sourceId: idOf(from.item), sourceVersion: from.item.version, ...over });
    const decided = await decide({ source, base, destination: 'ABSENT' }, { ...TARGET, ...target });
    return [told(decided), decided.verdict, [...(both?.surviving.SOURCE ?? [])].join()];
  };
  /** Another item with the content of the one that the ledger knows. */
  const REPLACED = { sourceId: 'before', sourceVersion: 'another', sha256: sha('text'), sourceSize: 4 };
  const survives = ['CREATE NEW', 'CREATE_DESTINATION', 'a'];
  const goes = [null, 'REMOVE_SOURCE', ''];

  it.each<[string, Parameters<typeof gone>, (string | null)[]]>([
    ['goes at the source', [{}], goes],
    ['is made again where it was renamed at the source', [{ sourceKey: 'b' }], survives],
    ['is made again where it was moved at the source', [{ sourceKey: 'f/a' }], survives],
    ['goes where it only came along with its folder', [{ sourceKey: 'f/a' }, { formerKey: 'f' }], goes],
    ['is made again in a folder that was moved at the source', [{}, { survives: true }], survives],
    ['goes in a folder of which nothing survives', [{}, { survives: false }], goes],
    ['is made again where another file took its place', [REPLACED, {}, { sha256: sha('text') }], survives],
  ])('%s', async (_, given, expected) => {
    expect(await gone(...given)).toEqual(expected);
  });

  it('goes where it is the very version under another identity', async () => {
    expect(await gone({ sourceId: 'before' }, {}, { identity: null })).toEqual(goes);
  });
});
