import { describe, expect, it } from 'vitest';
import type { Item, Limits } from '../platform/index.js';
import { item, ledgerEntry } from '../testing/describe-engine-store.js';
import { planCopy, type Rules, type Situation } from './copy.js';
import { defaultPolicies, type Policies } from './policies.js';

const now = new Date('2026-11-21T12:00:00Z');
const newer = { modifiedAt: new Date('2026-11-21T11:00:00Z') };
const older = { modifiedAt: new Date('2026-11-20T11:00:00Z') };
const source = (over: Partial<Item> = {}) => item('a.pdf', over);
const dest = (over: Partial<Item> = {}) => item('a.pdf', { id: 'd:a.pdf', version: '7', ...over });
const folder = (over: Partial<Item> = {}) => item('a.pdf', { kind: 'FOLDER', size: null, version: null, ...over });
const known = ledgerEntry('a.pdf');

function decide(situation: Partial<Situation>, policies: Partial<Policies> = {}, limits: Partial<Limits> = {}) {
  const rules: Rules = {
    policies: { ...defaultPolicies('COPY'), ...policies },
    limits: { holdsEmptyFiles: true, maxFileBytes: null, ...limits } as Limits,
    now,
  };
  const decision = planCopy(
    { source: source(), ledger: null, destination: null, relocated: null, ...situation },
    rules,
  );
  return decision && `${decision.action} ${decision.reason}${decision.keepBoth ? ` ${decision.keepBoth}` : ''}`;
}

type Row = [string, Partial<Situation>, string | null, Partial<Policies>?, Partial<Limits>?];

describe('planCopy: folders', () => {
  it.each<Row>([
    ['new', { source: folder() }, 'CREATE NEW'],
    ['there already', { source: folder(), destination: folder({ id: 'x' }) }, 'ADOPT IDENTICAL'],
    ['known', { source: folder(), destination: folder({ id: 'd:a.pdf' }), ledger: known }, null],
    [
      'another one than the known one',
      { source: folder(), destination: folder({ id: 'x' }), ledger: known },
      'ADOPT IDENTICAL',
    ],
    ['a file in the way', { source: folder(), destination: dest() }, 'REFUSE NAME_TAKEN'],
    ['moved by someone at the destination', { source: folder(), ledger: known, relocated: folder() }, null],
    ['missing at the destination', { source: folder(), ledger: known }, 'CREATE NEW'],
  ])('%s', (_, situation, expected) => expect(decide(situation)).toBe(expected));
});

describe('planCopy: files on first contact', () => {
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
    ['policy SKIP', { destination: equal }, 'SKIP NAME_TAKEN', { existing: 'SKIP' }],
    ['policy FLAG', { destination: equal }, 'REFUSE NAME_TAKEN', { existing: 'FLAG' }],
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

describe('planCopy: empty and large files', () => {
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

describe('planCopy: later runs', () => {
  const changed = source({ version: '2', ...newer });
  const edited = dest({ version: '8', ...older });
  it.each<Row>([
    ['nothing changed', { ledger: known, destination: dest() }, null],
    ['source changed', { source: changed, ledger: known, destination: dest() }, 'UPDATE CONTENT_CHANGED'],
    ['destination edited', { ledger: known, destination: edited }, 'SKIP EDITED_AT_DESTINATION'],
    ['destination version not known', { ledger: known, destination: dest({ version: null }) }, null],
    ['missing at the destination', { ledger: known }, 'CREATE NEW'],
    ['moved at the destination', { ledger: known, relocated: dest() }, null],
    [
      'moved at the destination, source changed',
      { source: changed, ledger: known, relocated: dest() },
      'UPDATE CONTENT_CHANGED',
    ],
    ['replaced by a stranger', { ledger: known, destination: dest({ id: 'x' }) }, 'SKIP EDITED_AT_DESTINATION'],
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
      'a folder took the place',
      { source: changed, ledger: known, destination: folder({ id: 'x' }) },
      'REFUSE NAME_TAKEN',
    ],
  ])('%s', (_, situation, expected, policies, limits) => expect(decide(situation, policies, limits)).toBe(expected));
});
