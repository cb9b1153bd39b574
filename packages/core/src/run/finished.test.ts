import { describe, expect, it } from 'vitest';
import type { Inert } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import { folderStep, item, settledStep, step } from '../testing/index.js';
import { claimed } from './claimed.testing.js';
import { adopted, finished, transferred } from './finished.js';

const there = (path: string, over: Partial<Item> = {}) => item(path, { id: 'there', version: '7', ...over });
const made = { outcome: 'CREATED', item: there('folder/a'), sha256: 'ab', verifiedBy: 'SIZE', bytes: 10 } as const;
const file = step('folder/a');

describe('what became of a step', () => {
  it('is told with the place where the item stands, and the ledger learns both halves', () => {
    expect(finished(claimed(file), made)).toMatchObject({
      ...{ stepId: 'item 1', outcome: 'CREATED', reason: 'NEW', message: 'The file is new.', remedy: null },
      ...{ sha256: 'ab', verifiedBy: 'SIZE', byteCount: 10 },
      destination: { key: 'folder/a', item: made.item },
      ledger: {
        ...{ id: null, kind: 'FILE', sourceKey: 'folder/a', sourceId: 'id:folder/a', sourceVersion: '1' },
        ...{ destinationKey: 'folder/a', destinationId: 'there', destinationVersion: '7', sha256: 'ab', mapped: null },
      },
    });
  });

  it('has the name that the platform gave the item', () => {
    const done = finished(claimed(file), { ...made, item: there('folder/a (1)') });
    expect(done.destination?.key).toBe('folder/a (1)');
    expect(done.ledger?.destinationKey).toBe('folder/a (1)');
  });

  it('stands in the root where the step says so', () => {
    expect(finished(claimed(step('a')), { ...made, item: there('b') }).destination?.key).toBe('b');
  });

  it('is the place of the job itself where the step is about that', () => {
    const root = folderStep('', { destinationKey: '' });
    const item = there('deep/root', { kind: 'FOLDER' });
    expect(finished(claimed(root), { ...made, item }).destination?.key).toBe('');
  });

  it('is known to the ledger at a former place as long as the other side has not followed', () => {
    const done = finished(claimed({ ...file, knownAt: 'before/a' }), made);
    expect(done.ledger?.destinationKey).toBe('before/a');
    expect(done.destination?.key).toBe('folder/a');
  });

  it('leaves in the ledger what the mappings gave', () => {
    expect(finished(claimed({ ...file, mapped: 'print' }), made).ledger?.mapped).toBe('print');
  });

  it('is told otherwise where there is more to say', () => {
    const told = finished(claimed(file), made, { reason: 'IDENTICAL', message: 'It is equal.' });
    expect(told).toMatchObject({ reason: 'IDENTICAL', message: 'It is equal.', outcome: 'CREATED' });
  });
});

describe('an item that is taken as it is', () => {
  const of = (existing: Item, over: Partial<Inert> = {}) =>
    adopted(claimed(settledStep('folder/a', { action: 'ADOPT', existing, ...over })));

  it.each<[string, Item, Partial<Inert>, object]>([
    ['a file with a checksum', there('folder/a', { sha256: 'ab' }), {}, { verifiedBy: 'CHECKSUM', sha256: 'ab' }],
    ['a file that was read', there('folder/a'), { knownSha256: 'cd' }, { verifiedBy: 'CHECKSUM', sha256: 'cd' }],
    [
      'a file with a checksum that was read too',
      there('folder/a', { sha256: 'ab' }),
      { knownSha256: 'cd' },
      { sha256: 'ab' },
    ],
    ['a file that nobody read', there('folder/a'), {}, { verifiedBy: 'SIZE', sha256: null }],
    ['a folder', there('folder/a', { kind: 'FOLDER' }), {}, { verifiedBy: null, sha256: null }],
  ])('tells how far it is proved: %s', (_, existing, over, told) => {
    expect(of(existing, over)).toMatchObject({ outcome: 'ADOPTED', byteCount: 0, ...told });
  });

  it('counts as unchanged where the ledger knew it before', () => {
    expect(of(there('folder/a'), { isNote: true }).outcome).toBe('UNCHANGED');
  });

  it('lets what is below a folder follow it to the place that is learned', () => {
    const moved = { sourceKey: 'old', destinationKey: 'old' };
    expect(of(there('folder/a', { kind: 'FOLDER' }), { moved }).moved).toEqual(moved);
    expect(of(there('folder/a'))).not.toHaveProperty('moved');
  });
});

describe('a file that arrived', () => {
  const content = { sha256: 'ab', size: 12 };
  const written = { item: there('folder/a'), verifiedBy: 'SIZE', wasAlreadyThere: false } as const;

  it('is created, with the bytes that came', () => {
    expect(transferred(claimed(file), written, content, 'CHECKSUM', null)).toMatchObject({
      ...{ outcome: 'CREATED', message: 'The file is new.', replaced: null, sha256: 'ab', verifiedBy: 'CHECKSUM' },
      ...{ byteCount: 12, destination: { key: 'folder/a', item: written.item } },
    });
  });

  it('is updated where it took the place of a version, which is told', () => {
    const update = step('folder/a', { action: 'UPDATE', existing: there('folder/a', { version: '6' }) });
    expect(transferred(claimed(update), written, content, 'SIZE', null)).toMatchObject({
      outcome: 'UPDATED',
      replaced: '6',
    });
  });

  it('tells in one text what the plan, the platform and the engine say of it', () => {
    const done = transferred(
      claimed(file),
      { ...written, note: 'It was renamed.' },
      content,
      'SIZE',
      'Its time is lost.',
    );
    expect(done.message).toBe('The file is new. It was renamed. Its time is lost.');
  });
});
