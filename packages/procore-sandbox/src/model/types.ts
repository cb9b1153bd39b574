import type { AccessLevel, ClientOptions, CompanyOptions, GranularRight, UserOptions } from '../options.js';

/** Stored bytes of one transfer; `key` names them in the blob store. */
export interface BlobPart {
  key: string;
  size: number;
  /** Lower-case hex. */
  sha256: string;
  md5: string;
}

/** The bytes of a version: its parts in order. */
export type Bytes = readonly BlobPart[];

export interface Version {
  id: number;
  /** From 1. */
  number: number;
  notes: string | null;
  size: number;
  createdAt: number;
  createdBy: number;
  prostoreId: number;
  /** Names the version in file links. */
  fileKey: string;
  /** The name that a download gets. */
  filename: string;
  contentType: string;
  bytes: Bytes;
}

interface ItemBase {
  id: number;
  projectId: number;
  name: string;
  /** Null on the root only. */
  parentId: number | null;
  createdAt: number;
  createdBy: number;
  updatedAt: number;
  /** Explicitly private, not by a parent. */
  isPrivate: boolean;
  isTracked: boolean;
  readOnly: boolean;
  isDeleted: boolean;
  /** Definition id → stored value: text, number, boolean, entry id or entry ids. */
  customFields: Map<number, unknown>;
  tagIds: Set<number>;
  /** Users on the allow list of a private item. */
  allowedUserIds: Set<number>;
}

export type SystemFolder = 'root' | 'recycle-bin' | 'schedules' | 'emailed-documents';

export interface FolderItem extends ItemBase {
  kind: 'folder';
  system: SystemFolder | null;
  childIds: Set<number>;
  /** Name key → id of the live child that holds it. */
  liveNames: Map<string, number>;
}

export interface FileItem extends ItemBase {
  kind: 'file';
  description: string | null;
  checkedOutUntil: number | null;
  checkedOutBy: number | null;
  /** Oldest first. */
  versions: Version[];
}

export type Item = FolderItem | FileItem;

export interface Access {
  level: AccessLevel;
  rights: Set<GranularRight>;
}

export interface Tag {
  id: number;
  name: string;
}

export interface Group {
  id: number;
  name: string;
  description: string | null;
  userIds: Set<number>;
  /** Header `Idempotency-Token` of the call that made it. */
  madeBy: string | null;
}

export interface Project {
  id: number;
  companyId: number;
  name: string;
  number: string;
  active: boolean;
  privateByDefault: boolean;
  createdAt: number;
  updatedAt: number;
  access: Map<number, Access>;
  items: Map<number, Item>;
  rootId: number;
  binId: number;
  tags: Map<number, Tag>;
  /** Absent before the first is made. */
  groups?: Map<number, Group>;
  /** Grows with every change, so that a prepared listing knows when it is out of date. */
  revision: number;
}

export type FieldType = 'string' | 'decimal' | 'boolean' | 'datetime' | 'lov_entry' | 'lov_entries';

export interface FieldDefinition {
  id: number;
  companyId: number;
  label: string;
  dataType: FieldType;
  description: string;
  entries: { id: number; label: string }[];
}

export interface UploadSegment {
  size: number;
  sha256: string;
  md5: string | null;
  part: BlobPart | null;
}

export interface Upload {
  uuid: string;
  companyId: number;
  userId: number;
  filename: string;
  contentType: string;
  inline: boolean;
  /** Declared size of a form post, if any. */
  size: number | null;
  /** The key of a form post, and the start of the keys of segments. */
  storageKey: string;
  /** Null for a form post. */
  segments: UploadSegment[] | null;
  /** The bytes of a form post, or the complete segments. */
  bytes: Bytes | null;
  createdAt: number;
  consumed: boolean;
}

export interface Client extends Omit<ClientOptions, 'serviceAccount'> {
  /** Id of the service account's user; null for clients without one. */
  serviceUserId: number | null;
  permittedProjectIds: Set<number>;
}

export interface Token {
  clientId: string;
  userId: number;
  createdAt: number;
  expiresAt: number;
  revoked: boolean;
  /** All tokens that stem from one consent share their grant. */
  grantId: string;
}

export interface RefreshToken {
  clientId: string;
  userId: number;
  grantId: string;
}

export interface AuthorizationCode {
  clientId: string;
  userId: number;
  redirectUri: string;
  expiresAt: number;
}

export interface Trigger {
  id: number;
  resource: string;
  event: string;
}

/** Where word of the changes of a project is sent. */
export interface Hook {
  id: number;
  companyId: number;
  projectId: number;
  status: 'active' | 'disabled';
  payloadVersion: string;
  namespace: string;
  url: string;
  authorization: string;
  triggers: Trigger[];
}

export type User = UserOptions;
export type Company = CompanyOptions;

/** All that outlives a restart. */
export interface WorldState {
  nextId: number;
  /** Signs links and form fields. */
  secret: string;
  companies: Map<number, Company>;
  users: Map<number, User>;
  projects: Map<number, Project>;
  clients: Map<string, Client>;
  fields: Map<number, FieldDefinition>;
  uploads: Map<string, Upload>;
  /** File key → where its version is. */
  fileKeys: Map<string, { projectId: number; fileId: number }>;
  codes: Map<string, AuthorizationCode>;
  tokens: Map<string, Token>;
  refreshTokens: Map<string, RefreshToken>;
  /** Absent before the first is made. */
  hooks?: Map<number, Hook>;
}
