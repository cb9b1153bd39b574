import { describe, expect, it } from 'vitest';
import type { Source } from '../platform/index.js';
import type { TransferType } from '../plan/index.js';
import { createMemoryPlatform, item, ledgerEntry } from '../testing/index.js';
import { isInPlace, isProvedGone, isRemoved, isShown, tripleOfLost } from './gone.js';
import { folder, folderThere, listedContext, there, unlisted, type Listed } from './listed.testing.js';
import { MovedPlaces } from './moved-places.js';

const entry = ledgerEntry('f/a', { id: 'entry a' });

describe('the source shows what the ledger knows', () => {
  it.each<[string, Listed, boolean]>([
    ['where the item stands', { source: [item('f/a')] }, true],
    ['where the item stands elsewhere', { source: [item('moved', { id: 'id:f/a' })] }, true],
    ['where a new one took its place', { source: [item('f/a', { id: 'new' })] }, true],
    ['but not where nothing stands', { source: [item('f/b')] }, false],
    ['but not where a folder took its place', { source: [folder('f/a', { id: 'new' })] }, false],
    [
      'but not where another one that it knows took its place',
      { source: [item('f/a', { id: 'id:b' })], ledger: [ledgerEntry('b')] },
      false,
    ],
    [
      'but not where its place belongs to another entry',
      {
        source: [item('f/a', { id: 'new' })],
        ledger: [ledgerEntry('f/a', { sourceId: 'id:b', destinationId: 'd:b', destinationKey: 'b' })],
        destination: [there('b')],
      },
      false,
    ],
  ])('%s', async (_, { ledger = [], ...listed }, isSeen) => {
    const { store } = await listedContext('COPY', { ...listed, ledger: [entry, ...ledger] });
    expect(await isShown(entry, store)).toBe(isSeen);
  });
});

describe('what the source does not show', () => {
  const sourceOf = (absence: 'LISTING' | 'BIN' | undefined) => {
    const platform = createMemoryPlatform();
    return { ...platform, source: Object.assign(Object.create(platform.source!) as Source, { absence }) };
  };

  it.each([
    ['is gone where a whole listing proves it', 'LISTING', [], [], true],
    ['may be there where its folder was not listed', 'LISTING', [unlisted('f')], [], false],
    ['may be there where only the bin proves it, and it is not in there', 'BIN', [], [], false],
    ['is gone where it is in the bin', 'BIN', [], ['id:f/a'], true],
    ['may be there where the bin has it, and its folder was not listed', 'BIN', [unlisted('f')], ['id:f/a'], false],
    ['may be there where nothing proves that anything is gone', undefined, [], ['id:f/a'], false],
  ] as const)('%s', async (_, absence, problems, inBin, isProved) => {
    const listed = { ledger: [entry], problems: { SOURCE: problems } };
    const context = await listedContext('COPY', listed, { source: sourceOf(absence) });
    await context.store.stageDeleted(inBin);
    expect(await isProvedGone(entry, context)).toBe(isProved);
  });

  it('may be there where the source cannot be listed', async () => {
    const source = createMemoryPlatform({ without: ['source'] });
    expect(await isProvedGone(entry, await listedContext('COPY', { ledger: [entry] }, { source }))).toBe(false);
  });
});

describe('what is lost at the source, as the destination has it', () => {
  const lost = async (listed: Listed, type: TransferType = 'COPY') => {
    const context = await listedContext(type, { ledger: [entry], ...listed });
    return tripleOfLost(entry, entry, context);
  };
  const file = there('f/a');

  it.each<[string, Listed, Awaited<ReturnType<typeof lost>>['destination']]>([
    ['is the item where it stands', { destination: [file] }, { key: 'f/a', item: file }],
    [
      'is the item where people moved it to',
      { destination: [there('g', { id: 'd:f/a' })] },
      { key: 'g', item: there('g', { id: 'd:f/a' }) },
    ],
    [
      'is the same version at its place, under another address',
      { destination: [there('f/a', { id: 'linked' })] },
      { key: 'f/a', item: there('f/a', { id: 'linked' }) },
    ],
    ['is nothing where it is gone too', {}, 'ABSENT'],
    ['is not known where its folder was not listed', { problems: { DESTINATION: [unlisted('f')] } }, 'UNKNOWN'],
    ['is nothing where a folder has its identity now', { destination: [folderThere('f/a')] }, 'ABSENT'],
    [
      'is nothing where another file has its place',
      { destination: [there('f/a', { id: 'other', version: '8' })] },
      'ABSENT',
    ],
  ])('%s', async (_, listed, destination) => {
    expect(await lost(listed)).toEqual({ source: 'ABSENT', base: entry, destination });
  });

  it('is what took its place, as programs save files, where both sides are followed', async () => {
    const saved = there('f/a', { id: 'saved', version: '8' });
    expect((await lost({ destination: [saved] }, 'SYNC')).destination).toEqual({ key: 'f/a', item: saved });
  });

  it('is not known where only a bin proves deletions there', async () => {
    const destination = createMemoryPlatform({ without: ['source'] });
    const context = await listedContext('COPY', { ledger: [entry] }, { destination });
    expect((await tripleOfLost(entry, entry, context)).destination).toBe('UNKNOWN');
  });

  it('is told beside a source that may have it, where its folder there was not listed', async () => {
    const { source, destination } = await lost({ destination: [file], problems: { SOURCE: [unlisted('f')] } });
    expect([source, destination]).toEqual(['UNKNOWN', { key: 'f/a', item: file }]);
  });

  it('asks the source about the file whose former version it is', async () => {
    const version = ledgerEntry('v/a (1)', { id: 'entry v' });
    const context = await listedContext('COPY', { ledger: [version], problems: { SOURCE: [unlisted('v')] } });
    expect((await tripleOfLost(version, entry, context)).source).toBe('ABSENT');
    expect((await tripleOfLost(version, version, context)).source).toBe('UNKNOWN');
  });
});

describe('what is gone at the source is removed at the destination', () => {
  const lost = { source: 'ABSENT', base: entry, destination: { key: 'f/a', item: there('f/a') } } as const;
  const moved = { ...lost, destination: { key: 'g/a', item: there('g/a', { id: 'd:f/a' }) } };
  const edited = { ...lost, destination: { key: 'f/a', item: there('f/a', { version: '8', size: 11 }) } };
  const MIRROR = { policies: { deletions: 'MIRROR' as const } };

  it.each([
    ['where the job mirrors deletions', 'COPY', MIRROR, lost, true],
    ['but not where it does not', 'COPY', {}, lost, false],
    ['but not where people edited it', 'COPY', MIRROR, edited, false],
    ['but not where people moved it', 'COPY', MIRROR, moved, false],
    ['also where people moved it, where the job puts that back', 'PUBLISH', {}, moved, true],
  ] as const)('%s', async (_, type, given, triple, isGone) => {
    const { table } = await listedContext(type, {}, given);
    expect(isRemoved(triple, table, new MovedPlaces())).toBe(isGone);
  });

  it('where it came along with a folder that is followed', () => {
    const followed = new MovedPlaces();
    followed.note('f', 'g', 'FOLDER');
    expect(isInPlace(moved, followed)).toBe(true);
    expect(isInPlace(lost, followed)).toBe(false);
  });

  it('never where the ledger does not know it, or nothing is seen there', () => {
    expect(isInPlace({ ...lost, base: null }, new MovedPlaces())).toBe(false);
    expect(isInPlace({ ...lost, destination: 'UNKNOWN' }, new MovedPlaces())).toBe(false);
  });
});
