import type { NameRules, ProjectOptions } from '../options.js';
import { nameKey } from './names.js';
import type { FolderItem, Project, SystemFolder } from './types.js';

interface FolderSeed {
  id: number;
  projectId: number;
  name: string;
  parentId: number | null;
  createdBy: number;
  at: number;
}

/** A folder without children, not yet in its project. */
export function emptyFolder(seed: FolderSeed, system: SystemFolder | null): FolderItem {
  return {
    kind: 'folder',
    id: seed.id,
    projectId: seed.projectId,
    name: seed.name,
    parentId: seed.parentId,
    createdAt: seed.at,
    createdBy: seed.createdBy,
    updatedAt: seed.at,
    isPrivate: false,
    isTracked: false,
    readOnly: system === 'schedules',
    isDeleted: false,
    customFields: new Map(),
    tagIds: new Set(),
    allowedUserIds: new Set(),
    system,
    childIds: new Set(),
    liveNames: new Map(),
  };
}

/** A project with the folders that Procore makes by itself. */
export function newProject(options: ProjectOptions, names: NameRules, at: number, nextId: () => number): Project {
  const procoreUserId = 2;
  const root = emptyFolder(
    { id: nextId(), projectId: options.id, name: options.name, parentId: null, createdBy: procoreUserId, at },
    'root',
  );
  const project: Project = {
    ...options,
    createdAt: at,
    updatedAt: at,
    access: new Map(
      Object.entries(options.access).map(([userId, { level, rights }]) => [
        Number(userId),
        { level, rights: new Set(rights) },
      ]),
    ),
    items: new Map([[root.id, root]]),
    rootId: root.id,
    binId: 0,
    tags: new Map(),
    revision: 0,
  };
  const system = (name: string, kind: SystemFolder): FolderItem => {
    const folder = emptyFolder(
      { id: nextId(), projectId: options.id, name, parentId: root.id, createdBy: procoreUserId, at },
      kind,
    );
    project.items.set(folder.id, folder);
    root.childIds.add(folder.id);
    root.liveNames.set(nameKey(names, 'folder', name), folder.id);
    return folder;
  };
  project.binId = system('Recycle Bin', 'recycle-bin').id;
  system('Schedules', 'schedules');
  system('Emailed Documents', 'emailed-documents');
  return project;
}
