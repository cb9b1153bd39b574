import type { Denial } from '@sluice/core/platform';
import { assertJobMove, isEnded, RUN_STATES, type JobState } from '@sluice/core/job';
import type { JobRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import { newId } from '../graphql/ids.js';
import { withTotal, type PageArguments } from '../graphql/paging.js';
import { NEVER, nextStartOf, rescheduled } from '../schedules/next-start.js';
import { FeedStore } from '../feeds/feed.store.js';
import { feedIssues } from '../feeds/feed-issues.js';
import { notFound, Problems, requireVersion, wrongState, type Problem } from '../problems.js';
import { JobInspector, FINDINGS_KEPT_MS, type Look } from './inspector.js';
import { worstFirst, type Issue } from './issues.js';
import { holdMappings, mappingIssues, type MappingAccess } from './job-mappings.js';
import type { JobOrder } from './enums.js';
import { JobReader, MAX_NAME_CHARACTERS, type JobChanges, type JobValues } from './job-reader.js';
import { JobRemovals } from './removal.store.js';
import { nameKeyOf } from '../text.js';
import { JobStore, type JobFilterValue } from './job.store.js';
import { effectivePolicies, STOP_LIMITS, type OwnPolicies } from './policies.js';
import { Memory } from './memory.js';
import type { ConnectionAccess } from './ports.js';
import { destinationOf, sourceOf } from './stored-location.js';
import { readText } from './texts.js';

/** A new job as it was read, with what is wrong with it so far. */
export interface PreparedJob {
  row: JobRow;
  problems: Problems;
  /** Path of the argument that holds the name. */
  nameField: string[];
}

/** Stores definitions of jobs, and checks whether they may run. */
export class JobService {
  readonly store: JobStore;
  readonly removals: JobRemovals;
  private readonly feeds: FeedStore;
  private readonly inspector: JobInspector;
  /** Whether a check found errors in a job, by its id and version. */
  private readonly verdicts: Memory<boolean>;
  private readonly reader: JobReader;

  constructor(
    private readonly base: Base,
    private readonly connections: ConnectionAccess,
    private readonly mappings: MappingAccess,
  ) {
    this.store = new JobStore(base.db);
    this.removals = new JobRemovals(base.db);
    this.feeds = new FeedStore(base.db);
    this.inspector = new JobInspector(connections, base.clock);
    this.verdicts = new Memory(base.clock, FINDINGS_KEPT_MS);
    this.reader = new JobReader(base, this.store, connections, mappings);
  }

  /** Reads a new job and looks at its locations; what is wrong is told by `insert`. */
  async prepare(values: JobValues, actorId: string, signal?: AbortSignal): Promise<PreparedJob> {
    const problems = new Problems();
    const fields = await this.reader.readNew(values, problems, signal);
    return this.prepared(fields, problems, ['input', 'name'], actorId, signal);
  }

  /** Makes a suspended copy of a job, without the job's history. */
  async prepareCopy(id: string, name: string, actorId: string, signal?: AbortSignal): Promise<PreparedJob> {
    const { description, transferType, labels, rules, policies, mappingSetIds, approval, schedule, ...row } =
      await this.require(id);
    const { sourceConnectionId, sourcePath, sourceRemoteId } = row;
    const { destinationConnectionId, destinationPath, destinationRemoteId } = row;
    const locations = {
      sourceConnectionId,
      sourcePath,
      sourceRemoteId,
      destinationConnectionId,
      destinationPath,
      destinationRemoteId,
    };
    const problems = new Problems();
    const text = readText(name, MAX_NAME_CHARACTERS, problems, ['name']);
    const texts = { name: text, nameKey: nameKeyOf(text), description, labels };
    const values = { transferType, rules, policies, mappingSetIds, approval, schedule };
    const fields = { ...texts, ...locations, ...values, isSuspended: true };
    return this.prepared(fields, problems, ['name'], actorId, signal);
  }

  private async prepared(
    fields: Partial<JobRow>,
    problems: Problems,
    nameField: string[],
    actorId: string,
    signal?: AbortSignal,
  ): Promise<PreparedJob> {
    const now = new Date(this.base.clock.now());
    const row = {
      ...EMPTY,
      ...fields,
      id: newId('job'),
      createdAt: now,
      updatedAt: now,
      updatedById: actorId,
    } as JobRow;
    if (problems.isEmpty) row.nextStartAt = nextStartOf(row, now.getTime(), now.getTime());
    if (problems.isEmpty) row.isDraft = hasErrors(await this.inspect(row, signal, 'ANEW'));
    return { row, problems, nameField };
  }

  /** Stores a prepared job. Throws everything that is wrong with it as one `Refusal`. */
  async insert(tx: Transaction, { row, problems, nameField }: PreparedJob): Promise<JobRow> {
    await this.reader.checkName(tx, row.name, null, problems, nameField);
    await holdMappings(this.mappings, tx, row.mappingSetIds, problems);
    problems.refuseIfAny();
    await this.store.insert(tx, row);
    await this.base.changes.record(tx, { topic: 'JOB', change: 'CREATED', subjectId: row.id });
    return row;
  }

  async update(
    id: string,
    changes: JobChanges,
    expectedVersion: number | null | undefined,
    actorId: string,
    signal?: AbortSignal,
  ): Promise<JobRow> {
    const before = await this.require(id);
    requireVersion(before, expectedVersion);
    const problems = new Problems();
    const fields = await this.reader.readChanges(before, changes, problems, signal);
    if (problems.isEmpty && Object.keys(fields).length === 0) return before;
    if (problems.isEmpty) fields.isDraft = await this.isDraftAfter(before, fields, signal);
    let isOvertaken = false;
    const updated = await this.change(id, actorId, async (tx, row) => {
      requireVersion(row, expectedVersion);
      isOvertaken = row.version !== before.version;
      if (isOvertaken && problems.isEmpty) {
        // The new policies are merged with the job's policies at this moment: another update may have been stored since the read.
        delete fields.policies;
        Object.assign(fields, this.reader.readPolicies(row, changes, problems));
      }
      if (fields.name !== undefined) await this.reader.checkName(tx, fields.name, id, problems, ['input', 'name']);
      await holdMappings(this.mappings, tx, fields.mappingSetIds ?? [], problems);
      problems.refuseIfAny();
      if (fields.policies && hasOtherStop(row.policies, fields.policies)) fields.tally = null;
      const movesPlace = changes.source || changes.destination;
      if (movesPlace) await this.requireIdle(tx, row, 'The locations cannot change while a run is active.');
      return fields;
    });
    // The findings are about the job as it was before another update was stored, so they are not kept.
    if (isOvertaken) await this.check(updated, signal);
    return isOvertaken ? this.require(id) : updated;
  }

  suspend(id: string, actorId: string): Promise<JobRow> {
    return this.change(id, actorId, async (_tx, row) => {
      const state = stateOf(row);
      if (state === 'STOPPED') throw wrongState('The job has ended; resume it first.', state, ['DRAFT', 'READY']);
      return row.isSuspended ? null : { isSuspended: true };
    });
  }

  async resume(id: string, actorId: string, signal?: AbortSignal): Promise<JobRow> {
    const isDraft = hasErrors(await this.inspect(await this.require(id), signal, 'ANEW'));
    const resumed = { isSuspended: false, stopReason: null, tally: null, isDraft };
    return this.change(id, actorId, async (_tx, row) => (row.isSuspended || row.stopReason !== null ? resumed : null));
  }

  /** Removes the job with its plans, runs and ledger; files at both places stay. */
  async delete(id: string, expectedVersion: number | null | undefined): Promise<string> {
    const remove = async (tx: Transaction) => {
      const row = await this.store.lock(tx, id);
      if (row === null) throw notFound('job');
      requireVersion(row, expectedVersion);
      await this.requireIdle(tx, row, 'A job with an active run cannot be deleted; cancel the run first.');
      await this.removals.remove(tx, id);
      await this.base.changes.record(tx, { topic: 'JOB', change: 'DELETED', subjectId: id });
      return id;
    };
    return this.base.db.transact(remove, { leavesOwnedRows: true });
  }

  /** Findings about a job as it is before it is saved. `ownId`: the job that is to become so; null for a new one. */
  async issuesOf(values: JobValues, ownId: string | null, signal?: AbortSignal): Promise<Issue[]> {
    const problems = new Problems();
    const fields = await this.reader.readNew(values, problems, signal);
    await this.reader.checkName(this.base.db.reader, fields.name ?? '', ownId, problems, ['input', 'name']);
    const mistakes = problems.list.map(mistakeIssue);
    const needsDestination = values.transferType !== 'SCAN';
    const isPlaced =
      fields.sourceConnectionId !== undefined && (fields.destinationConnectionId !== undefined || !needsDestination);
    if (!isPlaced) return mistakes;
    return [...mistakes, ...(await this.inspect({ ...EMPTY, ...fields } as JobRow, signal, 'REMEMBERED'))];
  }

  /** Findings about a job for a reader. Nothing is stored; whether they hold errors is remembered in this process for a while. */
  async findings(row: JobRow, signal?: AbortSignal): Promise<Issue[]> {
    const issues = await this.inspect(row, signal, 'REMEMBERED');
    this.verdicts.remember(verdictKey(row), hasErrors(issues));
    return worstFirst([...issues, ...(await feedIssues(this.feeds, row))]);
  }

  /** Actions that the account of a connection may not do, as far as they are known; no platform is asked. */
  denials(connectionId: string): Promise<readonly Denial[]> {
    return this.inspector.denials(connectionId);
  }

  /** Losses and stricter limits at the destination, by the facts of the platforms; no platform is asked. */
  async losses(row: JobRow): Promise<Issue[]> {
    return (await this.inspect(row, undefined, 'NEVER')).filter(({ severity }) => severity !== 'ERROR');
  }

  /** The state of a job by the latest check. */
  stateOf(row: JobRow): JobState {
    return stateOf({ ...row, isDraft: this.verdicts.recall(verdictKey(row)) ?? row.isDraft });
  }

  /** Checks a job and stores the state that follows from the findings. */
  async check(row: JobRow, signal?: AbortSignal, look: Look = 'ANEW'): Promise<void> {
    const isDraft = hasErrors(await this.inspect(row, signal, look));
    this.verdicts.remember(verdictKey(row), isDraft);
    if (isDraft !== row.isDraft) await this.setDraft(row.id, isDraft);
  }

  private async setDraft(id: string, isDraft: boolean): Promise<void> {
    await this.base.db.transact(async (tx) => {
      const row = await this.store.lock(tx, id);
      if (row === null || row.isDraft === isDraft) return;
      assertJobMove(stateOf(row), stateOf({ ...row, isDraft }));
      await this.store.update(tx, id, { isDraft });
      await this.base.changes.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: id });
    });
  }

  /** Checks the jobs of a changed connection again. A platform is asked for drafts only, since these may be ready now. */
  async recheck(connectionId: string, signal?: AbortSignal): Promise<void> {
    for (const row of await this.store.ofConnection(connectionId))
      await this.check(row, signal, row.isDraft ? 'ANEW' : 'NEVER');
  }

  /** Jobs that fit the filter. */
  async page(filter: JobFilterValue, order: JobOrder, page: PageArguments) {
    return withTotal(await this.store.page(filter, order, page), () => this.store.count(filter));
  }

  async require(id: string, argument?: string): Promise<JobRow> {
    const row = await this.store.byId(id);
    if (row === null) throw notFound('job', argument);
    return row;
  }

  /** Whether any job uses the connection: it must not be deleted then. */
  async usesConnection(tx: Transaction, connectionId: string): Promise<boolean> {
    return (await this.store.ofConnection(connectionId, tx)).length > 0;
  }

  private async inspect(row: JobRow, signal: AbortSignal | undefined, look: Look): Promise<Issue[]> {
    const { transferType } = row;
    const policies = effectivePolicies(transferType, row.policies);
    const places = { source: sourceOf(row), destination: destinationOf(row) };
    const [issues, ofMappings] = await Promise.all([
      this.inspector.inspect({ ...places, transferType, policies }, look, signal),
      this.mappingIssues(row),
    ]);
    return worstFirst([...issues, ...ofMappings]);
  }

  /** Whether the changed job has errors. A platform is asked only where the change or what is known gives a reason to. */
  private async isDraftAfter(before: JobRow, fields: Partial<JobRow>, signal?: AbortSignal): Promise<boolean> {
    const isDraft = this.verdicts.recall(verdictKey(before)) ?? before.isDraft;
    if (!isDraft && !INSPECTED_COLUMNS.some((column) => column in fields)) return false;
    return hasErrors(await this.inspect({ ...before, ...fields }, signal, 'ANEW'));
  }

  private async mappingIssues({ mappingSetIds, destinationConnectionId }: JobRow): Promise<Issue[]> {
    if (mappingSetIds.length === 0) return [];
    const [[destination], sets] = await Promise.all([
      this.connections.byIds([destinationConnectionId ?? '']),
      this.mappings.byIds(mappingSetIds),
    ]);
    return mappingIssues(sets, destination ? this.connections.describe(destination.platform).capabilities : null);
  }

  /** Changes a row under its lock; a change of null is none. */
  private change(
    id: string,
    actorId: string,
    decide: (tx: Transaction, row: JobRow) => Promise<Partial<JobRow> | null>,
  ): Promise<JobRow> {
    return this.base.db.transact(async (tx) => {
      const row = await this.store.lock(tx, id);
      if (row === null) throw notFound('job');
      const fields = await decide(tx, row);
      if (fields === null) return row;
      const updatedAt = new Date(this.base.clock.now());
      const starts = await this.rescheduled(tx, row, fields);
      const changes = { ...fields, ...starts, version: row.version + 1, updatedAt, updatedById: actorId };
      assertJobMove(stateOf(row), stateOf({ ...row, ...changes }));
      await this.store.update(tx, id, changes);
      await this.base.changes.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId: id });
      return { ...row, ...changes };
    });
  }

  private async rescheduled(tx: Transaction, row: JobRow, fields: Partial<JobRow>): Promise<Partial<JobRow>> {
    const isRunning = (await this.store.activeRunState(tx, row.id)) !== null;
    return rescheduled(row, { ...row, ...fields }, { now: this.base.clock.now(), isRunning });
  }

  private async requireIdle(tx: Transaction, row: JobRow, message: string): Promise<void> {
    const active = await this.store.activeRunState(tx, row.id);
    if (active === null) return;
    throw wrongState(message, active, RUN_STATES.filter(isEnded), true);
  }
}

