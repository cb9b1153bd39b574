import { defaultPolicies } from '@sluice/core/plan';
import { CrashedRun, missingIn, notOnce, type Crash } from './crashed-run.js';
import { treeOf } from './two-places.js';

/**
 * A synchronization in which both sides did everything: edits, new files, renames, swaps and moves of files and folders,
 * removals, conflicts that keep both, of contents and of names, and a removal of what the other side edited.
 */
export class SyncRun extends CrashedRun {
  protected readonly transferType = 'SYNC';
  protected readonly policies = { ...defaultPolicies('SYNC'), maxParallelTransfers: 1 };
  protected readonly first = FIRST;

  protected async change(): Promise<void> {
    const { from, to } = this.scene;
    await from.move('rivals/one.txt', 'rivals/name.txt');
    await to.move('rivals/two.txt', 'rivals/name.txt');
    await to.put('both.txt', 'both, edited there', 'OLDER');
    await from.put('both.txt', 'both, edited here', 'NEWER');
    for (const [name, side, other] of [
      ['here', from, to],
      ['there', to, from],
    ] as const) {
      const own = (path: string) => `${name}/${path}`;
      await side.put(own('edit.txt'), `second text of ${name}`, 'NEWER');
      await side.move(own('rename.txt'), own('renamed.txt'));
      await side.move(own('move.txt'), own('new/moved.txt'));
      await side.move(own('box'), own('boxes/box'));
      await other.put(own('box/edit.txt'), `edited in the box of ${name}`, 'NEWER');
      await side.move(own('swap a.txt'), own('aside.txt'));
      await side.move(own('swap b.txt'), own('swap a.txt'));
      await side.move(own('aside.txt'), own('swap b.txt'));
      for (const path of ['gone.txt', 'gone', 'survives.txt']) await side.remove(own(path));
      await other.put(own('survives.txt'), `edited, and removed ${name}`, 'NEWER');
      await side.put(own('added/deep/n.txt'), `new ${name}`);
    }
  }

  protected async editWhileDown(): Promise<void> {
    for (const [name, side] of this.sides) {
      for (const path of [`${name}/edit.txt`, `late/${name}.txt`]) await side.put(path, lateText(path), 'NEWER');
      await side.move(`${name}/kept.txt`, `${name}/kept, moved.txt`);
    }
  }

  private get sides() {
    const { from, to } = this.scene;
    return [
      ['here', from],
      ['there', to],
    ] as const;
  }

  protected async faults({ isEditedWhileDown }: Crash): Promise<string[]> {
    const { from, to } = this.scene;
    const [here, there, files, others] = [await treeOf(from), await treeOf(to), await from.files(), await to.files()];
    const late = isEditedWhileDown
      ? NAMES.flatMap((name) => [`${name}/edit.txt`, `late/${name}.txt`].map(lateText))
      : [];
    const texts = TEXTS.filter((text) => !isEditedWhileDown || !text.startsWith('second text of'));
    const most = MOST_VERSIONS + (isEditedWhileDown ? 1 : 0);
    return [
      ...here.filter((path) => !there.includes(path)).map((path) => `only at the source: ${path}`),
      ...there.filter((path) => !here.includes(path)).map((path) => `only at the destination: ${path}`),
      ...Object.keys(files)
        .filter((path) => files[path] !== others[path])
        .map((path) => `not equal: ${path}`),
      ...notOnce(Object.values(files), [...texts, ...late]),
      ...missingIn(
        await to.removed(),
        GONE.map((path) => `first of here/${path}`),
      ),
      ...missingIn(
        await from.removed(),
        GONE.map((path) => `first of there/${path}`),
      ),
      ...(await this.versionFaults(from, most)),
      ...(await this.versionFaults(to, most)),
    ];
  }
}

/** Of a file that was made and then updated once. */
const MOST_VERSIONS = 2;

const lateText = (path: string) => `text of ${path} that came while it was down`;

const NAMES = ['here', 'there'];
const KEPT = ['kept.txt', 'rename.txt', 'move.txt', 'swap a.txt', 'swap b.txt', 'box/in.txt', 'box/deep/in.txt'];
const GONE = ['gone.txt', 'gone/x.txt', 'gone/deep/y.txt'];
/** Of one name in the end, if the sides had their way. */
const RIVALS = ['rivals/one.txt', 'rivals/two.txt'];
/** The names say which side changes what is below. */
const below = (paths: readonly string[]) => NAMES.flatMap((name) => paths.map((path) => `${name}/${path}`));
const FIRST = [...below([...KEPT, ...GONE, 'edit.txt', 'survives.txt', 'box/edit.txt']), ...RIVALS, 'both.txt'];

/** What both sides have in the end. */
const TEXTS = [
  ...[...below(KEPT), ...RIVALS].map((path) => `first of ${path}`),
  ...NAMES.flatMap((name) => [
    `second text of ${name}`,
    `edited in the box of ${name}`,
    `edited, and removed ${name}`,
    `new ${name}`,
  ]),
  ...['both, edited here', 'both, edited there'],
];
