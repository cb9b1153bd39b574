import { describe, expect, it } from 'vitest';
import type { Item, Lock } from '../platform/index.js';
import type { Describe, Step } from '../plan/index.js';
import { ledgerEntry, step } from '../testing/index.js';
import type { UndoFinding } from '../decide/index.js';
import { folderEntry, folderThere, listedContext, there, unlisted, type Listed } from './listed.testing.js';
import { MovedPlaces } from './moved-places.js';
import { describeStep, moveStep, removeStep, restoreStep } from './steps.testing.js';
import { formerKeyOf, isLockOf, nameAt, UndoFindings, type PlannedUndo } from './undo-findings.js';

const UNTIL = new Date('2026-11-22T10:00:00.000Z');
const lockUntil = (until: Date | null): Lock => ({ holder: null, until, isOwn: true });
const undo = (effect: PlannedUndo['effect'], over: Partial<PlannedUndo> = {}): PlannedUndo => ({
  ...{ effect, kind: 'FILE', sourceKey: 'a', key: 'a', remoteId: 'd:a', step: null, isLatest: true },
  ...over,
});
const permanent = (value: string) => ({ identity: { value, strength: 'PERMANENT' } }) as const;

/** What is found, after steps that take items from one key to another. */
async function found(of: PlannedUndo, listed: Listed, moves: Record<string, string> = {}) {
  const places = new MovedPlaces();
  for (const [from, to] of Object.entries(moves)) places.note(from, to, 'FILE');
  return new UndoFindings(await listedContext('COPY', listed), places).of(of);
}
type Row = [string, PlannedUndo, Listed, UndoFinding];
const rows = (given: Row[]) =>
  it.each(given)('%s', async (_, of, listed, finding) => {
    expect((await found(of, listed)).finding).toBe(finding);
  });

const known = { ledger: [ledgerEntry('a')] };
const seen = { ...known, destination: [there('a')] };
const edited = { ...known, destination: [there('a', { version: '8' })] };
const hidden = { problems: { DESTINATION: [unlisted('f')] } };
const former = there('a', { version: '6' });

describe('what a run created', () => {
  rows([
    ['is as the run left it in the version that the ledger knows', undo('CREATED'), seen, 'AS_LEFT'],
    ['is changed in another version', undo('CREATED'), edited, 'CHANGED'],
    [
      'is changed where the ledger does not know what stands there',
      undo('CREATED'),
      { ...seen, ledger: [] },
      'CHANGED',
    ],
    ['is changed where the ledger knows a folder', undo('CREATED'), { ...seen, ledger: [folderEntry('a')] }, 'CHANGED'],
    ['is changed where a folder stands there', undo('CREATED'), { destination: [folderThere('a')] }, 'CHANGED'],
    ['is gone where nothing stands there', undo('CREATED'), known, 'ABSENT'],
    ['may be there where its folder was not listed', undo('CREATED', { key: 'f/a' }), hidden, 'UNKNOWN'],
    ['is changed where it was moved', undo('CREATED'), { destination: [there('b', { id: 'd:a' })] }, 'CHANGED'],
    [
      'is gone where it was moved and has no address that lasts',
      undo('CREATED', { remoteId: null }),
      { destination: [there('b', { id: 'd:a' })] },
      'ABSENT',
    ],
    [
      'is as the run left it as a folder, whatever is in it',
      undo('CREATED', { kind: 'FOLDER' }),
      { destination: [folderThere('a', { version: '9' })], ledger: [folderEntry('a')] },
      'AS_LEFT',
    ],
  ]);

  it('is found where steps before bring it back to its place', async () => {
    const listed = { ...known, destination: [there('b', { id: 'd:a' })] };
    expect(await found(undo('CREATED'), listed, { b: 'a' })).toMatchObject({ finding: 'AS_LEFT', now: 'a' });
  });

  it('is told with how it was listed', async () => {
    expect(await found(undo('CREATED'), seen)).toMatchObject({ seen: { key: 'a', item: there('a') }, now: 'a' });
    expect(await found(undo('CREATED'), known)).toMatchObject({ seen: null, now: null });
  });
});

