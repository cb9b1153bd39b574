import { describe, expect, it } from 'vitest';
import { PlatformError, type Item } from '../platform/index.js';
import { item, step, type MemoryPlatformOptions } from '../testing/index.js';
import { mayBeThere, mayBeTouched } from './file-transfer.js';
import { House, SHA_256, type Given } from './file-transfer.testing.js';

const NONE = { level: 'NONE' } as const;

describe('a new file', () => {
  it('is read once, and stands there once it is written down what is about to', async () => {
    const house = new House();
    expect(await house.carryOut()).toMatchObject({
      ...{ outcome: 'CREATED', sha256: SHA_256, verifiedBy: 'CHECKSUM', byteCount: 10, message: 'The file is new.' },
      destination: { key: 'a' },
    });
    expect(house.done).toEqual(['begin', 'write a', 'open a']);
    expect(house.progress).toEqual(['item 1: 10']);
    expect(house.text('a')).toBe('some bytes');
  });

  it('has its checksum written down before it stands there, where its time will not tell that it arrived', async () => {
    const house = new House({ capabilities: { TIMESTAMP_PRESERVATION: NONE } });
    await house.carryOut();
    expect(house.done).toEqual(['begin', 'write a', 'open a', 'hashed']);
  });

  it.each<[string, MemoryPlatformOptions, Given]>([
    ['the source tells no time', {}, { source: item('a', { modifiedAt: null }) }],
    ['it is proved once it stands there', { without: ['proof'] }, {}],
  ])('has it written down likewise where %s', async (_, options, over) => {
    const house = new House(options);
    const source = over.source ? { ...house.file, modifiedAt: null } : house.file;
    await house.carryOut({ source });
    expect(house.done).toContain('hashed');
  });

  it('is looked up where its size was not known when it was listed', async () => {
    const house = new House();
    expect(await house.carryOut({ source: { ...house.file, size: null } })).toMatchObject({ byteCount: 10 });
    expect(house.done[0]).toBe('find a');
  });

  it.each<[string, Partial<Item>]>([
    ['nobody tells its size', { id: 'root', size: null }],
    ['it is gone', { id: 'gone', size: null }],
  ])('fails where %s', async (_, over) => {
    const house = new House();
    await expect(house.carryOut({ source: { ...house.file, ...over } })).rejects.toMatchObject({
      ...{ kind: 'PLATFORM_ERROR', message: 'The source does not tell the size of the file yet.' },
    });
    expect(house.done).not.toContain('begin');
  });

  it('says that its time was lost', async () => {
    const house = new House();
    const { message } = await house.carryOut({ source: { ...house.file, modifiedAt: null } });
    expect(message).toBe('The file is new. Its time is not kept: the source tells none between the years 1 and 9999.');
  });

  it('goes on where an earlier try left it, and leaves word how far it came', async () => {
    const house = new House();
    const inDoubtSince = new Date(0);
    await house.carryOut({}, { inDoubtSince, checkpoint: 'half of it' });
    expect(house.requests).toMatchObject([{ name: 'a', inDoubtSince, checkpoint: 'half of it' }]);
    const fresh = new House();
    await fresh.store.appendSteps([step('a')]);
    const [taken] = await fresh.store.claim(1);
    await fresh.carryOut({}, { id: taken!.id });
    await fresh.requests[0]?.saveCheckpoint?.('more of it');
    await fresh.store.release([taken!.id]);
    expect(await fresh.store.claim(1)).toMatchObject([{ checkpoint: 'more of it' }]);
  });

  it.each([
    [true, SHA_256],
    [false, undefined],
  ])(
    'is held against its checksum before it has its name, where the job reads back (%s)',
    async (readBack, expected) => {
      const house = new House();
      house.policies = { ...house.policies, readBack };
      await house.carryOut();
      expect(house.requests[0]?.expectedSha256?.()).toBe(expected);
    },
  );
});

