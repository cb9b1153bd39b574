import { describe, expect, it } from 'vitest';
import type { Item } from '../platform/index.js';
import type { Decision } from '../plan/index.js';
import { item, ledgerEntry } from '../testing/index.js';
import { folder, folderEntry, folderThere, listedContext, there, type Listed } from './listed.testing.js';
import type { Target } from './targets.js';
import { WaysOut } from './ways-out.js';

const aimed = (key: string, listedKey: string | null = key): Target => ({
  ...{ key, listedKey, formerKey: key, movingId: null },
});
const HELD: Decision = { action: 'REFUSE', reason: 'LOCKED', message: 'Anna has locked it.' };
const TAKEN = {
  action: 'REFUSE',
  reason: 'NAME_TAKEN',
  message:
    'What has its name at the destination was renamed or moved at the source, and another item stands at its new place there.',
  remedy: 'Rename what stands at that place.',
};
const AWAITED = {
  action: 'SKIP',
  reason: 'NAME_TAKEN',
  message:
    'What has its name at the destination goes to the place of an item that is removed: both follow with the next run.',
};

interface Given extends Listed {
  /** Names of what is removed, of what others hold, and of where folders of the source go. */
  removed?: string[];
  held?: string[];
  targets?: Record<string, Target>;
  givesNamesUp?: boolean;
}

/** Everything that stands elsewhere at the source leaves its place. */
async function waysOut({ removed = [], held = [], targets = {}, givesNamesUp = false, ...listed }: Given) {
  const { store } = await listedContext('COPY', listed);
  const asked: string[] = [];
  const leaverOf = async (occupant: { key: string; item: Item } | null) => {
    const source = occupant && (await store.leaving(occupant.item.id));
    return source && { occupant, source };
  };
  const tools = {
    ...{ store, givesNamesUp, moves: { leaverOf } },
    claims: { isLeaving: async (one: { key: string } | null) => one !== null && removed.includes(one.key) },
    held: { ofOther: async ({ key }: { key: string }) => (asked.push(key), held.includes(key) ? HELD : null) },
    targetOf: (key: string) => ({ '': aimed(''), ...targets })[key],
  };
  const ways = new WaysOut(tools);
  const of = async (key: string) => ways.of((await leaverOf(await store.destinationByKey(key)))!);
  return { ways, of, asked };
}

/** Files that the ledger knows under their first names, and that the source has under their second ones. */
function renamed(names: Record<string, string>): Required<Pick<Listed, 'source' | 'destination' | 'ledger'>> {
  const first = Object.keys(names);
  return {
    source: first.map((name) => item(names[name]!, { id: `id:${name}` })),
    destination: first.map((name) => there(name)),
    ledger: first.map((name) => ledgerEntry(name)),
  };
}

describe('what leaves its place gets to its own', () => {
  it.each<[string, Given]>([
    ['where nothing stands there', renamed({ a: 'b' })],
    ['where what stands there leaves too', renamed({ a: 'b', b: 'c' })],
    ['where two change places', renamed({ a: 'b', b: 'a' })],
    ['where three change places in turn', renamed({ a: 'b', b: 'c', c: 'a' })],
    ['where what stands there gets another name', { ...renamed({ a: 'b', b: 'b' }), givesNamesUp: true }],
    ['where its folder is not there yet', { ...renamed({ a: 'new/a' }), targets: { new: aimed('new', null) } }],
    [
      'where its folder goes nowhere',
      { ...renamed({ a: 'out/a', 'out/a': 'out/a' }), targets: { out: { blocked: HELD } } },
    ],
  ])('%s', async (_, given) => {
    expect(await (await waysOut(given)).of('a')).toBeNull();
  });

  it('where a folder has its name that is removed, and leaves it before', async () => {
    const listed = renamed({ a: 'b' });
    const ways = await waysOut({ ...listed, destination: [...listed.destination, folderThere('b')], removed: ['b'] });
    expect(await ways.of('a')).toBeNull();
  });

  it('where its move is planned already', async () => {
    const { ways } = await waysOut({});
    expect(await ways.of({ occupant: { key: 'a', item: there('a') }, source: null })).toBeNull();
  });

  it('where it stands there already', async () => {
    const { source, destination, ledger } = renamed({ a: 'b' });
    const moved = { ...destination[0]!, path: ['b'] };
    expect(await (await waysOut({ source, destination: [moved], ledger })).of('b')).toBeNull();
  });
});

describe('what leaves its place waits, or is told', () => {
  it.each<[string, Given, object]>([
    ['where another item stays at its own place', renamed({ a: 'b', b: 'b' }), TAKEN],
    ['where another item stays at the end of the line', renamed({ a: 'b', b: 'c', c: 'c' }), TAKEN],
    ['where a file at its own place is removed', { ...renamed({ a: 'b', b: 'b' }), removed: ['b'] }, AWAITED],
    ['where others hold it', { ...renamed({ a: 'b' }), held: ['a'] }, HELD],
    ['where others hold what stands at its place', { ...renamed({ a: 'b', b: 'a' }), held: ['b'] }, HELD],
    [
      'where its folder has another name at the destination, and its place there is taken',
      { ...renamed({ a: 'f/a', 'g/a': 'g/a' }), targets: { f: aimed('h', 'g') } },
      TAKEN,
    ],
  ])('%s', async (_, given, told) => {
    expect(await (await waysOut(given)).of('a')).toEqual(told);
  });

  it('also where others hold it and its move is planned already', async () => {
    const { ways } = await waysOut({ held: ['a'] });
    expect(await ways.of({ occupant: { key: 'a', item: there('a') }, source: null })).toEqual(HELD);
  });
});

describe('a folder whose turn to be planned comes later', () => {
  const { source, destination, ledger } = renamed({ a: 'f/a', 'g/a': 'f/other' });
  const taken = [...destination.slice(0, 1), there('g/a', { id: 'd:stays' })];

  it('is looked for where the ledger has it', async () => {
    const given = {
      source: [...source, folder('f')],
      destination: [...taken, folderThere('g', { id: 'd:f' })],
      ledger: [...ledger, folderEntry('f')],
    };
    expect(await (await waysOut(given)).of('a')).toEqual(TAKEN);
  });

  it.each([
    ['nothing is known of it', { source: [...source, folder('f')], ledger }],
    ['it is gone at the destination', { source: [...source, folder('f')], ledger: [...ledger, folderEntry('f')] }],
    ['it is not seen at the source', { source, ledger: [...ledger, folderEntry('f')] }],
  ])('takes what comes into it where %s', async (_, listed) => {
    const given = { ...listed, destination: [...taken, there('f/a', { id: 'd:other' })] };
    expect(await (await waysOut(given)).of('a')).toBeNull();
  });
});

describe('those that wait for one another', () => {
  it('are followed once, whoever asks first', async () => {
    const { of, asked } = await waysOut(renamed({ a: 'b', b: 'c', c: 'c' }));
    expect(await of('a')).toEqual(TAKEN);
    expect(await of('b')).toEqual(TAKEN);
    expect(asked).toEqual(['a', 'b']);
  });

  it('tell what was found to one that comes later', async () => {
    const { of, asked } = await waysOut(renamed({ z: 'a', a: 'b', b: 'b' }));
    expect(await of('a')).toEqual(TAKEN);
    expect(await of('z')).toEqual(TAKEN);
    expect(await of('z')).toEqual(TAKEN);
    expect(asked).toEqual(['a', 'z']);
  });
});
