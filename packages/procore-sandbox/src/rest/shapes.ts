import { timestamp } from '../ids.js';
import type { FileItem, FolderItem, Item, Project, User, Version } from '../model/types.js';
import { childrenOf, pathOf } from '../model/tree.js';
import { itemOf, type World } from '../model/world.js';
import type { Viewer } from '../model/rights.js';
import { fileLink } from '../storage/links.js';
import { customFieldsJson } from './custom-fields.js';

/** What a shape needs to know besides the record itself. */
export interface ShapeContext {
  world: World;
  project: Project;
  viewer: Viewer;
}

export const personJson = ({ id, login, name }: User) => ({ id, login, name });

const authorJson = (user: User) => ({ ...personJson(user), company_name: null, locale: null });

/** Upper-case extension; null without one. */
export function fileType(name: string): string | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1];
  return extension === undefined ? null : extension.toUpperCase();
}

const isReady = (world: World, version: Version): boolean =>
  world.now() - version.createdAt >= world.options.behaviour.versionLagMs;

export function versionJson({ world, project }: ShapeContext, file: FileItem, version: Version) {
  const url = fileLink(world, project, version);
  const ready = isReady(world, version);
  const { filename } = version;
  return {
    id: version.id,
    number: version.number,
    notes: version.notes,
    size: ready ? version.size : null,
    created_at: timestamp(version.createdAt),
    created_by: personJson(world.user(version.createdBy)),
    file_id: file.id,
    url: ready ? url : null,
    prostore_file: ready ? { id: version.prostoreId, name: filename, filename, url } : null,
  };
}

const latest = (file: FileItem): Version | undefined => file.versions.at(-1);

function checkOutJson(world: World, file: FileItem) {
  return {
    checked_out_until: file.checkedOutUntil === null ? null : timestamp(file.checkedOutUntil),
    checked_out_by: file.checkedOutBy === null ? null : personJson(world.user(file.checkedOutBy)),
  };
}

export function fileJson(context: ShapeContext, file: FileItem, latestOnly = false) {
  const { world, project } = context;
  const newest = latest(file);
  const versions = latestOnly ? file.versions.slice(-1) : file.versions.toReversed();
  return {
    id: file.id,
    name: file.name,
    parent_id: file.parentId,
    size: newest && isReady(world, newest) ? newest.size : null,
    description: file.description,
    created_at: timestamp(file.createdAt),
    updated_at: timestamp(file.updatedAt),
    ...checkOutJson(world, file),
    name_with_path: pathOf(project, file),
    private: file.isPrivate,
    is_tracked: file.isTracked,
    tracked_folder: null,
    file_type: fileType(file.name),
    legacy_id: null,
    is_deleted: file.isDeleted,
    custom_fields: customFieldsJson(world, file),
    file_versions: versions.map((version) => versionJson(context, file, version)),
  };
}

export interface FolderView {
  excludeFolders: boolean;
  excludeFiles: boolean;
  latestOnly: boolean;
}

function childrenFlags(children: readonly Item[]) {
  return {
    has_children: children.length > 0,
    has_children_files: children.some((child) => child.kind === 'file'),
    has_children_folders: children.some((child) => child.kind === 'folder'),
  };
}

const visibleChildren = ({ project, viewer }: ShapeContext, item: Item): Item[] =>
  item.kind === 'folder' ? childrenOf(project, item).filter((child) => viewer.sees(child)) : [];

/** A folder; with a view also its direct children, whose own lists stay empty. */
export function folderJson(
  context: ShapeContext,
  folder: FolderItem,
  view: FolderView | null,
): Record<string, unknown> {
  const { world, project } = context;
  const children = visibleChildren(context, folder);
  const isNewestOnly = world.options.behaviour.folderVersions === 'newest';
  const folders = view && !view.excludeFolders ? children.filter((child) => child.kind === 'folder') : [];
  const files = view && !view.excludeFiles ? children.filter((child) => child.kind === 'file') : [];
  return {
    id: folder.id,
    name: folder.name,
    parent_id: folder.parentId,
    name_with_path: pathOf(project, folder),
    private: folder.isPrivate,
    is_tracked: folder.isTracked,
    tracked_folder: null,
    read_only: folder.readOnly,
    is_deleted: folder.isDeleted,
    is_recycle_bin: folder.system === 'recycle-bin',
    ...childrenFlags(children),
    updated_at: timestamp(folder.updatedAt),
    custom_fields: customFieldsJson(world, folder),
    folders: folders.map((child) => folderJson(context, child, null)),
    files: files.map((child) => fileJson(context, child, view?.latestOnly || isNewestOnly)),
  };
}

/** A row of the flat list, view normal. */
export function documentJson({ world, project }: ShapeContext, item: Item) {
  return {
    id: item.id,
    name: item.name,
    name_with_path: pathOf(project, item),
    parent_id: item.parentId,
    document_type: item.kind,
    created_at: timestamp(item.createdAt),
    created_by: authorJson(world.user(item.createdBy)),
    updated_at: timestamp(item.updatedAt),
    read_only: item.readOnly,
    is_deleted: item.isDeleted,
    is_recycle_bin: item.kind === 'folder' && item.system === 'recycle-bin',
    private: item.isPrivate,
    custom_fields: customFieldsJson(world, item),
  };
}

/** A row of the flat list, view extended. */
export function extendedDocumentJson(context: ShapeContext, item: Item) {
  return {
    ...documentJson(context, item),
    is_tracked: item.isTracked,
    private_parent:
      context.world.options.behaviour.privateParent === 'object'
        ? privateParentJson(context, item)
        : privateFolderAbove(context.project, item) !== null,
    tracked_folder: null,
    children: childrenFlags(visibleChildren(context, item)),
    file: item.kind === 'file' ? rowFileJson(context, item) : null,
  };
}

function privateParentJson({ project }: ShapeContext, item: Item) {
  const parent = privateFolderAbove(project, item);
  return parent && { id: parent.id, name: parent.name, name_with_path: pathOf(project, parent) };
}

/** The nearest folder above the item that is explicitly private. */
export function privateFolderAbove(project: Project, item: Item): Item | null {
  for (let at = item; at.parentId !== null;) {
    at = itemOf(project, at.parentId);
    if (at.isPrivate) return at;
  }
  return null;
}

function rowFileJson(context: ShapeContext, file: FileItem) {
  const { world } = context;
  const newest = latest(file);
  return {
    checked_out_by: file.checkedOutBy === null ? null : authorJson(world.user(file.checkedOutBy)),
    checked_out_until: checkOutJson(world, file).checked_out_until,
    description: file.description,
    file_type: fileType(file.name),
    current_version: newest && isReady(world, newest) ? versionJson(context, file, newest) : null,
  };
}

/** A v1 body as v2 writes it: ids are text, and `name_with_path` is left out. */
export function toV2(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => toV2(each, key));
  if (typeof value === 'number' && /(^|_)id$/.test(key)) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'name_with_path');
  return Object.fromEntries(kept.map(([name, each]) => [name, toV2(each, name)]));
}
