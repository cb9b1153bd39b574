import { describe, expect, it } from 'vitest';
import type { Item, Limits } from '../platform/index.js';
import { item, ledgerEntry } from '../testing/store-contract/samples.js';
import { COPY, decideContent, MIGRATE, PUBLISH, VERDICTS, type TransferTable } from '../decide/index.js';
import { compareContents, pair, seen, stateOf } from '../pair/index.js';
import type { Rules } from './decision.js';
import { defaultPolicies, type Policies } from './policies.js';
import { settle, type Equality } from './settle.js';
import type { LedgerEntry } from './step.js';

const now = new Date('2026-11-21T12:00:00Z');
const newer = { modifiedAt: new Date('2026-11-21T11:00:00Z') };
const older = { modifiedAt: new Date('2026-11-20T11:00:00Z') };
const source = (over: Partial<Item> = {}) => item('a.pdf', over);
const dest = (over: Partial<Item> = {}) => item('a.pdf', { id: 'd:a.pdf', version: '7', ...over });
const folder = (over: Partial<Item> = {}) => item('a.pdf', { kind: 'FOLDER', size: null, version: null, ...over });
const known = ledgerEntry('a.pdf');
const knownFolder = ledgerEntry('a.pdf', { kind: 'FOLDER', sha256: null });
const hashed = { sha256: 'cd' };

interface Situation {
  source: Item;
  ledger: LedgerEntry | null;
  /** Item that has the planned name at the destination. */
  destination: Item | null;
  /** The ledger's destination item in another place or under another name. */
  relocated: Item | null;
  equality: Equality;
}

function decide(
  situation: Partial<Situation>,
  policies: Partial<Policies> = {},
  limits: Partial<Limits> = {},
  table: TransferTable = COPY,
) {
  const rules: Rules = {
    policies: { ...defaultPolicies('COPY'), ...policies },
    limits: { holdsEmptyFiles: true, maxFileBytes: null, ...limits } as Limits,
    now,
  };
  const { destination: named = null, relocated = null, ledger = null } = situation;
  const known = relocated ?? (named?.id === ledger?.destinationId ? named : null);
  const seenAt = (at: Item | null) => at && { key: 'a.pdf', item: at };
  const candidates = { known: seenAt(known), named: seenAt(named), isUnknown: false };
  const triple = pair({ key: 'a.pdf', item: situation.source ?? source() }, ledger, candidates);
  const [from, to] = [seen(triple.source)!.item, seen(triple.destination)?.item];
  const told = to ? compareContents(from, to) : 'OPEN';
  const decision = settle(decideContent(table, stateOf(triple)), triple, told === 'OPEN' ? null : told, rules);
  return decision && `${decision.action} ${decision.reason}${decision.keepBoth ? ` ${decision.keepBoth}` : ''}`;
}

type Row = [string, Partial<Situation>, string | null, Partial<Policies>?, Partial<Limits>?];

describe('a copy settles folders', () => {
  it.each<Row>([
    ['new', { source: folder() }, 'CREATE NEW'],
    ['there already', { source: folder(), destination: folder({ id: 'x' }) }, 'ADOPT IDENTICAL'],
    ['known', { source: folder(), destination: folder({ id: 'd:a.pdf' }), ledger: knownFolder }, null],
    [
      'another one than the known one',
      { source: folder(), destination: folder({ id: 'x' }), ledger: knownFolder },
      'ADOPT IDENTICAL',
    ],
    ['a file in the way', { source: folder(), destination: dest() }, 'REFUSE NAME_TAKEN'],
    [
      'moved by someone at the destination',
      { source: folder(), ledger: knownFolder, relocated: folder({ id: 'd:a.pdf' }) },
      null,
    ],
    ['missing at the destination', { source: folder(), ledger: knownFolder }, 'CREATE NEW'],
    [
      'a file before, a file at the destination',
      { source: folder(), ledger: known, destination: dest() },
      'REFUSE NAME_TAKEN',
    ],
    [
      'a file before, now a folder on both sides',
      { source: folder(), ledger: known, destination: folder() },
      'ADOPT IDENTICAL',
    ],
  ])('%s', (_, situation, expected) => expect(decide(situation)).toBe(expected));
});

