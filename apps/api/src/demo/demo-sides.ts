import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FILE_MODE, FOLDER_MODE } from '../start/data-folder.js';
import { DemoTrouble, START, type Change, type Side, type Sides } from './lessons.js';
import { readNotes } from './notes.js';
import { SITE, SYNC_FOLDER, SYNC_PLACE } from './places.js';

const PATIENCE_MS = 10_000;

/** The two sides of the running demo's SYNC job, as people see and change them: a folder, and Procore's pages. */
export class DemoSides {
  private constructor(
    private readonly folder: string,
    private readonly address: string,
  ) {}

  /** Throws `DemoTrouble` when the demo was never started in this data folder. */
  static async open(dataFolder: string): Promise<DemoSides> {
    const demo = join(dataFolder, 'demo');
    const { procoreUrl } = await readNotes(demo);
    if (procoreUrl === null)
      throw new DemoTrouble(`There is no demo in ${dataFolder} yet. ${START}, or set SLUICE_DATA to its data folder.`);
    return new DemoSides(join(demo, SITE, SYNC_FOLDER), `${procoreUrl}/sandbox/items`);
  }

  async look(): Promise<Sides> {
    const procore = await this.ask();
    return { procore, share: await readFolder(this.folder) };
  }

  /** Procore first: of a demo that has just ended nothing is changed. */
  async change({ share, procore }: { share: readonly Change[]; procore: readonly Change[] }): Promise<void> {
    await this.ask(procore.map(atProcore));
    for (const change of share) await changeFolder(this.folder, change);
  }

  private async ask(changes?: readonly Change[]): Promise<Side> {
    const headers = { 'content-type': 'application/json' };
    const body = changes && { method: 'POST', headers, body: JSON.stringify(changes) };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const reply = await fetch(this.address, { ...body, signal }).catch(() => null);
    if (!reply?.ok)
      throw new DemoTrouble(`The demo does not run: its Procore does not answer at ${this.address}. ${START}.`);
    return belowPlace((await reply.json()) as { path: string; sha256: string | null }[]);
  }
}

const belowPlace = (items: readonly { path: string; sha256: string | null }[]): Side =>
  new Map(
    items
      .filter(({ path }) => path.startsWith(`${SYNC_PLACE}/`))
      .map(({ path, sha256 }) => [path.slice(SYNC_PLACE.length + 1), sha256]),
  );

function atProcore(change: Change): Change {
  const at = (path: string) => `${SYNC_PLACE}/${path}`;
  if ('write' in change) return { write: at(change.write), content: change.content };
  return 'move' in change ? { move: at(change.move), to: at(change.to) } : { remove: at(change.remove) };
}

/** Without what the product removed. */
async function readFolder(folder: string): Promise<Side> {
  const side = new Map<string, string | null>();
  const read = async (path: string): Promise<void> => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true }).catch(() => [])) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (inside === '.sluice-trash') continue;
      side.set(inside, entry.isDirectory() ? null : sha256(await readFile(join(folder, inside))));
      if (entry.isDirectory()) await read(inside);
    }
  };
  await read('');
  return side;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function changeFolder(folder: string, change: Change): Promise<void> {
  if ('remove' in change) return rm(join(folder, change.remove), { recursive: true, force: true });
  const to = join(folder, 'write' in change ? change.write : change.to);
  await mkdir(dirname(to), { recursive: true, mode: FOLDER_MODE });
  if ('write' in change) await writeFile(to, change.content, { mode: FILE_MODE });
  else await rename(join(folder, change.move), to);
}
