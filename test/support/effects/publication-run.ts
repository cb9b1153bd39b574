import { defaultPolicies } from '@sluice/core/plan';
import { CrashedRun, missingIn, type Crash } from './crashed-run.js';

/** A publication in which everything happens: creates, updates, edits that are reverted, moves back, removals of extra items. */
export class PublicationRun extends CrashedRun {
  protected readonly transferType = 'PUBLISH';
  protected readonly policies = { ...defaultPolicies('PUBLISH'), maxParallelTransfers: 1 };
  protected readonly first = FIRST;

  protected async change(): Promise<void> {
    const { from, to } = this.scene;
    for (const path of ['update.txt', 'sub/both.txt', 'new/deep/n.txt'])
      await from.put(path, `second text of ${path}`, 'NEWER');
    await from.move('sub/rename.txt', 'sub/renamed.txt');
    for (const path of ['gone.txt', 'gone folder']) await from.remove(path);
    await to.put('edit.txt', 'edited at the destination', 'NEWER');
    await to.put('sub/both.txt', 'edited there too', 'NEWER');
    await to.remove('missing.txt');
    await to.move('move.txt', 'sub/moved.txt');
    await to.move('box', 'extra/box');
    for (const path of EXTRA) await to.put(path, `extra ${path}`);
  }

  protected async editWhileDown(): Promise<void> {
    const { from, to } = this.scene;
    await from.put('update.txt', 'text that came while it was down', 'NEWER');
    await from.put('late/l.txt', 'late');
    await to.put('late extra.txt', 'late extra');
    await to.put('edit.txt', 'edited at the destination while it was down', 'NEWER');
  }

  protected async faults({ isEditedWhileDown }: Crash): Promise<string[]> {
    const { from, to } = this.scene;
    const [expected, found, removed] = await Promise.all([from.files(), to.files(), to.removed()]);
    const [wrong, extra] = [expected, found].map((files, side) =>
      Object.keys(files).filter((path) => (side === 0 ? found[path] !== expected[path] : !(path in expected))),
    );
    const trashed = [...TRASHED, ...(isEditedWhileDown ? ['late extra'] : [])];
    return [
      ...wrong!.map((path) => `${path in found ? 'other bytes' : 'missing'}: ${path}`),
      ...extra!.map((path) => `too many: ${path}`),
      ...missingIn(removed, trashed),
      ...(await this.versionFaults(to, MOST_VERSIONS + (isEditedWhileDown ? 2 : 0))),
    ];
  }
}

/** Of a file that was copied, edited at the destination and put back. */
const MOST_VERSIONS = 3;

const GONE = ['gone.txt', 'gone folder/x.txt', 'gone folder/deep/y.txt'];
const FIRST = [
  'kept.txt',
  'update.txt',
  'edit.txt',
  'missing.txt',
  'move.txt',
  'sub/both.txt',
  'sub/rename.txt',
  'box/in.txt',
  'box/deep/in.txt',
  ...GONE,
];
const EXTRA = ['extra.txt', 'sub/extra.txt', 'extra/deep/er/e.txt', 'gone folder/theirs.txt'];
const TRASHED = [...GONE.map((path) => `first of ${path}`), ...EXTRA.map((path) => `extra ${path}`)];
