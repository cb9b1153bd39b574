import { defaultPolicies } from '@sluice/core/plan';
import { CrashedRun, missingIn, type Crash } from './crashed-run.js';

const EDIT = 'edited at the destination';

/** A copy in which everything happens: creates, updates, a conflict that keeps both, moves of files and folders, removals. */
export class ReferenceRun extends CrashedRun {
  protected readonly transferType = 'COPY';
  protected readonly policies = { ...defaultPolicies('COPY'), deletions: 'MIRROR', maxParallelTransfers: 1 } as const;
  protected readonly first = FIRST;

  protected async change(): Promise<void> {
    const { from, to } = this.scene;
    for (const path of ['update.txt', 'sub/update.txt']) await from.put(path, `second text of ${path}`);
    await to.put('conflict.txt', EDIT, 'OLDER');
    await from.put('conflict.txt', 'second text of conflict.txt', 'NEWER');
    await from.put('other.txt', 'second text of other.txt', 'OLDER');
    await to.put('other.txt', EDIT, 'NEWER');
    for (const [place, next] of MOVES) await from.move(place, next);
    for (const path of ['gone.txt', 'gone folder', 'boxes/box/gone.txt']) await from.remove(path);
    for (const path of ADDED) await from.put(path, `new ${path}`);
    await from.put('boxes/box/deep/in.txt', 'second text, in a folder that is moved');
  }

  protected async editWhileDown(): Promise<void> {
    const { from } = this.scene;
    for (const path of ['update.txt', 'conflict.txt', 'top.txt', 'late/l.txt'])
      await from.put(path, `text of ${path} that came while it was down`, 'NEWER');
    await from.move('renamed.txt', 'renamed again.txt');
    await from.move('boxes', 'crates');
    await from.remove('new/n.txt');
  }

  protected async faults({ isEditedWhileDown }: Crash): Promise<string[]> {
    const { from, to } = this.scene;
    const [expected, found, removed] = await Promise.all([from.files(), to.files(), to.removed()]);
    const most = MOST_VERSIONS + (isEditedWhileDown ? 1 : 0);
    const copies = { conflict: EDIT, other: expected['other.txt'] ?? '' };
    expected['other.txt'] = EDIT;
    const wrong = Object.keys(expected).filter((path) => found[path] !== expected[path]);
    const extra = Object.keys(found).filter((path) => !(path in expected));
    return [
      ...wrong.map((path) => `${path in found ? 'other bytes' : 'missing'}: ${path}`),
      ...extra.filter((path) => !isCopy(path, copies, found)).map((path) => `too many: ${path}`),
      ...Object.keys(copies).flatMap((name) => this.notOne(name, extra)),
      ...missingIn(removed, TRASHED),
      ...(await this.versionFaults(to, most)),
    ];
  }

  /** Where both versions were kept, the second one stands there once. */
  private notOne(name: string, extra: readonly string[]): string[] {
    const count = extra.filter((path) => path.startsWith(`${name} (conflict`)).length;
    return count === 1 ? [] : [`${count} other versions of ${name}`];
  }
}

/** Of a file that was copied and then updated once. */
const MOST_VERSIONS = 2;

const isCopy = (path: string, copies: Record<string, string>, found: Record<string, string>) =>
  Object.entries(copies).some(([name, text]) => path.startsWith(`${name} (conflict`) && found[path] === text);

const GONE = ['gone.txt', 'gone folder/x.txt', 'gone folder/y.txt', 'box/gone.txt'];
/** What was removed is in the trash or the bin, once. */
const TRASHED = GONE.map((path) => `first of ${path}`);
const FIRST = [
  'kept.txt',
  'update.txt',
  'sub/update.txt',
  'sub/move.txt',
  'conflict.txt',
  'other.txt',
  'rename.txt',
  'box/in.txt',
  'box/deep/in.txt',
  ...GONE,
];
const MOVES = [
  ['rename.txt', 'renamed.txt'],
  ['sub/move.txt', 'new/moved.txt'],
  ['box', 'boxes/box'],
  ['boxes/box/in.txt', 'boxes/box/inner.txt'],
] as const;
/** Beside new places: below a folder that is moved, and under a name that another file leaves. */
const ADDED = ['top.txt', 'new/n.txt', 'new/deep/e.txt', 'boxes/box/deep/added.txt', 'rename.txt'];
