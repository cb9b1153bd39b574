import { execFileSync } from 'node:child_process';
import { linkSync, lstatSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { compareNames, unpackItems } from '@sluice/core/platform';
import type { Details, Item, ListProblem } from '@sluice/core/platform';
import { itemIn, itemOf } from './adapter.js';
import { realDisk } from './disk/disk.js';
import type { Disk } from './disk/disk.js';
import { receivedItems } from './disk/packed-folder.js';
import { packedWalk } from './disk/packed-walk.js';
import { locate, ShareRoot } from './disk/share-root.js';
import { StatRecord } from './disk/stat-record.js';
import { traitsOf } from './disk/traits.js';
import { walk } from './disk/walk.js';
import { HookedDisk, systemError } from './testing/hooked-disk.js';
import type { DiskCall } from './testing/hooked-disk.js';
import { ShareFixture } from './testing/share-fixture.js';

let share: ShareFixture;
afterEach(() => share.dispose());

const WHOLE = { start: [], isShallow: false, rules: [] };

/** Names of two and more bytes a character, of a linked file, of special files, and times before 1970 and after 9999. */
async function plant(): Promise<void> {
  share = await ShareFixture.create();
  mkdirSync(share.root('Pläne/leer/tief'), { recursive: true });
  for (let n = 0; n < 700; n++) writeFileSync(share.root(`Pläne/図面 ${n} 🏗.txt`), 'x'.repeat(n % 7));
  writeFileSync(share.root('replaced \ufffd'), '');
  writeFileSync(share.root('linked'), 'two names');
  linkSync(share.root('linked'), share.root('Pläne/linked'));
  symlinkSync('nowhere', share.root('link'));
  writeFileSync(share.root('old'), '');
  utimesSync(share.root('old'), -1.5, -1.5);
  writeFileSync(share.root('late'), '');
  execFileSync('touch', ['-d', '@15000000000', share.root('late')]);
  execFileSync('sh', ['-c', String.raw`printf x > "$(printf 'torn\377')"`], { cwd: share.root() });
}

const rootOn = (disk: Disk, traits = {}) =>
  new ShareRoot(disk, {
    ...locate(disk, share.root()),
    traits: { ...traitsOf(disk, share.root()), ...traits },
    hasManifest: false,
  });

/** By path: the two ways of listing have orders of their own. */
const inOrder = ({ items, problems }: { items: Item[]; problems: ListProblem[] }) => ({
  items: items.toSorted((one, other) => compareNames(one.path.join('/'), other.path.join('/'))),
  problems: problems.toSorted((one, other) => compareNames(one.path.join('/'), other.path.join('/'))),
});

function packed(root: ShareRoot, isMostlyKnown = false): { items: Item[]; problems: ListProblem[] } {
  const parts = [...packedWalk(root, { ...WHOLE, isMostlyKnown })];
  const { hasStableInodes } = root.facts.traits;
  expect(parts.map(({ proof }) => proof === null)).toEqual(parts.map((_, index) => index < parts.length - 1));
  return {
    items: parts.flatMap(({ folders }) => folders.flatMap((sent) => unpackItems(receivedItems(sent, hasStableInodes)))),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

function single(root: ShareRoot): { items: Item[]; problems: ListProblem[] } {
  const entries = [...walk(root, WHOLE)].flat();
  return {
    items: entries.flatMap((entry) => (entry.type === 'item' ? [entry.item] : [])),
    problems: entries.flatMap((entry) => (entry.type === 'problem' ? [entry.problem] : [])),
  };
}

/** A system that has none of these calls; the others are asked as ever. */
function lacking(...calls: DiskCall[]): Disk {
  return new HookedDisk(calls).disk;
}

describe('a packed listing', () => {
  test('tells of every item what the listing item by item tells', async () => {
    await plant();
    for (const traits of [{}, { hasStableInodes: false }]) {
      const other = single(rootOn(realDisk(), traits));
      for (const isMostlyKnown of [false, true]) {
        const one = packed(rootOn(realDisk(), traits), isMostlyKnown);
        expect(one.items).toHaveLength(708);
        expect(inOrder(one)).toEqual(inOrder(other));
      }
    }
  });

  test('leaves the rest of items for later where most are known, unless more than a look tells of them', async () => {
    await plant();
    const sentWith = (details: Details | undefined) =>
      [...packedWalk(rootOn(realDisk()), { ...WHOLE, isMostlyKnown: true, details })].flatMap(({ folders }) => folders);
    expect(sentWith(undefined).filter((sent) => 'rest' in sent)).toEqual([]);
    expect(sentWith({ fields: 'ALL', tags: false }).filter((sent) => !('rest' in sent))).toEqual([]);
  });

  test('is the same where the system has no calls for it: without either, and without both', async () => {
    await plant();
    const byPath = (items: readonly Item[]) => new Map(items.map((item) => [item.path.join('/'), item]));
    const own = packed(rootOn(realDisk()));
    for (const calls of [['statIn'], ['entriesOf'], ['statIn', 'entriesOf']] as const) {
      const other = packed(rootOn(lacking(...calls)));
      expect(byPath(other.items)).toEqual(byPath(own.items));
      expect(new Set(other.problems.map(({ kind }) => kind))).toEqual(new Set(['SPECIAL', 'FILE']));
    }
  });

  test('tells as a problem of its folder what the system cannot read to the end', async () => {
    await plant();
    const hooks = new HookedDisk();
    let reads = 0;
    hooks.before = (call) => {
      if (call === 'entriesOf' && (reads += 1) === 4) throw systemError('EIO');
    };
    const { problems } = packed(rootOn(hooks.disk));
    expect(problems.some(({ kind, error }) => kind === 'FOLDER' && error.remoteStatus === 'EIO')).toBe(true);
  });
});

describe('the record of an entry', () => {
  test('is what Node tells of it, by the call of the system and filled in', async () => {
    await plant();
    for (const name of ['old', 'late', 'linked', 'link', 'Pläne', 'replaced \ufffd']) {
      const stats = lstatSync(share.root(name), { bigint: true });
      const held = rootOn(realDisk()).hold([]);
      for (const record of [held.look(name)!, new StatRecord().fill(stats)]) {
        const told = (from: typeof stats | StatRecord) => [
          ...[from.dev, from.ino, from.nlink, from.size, from.mode, from.mtimeNs, from.ctimeNs, from.birthtimeNs],
          ...[from.isFile(), from.isDirectory(), from.isSymbolicLink(), from.isFIFO(), from.isSocket()],
        ];
        expect(told(record)).toEqual(told(stats));
        for (const hasStableInodes of [true, false]) {
          const item = itemOf([name], stats, hasStableInodes);
          expect(itemOf([name], record, hasStableInodes)).toEqual(item);
          expect(itemIn([name], record, hasStableInodes)).toEqual(item);
        }
      }
      held.close();
    }
  });
});
