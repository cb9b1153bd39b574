import type { CounterValues } from './counters.js';
import type { FaultRule } from './faults.js';
import type { AccessLevel, Behaviour, GranularRight, LimitOptions } from './options.js';
import { addFile, addFolder, addVersion, pathNames, recycle, relocate, subtree } from './model/tree.js';
import type { FileItem, FolderItem, Hook, Item, Project, Tag, User } from './model/types.js';
import { addProjects, itemOf, moreProjects, type World } from './model/world.js';
import type { Delivery, HookEvent } from './webhooks/hook-feed.js';
import { customFieldsByLabel } from './rest/custom-fields.js';
import { expireAll, grantToken, issueCode, revokeAll, type TokenReply } from './oauth/tokens.js';

/** A path below the root: names joined by `/`, or a list of names, which may then hold a `/`. */
export type ItemPath = string | readonly string[];

/** An item as tests see it; system folders are left out. */
export interface TreeEntry {
  /** Names from below the root, joined by `/`; of a recycled item they start at the bin. */
  path: string;
  /** The same names as a list. */
  names: string[];
  id: number;
  kind: 'folder' | 'file';
  /** Of the newest version; null for folders. */
  size: number | null;
  sha256: string | null;
  versions: number;
  isDeleted: boolean;
  isPrivate: boolean;
  description: string | null;
  /** Notes of the versions, oldest first. */
  notes: (string | null)[];
  /** Names in order. */
  tags: string[];
  /** By the label of the field, as the API shows them. */
  fields: Record<string, unknown>;
}

/** A folder or file to make; folders on the way are made too. A path that exists gets a new version. */
export interface SeedEntry extends Belongings {
  path: ItemPath;
  /** Absent: a folder. */
  content?: Buffer | string;
  notes?: string;
}

/** What an item has beside its content. */
export interface Belongings {
  isPrivate?: boolean;
  /** Of a file. */
  description?: string;
  /** Names; those that the project lacks are made. */
  tags?: readonly string[];
  /** By the number of the definition, as they are stored: text, number, boolean, entry or entries. */
  customFields?: Readonly<Record<number, unknown>>;
}

/** What tests and demos do to a sandbox behind the back of its API. Paths leave out the root's name. */
export interface SandboxControl {
  counters(): CounterValues;
  /** Zeroes counters and limit windows and takes all faults away. */
  reset(): void;
  tree(projectId: number): Promise<TreeEntry[]>;
  /** Bytes of the newest version, or of version `number`. Throws when there is no such live file. */
  fileBytes(path: ItemPath, projectId?: number, number?: number): Promise<Buffer>;
  seed(projectId: number, entries: readonly SeedEntry[]): Promise<void>;
  /** Changes what belongs to an item beside its content; what is absent stays. Tags are added. */
  editItem(path: ItemPath, belongings: Belongings, projectId?: number): void;
  setFaults(rules: readonly FaultRule[]): void;
  addFault(rule: FaultRule): void;
  setLimits(limits: Partial<LimitOptions>): void;
  setBehaviour(behaviour: Partial<Behaviour>): void;
  setAutoApprove(choice: boolean | string): void;
  /** Checks a file out to the user of this login (else the first user), or in again with null. */
  checkOut(path: ItemPath, until: Date | null, login?: string, projectId?: number): void;
  deleteItem(path: ItemPath, projectId?: number): void;
  /** Renames or moves within the project. */
  moveItem(path: ItemPath, newPath: ItemPath, projectId?: number): void;
  setPermission(userId: number, projectId: number, level: AccessLevel, rights?: readonly GranularRight[]): void;
  setPrivateByDefault(projectId: number, isPrivate: boolean): void;
  setAppInstalled(companyId: number, isInstalled: boolean): void;
  /** Adds so many projects to the first company, `Berth 1` and on; gives their identifiers. */
  addProjects(count: number): number[];
  /** A token pair for a user (else the first) without the login page. */
  issueTokens(login?: string, clientId?: string): TokenReply;
  expireAccessTokens(): void;
  /** Kills all access and refresh tokens. */
  revokeAllTokens(): void;
  /** What an update of the app does to the service accounts: they lose all projects. */
  clearPermittedProjects(): void;
  /** Hooks of all projects, with what was sent to them, newest first. */
  hooks(): readonly (Hook & { deliveries: readonly Delivery[] })[];
  /** Switches a hook off, or takes it away, as an administrator of the company may. */
  disableHook(id: number): void;
  removeHook(id: number): void;
  /** Sends what was held, and resolves when all that can be sent is. */
  letDeliveriesGo(): Promise<void>;
}

