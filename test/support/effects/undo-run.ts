import { defaultPolicies } from '@sluice/core/plan';
import { CrashedRun, missingIn, type Crash } from './crashed-run.js';

/** The undo of a copy that created, updated, moved, renamed and removed; the destination comes back to what it was before. */
export class UndoRun extends CrashedRun {
  protected readonly transferType = 'COPY';
  protected readonly policies = { ...defaultPolicies('COPY'), deletions: 'MIRROR' } as const;
  protected readonly first = FIRST;
  protected override readonly isUndo = true;
  private before: Record<string, string> = {};

  protected async change(): Promise<void> {
    const { from, to } = this.scene;
    this.before = await to.files();
    await from.put('update.txt', UPDATED);
    for (const [place, next] of MOVES) await from.move(place, next);
    for (const path of ['gone.txt', 'gone folder']) await from.remove(path);
    for (const path of ADDED) await from.put(path, `new ${path}`);
  }

  protected async editWhileDown(): Promise<void> {
    const { to } = this.scene;
    await to.put(EDITED, 'edited while it was down', 'NEWER');
    await to.put('theirs.txt', 'theirs');
  }

  protected async faults({ isEditedWhileDown }: Crash): Promise<string[]> {
    const { to } = this.scene;
    const found = await to.files();
    const expected = {
      ...this.before,
      ...(isEditedWhileDown ? { [EDITED]: 'edited while it was down', 'theirs.txt': 'theirs' } : {}),
    };
    const paths = new Set([...Object.keys(found), ...Object.keys(expected)]);
    const wrong = [...paths].filter((path) => found[path] !== (expected as Record<string, string>)[path]);
    const removed = ADDED.filter((path) => !isEditedWhileDown || path !== EDITED).map((path) => `new ${path}`);
    return [
      ...wrong.map((path) => `${path}: ${found[path] ?? 'missing'}`),
      ...missingIn(await to.removed(), removed),
      ...(await this.versionFaults(to, MOST_VERSIONS)),
    ];
  }
}

/** Of a file that was copied, updated and given its former content again. */
const MOST_VERSIONS = 3;
const UPDATED = 'second text of update.txt';
const FIRST = [
  'kept.txt',
  'update.txt',
  'rename.txt',
  'sub/move.txt',
  'box/in.txt',
  'box/deep/in.txt',
  'one.txt',
  'two.txt',
  'gone.txt',
  'gone folder/x.txt',
];
const MOVES = [
  ['rename.txt', 'renamed.txt'],
  ['sub/move.txt', 'new/moved.txt'],
  ['box', 'boxes/box'],
  ['one.txt', 'aside.txt'],
  ['two.txt', 'one.txt'],
  ['aside.txt', 'two.txt'],
] as const;
const EDITED = 'new/edited.txt';
const ADDED = ['new/n.txt', 'boxes/box/deep/added.txt', EDITED];