describe('a file that replaces one', () => {
  it('of another size is written without a look at what stands there', async () => {
    const house = new House();
    expect(await house.carryOut(house.replacing('other'))).toMatchObject({ outcome: 'UPDATED', replaced: 'm1.1' });
    expect(house.done).toEqual(['begin', 'write a', 'open a']);
    expect(house.destination.texts('a')).toEqual(['other', 'some bytes']);
  });

  it('and was only touched since it was brought over stays as it is', async () => {
    const house = new House();
    const replacing = house.replacing('some bytes', { knownSha256: SHA_256 });
    expect(await house.carryOut(replacing)).toMatchObject({
      ...{ outcome: 'UNCHANGED', reason: 'IDENTICAL', verifiedBy: 'SIZE', sha256: SHA_256, byteCount: 0 },
      message: 'Only its time changed; the content is the same.',
    });
    expect(house.done).toEqual(['open a']);
  });

  it('and changed since, though not in its size, is written', async () => {
    const house = new House();
    await house.carryOut(house.replacing('SOME BYTES', { knownSha256: 'ff' }));
    expect(house.done).toEqual(['open a', 'begin', 'write a', 'open a']);
    expect(house.text('a')).toBe('some bytes');
  });

  it('that the ledger does not know stays as it is where it has the same bytes', async () => {
    const house = new House();
    expect(await house.carryOut(house.replacing('some bytes'))).toMatchObject({
      ...{ outcome: 'ADOPTED', reason: 'IDENTICAL', verifiedBy: 'CHECKSUM', sha256: SHA_256, byteCount: 0 },
      message: 'An equal file is there already.',
    });
    expect(house.done).toEqual(['readBack a', 'open a']);
  });

  it('that the ledger does not know is replaced where it has other bytes, or gives none back', async () => {
    const house = new House();
    await house.carryOut(house.replacing('SOME BYTES'));
    expect(house.destination.texts('a')).toEqual(['SOME BYTES', 'some bytes']);
    const mute = new House({ without: ['readBack'] });
    await mute.carryOut(mute.replacing('some bytes'));
    expect(mute.destination.versions('a')).toBe(2);
  });

  it('has its checksum written down when it begins where it was read before', async () => {
    const house = new House({ capabilities: { TIMESTAMP_PRESERVATION: NONE } });
    await house.carryOut(house.replacing('SOME BYTES'));
    expect(house.done).toEqual(['readBack a', 'open a', 'begin', 'hashed', 'write a', 'open a']);
  });

  it('is looked for before any version of it comes', async () => {
    const house = new House();
    expect(await house.foundThere(house.replacing('some bytes'))).toMatchObject({ outcome: 'ADOPTED' });
    expect(await new House().foundThere()).toBeNull();
    const other = new House();
    expect(await other.foundThere(other.replacing('SOME BYTES'))).toBeNull();
    const unknown = new House();
    const source = { ...unknown.file, size: null };
    expect(await unknown.foundThere({ ...unknown.replacing('some bytes'), source })).toBeNull();
    expect(unknown.done).toEqual([]);
  });
});

describe('a file that makes room for a new one', () => {
  const besides = (house: House): Given => ({
    existing: house.put('destination', 'a', 'theirs'),
    renameExistingTo: 'a (theirs)',
  });

  it('gets its other name before the new one is written', async () => {
    const house = new House();
    await house.carryOut(besides(house));
    expect(house.done).toEqual(['begin', 'find a', 'move a (theirs)', 'write a', 'open a']);
    expect([house.text('a'), house.text('a (theirs)')]).toEqual(['some bytes', 'theirs']);
  });

  it('is left alone where an earlier try renamed it, or where it is gone', async () => {
    const house = new House();
    const existing = { ...house.put('destination', 'a (theirs)', 'theirs'), path: ['a'] };
    await house.carryOut({ existing, renameExistingTo: 'a (theirs)' });
    expect(house.done).not.toContain('move a (theirs)');
    const gone = new House();
    await gone.carryOut({ existing: item('a', { id: 'gone' }), renameExistingTo: 'a (theirs)' });
    expect(gone.destination.tree()).toEqual(['a']);
  });

  it('keeps the new one back where the platform renames nothing', async () => {
    const house = new House({ without: ['move'] });
    await expect(house.carryOut(besides(house))).rejects.toMatchObject({
      ...{ kind: 'REJECTED', message: 'The destination cannot rename the other version.' },
    });
    expect(house.text('a')).toBe('theirs');
  });
});

it('a file that fails its proof is taken back', async () => {
  const house = new House({ without: ['proof'], capabilities: { CONTENT_CHECKSUM: NONE } });
  house.policies = { ...house.policies, readBack: true };
  house.destination.flipNext(1);
  const error: unknown = await house.carryOut().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PlatformError);
  expect(error).toMatchObject({ kind: 'VERIFICATION_FAILED' });
  expect(house.destination.tree()).toEqual([]);
  expect(house.revised.map((next) => next.type === 'TRANSFER' && next.published)).toMatchObject([
    { version: 'm1.1' },
    null,
  ]);
});

describe('bytes of equal size', () => {
  const there = item('a', { size: 10 });
  const known = { action: 'UPDATE', reason: 'CONTENT_CHANGED', existing: there, knownSha256: 'ab' } as const;
  const unknown = { ...known, knownSha256: null };

  it.each<[string, Given, boolean, boolean]>([
    ['a file that was brought over before may only be touched', known, true, false],
    ['a file that the ledger does not know may be there already', unknown, false, true],
    ['a new file is neither', { ...known, action: 'CREATE' }, false, false],
    ['a new file that nobody read is neither', { ...unknown, action: 'CREATE' }, false, false],
    ['a file that people want back is neither', { ...known, reason: 'UNDONE' }, false, false],
    ['a file that people want back and nobody read is neither', { ...unknown, reason: 'UNDONE' }, false, false],
    ['a file of another size is neither', { ...known, existing: item('a', { size: 9 }) }, false, false],
    ['an unknown file of another size is neither', { ...unknown, existing: item('a', { size: 9 }) }, false, false],
    ['nothing is neither', { ...known, existing: null }, false, false],
    ['nothing that nobody knows is neither', { ...unknown, existing: null }, false, false],
  ])('%s', (_, over, isTouched, isThere) => {
    expect([mayBeTouched(step('a', over), 10), mayBeThere(step('a', over), 10)]).toEqual([isTouched, isThere]);
  });
});