describe('what a run gave another content', () => {
  const update = undo('UPDATED', { step: step('a', { action: 'UPDATE', existing: former }) });
  const renewed = { ...update, step: step('a', { existing: { ...former, ...permanent('old') } }) };
  const unknown = undo('UPDATED', { step: step('a', { existing: { ...former, version: null } }) });
  const restore = restoreStep(former, { action: 'UPDATE', existing: there('a', { version: '5' }) });
  const restored = undo('UPDATED', { step: restore });
  const ofFolder = undo('CREATED', { kind: 'FOLDER', step: { ...restore, kind: 'FOLDER' } });

  rows([
    ['is as the run left it in the version that the ledger knows', update, seen, 'AS_LEFT'],
    ['is so where its step is not known', { ...update, step: null }, seen, 'AS_LEFT'],
    ['is so at its place, where the new content is a new item', renewed, seen, 'AS_LEFT'],
    ['is as before in the version that was replaced', update, { destination: [former] }, 'AS_BEFORE'],
    ['is changed in a third one', update, edited, 'CHANGED'],
    ['is changed where no versions are told', unknown, { destination: [there('a', { version: null })] }, 'CHANGED'],
    ['is as an undo left it in the version that came back', restored, { destination: [former] }, 'AS_LEFT'],
    ['is changed where that one is another file', restored, { destination: [{ ...former, id: 'x' }] }, 'CHANGED'],
    [
      'is changed where an undo left another version',
      restored,
      { destination: [there('a', { version: '5' })] },
      'CHANGED',
    ],
    ['is as an undo left it as any folder', ofFolder, { destination: [folderThere('a', { id: 'x' })] }, 'AS_LEFT'],
  ]);
});

describe('what a run moved', () => {
  const lasting = there('a', permanent('p'));
  const moved = undo('MOVED', { key: 'b', step: moveStep(lasting, 'b') });
  const plain = undo('MOVED', { key: 'b', step: moveStep(there('a'), 'b') });
  const at = (path: string, over: Partial<Item> = {}) => ({
    destination: [there(path, { ...permanent('p'), ...over })],
  });

  rows([
    ['is as the run left it at the new place', moved, at('b'), 'AS_LEFT'],
    ['is as before at the former place', moved, at('a'), 'AS_BEFORE'],
    ['is changed at a third place', moved, at('c'), 'CHANGED'],
    ['is gone where only another one is there', moved, at('b', permanent('other')), 'ABSENT'],
    ['is changed where it is a folder now', moved, at('b', { kind: 'FOLDER' }), 'CHANGED'],
    ['is found by its place where it has no identity', plain, { destination: [there('b')] }, 'AS_LEFT'],
    ['is found by its address where its place is empty', plain, { destination: [there('a')] }, 'AS_BEFORE'],
    [
      'is changed elsewhere where its step is not known',
      { ...plain, step: null },
      { destination: [there('a')] },
      'CHANGED',
    ],
  ]);

  it('is looked for among what steps before bring back', async () => {
    const findings = new UndoFindings(await listedContext('COPY', {}), new MovedPlaces());
    expect((await findings.of(moved)).finding).toBe('ABSENT');
    findings.bringsBack('b', lasting);
    const back = await findings.of(moved);
    expect(back).toEqual({ finding: 'AS_LEFT', seen: { key: 'b', item: lasting }, now: 'b' });
    expect(findings.isBroughtBack(back.seen!)).toBe(true);
    expect(findings.isBroughtBack({ key: 'b', item: { ...lasting } })).toBe(false);
    expect(findings.isBroughtBack({ key: 'c', item: there('c') })).toBe(false);
  });

  it('had its place below the folder of the job, or where moves before had taken it', () => {
    const existing = there('jobs/f/a');
    expect(formerKeyOf(moveStep(existing, 'b'), { destinationRoot: ['jobs'] })).toBe('f/a');
    const afterMove = { existingKey: 'g/a', folderId: null };
    expect(formerKeyOf(moveStep(existing, 'b', { afterMove }), { destinationRoot: ['jobs'] })).toBe('g/a');
    expect(
      formerKeyOf(moveStep(existing, 'b', { afterMove: { existingKey: null, folderId: 'x' } }), {
        destinationRoot: [],
      }),
    ).toBe('jobs/f/a');
  });
});