/** Binds the control to a world; every change is announced by `changed`. */
export function createControl(world: World, changed: () => void): SandboxControl {
  const firstProject = () => world.state.projects.keys().next().value ?? 0;
  const user = (login?: string) => findUser(world, login);
  const announce =
    <Args extends unknown[], Result>(work: (...args: Args) => Result) =>
    (...args: Args): Result => {
      const result = work(...args);
      changed();
      return result;
    };
  return {
    counters: () => world.counters.read(world.limiter.history()),
    reset: () => {
      world.counters.reset();
      world.limiter.reset();
      world.faults.set([]);
    },
    tree: (projectId) => tree(world, world.project(projectId)),
    fileBytes: async (path, projectId = firstProject(), number) => {
      const file = fileAt(world.project(projectId), path);
      const version = number === undefined ? file.versions.at(-1) : file.versions[number - 1];
      return world.blobs.readAll(version?.bytes ?? []);
    },
    seed: async (projectId, entries) => {
      for (const entry of entries) await seedEntry(world, world.project(projectId), entry, user());
      changed();
    },
    editItem: announce((path, belongings, projectId = firstProject()) => {
      const project = world.project(projectId);
      const item = itemAt(project, path);
      giveTo(world, project, item, belongings);
      touch(world, project, item);
      tellOf(world, item, 'update');
    }),
    setFaults: (rules) => world.faults.set(rules),
    addFault: (rule) => world.faults.add(rule),
    setLimits: (limits) => world.limiter.configure(limits),
    setBehaviour: (behaviour) => {
      Object.assign(world.options.behaviour, behaviour);
      for (const project of world.state.projects.values()) project.revision += 1;
    },
    setAutoApprove: (choice) => void (world.autoApprove = choice),
    checkOut: announce((path, until, login, projectId = firstProject()) => {
      const project = world.project(projectId);
      const file = fileAt(project, path);
      file.checkedOutUntil = until?.getTime() ?? null;
      file.checkedOutBy = until === null ? null : user(login).id;
      touch(world, project, file);
    }),
    deleteItem: announce((path, projectId = firstProject()) => {
      const project = world.project(projectId);
      const item = itemAt(project, path);
      recycle(world, project, item);
      tellOf(world, item, 'delete');
    }),
    moveItem: announce((path, newPath, projectId = firstProject()) => {
      const project = world.project(projectId);
      const names = namesOf(newPath);
      const name = names.pop();
      const item = itemAt(project, path);
      relocate(world, project, item, { name, parent: makeFolders(world, project, names, user()) });
      tellOf(world, item, 'update');
    }),
    setPermission: announce((userId, projectId, level, rights) => {
      const project = world.project(projectId);
      project.access.set(userId, { level, rights: new Set(rights) });
      project.revision += 1;
    }),
    setPrivateByDefault: announce((projectId, isPrivate) => {
      world.project(projectId).privateByDefault = isPrivate;
    }),
    setAppInstalled: announce((companyId, isInstalled) => {
      const company = world.state.companies.get(companyId);
      if (company) world.state.companies.set(companyId, { ...company, appInstalled: isInstalled });
    }),
    addProjects: announce((count) => {
      const added = moreProjects(world.state, count);
      addProjects(world.state, world.options, added);
      return added.map(({ id }) => id);
    }),
    issueTokens: announce((login, clientId) => issueTokens(world, user(login), clientId)),
    expireAccessTokens: announce(() => expireAll(world)),
    revokeAllTokens: announce(() => revokeAll(world)),
    clearPermittedProjects: announce(() => {
      for (const client of world.state.clients.values()) client.permittedProjectIds.clear();
    }),
    hooks: () =>
      [...(world.state.hooks?.values() ?? [])].map((hook) => ({
        ...hook,
        deliveries: world.hooks.deliveries(hook.id),
      })),
    disableHook: announce((id) => {
      const hook = world.state.hooks?.get(id);
      if (hook) hook.status = 'disabled';
    }),
    removeHook: announce((id) => void world.state.hooks?.delete(id)),
    letDeliveriesGo: () => {
      world.hooks.release();
      return world.hooks.settled();
    },
  };
}

function findUser(world: World, login?: string): User {
  const users = [...world.state.users.values()];
  const found = login === undefined ? users[0] : users.find((user) => user.login === login);
  if (!found) throw new Error(`the sandbox has no user ${login ?? ''}`);
  return found;
}

function issueTokens(world: World, user: User, clientId?: string): TokenReply {
  const clients = [...world.state.clients.values()];
  const client = clients.find((each) => (clientId === undefined ? each.serviceUserId === null : each.id === clientId));
  if (!client) throw new Error('the sandbox has no such client');
  const redirectUri = 'urn:ietf:wg:oauth:2.0:oob';
  return grantToken(world, {
    grant_type: 'authorization_code',
    client_id: client.id,
    client_secret: client.secret,
    code: issueCode(world, client, user, redirectUri),
    redirect_uri: redirectUri,
  });
}

