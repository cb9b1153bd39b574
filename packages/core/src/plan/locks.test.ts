import { describe, expect, it } from 'vitest';
import type { Seen, Triple } from '../pair/index.js';
import type { Item, Lock } from '../platform/index.js';
import { createMemoryPlatform, item, ledgerEntry } from '../testing/index.js';
import { adopt, update, type Decision } from './decision.js';
import { lockEndOf, lockToFollow, setsLocks } from './locks.js';

const now = new Date('2026-11-21T12:00:00Z');
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const theirs = (hours: number | null): Lock => ({ holder: 'Ivo', until: hours === null ? null : inHours(hours) });
const own = (hours: number): Lock => ({ ...theirs(hours), isOwn: true });
const WEEK = 7 * 24;

describe('lockedFiles PROPAGATE', () => {
  it('sets locks only where the job asks for it and the platform has them', () => {
    const platform = createMemoryPlatform();
    expect(setsLocks({ lockedFiles: 'PROPAGATE' }, platform)).toBe(true);
    expect(setsLocks({ lockedFiles: 'FLAG' }, platform)).toBe(false);
    expect(setsLocks({ lockedFiles: 'SKIP' }, platform)).toBe(false);
    expect(
      setsLocks(
        { lockedFiles: 'PROPAGATE' },
        createMemoryPlatform({ capabilities: { FILE_LOCK_PROPAGATION: { level: 'NONE' } } }),
      ),
    ).toBe(false);
  });

  it.each<[string, Lock | null, 'ONE_WAY' | 'BOTH_WAYS' | null, Date | null]>([
    ['what is not locked', null, 'ONE_WAY', null],
    ['what is locked', theirs(3), 'ONE_WAY', inHours(3)],
    ['what is locked without an end: for a week', theirs(null), 'ONE_WAY', inHours(WEEK)],
    ['a lock that is over', theirs(-1), 'ONE_WAY', null],
    ['a lock of the own account, in one direction', own(3), 'ONE_WAY', inHours(3)],
    ['a lock of the own account, in both: the job has set it', own(3), 'BOTH_WAYS', null],
    ['a job that does not ask for it', theirs(3), null, null],
  ])('a file that is brought over: %s', (_name, lock, locks, end) => {
    expect(lockEndOf(item('a.pdf', { lock }), { locks, now })).toBe(end?.getTime() ?? null);
    expect(lockEndOf(item('a', { kind: 'FOLDER', lock }), { locks, now })).toBeNull();
  });

  const at = (found: Item): Seen => ({ key: 'a.pdf', item: found });
  function followed(source: Partial<Item>, there: Lock | null, decision: Decision | null, isKnown = true) {
    const destination = item('a.pdf', { id: 'd', lock: there });
    const base = isKnown ? ledgerEntry('a.pdf', { sourceMetaVersion: 'before' }) : null;
    const triple: Triple = {
      source: at(item('a.pdf', { metaVersion: 'now', ...source })),
      base,
      destination: at(destination),
    };
    return lockToFollow(triple, decision, { locks: 'ONE_WAY', now });
  }
  const LOCKED = { lock: theirs(3) };
  const equal = adopt(item('a.pdf'), 'An equal file is there already.');

  it.each<[string, Parameters<typeof followed>, Date | null]>([
    ['comes to be locked', [LOCKED, null, null], inHours(3)],
    [
      'was seen locked before, and people ended the lock there',
      [{ ...LOCKED, metaVersion: 'before' }, null, null],
      null,
    ],
    ['is locked by others there', [LOCKED, theirs(1), null], null],
    ['is locked for as long by the job', [LOCKED, own(3), null], null],
    ['is locked for longer by the job', [LOCKED, own(4), null], null],
    ['is locked for longer at the source now', [LOCKED, own(2), null], inHours(3)],
    ['is adopted', [LOCKED, null, equal, false], inHours(3)],
    ['is new there: the lock comes with it', [LOCKED, null, null, false], null],
    [
      'gets a content: the lock comes with it',
      [LOCKED, null, update(item('a.pdf'), 'CONTENT_CHANGED', 'It changed.')],
      null,
    ],
    ['is not locked', [{}, null, null], null],
  ])('a file that keeps its content and %s', (_name, given, end) => {
    expect(followed(...given)).toBe(end?.getTime() ?? null);
  });
});