describe('what a run removed', () => {
  const removed = (existing: Item) => undo('DELETED', { kind: existing.kind, step: removeStep(existing) });
  const file = removed(there('a'));

  rows([
    ['is absent where nothing stands in its place', file, {}, 'ABSENT'],
    ['is absent though it stands elsewhere', file, { destination: [there('b', { id: 'd:a' })] }, 'ABSENT'],
    ['is not known where its folder was not listed', { ...file, key: 'f/a' }, hidden, 'UNKNOWN'],
    ['is as before where it is back', file, { destination: [there('a')] }, 'AS_BEFORE'],
    ['is changed where another one stands there', file, { destination: [there('a', { id: 'x' })] }, 'CHANGED'],
    ['is changed where a folder stands there', file, { destination: [folderThere('a')] }, 'CHANGED'],
    ['is changed where it is not known what it was', { ...file, step: null }, { destination: [there('a')] }, 'CHANGED'],
    [
      'is as before where any folder is there',
      removed(folderThere('a')),
      { destination: [folderThere('a', { id: 'x' })] },
      'AS_BEFORE',
    ],
    [
      'is changed where a file stands for a folder',
      removed(folderThere('a')),
      { destination: [there('a')] },
      'CHANGED',
    ],
  ]);

  it('is absent where steps before take away what stands there', async () => {
    const listed = { destination: [there('a')] };
    expect(await found(file, listed, { a: 'b' })).toEqual({ finding: 'ABSENT', seen: null, now: null });
    expect(await found(file, listed)).toMatchObject({ seen: { key: 'a' }, now: 'a' });
  });
});

describe('what a run described', () => {
  const described = (given: Step | null) => undo('DESCRIBED', { step: given });
  const roof = described(describeStep(there('a'), { fields: { description: 'Roof' } }));
  const locks = described(describeStep(there('a', { description: 'Roof' }), { lockedUntil: UNTIL.getTime() }));
  const now = (over: Partial<Item>) => ({ destination: [there('a', over)] });
  const ownLock = { lock: lockUntil(UNTIL) };

  rows([
    ['is as the run left it with what it was given', roof, now({ description: 'Roof' }), 'AS_LEFT'],
    ['is as before with what it had', roof, now({ description: null }), 'AS_BEFORE'],
    ['is as before with an empty text where it had none', roof, now({ description: '' }), 'AS_BEFORE'],
    ['is changed with another one', roof, now({ description: 'Cellar' }), 'CHANGED'],
    ['is changed where its privacy is another too', roof, now({ isPrivate: true }), 'CHANGED'],
    ['is changed elsewhere', roof, { destination: [there('b', { id: 'd:a', description: 'Roof' })] }, 'CHANGED'],
    ['is changed where its step is of another kind', described(moveStep(there('a'), 'a')), now({}), 'CHANGED'],
    ['is changed where its step is not known', described(null), now({}), 'CHANGED'],
    [
      'is as the run left it while the lock of the run is there',
      locks,
      now({ description: 'Roof', ...ownLock }),
      'AS_LEFT',
    ],
    ['is as before once that lock is gone', locks, now({ description: 'Roof' }), 'AS_BEFORE'],
  ]);
});

const END = UNTIL.getTime();

it.each<[string, Describe['lockedUntil'], Lock | null, boolean]>([
  ['is of the run with the same end', END, lockUntil(UNTIL), true],
  ['is of the run with an end that was cut to the second', END + 999, lockUntil(UNTIL), true],
  ['is another one with an end a second later', END - 1_000, lockUntil(UNTIL), false],
  ['is another one without an end', END, lockUntil(null), false],
  ['is another one where others hold it', END, { holder: 'Anna', until: UNTIL }, false],
  ['is none where there is none', END, null, false],
  ['is not of a run that set none', undefined, lockUntil(UNTIL), false],
  ['is not of a run that ended one', null, lockUntil(new Date(0)), false],
])('a lock %s', (_, lockedUntil, lock, isOfRun) => {
  expect(isLockOf(describeStep(there('a'), { lockedUntil }), there('a', { lock }))).toBe(isOfRun);
});

it.each([
  ['f/a.txt', 'a.txt'],
  ['a.txt', 'a.txt'],
  ['f/1\u22152', '1/2'],
  ['', ''],
])('the name at the key “%s” is “%s”', (key, name) => expect(nameAt(key)).toBe(name));
