import { describe, expect, it } from 'vitest';
import type { Platform } from '../platform/index.js';
import { createMemoryPlatform, ledgerEntry } from '../testing/index.js';
import type { RunContext } from './context.js';
import type { Extras } from './extras.js';
import { there } from './listed.testing.js';
import { removalsWithheldBecause } from './plan-removals.js';
import { planned } from './removals.testing.js';

const a = { ledger: [ledgerEntry('a', { id: 'entry a' })], destination: [there('a')] };

describe('what only the destination has', () => {
  const extra = { destination: [there('x')], ledger: [] };
  const extras = { isActive: true, folders: [{ sourceKey: '', key: '', positions: [0] }] } as unknown as Extras;

  it('is removed where that is exactly the source', async () => {
    expect((await planned(extra, { type: 'PUBLISH', plan: { extras } })).told).toEqual(['REMOVE x']);
  });

  it('is left where the source is empty, which is told', async () => {
    const plan = { extras, counts: { SOURCE: 0, DESTINATION: 1 }, remembered: 0 };
    expect(await planned(extra, { type: 'PUBLISH', plan })).toMatchObject({
      told: [],
      logged: [
        'WARNING The source is empty, and all that stands at the destination would be removed: nothing is. Remove it by hand if that is right.',
      ],
    });
  });

  it('is counted where it is left', async () => {
    const readOnly = { ...extra, destination: [there('x', { isReadOnly: true })] };
    const { logged } = await planned(readOnly, { type: 'PUBLISH', plan: { extras } });
    expect(logged).toEqual(['INFO 1 items that only the destination has are read only, and left there.']);
  });
});

describe('nothing is removed', () => {
  const EMPTY = { counts: { SOURCE: 0, DESTINATION: 1 } };

  it('where the source is empty and was not before, which is told with the words of the sides', async () => {
    const told = 'WARNING Nothing is removed at the destination: The source is empty and was not before.';
    expect(await planned(a, { plan: EMPTY })).toMatchObject({ told: [], logged: [told] });
    const context = { words: { from: 'destination', to: 'source' } } as const;
    const { logged } = await planned(a, { plan: EMPTY, context });
    expect(logged).toEqual(['WARNING Nothing is removed at the source: The destination is empty and was not before.']);
    expect(await planned({ ledger: a.ledger }, { plan: EMPTY, isMirror: false })).toMatchObject({
      logged: [],
      ledger: ['id:a'],
    });
  });

  it.each<[string, Pick<Platform, 'source'>, Pick<Platform, 'destination'>, string | null]>([
    ['of nothing where both sides can', createMemoryPlatform(), createMemoryPlatform(), null],
    [
      'where no listing proves it',
      { source: undefined },
      createMemoryPlatform(),
      'The source does not tell what was deleted there, and an item that is not seen may only be hidden.',
    ],
    [
      'where nothing can be removed',
      createMemoryPlatform(),
      createMemoryPlatform({ without: ['remove'] }),
      'The destination cannot remove items.',
    ],
    [
      'where nothing can be written',
      createMemoryPlatform(),
      { destination: undefined },
      'The destination cannot remove items.',
    ],
  ])('is said %s', (_, source, destination, reason) => {
    const sides = { source, destination } as Pick<RunContext, 'source' | 'destination'>;
    expect(removalsWithheldBecause({ counts: { SOURCE: 1, DESTINATION: 1 }, remembered: 1 }, sides)).toBe(reason);
  });
});
