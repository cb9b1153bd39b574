import { defaultPolicies } from '@sluice/core/plan';
import { CrashedRun, missingIn, notOnce, type Crash } from './crashed-run.js';
import { treeOf } from './two-places.js';

/**
 * A move, after a copy of the same two places, in which everything happens: creates, updates, a conflict that keeps both,
 * renames and moves of files and folders, what is there already, and the removal of all of it at the source.
 */
export class MoveRun extends CrashedRun {
  protected readonly transferType = 'MOVE';
  protected override readonly firstType = 'COPY';
  protected readonly policies = { ...defaultPolicies('MOVE'), maxParallelTransfers: 1 };
  protected readonly first = FIRST;

  protected async change(): Promise<void> {
    const { from, to } = this.scene;
    for (const path of ['update.txt', 'sub/update.txt']) await from.put(path, `second text of ${path}`, 'NEWER');
    await to.put('conflict.txt', 'conflict, edited at the destination', 'OLDER');
    await from.put('conflict.txt', 'second text of conflict.txt', 'NEWER');
    await to.put('edit.txt', 'edited at the destination', 'NEWER');
    await to.remove('missing.txt');
    for (const [place, next] of MOVES) await from.move(place, next);
    for (const path of ADDED) await from.put(path, `new ${path}`);
    await to.put('there.txt', 'theirs');
    for (const side of [from, to]) await side.put('same.txt', 'equal');
  }

  protected async editWhileDown(): Promise<void> {
    const { from } = this.scene;
    for (const path of [...EDITED_LATE, 'late/l.txt']) await from.put(path, lateText(path), 'NEWER');
    if ('renamed.txt' in (await from.files())) await from.move('renamed.txt', 'renamed again.txt');
  }

  protected async faults({ isEditedWhileDown }: Crash): Promise<string[]> {
    const { from, to } = this.scene;
    const [left, found, removed] = await Promise.all([treeOf(from), to.files(), from.removed()]);
    const late = isEditedWhileDown ? [...EDITED_LATE, 'late/l.txt'].map(lateText) : [];
    const replaced = isEditedWhileDown ? EARLY : [];
    return [
      ...left.map((path) => `still at the source: ${path}`),
      ...notOnce(Object.values(found), [...TEXTS.filter((text) => !replaced.includes(text)), ...late]),
      ...missingIn(removed, REMOVED),
      ...(await this.versionFaults(to, MOST_VERSIONS + (isEditedWhileDown ? 1 : 0))),
    ];
  }
}

/** Of a file that was copied and then updated once. */
const MOST_VERSIONS = 2;

const lateText = (path: string) => `text of ${path} that came while it was down`;
const EDITED_LATE = ['update.txt', 'top.txt'];
/** What stands there no more once that came. */
const EARLY = ['second text of update.txt', 'new top.txt'];

const KEPT = ['kept.txt', 'missing.txt', 'rename.txt', 'sub/move.txt', 'box/in.txt', 'box/deep/in.txt'];
const FIRST = [...KEPT, 'update.txt', 'sub/update.txt', 'conflict.txt', 'edit.txt'];
const MOVES = [
  ['rename.txt', 'renamed.txt'],
  ['sub/move.txt', 'new/moved.txt'],
  ['box', 'boxes/box'],
] as const;
const ADDED = ['top.txt', 'new/deep/n.txt', 'boxes/box/added.txt', 'rename.txt', 'there.txt'];

/** What the destination has in the end. */
const TEXTS = [
  ...KEPT.map((path) => `first of ${path}`),
  ...ADDED.map((path) => `new ${path}`),
  ...['second text of update.txt', 'second text of sub/update.txt', 'second text of conflict.txt'],
  ...['conflict, edited at the destination', 'edited at the destination', 'equal'],
];
/** What was removed at the source is in the trash or the bin, once. */
const REMOVED = [
  ...[...KEPT, 'edit.txt'].map((path) => `first of ${path}`),
  ...['second text of sub/update.txt', 'second text of conflict.txt', 'new new/deep/n.txt', 'new there.txt', 'equal'],
];
