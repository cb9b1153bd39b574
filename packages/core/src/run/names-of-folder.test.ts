import { describe, expect, it } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import { packItems, type Item, type Limits } from '../platform/index.js';
import { createMemoryPlatform, item, ledgerEntry } from '../testing/index.js';
import { FOLDER, at } from './active-room.testing.js';
import { ListedChildren } from './listed-children.js';
import { namesOfFolder, siblingOf } from './names-of-folder.js';
import type { TargetFolder } from './placing.js';

const children = (...items: Item[]) => new ListedChildren('', [packItems([], items)]);

/** The names of a folder of a platform with these limits. */
function names(path: string[], standing: ListedChildren | null, limits: Partial<Limits> = {}) {
  const platform = createMemoryPlatform({ limits });
  return namesOfFolder(path, standing, {
    policies: defaultPolicies('COPY'),
    limits: platform.limits,
    now: new Date(0),
  });
}

const assigned = (given: ReturnType<typeof names>, name: string) =>
  given.assign([{ name, kind: 'FOLDER', earlierName: null }])[0];

describe('names of a folder', () => {
  it('avoid what stands in it', () => {
    expect(names(['f'], children(item('a.txt'))).freeName('a.txt', 'FILE')).toEqual({ name: 'a (1).txt' });
  });

  it('avoid nothing in a new one', () => {
    expect(names(['f'], null).freeName('a.txt', 'FILE')).toEqual({ name: 'a.txt' });
  });

  it.each<[string, string[], Limits['pathLengthUnit'], boolean]>([
    ['fits with the path of its folder', ['f', 'gh'], 'UTF16', true],
    ['is too long with the path of its folder', ['f', 'ghi'], 'UTF16', false],
    ['is measured in the unit of the platform', ['f', 'ä'], 'UTF8', true],
    ['is too long in the unit of the platform', ['f', 'ää'], 'UTF8', false],
  ])('a name %s', (_, path, pathLengthUnit, fits) => {
    const given = assigned(names(path, null, { maxPathLength: 8, pathLengthUnit }), 'abc');
    expect(given).toEqual(
      fits ? { name: 'abc', isRevised: false } : expect.objectContaining({ reason: 'PATH_TOO_LONG' }),
    );
  });
});

describe('folders that a platform keeps for itself directly below its root', () => {
  const own = item('Inbox', { ...FOLDER, isReadOnly: true });
  const limits = { reservedRootNames: ['Schedules'] };

  it.each<[string, string[], ListedChildren | null, Partial<Limits>, string, boolean]>([
    ['have their names for themselves, whatever they are called there', [], children(own), limits, 'Inbox', true],
    ['have their usual names for themselves too', [], children(own), limits, 'Schedules', true],
    ['have them where nothing is listed', [], null, limits, 'Schedules', true],
    ['leave other names to others', [], children(own), limits, 'Outbox', false],
    ['are none below the root', ['f'], children(own), limits, 'Inbox', false],
    ['are none where people may write', [], children(item('Inbox', FOLDER)), limits, 'Inbox', false],
    ['are no files', [], children(item('Inbox', { isReadOnly: true })), limits, 'Inbox', false],
    ['are none where a platform has none', [], children(own), {}, 'Inbox', false],
  ])('%s', (_, path, standing, given, name, isReserved) => {
    const found = assigned(names(path, standing, given), name);
    expect(found && 'name' in found && found.name === name).toBe(!isReserved);
  });
});

describe('the name that an item has at the destination already', () => {
  const target: TargetFolder = { key: 'to', listedKey: 'to', formerKey: 'f', movingId: null };
  const known = ledgerEntry('f/a', { destinationKey: 'to/a (1)' });

  it.each<[string, Parameters<typeof siblingOf>[0], TargetFolder | null, string | null]>([
    ['is kept while it stays', { ...at('f/a'), ledger: known }, target, 'a (1)'],
    [
      'is kept where the ledger learned its place before that of the folder',
      { ...at('f/a'), ledger: known },
      { ...target, formerKey: 'x' },
      'a (1)',
    ],
    ['is none for a new item', { ...at('f/a'), ledger: null }, target, null],
    ['is none where nothing goes there', { ...at('f/a'), ledger: known }, null, null],
    ['is not kept once it was renamed', { ...at('f/b'), ledger: known }, target, null],
    ['is kept where its folder was moved at the source', { ...at('g/a'), ledger: known }, target, 'a (1)'],
    [
      'is not kept where it stands in another folder there',
      { ...at('f/a'), ledger: known },
      { ...target, listedKey: 'x' },
      null,
    ],
    [
      'is not kept in a folder that is not there yet',
      { ...at('f/a'), ledger: known },
      { ...target, listedKey: null },
      null,
    ],
    [
      'is kept at the root of the job',
      { ...at('a'), ledger: ledgerEntry('a', { destinationKey: 'a (2)' }) },
      { key: '', listedKey: '', formerKey: '', movingId: null },
      'a (2)',
    ],
    [
      'is not kept where it comes from another folder',
      { ...at('g/a'), ledger: known },
      { ...target, formerKey: 'h' },
      null,
    ],
  ])('%s', (_, child, folder, earlierName) => {
    expect(siblingOf(child, folder)).toEqual({ name: child.key.split('/').at(-1), kind: 'FILE', earlierName });
  });

  it('is told with the kind of the item', () => {
    expect(siblingOf({ ...at('f', FOLDER), ledger: null }, target)).toEqual({
      name: 'f',
      kind: 'FOLDER',
      earlierName: null,
    });
  });

  it('is made from that of its file for a former content', () => {
    const former = { ...at('f/a (v2).txt', { versionNumber: 2 }), ledger: null };
    expect(siblingOf(former, target)).toEqual({
      ...{ name: 'a (v2).txt', kind: 'FILE', earlierName: null },
      beside: { name: 'a.txt', suffix: ' (v2)' },
    });
  });
});
