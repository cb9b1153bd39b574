/*
 * `model/` is the state behind every origin and the rules that hold whoever asks: names, rights, the tree of documents.
 * It knows neither requests nor replies; what a rule forbids is thrown as a `Refusal`.
 */
import { Counters } from '../counters.js';
import { seededRandom } from '../random.js';
import { FaultEngine } from '../faults.js';
import { HookFeed } from '../webhooks/hook-feed.js';
import { randomText } from '../ids.js';
import { RateLimiter } from '../limiter.js';
import type { ProjectOptions, SandboxOptions } from '../options.js';
import { extraProjectId, extraProjects } from '../seed-data.js';
import type { BlobStore } from '../storage/blobs.js';
import { newProject } from './projects.js';
import type { Client, FieldDefinition, Item, Project, User, WorldState } from './types.js';

export interface Urls {
  apiUrl: string;
  loginUrl: string;
  storageUrl: string;
  filesUrl: string;
}

/** Author of the system folders. */
export const systemUser: User = {
  id: 2,
  login: 'support@procore.example',
  name: 'Procore Support',
  companyIds: [],
  companyAdmin: false,
};

/** One sandbox: its state, its addresses, its counters and limits, and the faults that its calls meet. */
export class World {
  readonly counters = new Counters();
  readonly limiter: RateLimiter;
  readonly faults: FaultEngine;
  readonly hooks: HookFeed;
  readonly now: () => number;
  /** Numbers from 0 to below 1 that start from `faultSeed`, for what is left to chance besides faults. */
  readonly random: () => number;
  urls: Urls = { apiUrl: '', loginUrl: '', storageUrl: '', filesUrl: '' };
  autoApprove: boolean | string;

  constructor(
    readonly options: SandboxOptions,
    readonly blobs: BlobStore,
    readonly state: WorldState,
  ) {
    this.now = options.now;
    this.random = seededRandom(options.faultSeed);
    this.limiter = new RateLimiter(options.limits, options.now);
    this.faults = new FaultEngine(options.faults, options.faultSeed);
    this.autoApprove = options.autoApprove;
    this.hooks = new HookFeed({ state, now: this.now, nextId: () => this.nextId(), behaviour: options.behaviour });
  }

  nextId(): number {
    this.state.nextId += 1;
    return this.state.nextId;
  }

  user(id: number): User {
    return this.state.users.get(id) ?? systemUser;
  }

  /** The project of this id; throws for callers in process, who name their own ids. */
  project(id: number): Project {
    const project = this.state.projects.get(id);
    if (!project) throw new Error(`the sandbox has no project ${id}`);
    return project;
  }
}

/** The item of an id that the tree itself holds, such as a parent's or a child's. Throws when it is missing. */
export function itemOf(project: Project, id: number): Item {
  const item = project.items.get(id);
  if (!item) throw new Error(`item ${id} is missing from its project`);
  return item;
}

/** A state that holds what the options name, with empty Documents tools. */
export function newState(options: SandboxOptions): WorldState {
  const state: WorldState = {
    nextId: 598134326000000,
    secret: randomText(32),
    companies: new Map(options.companies.map((company) => [company.id, company])),
    users: new Map(options.users.map((user) => [user.id, user])),
    projects: new Map(),
    clients: new Map(),
    fields: new Map(),
    uploads: new Map(),
    fileKeys: new Map(),
    codes: new Map(),
    tokens: new Map(),
    refreshTokens: new Map(),
  };
  const nextId = () => (state.nextId += 1);
  addProjects(state, options, [...options.projects, ...moreProjects(state, options.extraProjects)]);
  for (const client of options.clients) state.clients.set(client.id, newClient(state, client, nextId));
  for (const field of options.companies.flatMap(companyFields)) state.fields.set(field.id, field);
  return state;
}

/** `count` further projects of the first company, numbered on. Throws when there is no company. */
export function moreProjects(state: WorldState, count: number): ProjectOptions[] {
  if (count === 0) return [];
  const [companyId] = state.companies.keys();
  if (companyId === undefined) throw new Error('projects need a company');
  let after = 0;
  while (state.projects.has(extraProjectId(after + 1))) after += 1;
  return extraProjects(companyId, count, after);
}

/** Adds projects with empty Documents tools. */
export function addProjects(state: WorldState, options: SandboxOptions, projects: readonly ProjectOptions[]): void {
  const nextId = () => (state.nextId += 1);
  for (const project of projects)
    state.projects.set(project.id, newProject(project, options.names, options.now(), nextId));
}

function newClient(state: WorldState, options: SandboxOptions['clients'][number], nextId: () => number): Client {
  const { serviceAccount, ...client } = options;
  const permittedProjectIds = new Set(serviceAccount?.permittedProjectIds);
  if (!serviceAccount) return { ...client, serviceUserId: null, permittedProjectIds };
  const user: User = {
    id: nextId(),
    login: `${client.id}@service.example`,
    name: `${client.name} service account`,
    companyIds: [...state.companies.values()].filter((company) => company.appInstalled).map((company) => company.id),
    companyAdmin: false,
  };
  state.users.set(user.id, user);
  return { ...client, serviceUserId: user.id, permittedProjectIds };
}

/** The custom fields of a company; their ids differ from company to company. */
function companyFields({ id: companyId }: SandboxOptions['companies'][number], index: number): FieldDefinition[] {
  const offset = index * 100;
  const field = (
    number: number,
    label: string,
    dataType: FieldDefinition['dataType'],
    entries: [number, string][],
  ) => ({
    id: 41_000 + offset + number,
    companyId,
    label,
    dataType,
    description: '',
    entries: entries.map(([id, text]) => ({ id: offset + id, label: text })),
  });
  return [
    field(7, 'Zone', 'string', []),
    field(8, 'Weight', 'decimal', []),
    field(9, 'Issued', 'boolean', []),
    field(10, 'Review', 'lov_entry', [
      [77, 'Approved'],
      [78, 'Rejected'],
    ]),
    field(11, 'Disciplines', 'lov_entries', [
      [81, 'Civil'],
      [82, 'Marine'],
    ]),
    field(12, 'Issued on', 'datetime', []),
  ];
}