describe('a copy settles files on first contact', () => {
  const equal = dest({ modifiedAt: source().modifiedAt });
  it.each<Row>([
    ['new', {}, 'CREATE NEW'],
    ['equal size and time', { destination: equal }, 'ADOPT IDENTICAL'],
    [
      'equal checksum, other time',
      { source: source({ sha256: 'x' }), destination: dest({ sha256: 'x', ...older }) },
      'ADOPT IDENTICAL',
    ],
    [
      'equal size and time, other checksum',
      { source: source({ sha256: 'x' }), destination: { ...equal, sha256: 'y' } },
      'UPDATE CONTENT_CHANGED',
    ],
    ['other size', { destination: dest({ size: 11 }) }, 'UPDATE CONTENT_CHANGED'],
    ['size not known', { source: source({ size: null }), destination: dest({ size: null }) }, 'UPDATE CONTENT_CHANGED'],
    ['policy SKIP', { destination: dest({ size: 11 }) }, 'SKIP NAME_TAKEN', { existing: 'SKIP' }],
    ['policy FLAG', { destination: dest({ size: 11 }) }, 'REFUSE NAME_TAKEN', { existing: 'FLAG' }],
    ['equal, policy SKIP', { destination: equal }, 'ADOPT IDENTICAL', { existing: 'SKIP' }],
    ['equal, policy FLAG', { destination: equal }, 'ADOPT IDENTICAL', { existing: 'FLAG' }],
    ['a folder in the way', { destination: folder() }, 'REFUSE NAME_TAKEN'],
    ['read only', { destination: dest({ size: 11, isReadOnly: true }) }, 'REFUSE ACCESS_DENIED'],
    ['locked', { destination: dest({ size: 11, lock: { holder: 'Ivo', until: null } }) }, 'REFUSE LOCKED'],
    [
      'locked, policy SKIP',
      { destination: dest({ size: 11, lock: { holder: 'Ivo', until: null } }) },
      'SKIP LOCKED',
      { lockedFiles: 'SKIP' },
    ],
    [
      'lock run out',
      { destination: dest({ size: 11, lock: { holder: 'Ivo', until: older.modifiedAt } }) },
      'UPDATE CONTENT_CHANGED',
    ],
  ])('%s', (_, situation, expected, policies, limits) => expect(decide(situation, policies, limits)).toBe(expected));
});

describe('a copy settles empty and large files', () => {
  const empty = source({ size: 0 });
  it.each<Row>([
    ['empty, held', { source: empty }, 'CREATE NEW'],
    ['empty, not held', { source: empty }, 'SKIP ZERO_BYTES', {}, { holdsEmptyFiles: false }],
    ['empty, SKIP', { source: empty }, 'SKIP ZERO_BYTES', { zeroByteFile: 'SKIP' }],
    ['empty, FLAG', { source: empty }, 'REFUSE ZERO_BYTES', { zeroByteFile: 'FLAG' }],
    ['over the limit of the destination', {}, 'REFUSE FILE_TOO_LARGE', {}, { maxFileBytes: 9 }],
    ['at the limit', {}, 'CREATE NEW', { maxItemBytes: 10 }],
    ['over the limit of the job, SKIP', {}, 'SKIP FILE_TOO_LARGE', { maxItemBytes: 9, largeItem: 'SKIP' }],
  ])('%s', (_, situation, expected, policies, limits) => expect(decide(situation, policies, limits)).toBe(expected));
});

describe('a copy settles later runs', () => {
  const changed = source({ version: '2', ...newer });
  const edited = dest({ version: '8', ...older });
  it.each<Row>([
    ['nothing changed', { ledger: known, destination: dest() }, null],
    ['source changed', { source: changed, ledger: known, destination: dest() }, 'UPDATE CONTENT_CHANGED'],
    ['destination edited', { ledger: known, destination: edited }, 'SKIP EDITED_AT_DESTINATION'],
    [
      'a folder before',
      { ledger: knownFolder, relocated: folder({ id: 'd:a.pdf' }), destination: folder({ id: 'd:a.pdf' }) },
      'REFUSE NAME_TAKEN',
    ],
    [
      'touched at the source',
      { source: source({ version: '2', sha256: 'ab' }), ledger: known, destination: dest() },
      'ADOPT IDENTICAL',
    ],
    ['destination version not known', { ledger: known, destination: dest({ version: null }) }, null],
    ['missing at the destination', { ledger: known }, 'CREATE NEW'],
    ['moved at the destination', { ledger: known, relocated: dest() }, null],
    [
      'moved at the destination, source changed',
      { source: changed, ledger: known, relocated: dest() },
      'UPDATE CONTENT_CHANGED',
    ],
    [
      'replaced by a stranger',
      { ledger: known, destination: dest({ id: 'x', version: '9' }) },
      'SKIP EDITED_AT_DESTINATION',
    ],
    ['both changed, source newer', { source: changed, ledger: known, destination: edited }, 'CREATE CONFLICT EXISTING'],
    [
      'both changed, destination newer',
      { source: { ...changed, ...older }, ledger: known, destination: { ...edited, ...newer } },
      'CREATE CONFLICT SOURCE',
    ],
    ['SOURCE', { source: changed, ledger: known, destination: edited }, 'UPDATE CONFLICT', { conflict: 'SOURCE' }],
    [
      'DESTINATION',
      { source: changed, ledger: known, destination: edited },
      'SKIP CONFLICT',
      { conflict: 'DESTINATION' },
    ],
    ['FLAG', { source: changed, ledger: known, destination: edited }, 'REFUSE CONFLICT', { conflict: 'FLAG' }],
    [
      'LATEST, source newer',
      { source: changed, ledger: known, destination: edited },
      'UPDATE CONFLICT',
      { conflict: 'LATEST' },
    ],
    [
      'LATEST, destination newer',
      { source: { ...changed, ...older }, ledger: known, destination: { ...edited, ...newer } },
      'SKIP CONFLICT',
      { conflict: 'LATEST' },
    ],
    [
      'conflict with a locked file',
      { source: changed, ledger: known, destination: { ...edited, lock: { holder: null, until: null } } },
      'REFUSE LOCKED',
    ],
    [
      'equal contents on both sides',
      { source: { ...changed, ...hashed }, ledger: known, destination: { ...edited, ...hashed } },
      'ADOPT IDENTICAL',
    ],
    [
      'a folder took the place',
      { source: changed, ledger: known, destination: folder({ id: 'x' }) },
      'REFUSE NAME_TAKEN',
    ],
  ])('%s', (_, situation, expected, policies, limits) => expect(decide(situation, policies, limits)).toBe(expected));
});

