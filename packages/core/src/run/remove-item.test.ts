import { describe, expect, it } from 'vitest';
import { PlatformError, type Item } from '../platform/index.js';
import type { Remove } from '../plan/index.js';
import { createMemoryPlatform, ledgerEntry } from '../testing/index.js';
import type { RunContext } from './context.js';
import { claimed } from './claimed.testing.js';
import { folderEntry, folderThere, listedContext, notedTools, there } from './listed.testing.js';
import { removeStep } from './steps.testing.js';
import { removed, removeItem } from './remove-item.js';

const PLANNED_AT = new Date('2026-11-21T10:00:00.000Z');

const TOLD = { ledgerId: 'entry 1', trashedAt: PLANNED_AT.getTime(), reason: 'DELETED_ON_OTHER_SIDE' } as const;
const removal = (over: Partial<Remove> = {}, existing = there('a.txt')) =>
  removeStep(existing, { ...TOLD, message: 'It was deleted.', ...over });
const ofFolder = (over: Partial<Remove> = {}) => removal(over, folderThere('a.txt'));

interface Given extends Partial<Pick<RunContext, 'source'>> {
  entry?: ReturnType<typeof ledgerEntry>;
  unproved?: string[];
  error?: Error;
}

/** Carries the removal out; `done` tells what was waited for, begun and asked of the platform, in order. */
async function carryOut(step: Remove, { entry, unproved = [], error, ...given }: Given = {}) {
  const roots = { sourceRoot: ['plans'], destinationRoot: ['jobs', 'one'] };
  const context = await listedContext('MOVE', { ledger: entry ? [entry] : [] }, { ...roots, ...given });
  const done: unknown[] = [];
  const destination = createMemoryPlatform().destination!;
  destination.remove = async (request) => {
    done.push(request);
    if (error) throw error;
  };
  const tools = notedTools({ ...context, unproved: new Set(unproved) }, folderThere(''), done);
  return { done, finished: removeItem(claimed(step), destination, tools) };
}

const WAITED = ['removals below a.txt', 'moves below a.txt'];
const settled = {
  ...{ stepId: 'item 1', remedy: null, sha256: null, verifiedBy: null, destination: null, ledger: null },
  ...{ forgottenId: 'entry 1', byteCount: 0 },
};
const deleted = { ...settled, outcome: 'DELETED', reason: 'DELETED_ON_OTHER_SIDE', message: 'It was deleted.' };

describe('what the plan removes', () => {
  it('goes to the trash of the plan, after what is in it, and is forgotten', async () => {
    const { done, finished } = await carryOut(removal());
    expect(await finished).toEqual({ ...deleted, forgetLedger: true });
    const request = { item: there('a.txt'), trash: { root: ['jobs', 'one'], at: PLANNED_AT } };
    expect(done).toEqual([...WAITED, 'begin', request]);
  });

  it('goes for good where the plan says so', async () => {
    const { done, finished } = await carryOut(removal({ trashedAt: null }));
    await finished;
    expect(done.at(-1)).toMatchObject({ trash: { at: null } });
  });

  it('counts as removed where it is gone already', async () => {
    const { finished } = await carryOut(removal(), { error: new PlatformError('NOT_FOUND', 'Nothing is there.') });
    expect(await finished).toEqual({ ...deleted, forgetLedger: true });
  });

  it.each([new PlatformError('UNREACHABLE', 'No answer.'), new Error('A bug.')])(
    'fails with what its platform says: %s',
    async (error) => {
      await expect((await carryOut(removal(), { error })).finished).rejects.toBe(error);
    },
  );

  it('keeps its entry where it had no part at the source, or was moved', () => {
    expect(removed(claimed(removal({ sourceKey: null }))).forgetLedger).toBe(false);
    expect(removed(claimed(removal({ heldAs: { version: '7' } }))).forgetLedger).toBe(false);
  });
});

describe('what is not as the plan expects', () => {
  const HELD = { heldAs: { version: '7' } };
  const error = new PlatformError('CONFLICT', 'It changed.');

  it.each<[string, Remove, string, string]>([
    [
      'a file that was deleted at the source',
      removal(),
      'EDITED_AT_DESTINATION',
      'It was deleted at the source, and changed at the destination meanwhile: it is left as it is.',
    ],
    [
      'a folder that was deleted at the source',
      ofFolder(),
      'EDITED_AT_DESTINATION',
      'It was deleted at the source, and holds what is not: it is left as it is.',
    ],
    [
      'a file that was moved',
      removal(HELD),
      'CONTENT_CHANGED',
      'It changed at the destination after it was moved: it is left there, and the next run looks again.',
    ],
    [
      'a folder that was moved',
      ofFolder(HELD),
      'OTHER',
      'It is left at the destination, because it holds what was not moved.',
    ],
  ])('is left: %s', async (_, step, reason, message) => {
    const entry = step.kind === 'FILE' ? ledgerEntry('a.txt') : folderEntry('a.txt');
    const source = createMemoryPlatform();
    source.destination!.cost = () => 1;
    const { finished } = await carryOut(step, { entry, source, error });
    expect(await finished).toEqual({ ...settled, outcome: 'SKIPPED', reason, message, forgetLedger: false });
  });
});

