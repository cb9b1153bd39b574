import { describe, expect, it } from 'vitest';
import { PlatformError, type Item } from '../platform/index.js';
import { ledgerEntry } from '../testing/index.js';
import { EARLY, EQUAL, idOf, LATE, meet, told, type Scene } from './content-decisions.testing.js';

describe('in the planning of the source', () => {
  const second = (scene: Partial<Scene>) => meet('SYNC', { isSecond: true, ...scene });

  it.each<[string, Partial<Scene>, string | null]>([
    ['equal contents are noted by that of the destination', EQUAL, null],
    ['equal files are adopted by that of the destination', { ...EQUAL, base: null }, null],
    ['a conflict is told by that of the destination', { policies: { conflict: 'FLAG' } }, null],
    ['the destination wins a conflict', { policies: { conflict: 'DESTINATION' } }, 'UPDATE CONFLICT'],
    ['the source loses no conflict', { policies: { conflict: 'SOURCE' } }, null],
    ['both are kept only where that of the destination said so', {}, null],
  ])('%s', async (_, scene, expected) => {
    expect(told(await (await second(scene)).decide())).toBe(expected);
  });

  it.each<[string, Partial<Scene>, Date]>([
    ['that was only touched is noted', { base: { sourceSize: 4, destinationSize: 4 } }, LATE],
    ['that looks equal is adopted', { base: null }, EARLY],
  ])('a file %s by that of the destination', async (_, scene, modifiedAt) => {
    for (const isSecond of [false, true]) {
      const { decide, triple, from } = await meet('SYNC', { ...EQUAL, isSecond, ...scene });
      const early = { key: 'a', item: { ...from.item, modifiedAt } };
      const given = isSecond ? { destination: early } : { source: early };
      expect(told(await decide({ ...triple, ...given }))).toBe(isSecond ? null : 'ADOPT IDENTICAL');
    }
  });

  it('both are kept where that of the destination said so', async () => {
    const { decide, both, to } = await second({});
    both?.agree(to);
    expect(told(await decide())).toBe('CREATE CONFLICT SOURCE');
  });

  it.each<[string, Partial<Scene>, Partial<Item>, string | null]>([
    [
      'the half that a run before left is carried out',
      { base: null },
      { modifiedAt: EARLY },
      'CREATE CONFLICT EXISTING',
    ],
    ['but not that which has another partner', { base: null }, {}, null],
    ['but not of what the ledger knows', {}, { modifiedAt: EARLY }, null],
  ])('%s', async (_, scene, older, expected) => {
    const { decide, from } = await second(scene);
    expect(told(await decide({ destination: { ...from, item: { ...from.item, ...older } } }))).toBe(expected);
  });

  it('a file that cannot be read is told by that of the destination', async () => {
    const { room, decide } = await second(EQUAL);
    room.source.failNext('open', new PlatformError('ACCESS_DENIED', 'No entry.'));
    expect(await decide()).toEqual({ decision: null, hash: null, verdict: 'RECONCILE_BOTH' });
  });

  it('a new file comes over', async () => {
    const { decide } = await second({ base: null });
    expect(told(await decide({ destination: 'ABSENT' }))).toBe('CREATE NEW');
  });

  it('what differs is remembered by that of the destination', async () => {
    const { decide, judged } = await second({ policies: { conflict: 'FLAG' } });
    await decide();
    expect(await judged()).toBeNull();
  });

  it('what is made again is told to the other planning', async () => {
    const { decide, both, to } = await second(EQUAL);
    const base = ledgerEntry('b', { sourceId: idOf(to.item), sourceVersion: to.item.version });
    expect(told(await decide({ base, destination: 'ABSENT' }))).toBe('CREATE NEW');
    expect(both?.surviving).toEqual({ SOURCE: new Set(), DESTINATION: new Set(['a']) });
  });
});
