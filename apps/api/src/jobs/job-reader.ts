import { isDeepStrictEqual } from 'node:util';
import type { ApprovalRequirement } from '@sluice/core/job';
import { PlatformError } from '@sluice/core/platform';
import type { TransferType } from '@sluice/core/plan';
import type { JobRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Reader } from '../db/database.js';
import { problemOf, type Problems } from '../problems.js';
import { askForPerson, type StoredLocation } from './inspector.js';
import { checkMappings, type MappingAccess } from './job-mappings.js';
import { destinationOf, sourceOf } from './stored-location.js';
import { nameKeyOf } from '../text.js';
import type { JobStore } from './job.store.js';
import { pathOf, readPath } from './location.js';
import { checkPolicies, effectivePolicies, mergePolicies } from './policies.js';
import type { JobPoliciesInput } from './policies.types.js';
import type { ConnectionAccess } from './ports.js';
import type { ScheduleInput } from '../schedules/schedule.types.js';
import { followedConnections } from '../feeds/followed.js';
import { checkFollowing } from '../feeds/requirements.js';
import { readSchedule } from '../schedules/read-schedule.js';
import { readRules } from './rules.js';
import type { ItemRuleInput } from './rules.types.js';
import { readLabels, readText } from './texts.js';

export interface LocationValue {
  connectionId: string;
  at?: { path?: string | null; remoteId?: string | null } | null;
}

export interface JobValues {
  name: string;
  description?: string | null;
  transferType: TransferType;
  labels?: readonly string[] | null;
  source: LocationValue;
  destination?: LocationValue | null;
  rules?: readonly ItemRuleInput[] | null;
  policies?: JobPoliciesInput | null;
  mappingSetIds?: readonly string[] | null;
  schedule?: ScheduleInput | null;
  approval: ApprovalRequirement;
}

/** Changes to a job: an absent field stays as it is, a description or schedule of null is removed. */
export type JobChanges = Partial<Omit<JobValues, 'name' | 'transferType' | 'source' | 'approval'>> & {
  name?: string | null;
  source?: LocationValue | null;
  approval?: ApprovalRequirement | null;
};

/** Path of the argument that holds the filters. */
const RULES = ['input', 'rules'];
const SCHEDULE = ['input', 'schedule'];
export const MAX_NAME_CHARACTERS = 200;
const MAX_DESCRIPTION_CHARACTERS = 1000;

/** Turns what a caller wrote into the fields of a job, and adds everything that is wrong with it. */
export class JobReader {
  constructor(
    private readonly base: Base,
    private readonly store: JobStore,
    private readonly connections: ConnectionAccess,
    private readonly mappings: MappingAccess,
  ) {}

  async readNew(values: JobValues, problems: Problems, signal?: AbortSignal): Promise<Partial<JobRow>> {
    const { transferType, approval } = values;
    const texts = readTexts(values, problems);
    const source = await this.readLocation(values.source, 'source', problems, signal);
    const destination = await this.readDestination(transferType, values.destination ?? null, problems, signal);
    refuseApproval(transferType, approval, problems);
    const rules = readRules(values.rules ?? [], problems, RULES);
    const policies = mergePolicies({}, values.policies);
    checkPolicies(transferType, effectivePolicies(transferType, policies), problems, ['input', 'policies']);
    const mappingSetIds = [...(values.mappingSetIds ?? [])];
    await this.checkMappings(transferType, mappingSetIds, { source, destination }, problems);
    const places = { ...sourceFields(source), ...destinationFields(destination) };
    const schedule = this.readSchedule(values, problems);
    await this.checkFollowing({ transferType, ...places, ...schedule }, problems);
    return { ...texts, mappingSetIds, ...places, rules, policies, ...schedule, transferType, approval };
  }

  async readChanges(
    before: JobRow,
    changes: JobChanges,
    problems: Problems,
    signal?: AbortSignal,
  ): Promise<Partial<JobRow>> {
    const fields: Partial<JobRow> = readTexts(changes, problems);
    const { source, destination: given } = changes;
    if (source) Object.assign(fields, sourceFields(await this.readLocation(source, 'source', problems, signal)));
    const destination = given && (await this.readDestination(before.transferType, given, problems, signal));
    if (destination) Object.assign(fields, destinationFields(destination));
    if (changes.approval) {
      refuseApproval(before.transferType, changes.approval, problems);
      fields.approval = changes.approval;
    }
    if (changes.rules) fields.rules = readRules(changes.rules, problems, RULES);
    Object.assign(fields, this.readPolicies(before, changes, problems), this.readSchedule(changes, problems));
    if (changes.mappingSetIds) fields.mappingSetIds = [...changes.mappingSetIds];
    if (changes.schedule || source || given) await this.checkFollowing({ ...before, ...fields }, problems);
    if (changes.mappingSetIds || source || given) {
      const after = { ...before, ...fields };
      const places = { source: sourceOf(after), destination: destinationOf(after) };
      await this.checkMappings(before.transferType, after.mappingSetIds, places, problems);
    }
    return fields;
  }

  private async checkMappings(
    type: TransferType,
    ids: readonly string[],
    { source, destination }: { source: StoredLocation | null; destination: StoredLocation | null },
    problems: Problems,
  ): Promise<void> {
    if (ids.length === 0) return;
    const places = [source?.connectionId ?? '', destination?.connectionId ?? ''];
    const [from, to] = (await this.connections.byIds(places)).map((row) => row?.platform ?? null);
    const platforms = { source: from ?? null, destination: to ?? null, hasDestination: type !== 'SCAN' };
    await checkMappings(this.mappings, ids, platforms, problems);
  }

