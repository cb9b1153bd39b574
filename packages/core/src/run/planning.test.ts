import { describe, expect, it } from 'vitest';
import type { Policies, TransferType } from '../plan/index.js';
import { item, ledgerEntry } from '../testing/index.js';
import { activeRoom, at, placeAt, stepsKept, type ActiveRoom } from './active-room.testing.js';
import { BothSides } from './both-sides.js';
import { FrozenScope } from './frozen-scope.js';
import { planParts, PlanScope, type Planning } from './planning.js';
import { Restriction } from './restriction.js';

/** The folder `f` of the source goes to `g`. */
const F_TO_G = { key: 'g', listedKey: 'g', formerKey: 'f', movingId: null };
const BEGUN = new Date('2026-11-21T12:00:00.000Z');

async function parts(context: ActiveRoom, over: Partial<Planning> = {}) {
  const { steps, writer } = stepsKept();
  const made = planParts(context, {
    ...{ writer, scope: new Restriction(null), frozen: await FrozenScope.begin(context), unlisted: new Set<string>() },
    ...{ at: BEGUN, counts: { SOURCE: 3, DESTINATION: 3 }, remembered: 1 },
    ...over,
  });
  return { ...made, steps };
}

describe('what of the source is planned', () => {
  it('is everything where nothing is left out', () => {
    const scope = new PlanScope(new Restriction(null), new Set());
    expect([scope.includes('f/a'), scope.isWhole, scope.hasUnlisted]).toEqual([true, true, false]);
  });

  it('is what the run is about, without folders that could not be listed', () => {
    const scope = new PlanScope(new Restriction(['f']), new Set(['f/g']));
    expect(['f', 'f/a', 'f/g', 'x'].map((key) => scope.includes(key))).toEqual([true, true, false, false]);
    expect([scope.isWhole, scope.hasUnlisted]).toEqual([false, true]);
  });
});

describe('what is gone at the source', () => {
  interface Case {
    type: TransferType;
    policies: Partial<Policies>;
    only: string[] | null;
    without: 'source' | 'remove' | null;
    planning: Partial<Planning>;
  }
  const MIRROR = { deletions: 'MIRROR' } as const;

  it.each<[string, Partial<Case>, boolean]>([
    ['is removed where deletions are mirrored', { policies: MIRROR }, true],
    ['is removed by a sync', { type: 'SYNC' }, true],
    ['stays where deletions are ignored', {}, false],
    ['stays where the run is about some items only', { policies: MIRROR, only: ['a'] }, false],
    [
      'stays where the source is empty and was not before',
      { policies: MIRROR, planning: { counts: { SOURCE: 0, DESTINATION: 3 } } },
      false,
    ],
    ['stays where the destination cannot remove', { policies: MIRROR, without: 'remove' }, false],
  ])('%s', async (_, { type = 'COPY', policies = {}, only = null, without = null, planning }, expected) => {
    const room = await activeRoom(type, { policies, options: without ? { without: [without] } : {} });
    await room.know(ledgerEntry('gone', { id: 'gone' }));
    const there = at('gone', { id: 'd:gone', version: '7' });
    await room.show('DESTINATION', there);
    const { claims } = await parts({ ...room, only }, planning);
    expect(await claims.isGoing(there)).toBe(expected);
  });
});

describe('the rules of a plan', () => {
  it('are those of the job at the beginning of the planning', async () => {
    const room = await activeRoom('COPY');
    const { rules, isSecond, other } = await parts(room);
    expect(rules).toMatchObject({ now: BEGUN, winsTies: false, locks: null });
    expect([rules.policies, rules.limits]).toEqual([room.policies, room.destination.limits]);
    expect([isSecond, other]).toEqual([false, null]);
  });

  it('settle ties for the other side in the planning of the source', async () => {
    const both = new BothSides();
    const made = await parts(await activeRoom('SYNC'), { both, isSecond: true });
    expect([made.rules.winsTies, made.isSecond]).toEqual([true, true]);
    expect(made.other?.surviving).toBe(both.surviving.DESTINATION);
  });

  it('decide about each content', async () => {
    const { contents, targets } = await parts(await activeRoom('COPY'));
    targets.aim('f', F_TO_G);
    const { decision } = await contents.of({ source: at('f/a'), base: null, destination: 'ABSENT' }, F_TO_G);
    expect(decision).toMatchObject({ action: 'CREATE', reason: 'NEW' });
  });

  it.each([
    ['in one direction where one side is changed', 'COPY', null, 'ONE_WAY'],
    ['in both where both are', 'SYNC', new BothSides(), 'BOTH_WAYS'],
  ] as const)('lock %s', async (_, type, both, locks) => {
    const room = await activeRoom(type, { policies: { lockedFiles: 'PROPAGATE' } });
    expect((await parts(room, { both })).rules.locks).toBe(locks);
  });
});