/** A copy, so that it may be taken apart. */
const namesOf = (path: ItemPath): string[] => (typeof path === 'string' ? path.split('/') : [...path]);

const isSystem = (item: Item): boolean => item.kind === 'folder' && item.system !== null;

async function tree(world: World, project: Project): Promise<TreeEntry[]> {
  const items = subtree(project, itemOf(project, project.rootId)).filter((item) => !isSystem(item));
  return Promise.all(
    items.map(async (item) => {
      const newest = item.kind === 'file' ? item.versions.at(-1) : undefined;
      const names = pathNames(project, item).slice(1);
      return {
        path: names.join('/'),
        names,
        id: item.id,
        kind: item.kind,
        size: newest?.size ?? null,
        sha256: newest ? await world.blobs.sha256(newest.bytes) : null,
        versions: item.kind === 'file' ? item.versions.length : 0,
        isDeleted: item.isDeleted,
        isPrivate: item.isPrivate,
        description: item.kind === 'file' ? item.description : null,
        notes: item.kind === 'file' ? item.versions.map(({ notes }) => notes) : [],
        tags: [...item.tagIds].map((id) => project.tags.get(id)?.name ?? '').sort(),
        fields: customFieldsByLabel(world, item),
      };
    }),
  );
}

function childNamed(project: Project, folder: FolderItem, name: string): Item | undefined {
  for (const id of folder.childIds) {
    const child = itemOf(project, id);
    if (child.name === name && !child.isDeleted) return child;
  }
  return undefined;
}

function itemAt(project: Project, path: ItemPath): Item {
  let at = itemOf(project, project.rootId);
  for (const name of namesOf(path)) {
    const child = at.kind === 'folder' ? childNamed(project, at, name) : undefined;
    if (!child) throw new Error(`project ${project.id} has no item at ${namesOf(path).join('/')}`);
    at = child;
  }
  return at;
}

function fileAt(project: Project, path: ItemPath): FileItem {
  const item = itemAt(project, path);
  if (item.kind !== 'file') throw new Error(`${item.name} is a folder`);
  return item;
}

async function seedEntry(world: World, project: Project, entry: SeedEntry, user: User): Promise<void> {
  const names = namesOf(entry.path);
  const name = names.pop() ?? '';
  const isFolder = entry.content === undefined;
  const parent = makeFolders(world, project, isFolder ? [...names, name] : names, user);
  const item = isFolder ? parent : await seedFile(world, project, parent, { ...entry, name }, user);
  giveTo(world, project, item, entry);
  project.revision += 1;
  const isNew = item.kind === 'folder' || item.versions.length === 1;
  tellOf(world, item, isNew ? 'create' : 'update');
}

/** Word of what the first user did in the web app. */
function tellOf(world: World, item: Item, event: HookEvent): void {
  const actor = { userId: findUser(world).id, applicationId: null };
  world.hooks.tell(item.projectId, item.kind === 'file' ? 'files' : 'folders', event, item.id, actor);
}

function giveTo(world: World, project: Project, item: Item, given: Belongings): void {
  item.isPrivate = given.isPrivate ?? item.isPrivate;
  if (item.kind === 'file') item.description = given.description ?? item.description;
  for (const [id, value] of Object.entries(given.customFields ?? {})) item.customFields.set(Number(id), value);
  for (const name of given.tags ?? []) item.tagIds.add(tagNamed(world, project, name).id);
}

async function seedFile(
  world: World,
  project: Project,
  parent: FolderItem,
  entry: SeedEntry & { name: string },
  user: User,
): Promise<FileItem> {
  const part = await world.blobs.writeBuffer(Buffer.from(entry.content ?? ''));
  const version = {
    bytes: [part],
    filename: entry.name,
    contentType: 'application/octet-stream',
    notes: entry.notes ?? null,
  };
  const known = childNamed(project, parent, entry.name);
  if (known?.kind === 'file') {
    addVersion(world, project, known, version, user.id);
    return known;
  }
  return addFile(world, project, { parent, name: entry.name, userId: user.id }, version);
}

function tagNamed(world: World, project: Project, name: string): Tag {
  const known = [...project.tags.values()].find((tag) => tag.name === name);
  const tag = known ?? { id: world.nextId(), name };
  project.tags.set(tag.id, tag);
  return tag;
}

function makeFolders(world: World, project: Project, names: readonly string[], user: User): FolderItem {
  let at = itemOf(project, project.rootId) as FolderItem;
  for (const name of names) {
    const known = childNamed(project, at, name);
    at = known?.kind === 'folder' ? known : addFolder(world, project, { parent: at, name, userId: user.id });
  }
  return at;
}

function touch(world: World, project: Project, item: Item): void {
  item.updatedAt = world.now();
  project.revision += 1;
}