/** A source that has this in the folder of the job, under the key `b.txt`; a look at it costs a call of the hour where it counts. */
function sourceWith(kind: 'FILE' | 'FOLDER' | null, isCounted = false) {
  const source = createMemoryPlatform();
  if (kind) source.seed([{ path: 'plans/b.txt', ...(kind === 'FILE' ? { bytes: 'x' } : {}) }]);
  if (isCounted) source.destination!.cost = () => 1;
  return { source, item: source.item('plans/b.txt') };
}

describe('what was moved is removed where it was', () => {
  const step = removal({ heldAs: { version: '7' } });
  const notHeld = {
    ...{ ...settled, outcome: 'SKIPPED', reason: 'VERIFICATION_FAILED', forgetLedger: false },
    message: 'It is left at the destination: the source is not proved to hold it.',
  };
  const known = (item: Item | null, over = {}) =>
    ledgerEntry('a.txt', { sourceKey: 'b.txt', sourceId: item?.id ?? 'id:b.txt', ...over });

  it('once it is seen on the other side', async () => {
    const { source, item } = sourceWith('FILE');
    const { done, finished } = await carryOut(step, { source, entry: known(item) });
    expect(await finished).toEqual({ ...deleted, forgetLedger: false });
    expect(done).toHaveLength(4);
  });

  it('as a folder too, of which no version is known', async () => {
    const { source, item } = sourceWith('FOLDER');
    const entry = folderEntry('a.txt', { sourceKey: 'b.txt', sourceId: item!.id });
    const { finished } = await carryOut(ofFolder({ heldAs: { version: '3' } }), { source, entry });
    expect(await finished).toMatchObject({ outcome: 'DELETED' });
  });

  it('without another look where looks are counted', async () => {
    const { source } = sourceWith(null, true);
    const { finished } = await carryOut(step, { source, entry: known(null) });
    expect(await finished).toMatchObject({ outcome: 'DELETED' });
  });

  it.each<[string, Given]>([
    ['the ledger does not know it', sourceWith('FILE', true)],
    ['the ledger knows a folder there', { ...sourceWith(null, true), entry: known(null, { kind: 'FOLDER' }) }],
    ['it is not proved', { ...sourceWith(null, true), entry: known(null), unproved: ['b.txt'] }],
    ['another version of it came over', { ...sourceWith(null, true), entry: known(null, { destinationVersion: '6' }) }],
    ['it is gone there', { ...sourceWith(null), entry: known(null) }],
    ['another one stands there', { ...sourceWith('FILE'), entry: known(null) }],
  ])('and left where %s', async (_, given) => {
    const { done, finished } = await carryOut(step, given);
    expect(await finished).toEqual(notHeld);
    expect(done).toEqual(WAITED);
  });

  it('and left where a folder stands there instead', async () => {
    const { source, item } = sourceWith('FOLDER');
    expect(await (await carryOut(step, { source, entry: known(item) })).finished).toEqual(notHeld);
  });
});

describe('what goes only once the other side has it back', () => {
  const notBack = {
    ...{ ...settled, outcome: 'SKIPPED', reason: 'CONFLICT', forgetLedger: false },
    message: 'It is left at the destination: it is not certain that the source has it back.',
  };
  const onlyWith = (item: Item | null, over = {}) => ({
    onlyWith: { key: 'b.txt', identity: item?.id ?? 'x', version: item?.version ?? null, ...over },
  });

  it('is removed where the file is back in this version', async () => {
    const { source, item } = sourceWith('FILE');
    expect(await (await carryOut(removal(onlyWith(item)), { source })).finished).toMatchObject({ outcome: 'DELETED' });
  });

  it('is removed where any folder is back', async () => {
    const { source } = sourceWith('FOLDER');
    expect(await (await carryOut(ofFolder(onlyWith(null)), { source })).finished).toMatchObject({ outcome: 'DELETED' });
  });

  it.each<[string, 'FILE' | 'FOLDER' | null, object]>([
    ['nothing is there', null, {}],
    ['a folder is there instead', 'FOLDER', {}],
    ['another file is there', 'FILE', { identity: 'another' }],
    ['another version is there', 'FILE', { version: 'another' }],
  ])('is left where %s', async (_, kind, over) => {
    const { source, item } = sourceWith(kind);
    const { done, finished } = await carryOut(removal(onlyWith(item, over)), { source });
    expect(await finished).toEqual(notBack);
    expect(done).toEqual(WAITED);
  });
});