describe('the steps of a plan', () => {
  const create = { action: 'CREATE', reason: 'NEW', message: 'It is new.' } as const;
  const source = { key: 'a', item: item('a', { formerVersions: 2, formerSizes: [1, 2] }) };
  const triple = { source, base: null, destination: 'ABSENT' } as const;

  it.each<[string, Partial<Policies>, 'FULL' | 'NONE', string]>([
    ['all versions where none is left out', {}, 'FULL', 'It is new. All its 3 versions come in their order.'],
    ['the newest that the job asks for', { maxVersions: 2 }, 'FULL', 'It is new. Of its 3 versions the newest 2 come.'],
    [
      'the latest where the destination keeps no others',
      {},
      'NONE',
      'It is new. Of its 3 versions the latest comes: the destination keeps no others.',
    ],
    [
      'the latest where the job says so',
      { maxVersions: 1 },
      'FULL',
      'It is new. Of its 3 versions the latest comes, as the job says.',
    ],
    [
      'former ones as files where the job says so',
      { versionsAsFiles: true },
      'NONE',
      'It is new. Of its 3 versions all are kept, former ones as files of their own.',
    ],
  ])('bring %s', async (_, policies, level, message) => {
    const options = { tellsVersions: true, capabilities: { VERSION_PRESERVATION: { level } } };
    const { maker } = await parts(await activeRoom('COPY', { policies, options }));
    expect(maker.make(triple, create, placeAt('', 'a'), null).message).toBe(message);
  });

  it('count what it costs to ask for versions', async () => {
    const options = { tellsVersions: true, costOfVersions: 5 };
    const { maker } = await parts(await activeRoom('COPY', { options }));
    expect(maker.make(triple, create, placeAt('', 'a'), null).readCallCount).toBe(5);
  });

  it('keep the entry of the ledger with what keeps the name where both sides are changed', async () => {
    const decision = { ...create, keepBoth: 'SOURCE' } as const;
    const base = ledgerEntry('a', { id: 'known' });
    const ofType = async (both: BothSides | null) => {
      const { maker } = await parts(await activeRoom('SYNC'), { both });
      return maker.make({ ...triple, base }, decision, placeAt('', 'a'), null).ledgerId;
    };
    expect([await ofType(null), await ofType(new BothSides())]).toEqual(['known', null]);
  });
});

describe('what has the name of another item', () => {
  /** `b` was renamed to `c` at the source, and a new file got its name there. */
  async function renamed(over: Partial<Planning>) {
    const room = await activeRoom('COPY');
    await room.know(ledgerEntry('b', { id: 'known' }));
    await room.show('SOURCE', at('b', { id: 'new' }), at('c', { id: 'id:b' }));
    const occupant = at('b', { id: 'd:b', version: '7' });
    await room.show('DESTINATION', occupant);
    const made = await parts(room, over);
    return { ...made, leaver: () => made.moves.leaverOf(occupant, null, at('b', { id: 'new' })) };
  }

  it('leaves it where its own item has its turn', async () => {
    expect(await (await renamed({})).leaver()).toMatchObject({ source: { key: 'c' } });
  });

  it.each<[string, Partial<Planning>]>([
    ['the run is not about its item', { scope: new Restriction(['b']) }],
    ['the place of its item could not be listed', { unlisted: new Set(['c']) }],
    ['the ledger knows nothing', { remembered: 0 }],
  ])('stays where %s', async (_, over) => {
    expect(await (await renamed(over)).leaver()).toBeNull();
  });

  it('stays where a program saved it anew and a new file is where its own item went', async () => {
    const room = await activeRoom('SYNC');
    await room.know(ledgerEntry('b', { id: 'known' }));
    await room.show('SOURCE', at('c', { id: 'id:b' }));
    await room.show('DESTINATION', at('b', { id: 'saved anew' }), at('c', { id: 'new' }));
    const { moves } = await parts(room);
    expect(await moves.leaverOf(at('b', { id: 'saved anew' }), null, at('b'))).toBeNull();
  });

  it.each([
    ['gets nowhere where its place is taken', null, 'NAME_TAKEN'],
    ['gets on where both sides give names up', new BothSides(), undefined],
  ])('%s', async (_, both, reason) => {
    const room = await activeRoom('SYNC');
    await room.show('DESTINATION', at('g/c', { id: 'taken' }));
    const { waysOut, targets } = await parts(room, { both });
    targets.aim('f', F_TO_G);
    const source = { ...at('f/c', { id: 'id:b' }), ledger: ledgerEntry('b') };
    expect((await waysOut.of({ occupant: at('b', { id: 'd:b' }), source }))?.reason).toBe(reason);
  });

  it('stays where the folder of its item goes nowhere', async () => {
    const { targets, leaver } = await renamed({});
    targets.aim('', { blocked: { action: 'SKIP', reason: 'NAME_TAKEN', message: 'It is taken.' } });
    expect(await leaver()).toBeNull();
  });
});
