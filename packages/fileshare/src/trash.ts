import { rmdir } from 'node:fs/promises';
import { PlatformError } from '@sluice/core/platform';
import type { Item, RemoveRequest } from '@sluice/core/platform';
import type { HeldFolder, ShareClient } from './client.js';
import { codeOf } from './errors.js';
import { shown, TRASH } from './paths.js';
import { moveToFreeName } from './temporary.js';

const MAX_NAME_BYTES = 255;

/** Keeps a file in the job's trash, under the path that it had there; `from` is the folder that holds it. */
export async function keepFile(client: ShareClient, request: RemoveRequest, from: HeldFolder): Promise<KeptFile> {
  const name = request.item.path.at(-1) ?? '';
  const path = placeOf(request);
  const folder = await client.holdOwn(path.slice(0, -1));
  try {
    for (let count = 1; ; count += 1) {
      const kept = { folder, name: numbered(name, count) };
      if (await moved({ folder: from, name }, kept)) return new KeptFile(kept.folder, kept.name);
    }
  } catch (cause) {
    await folder.close();
    throw cause;
  }
}

/** A file in the trash, with its folder held open until it is certain that it may stay there. */
export class KeptFile {
  constructor(
    private readonly folder: HeldFolder,
    private readonly name: string,
  ) {}

  stats() {
    return this.folder.stats(this.name);
  }

  /** Gives the file its place back, unless something else has taken the name: then it stays in the trash. */
  async putBack(to: HeldFolder, name: string): Promise<void> {
    await moved({ folder: this.folder, name: this.name }, { folder: to, name });
  }

  async close(): Promise<void> {
    await this.folder.close();
  }
}

/** Removes an empty folder, and keeps its place in the trash. */
export async function keepFolder(client: ShareClient, request: RemoveRequest, from: HeldFolder): Promise<void> {
  const [name, place] = [request.item.path.at(-1) ?? '', placeOf(request)];
  try {
    await rmdir(from.at(name));
  } catch (cause) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(cause) ?? '')) throw cause;
    throw new PlatformError('CONFLICT', `“${shown(request.item.path)}” is not empty and was not removed.`);
  }
  await (await client.holdOwn(place)).close();
}

/** Path of the item in the trash: a folder of the job's own root, then one of the run, named by its time. */
function placeOf({ item, trash }: RemoveRequest): readonly string[] {
  const isBelow = trash.root.every((name, index) => item.path[index] === name);
  if (!isBelow || item.path.length <= trash.root.length) throw outside(item);
  const run = trash.at.toISOString().replaceAll(/[:.]/g, '-');
  return [...trash.root, TRASH, run, ...item.path.slice(trash.root.length)];
}

function outside(item: Item): PlatformError {
  return new PlatformError('REJECTED', `“${shown(item.path)}” is not below the folder of the job and was not removed.`);
}

/** False where another has the name. */
async function moved(from: { folder: HeldFolder; name: string }, to: typeof from): Promise<boolean> {
  try {
    await moveToFreeName(from, to);
    return true;
  } catch (cause) {
    const kind = cause instanceof PlatformError ? cause.kind : codeOf(cause);
    if (kind === 'NAME_TAKEN' || kind === 'EEXIST') return false;
    throw cause;
  }
}

/** Files of one path may go to the trash several times within a run. The name is cut between two characters where it is full. */
export function numbered(name: string, count: number): string {
  if (count === 1) return name;
  const end = `~${count}`;
  const characters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  while (Buffer.byteLength(characters.join('')) + end.length > MAX_NAME_BYTES) characters.pop();
  return characters.join('') + end;
}