  /** Where the content goes; a scan has no such place, and everything else needs one. */
  private async readDestination(
    type: TransferType,
    given: LocationValue | null,
    problems: Problems,
    signal?: AbortSignal,
  ): Promise<StoredLocation | null> {
    const field = ['input', 'destination'];
    if (type === 'SCAN') {
      if (given) problems.add('INVALID', field, 'A SCAN has no destination; leave it out.');
      return null;
    }
    if (given) return this.readLocation(given, 'destination', problems, signal);
    problems.add('REQUIRED', field, 'Say where the content goes.');
    return null;
  }

  private async checkFollowing(job: Partial<JobRow>, problems: Problems): Promise<void> {
    const { transferType, sourceConnectionId, destinationConnectionId = null, schedule = null } = job;
    if (transferType === undefined || sourceConnectionId === undefined || schedule?.followsChanges !== true) return;
    const followed = followedConnections({ transferType, sourceConnectionId, destinationConnectionId });
    const rows = await this.connections.byIds(followed);
    const platforms = rows.map((row) => row && this.connections.describe(row.platform));
    checkFollowing({ schedule }, { deliveryUrl: this.base.config.deliveryUrl, platforms }, problems);
  }

  private readSchedule(
    { schedule }: Pick<JobChanges, 'schedule'>,
    problems: Problems,
  ): Pick<Partial<JobRow>, 'schedule'> {
    if (!schedule) return schedule === null ? { schedule } : {};
    return { schedule: readSchedule(schedule, this.base.clock.now(), problems, SCHEDULE) };
  }

  /** The policies of a job after the changes; an empty object when the changes hold none. */
  readPolicies(
    { policies: own, transferType }: JobRow,
    { policies: input }: Pick<JobChanges, 'policies'>,
    problems: Problems,
  ): Pick<Partial<JobRow>, 'policies'> {
    const policies = mergePolicies(own, input);
    if (isDeepStrictEqual(policies, own)) return {};
    checkPolicies(transferType, effectivePolicies(transferType, policies), problems, ['input', 'policies']);
    return { policies };
  }

  /** Adds TAKEN when another job has the name. */
  async checkName(
    reader: Reader,
    name: string,
    ownId: string | null,
    problems: Problems,
    field: string[] = ['input', 'name'],
  ): Promise<void> {
    const taken = name === '' ? null : await this.store.idOfName(reader, name);
    if (taken !== null && taken !== ownId) problems.add('TAKEN', field, takenMessage(name));
  }

  private async readLocation(
    { connectionId, at }: LocationValue,
    side: 'source' | 'destination',
    problems: Problems,
    signal?: AbortSignal,
  ): Promise<StoredLocation | null> {
    const [row] = await this.connections.byIds([connectionId]);
    if (!row) problems.add('NOT_FOUND', ['input', side, 'connectionId'], 'There is no such connection.');
    const remoteId = at?.remoteId ?? null;
    if (remoteId !== null)
      return row ? this.locate(connectionId, remoteId, ['input', side, 'at', 'remoteId'], problems, signal) : null;
    const path = readPath(at?.path ?? '/', problems, ['input', side, 'at', 'path']);
    return row && path !== null ? { connectionId, path, remoteId: null } : null;
  }

  /** Asks the platform where the item with that identifier is. */
  private async locate(
    connectionId: string,
    remoteId: string,
    field: string[],
    problems: Problems,
    signal?: AbortSignal,
  ) {
    try {
      const platform = await this.connections.open(connectionId);
      const asking = { owner: `job:${connectionId}`, clock: this.base.clock, signal };
      const item = await askForPerson(asking, (call) => platform.find({ id: remoteId }, call));
      if (item !== null) return { connectionId, path: pathOf(item.path), remoteId };
      problems.add('REMOTE_NOT_FOUND', field, 'The platform has no folder with this identifier.');
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      problems.include(problemOf(error), field);
    }
    return null;
  }
}

/** A person approves what a plan would do, and a scan has none. */
function refuseApproval(type: TransferType, approval: ApprovalRequirement, problems: Problems): void {
  if (type === 'SCAN' && approval !== 'NEVER')
    problems.add('INVALID', ['input', 'approval'], 'A SCAN changes nothing that could be approved; use NEVER.');
}

const takenMessage = (name: string) => `Another job is called “${name}”; choose another name.`;

function sourceFields(location: StoredLocation | null): Partial<JobRow> {
  if (location === null) return {};
  return { sourceConnectionId: location.connectionId, sourcePath: location.path, sourceRemoteId: location.remoteId };
}

function destinationFields(location: StoredLocation | null): Partial<JobRow> {
  if (location === null) return {};
  const { connectionId, path, remoteId } = location;
  return { destinationConnectionId: connectionId, destinationPath: path, destinationRemoteId: remoteId };
}

function readTexts(
  values: JobChanges,
  problems: Problems,
): Pick<Partial<JobRow>, 'name' | 'nameKey' | 'description' | 'labels'> {
  const texts: Partial<JobRow> = {};
  if (typeof values.name === 'string') {
    texts.name = readText(values.name, MAX_NAME_CHARACTERS, problems, ['input', 'name']);
    texts.nameKey = nameKeyOf(texts.name);
  }
  if (values.description === null || values.description === '') texts.description = null;
  else if (values.description !== undefined) {
    texts.description = readText(values.description, MAX_DESCRIPTION_CHARACTERS, problems, ['input', 'description']);
  }
  if (values.labels) texts.labels = readLabels(values.labels, problems, ['input', 'labels']);
  return texts;
}
