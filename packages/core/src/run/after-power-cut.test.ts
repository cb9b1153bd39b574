import { describe, expect, it } from 'vitest';
import type { Item } from '../platform/index.js';
import { ledgerEntryOf } from '../plan/index.js';
import { leftOf, lostEntryOf } from './after-power-cut.js';

const NOW = new Date('2026-11-21T12:00:00Z');

function item(more: Partial<Item> = {}): Item {
  return {
    id: 'plan.pdf',
    identity: { value: 'i7', strength: 'LASTING' },
    kind: 'FILE',
    path: ['plan.pdf'],
    parentId: '',
    size: 10,
    modifiedAt: NOW,
    createdAt: null,
    version: 'v2',
    metaVersion: null,
    sha256: null,
    description: null,
    isPrivate: null,
    isReadOnly: false,
    lock: null,
    handle: null,
    ...more,
  };
}

const told = (written: Item, sha256: string | null = 'abc') => ({
  ...ledgerEntryOf('led', { key: 'plan.pdf', item: written }, { key: 'plan.pdf', item: written }, sha256),
  id: 'led',
});
const doubtful = (replaced: string | null = null, sha256: string | null = 'abc') => ({
  entry: told(item(), sha256),
  replaced,
});
const other = { identity: { value: 'i8', strength: 'LASTING' } } as const;

describe('what a loss of power left of a file', () => {
  it.each([
    ['nothing', doubtful(), null, 'GONE'],
    ['all of it, as far as can be seen', doubtful(), item(), 'COMPARE'],
    ['all of it, where no sum is known', doubtful(null, null), item(), 'THERE'],
    ['a part of it', doubtful(), item({ size: 4, version: 'v-part' }), 'LOST'],
    ['the version that it replaced', doubtful('v1'), item({ ...other, version: 'v1', size: 10 }), 'LOST'],
    ['what people saved there since', doubtful('v1'), item({ ...other, version: 'v3' }), 'CHANGED_SINCE'],
    ['what people wrote into it since', doubtful(), item({ modifiedAt: new Date(1), size: 4 }), 'CHANGED_SINCE'],
    ['a folder of people', doubtful(), item({ kind: 'FOLDER' }), 'CHANGED_SINCE'],
  ])('is %s', (_, entry, found, left) => expect(leftOf(entry, found)).toBe(left));

  it('is a folder, whoever made it again', () => {
    const entry = told(item({ kind: 'FOLDER', size: null }), null);
    expect(leftOf({ entry, replaced: null }, item({ kind: 'FOLDER', size: null, ...other }))).toBe('THERE');
  });
});

it('what was not brought counts as changed at the source, and what is there as known', () => {
  const left = item({ ...other, version: 'v1', size: 4 });
  const entry = lostEntryOf(told(item()), left);
  expect(entry).toMatchObject({ destinationId: 'i8', destinationVersion: 'v1', destinationSize: 4, sha256: null });
  expect(entry.sourceVersion).not.toBe(item().version);
  expect(entry.sourceVersion).not.toBeNull();
});
