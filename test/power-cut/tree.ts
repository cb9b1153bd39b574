import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** Texts by path with forward slashes. */
export type Tree = Record<string, string>;

const FOLDERS = 12;
const KEPT_FOLDERS = 8;
const LARGE_EVERY = 40;

const pathOf = (index: number) => `Folder ${index % FOLDERS}/Sheet ${index}.txt`;

/** Every text is there once, most fit into one block, and some are of many. */
export function textOf(index: number, version: number): string {
  const size = index % LARGE_EVERY === 0 ? 200_000 : (index * 37) % 900;
  return `sheet ${index}, version ${version}\n${'·'.repeat(size)}`;
}

/** The first files of a share. */
export const firstTree = (count: number): Tree =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [pathOf(index), textOf(index, 1)]));

/** The files after people were there: of ten, two have a new version, one is gone, one is new, one has another place. */
export function laterTree(count: number): Tree {
  const tree: Tree = {};
  for (let index = 0; index < count; index++) {
    const kind = index % 10;
    const path = kind === 3 ? `Moved/Sheet ${index}.txt` : pathOf(index);
    if (kind !== 2) tree[path] = textOf(index, kind < 2 ? 2 : 1);
    if (kind === 4) tree[pathOf(count + index)] = textOf(count + index, 1);
  }
  return tree;
}

/** The files after people deleted every second one, and the last third of the folders whole. */
export const thinnedTree = (count: number): Tree =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => index)
      .filter((index) => index % FOLDERS < KEPT_FOLDERS && Math.floor(index / FOLDERS) % 2 === 0)
      .map((index) => [pathOf(index), textOf(index, 1)]),
  );

/** More files, for a job that took the first ones away: half as many. */
export const movedTree = (count: number): Tree =>
  Object.fromEntries(
    Array.from({ length: count / 2 }, (_, index) => [pathOf(count + index), textOf(count + index, 1)]),
  );

/** Makes a folder hold these files, as people do it: what has another place is renamed. */
export async function change(folder: string, from: Tree, to: Tree): Promise<void> {
  const placeOf = new Map(Object.entries(to).map(([path, text]) => [text, path]));
  for (const [path, text] of Object.entries(from)) {
    const place = placeOf.get(text);
    if (place !== undefined && place !== path && from[place] === undefined) await moved(folder, path, place);
    else if (to[path] === undefined) await rm(join(folder, path), { force: true });
  }
  for (const [path, text] of Object.entries(to)) if (from[path] !== text) await put(folder, path, text);
}

async function moved(folder: string, from: string, to: string): Promise<void> {
  await mkdir(dirname(join(folder, to)), { recursive: true });
  await rename(join(folder, from), join(folder, to)).catch(() => undefined);
}

async function put(folder: string, path: string, text: string): Promise<void> {
  const there = await readFile(join(folder, path), 'utf8').catch(() => null);
  if (there === text) return;
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

const hashOf = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');

/** What is in a folder of a share: files under their names, what the product keeps, and what it left of its work. */
export async function lookAt(folder: string): Promise<{ files: Tree; kept: Set<string>; leftovers: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const found = { files: {} as Tree, kept: new Set<string>(), leftovers: [] as string[] };
  for (const path of paths) {
    const hash = hashOf(await readFile(join(folder, path)));
    if (path.startsWith('.sluice-trash/')) found.kept.add(hash);
    else if (path.includes('.sluice-')) found.leftovers.push(path);
    else found.files[path] = hash;
  }
  return found;
}

export const hashesOf = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).map(([path, text]) => [path, hashOf(text)]));
