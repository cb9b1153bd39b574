import { forbidden } from '../errors.js';
import type { AccessLevel, Behaviour, GranularRight } from '../options.js';
import type { Access, Client, Item, Project, User } from './types.js';
import { itemOf } from './world.js';

const levels: readonly AccessLevel[] = ['none', 'read_only', 'standard', 'admin'];

/** The rights of a user to the Documents tool of a project; null when the user is not in the project. */
export function accessOf(project: Project, user: User, client: Client): Access | null {
  if (client.serviceUserId === user.id) {
    return client.permittedProjectIds.has(project.id) ? { level: 'admin', rights: new Set() } : null;
  }
  const given = project.access.get(user.id);
  if (given) return given;
  const isAdmin = user.companyAdmin && user.companyIds.includes(project.companyId);
  return isAdmin ? { level: 'admin', rights: new Set() } : null;
}

/** One user looking at one project. */
export class Viewer {
  constructor(
    readonly project: Project,
    readonly user: User,
    readonly access: Access,
    private readonly behaviour: Behaviour,
  ) {}

  get isAdmin(): boolean {
    return this.access.level === 'admin';
  }

  has(right: GranularRight): boolean {
    return this.isAdmin || this.access.rights.has(right);
  }

  /** Refuses with 403 below this level. */
  requireLevel(level: AccessLevel): void {
    if (levels.indexOf(this.access.level) < levels.indexOf(level)) {
      throw forbidden('You do not have permission to access this tool');
    }
  }

  requireDelete(item: Item): void {
    this.requireLevel('standard');
    if (!this.has('delete')) throw forbidden('You do not have permission to delete this item');
    if (item.isDeleted) throw forbidden('This item is in the recycle bin');
  }

  /** Refuses with 403 a move by those who may not, where rights are strict. */
  requireMove(): void {
    if (this.behaviour.strictRights && !this.has('move')) throw forbidden('You do not have permission to move items');
  }

  /** Refuses with 403 descriptions and tags by those who may not set them, where rights are strict. */
  requireAnnotate(): void {
    if (this.behaviour.strictRights) this.requireLevel('admin');
  }

  /** Whether the user may know of the item, by its own privacy and that of every folder above it. */
  sees(item: Item): boolean {
    for (let at = item; ; at = itemOf(this.project, at.parentId)) {
      if (!this.seesAlone(at)) return false;
      if (at.parentId === null) return true;
    }
  }

  private seesAlone(item: Item): boolean {
    if (this.behaviour.unusedSystemFolders === 'hidden' && isUnused(item)) return false;
    if (this.isAdmin) return true;
    const isBin = item.kind === 'folder' && item.system === 'recycle-bin';
    if ((isBin || item.isDeleted) && !this.has('see_recycle_bin')) return false;
    if (item.readOnly && !this.has('see_schedule')) return false;
    if (!item.isPrivate || this.has('access_private')) return true;
    return item.createdBy === this.user.id || item.allowedUserIds.has(this.user.id);
  }
}

/** Procore makes these folders when a schedule or the first mail arrives. */
const isUnused = (item: Item): boolean =>
  item.kind === 'folder' &&
  (item.system === 'schedules' || item.system === 'emailed-documents') &&
  item.childIds.size === 0;
