import { PlatformError } from '@sluice/core/platform';
import type { Call, Item, ListEntry } from '@sluice/core/platform';
import type { Document } from '../api/adapter.js';
import { isKind } from '../errors.js';
import { entryOf } from './list-problems.js';
import type { Project } from './project.js';

/** Lists the direct children of a folder by one call. Throws when Procore shows none and says that there are some. */
export async function* listChildren(project: Project, folder: Item, call: Call): AsyncGenerator<ListEntry> {
  let { folder: told, children } = await contentsOf(project, folder, call);
  if (children.length === 0 && isFull(told)) ({ folder: told, children } = await contentsOf(project, folder, call));
  if (children.length === 0 && isFull(told) && folder.path.length > 0) {
    throw new PlatformError('PLATFORM_ERROR', 'Procore says that the folder has content and shows none.');
  }
  for (const child of children) {
    if (child.kind === 'FOLDER' && !child.isRecycled) project.folders.tree.put(child);
    const item = project.folders.itemOf(child);
    if (item) yield entryOf(child, item);
  }
}

function isFull({ hasFiles, hasFolders }: Document): boolean {
  return hasFiles === true || hasFolders === true;
}

function contentsOf(project: Project, folder: Item, call: Call) {
  const id = folder.path.length === 0 ? null : folder.id;
  return project.session.contents(id, { show_latest_file_version_only: true }, call);
}

/** Lists everything below a folder, folder by folder: many calls, but every platform can do it. */
export async function* walkFolders(project: Project, top: Item, call: Call): AsyncGenerator<ListEntry> {
  const queue = [top];
  for (let at = queue.shift(); at; at = queue.shift()) {
    for await (const entry of walkFolder(project, at, at.id === top.id, call)) {
      if (entry.type === 'item' && entry.item.kind === 'FOLDER') queue.push(entry.item);
      yield entry;
    }
  }
}

async function* walkFolder(project: Project, folder: Item, isTop: boolean, call: Call): AsyncGenerator<ListEntry> {
  try {
    yield* listChildren(project, folder, call);
  } catch (error) {
    if (isTop || !isKind(error, 'ACCESS_DENIED', 'NOT_FOUND', 'REJECTED', 'PLATFORM_ERROR')) throw error;
    yield { type: 'problem', problem: { path: folder.path, kind: 'FOLDER', error } };
  }
}