const edited = { version: '8', size: 9 };
describe('a publication settles files', () => {
  it.each<Row>([
    ['edited at the destination', { destination: dest(edited), ledger: known }, 'UPDATE EDITED_AT_DESTINATION'],
    ['another one of that name', { destination: dest({ id: 'x', size: 9 }) }, 'UPDATE CONTENT_CHANGED'],
    [
      'another one, which the policy would leave',
      { destination: dest({ size: 9 }) },
      'UPDATE CONTENT_CHANGED',
      { existing: 'SKIP' },
    ],
    [
      'changed on both sides',
      { source: source({ version: '9', size: 7 }), destination: dest(edited), ledger: known },
      'UPDATE CONTENT_CHANGED',
      { conflict: 'DESTINATION' },
    ],
    [
      'changed on both sides to the same',
      { source: source({ version: '9', ...hashed }), destination: dest({ version: '8', ...hashed }), ledger: known },
      'ADOPT IDENTICAL',
    ],
    [
      'locked',
      { destination: dest({ ...edited, lock: { holder: 'Ann', until: null } }), ledger: known },
      'REFUSE LOCKED',
    ],
  ])('%s', (_, situation, expected, policies) => expect(decide(situation, policies, {}, PUBLISH)).toBe(expected));
});

describe('a migration settles files', () => {
  it.each<Row>([
    [
      'changed since',
      { source: source({ version: '9', size: 9 }), destination: dest(), ledger: known },
      'SKIP OUT_OF_SCOPE',
    ],
    ['edited at the destination', { destination: dest(edited), ledger: known }, null],
    ['removed at the destination', { ledger: known }, null],
  ])('%s', (_, situation, expected) => expect(decide(situation, {}, {}, MIGRATE)).toBe(expected));

  it('left out where they came after the first listing', () => {
    const triple = pair({ key: 'a.pdf', item: source() }, null, { known: null, named: null, isUnknown: false });
    expect(settle('OUT_OF_SCOPE', triple, null, {} as Rules)).toMatchObject({ action: 'SKIP', reason: 'OUT_OF_SCOPE' });
  });
});

it.each(['CREATE_SOURCE', 'UPDATE_SOURCE', 'REMOVE_SOURCE'] as const)(
  '%s changes nothing at the destination',
  (verdict) => {
    const triple = pair({ key: 'a.pdf', item: source() }, known, { known: null, named: null, isUnknown: true });
    expect(settle(verdict, triple, null, {} as Rules)).toBeNull();
  },
);

describe('a conflict that both sides settle', () => {
  const there = { key: 'a.pdf', item: dest() };
  const triple = pair({ key: 'a.pdf', item: source() }, known, { known: there, named: null, isUnknown: false });
  const settled = (conflict: Policies['conflict'], winsTies: boolean, equality: Equality = 'DIFFERENT') => {
    const limits = { holdsEmptyFiles: true, maxFileBytes: null } as Limits;
    const rules: Rules = { policies: { ...defaultPolicies('SYNC'), conflict }, limits, now, winsTies };
    return settle('RECONCILE_BOTH', triple, equality, rules);
  };

  it('changes the destination only where the source wins', () => {
    expect(settled('SOURCE', false)).toMatchObject({ action: 'UPDATE' });
    expect(settled('DESTINATION', false)).toBeNull();
    expect(settled('SOURCE', false, 'EQUAL')).toMatchObject({ action: 'ADOPT', isNote: true });
  });

  it('gives one version the name of a conflict where both are of one age', () => {
    expect([false, true].map((winsTies) => settled('KEEP_BOTH', winsTies)?.keepBoth)).toEqual(['SOURCE', 'EXISTING']);
  });
});

it('a verdict about an item that the source lacks is settled without its policies', () => {
  for (const verdict of Object.keys(VERDICTS) as (keyof typeof VERDICTS)[]) {
    const triple = { source: 'ABSENT', base: known, destination: { key: 'a.pdf', item: dest() } } as const;
    expect(settle(verdict, triple, null, {} as Rules)).toBeNull();
  }
});

it.each(['NOTHING', 'FORGET', 'REMOVE_DESTINATION', 'REMOVE_EXTRA'] as const)(
  '%s changes nothing while the source has the item',
  (verdict) => {
    const triple = pair({ key: 'a.pdf', item: source() }, known, { known: null, named: null, isUnknown: true });
    expect(settle(verdict, triple, null, {} as Rules)).toBeNull();
  },
);
