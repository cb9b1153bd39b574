import { badRequest, forbidden, invalid } from '../errors.js';
import { ulid } from '../ids.js';
import { nameKey, requireFree } from './names.js';
import { emptyFolder } from './projects.js';
import type { Bytes, FileItem, FolderItem, Item, Project, Version } from './types.js';
import { itemOf, type World } from './world.js';

export interface NewVersion {
  bytes: Bytes;
  filename: string;
  contentType: string;
  notes: string | null;
}

interface NewItem {
  parent: FolderItem;
  /** Accepted by the name rules and free. */
  name: string;
  userId: number;
}

export const sizeOf = (bytes: Bytes): number => bytes.reduce((sum, part) => sum + part.size, 0);

export const childrenOf = (project: Project, folder: FolderItem): Item[] =>
  Array.from(folder.childIds, (id) => itemOf(project, id)).filter(
    (child) => folder.isDeleted || isBinOrLive(folder, child),
  );

const isBinOrLive = (folder: FolderItem, child: Item) => folder.system === 'recycle-bin' || !child.isDeleted;

/** Names from the root's own down to the item, joined by `/`. */
export const pathOf = (project: Project, item: Item): string => pathNames(project, item).join('/');

/** Names from the root's own down to the item. */
export function pathNames(project: Project, item: Item): string[] {
  const names = [item.name];
  for (let at = item; at.parentId !== null;) {
    at = itemOf(project, at.parentId);
    names.push(at.name);
  }
  return names.reverse();
}

/** The item and all below it, parents before children, to `depth` levels. */
export function subtree(project: Project, top: Item, depth = Number.POSITIVE_INFINITY): Item[] {
  const found: Item[] = [top];
  for (let level: Item[] = [top], left = depth; level.length > 0 && left > 0; left -= 1) {
    level = level.flatMap((item) =>
      item.kind === 'folder' ? Array.from(item.childIds, (id) => itemOf(project, id)) : [],
    );
    for (const item of level) found.push(item);
  }
  return found;
}

export function addFolder(world: World, project: Project, { parent, name, userId }: NewItem): FolderItem {
  const seed = { id: world.nextId(), projectId: project.id, name, parentId: parent.id, createdBy: userId };
  const folder = emptyFolder({ ...seed, at: world.now() }, null);
  folder.isPrivate = project.privateByDefault;
  folder.readOnly = parent.readOnly;
  insertIntoParent(world, project, parent, folder);
  return folder;
}

export function addFile(world: World, project: Project, newItem: NewItem, first: NewVersion): FileItem {
  const { parent, name, userId } = newItem;
  const {
    system: _system,
    childIds: _childIds,
    liveNames: _liveNames,
    ...base
  } = emptyFolder(
    { id: world.nextId(), projectId: project.id, name, parentId: parent.id, createdBy: userId, at: world.now() },
    null,
  );
  const own = { description: null, checkedOutUntil: null, checkedOutBy: null, versions: [] };
  const { readOnly } = parent;
  const file: FileItem = { ...base, ...own, kind: 'file', isPrivate: project.privateByDefault, readOnly };
  insertIntoParent(world, project, parent, file);
  addVersion(world, project, file, first, userId);
  return file;
}

function insertIntoParent(world: World, project: Project, parent: FolderItem, item: Item): void {
  project.items.set(item.id, item);
  parent.childIds.add(item.id);
  parent.liveNames.set(nameKey(world.options.names, item.kind, item.name), item.id);
  project.revision += 1;
}

export function addVersion(world: World, project: Project, file: FileItem, made: NewVersion, userId: number): Version {
  const version: Version = {
    ...made,
    id: world.nextId(),
    number: file.versions.length + 1,
    size: sizeOf(made.bytes),
    createdAt: world.now(),
    createdBy: userId,
    prostoreId: world.nextId(),
    fileKey: ulid(),
  };
  file.versions.push(version);
  file.updatedAt = version.createdAt;
  world.state.fileKeys.set(version.fileKey, { projectId: project.id, fileId: file.id });
  project.revision += 1;
  return version;
}

/** Refuses with 403 a change of system folders and of read-only items. */
export function requireOrdinary(item: Item): void {
  if (item.readOnly) throw forbidden('This item is read only');
  if (item.kind === 'folder' && item.system) throw forbidden('This folder can not be changed');
}

/** Renames, moves and restores in one step; a refused one has changed nothing. */
export function relocate(
  world: World,
  project: Project,
  item: Item,
  target: { parent?: FolderItem; name?: string },
): void {
  const rules = world.options.names;
  const parent = target.parent ?? (itemOf(project, item.parentId ?? project.rootId) as FolderItem);
  const name = target.name ?? item.name;
  const moves = parent.id !== item.parentId || (item.isDeleted && target.parent !== undefined);
  if (!moves && name === item.name) return;
  if (moves) requireMovable(project, item, parent);
  const live = !parent.isDeleted && parent.system !== 'recycle-bin' && (moves || !item.isDeleted);
  if (live) requireFree(rules, parent, item.kind, name, item.id);
  removeFromParent(world, project, item);
  item.name = name;
  item.parentId = parent.id;
  parent.childIds.add(item.id);
  if (live) parent.liveNames.set(nameKey(rules, item.kind, name), item.id);
  if (live && item.isDeleted) for (const each of subtree(project, item)) each.isDeleted = false;
  if (!moves || world.options.behaviour.touchOnMove) item.updatedAt = world.now();
  project.revision += 1;
}

/** Refuses parents that take no children: the bin and what is in it, Schedules and what is in it, and mail. */
export function requireWritable(parent: FolderItem): void {
  if (parent.isDeleted || parent.system === 'recycle-bin') throw invalid('parent_id', 'is in the recycle bin');
  if (parent.readOnly || parent.system === 'emailed-documents') throw forbidden('This folder is read only');
}

function requireMovable(project: Project, item: Item, parent: FolderItem): void {
  requireWritable(parent);
  for (let at: Item = parent; at.parentId !== null; at = itemOf(project, at.parentId)) {
    if (at.id === item.id) throw badRequest({ parent_id: ['is inside the folder that moves'] });
  }
}

function removeFromParent(world: World, project: Project, item: Item): void {
  if (item.parentId === null) return;
  const parent = itemOf(project, item.parentId) as FolderItem;
  const key = nameKey(world.options.names, item.kind, item.name);
  if (parent.liveNames.get(key) === item.id) parent.liveNames.delete(key);
  parent.childIds.delete(item.id);
}

/** Puts the item and all below it into the recycle bin. */
export function recycle(world: World, project: Project, item: Item): void {
  const { recycledKeepParent, touchOnMove } = world.options.behaviour;
  removeFromParent(world, project, item);
  for (const each of subtree(project, item)) each.isDeleted = true;
  if (!recycledKeepParent) item.parentId = project.binId;
  (itemOf(project, item.parentId ?? project.binId) as FolderItem).childIds.add(item.id);
  if (touchOnMove) item.updatedAt = world.now();
  project.revision += 1;
}