const EMPTY = {
  version: 1,
  description: null,
  labels: [],
  rules: [],
  mappingSetIds: [],
  isSuspended: false,
  stopReason: null,
  tally: null,
  isDraft: false,
  schedule: null,
  nextStartAt: NEVER,
  carried: null,
  startsTakenUntil: null,
  changesDueAt: null,
  ledgerItemCount: 0,
  runCount: 0,
  latestRunId: null,
  latestRunAt: new Date(0),
  latestPlanId: null,
  destinationConnectionId: null,
  destinationPath: null,
  destinationRemoteId: null,
};

export function stateOf(row: Pick<JobRow, 'isSuspended' | 'stopReason' | 'isDraft'>): JobState {
  if (row.isSuspended) return 'SUSPENDED';
  if (row.stopReason !== null) return 'STOPPED';
  return row.isDraft ? 'DRAFT' : 'READY';
}

/** Connections that the job uses: one for a scan, else that of the source and that of the destination. */
export const connectionIdsOf = (row: Pick<JobRow, 'sourceConnectionId' | 'destinationConnectionId'>): string[] =>
  row.destinationConnectionId === null
    ? [row.sourceConnectionId]
    : [row.sourceConnectionId, row.destinationConnectionId];

/** A new limit counts the runs from now on. */
const hasOtherStop = (one: OwnPolicies, other: OwnPolicies) =>
  STOP_LIMITS.some((name) => (one[name] ?? null) !== (other[name] ?? null));

/** What `inspect` looks at; the name, a schedule and the like leave the findings as they are. */
const INSPECTED_COLUMNS = [
  ...(['sourceConnectionId', 'sourcePath', 'sourceRemoteId'] as const),
  ...(['destinationConnectionId', 'destinationPath', 'destinationRemoteId'] as const),
  ...(['policies', 'mappingSetIds'] as const),
] satisfies (keyof JobRow)[];
const verdictKey = ({ id, version }: JobRow) => `${id} ${version}`;
const hasErrors = (issues: readonly Issue[]) => issues.some(({ severity }) => severity === 'ERROR');

function mistakeIssue({ code, message, field }: Problem): Issue {
  return { severity: 'ERROR', code, message, field: field ?? null, capability: null, limit: null, itemCount: null };
}
