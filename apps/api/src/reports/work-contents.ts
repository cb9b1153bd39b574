import type { JobRow, ReportRow, RunRow } from '../db/row-types.js';
import { ITEM_OUTCOMES } from '@sluice/core/plan';
import type { JobStore } from '../jobs/job.store.js';
import { Refusal } from '../problems.js';
import type { ItemStore } from '../runs/reading/item.store.js';
import { pathOfKey, rootsOf } from '../runs/reading/roots.js';
import type { RunStore } from '../runs/reading/run.store.js';
import type { UnmappedReader } from '../runs/reading/unmapped.store.js';
import type { ScanResultStore } from '../runs/reading/scan.store.js';
import { scanViewOf } from '../runs/reading/scan.service.js';
import type { StepRow } from '../runs/engine-store/steps/step-row.js';
import type { PageArguments } from '../graphql/paging.js';
import type { Cell, Rows } from './lines.js';
import { pages } from './pages.js';
import { scanRows } from './scan-contents.js';
import { unmappedRows } from './unmapped-contents.js';

const PAGE_ITEMS = 200;
const PAGE_RUNS = 100;
const PAGE_EVENTS = 500;

/** The stores that reports of runs and jobs are made from. */
export interface WorkSources {
  jobs: Pick<JobStore, 'byId'>;
  runs: Pick<RunStore, 'byId' | 'byIds' | 'page' | 'events'>;
  items: Pick<ItemStore, 'ofRun' | 'ofJob'>;
  scans: Pick<ScanResultStore, 'ofRuns'>;
  unmapped: Pick<UnmappedReader, 'ofJob'>;
  /** Whether items of a plan were removed for their age. */
  isPruned(planId: string): Promise<boolean>;
}

/** What the store holds of runs and jobs. */
export class WorkContents {
  constructor(private readonly sources: WorkSources) {}

  /** Throws a `Refusal` when the subject is gone, or cannot be told of now. */
  async *rows(report: Pick<ReportRow, 'kind' | 'subjectId' | 'itemFilter'>): Rows {
    const { run, job } = await this.subject(report.subjectId);
    if (report.kind === 'LOG') yield* this.log(run);
    else if (report.kind === 'SCAN') yield* this.scan(run);
    else if (report.kind === 'UNMAPPED') yield* unmappedRows(this.sources.unmapped, job);
    else if (report.kind === 'SUMMARY') yield* run === null ? this.runsOf(job) : [[summaryOf(run)]];
    else yield* this.items(report, run, job);
    await this.requireSame(report, run, job);
  }

  /** Throws a `Refusal` unless the subject exists and rests, so that a report tells of one moment. */
  async subject(subjectId: string): Promise<{ run: RunRow | null; job: JobRow }> {
    const { run, job } = await this.find(subjectId);
    if (job === null || (run === null && subjectId.startsWith('run_'))) throw gone();
    const latest = run ?? (job.latestRunId === null ? null : await this.sources.runs.byId(job.latestRunId));
    if (latest !== null && latest.activeJobId !== null) throw stillActive(latest);
    return { run, job };
  }

  /** Whether the job, or that of the run, is a scan. */
  async isScan(subjectId: string): Promise<boolean> {
    const { job } = await this.find(subjectId);
    return job?.transferType === 'SCAN';
  }

  private async find(subjectId: string): Promise<{ run: RunRow | null; job: JobRow | null }> {
    const run = subjectId.startsWith('run_') ? await this.sources.runs.byId(subjectId) : null;
    return { run, job: await this.sources.jobs.byId(run?.jobId ?? subjectId) };
  }

  /** A run that began meanwhile has changed what is told of the whole job. */
  async requireSame({ subjectId }: Pick<ReportRow, 'subjectId'>, run: RunRow | null, before: JobRow): Promise<void> {
    if (run !== null) return;
    const { job } = await this.subject(subjectId);
    if (job.latestRunId !== before.latestRunId) throw changed();
  }

  private async *items(report: Pick<ReportRow, 'itemFilter'>, run: RunRow | null, job: JobRow): Rows {
    const { items } = this.sources;
    if (run !== null && (await this.sources.isPruned(run.planId))) throw pruned();
    const roots = rootsOf(job);
    const filter = report.itemFilter ?? {};
    const read = (page: PageArguments) =>
      run === null ? items.ofJob(job.id, roots, filter, page) : items.ofRun(run, roots, filter, page);
    for await (const nodes of pages(read, PAGE_ITEMS)) yield nodes.map((item) => itemOf(item, job));
    if (run !== null && (await this.sources.isPruned(run.planId))) throw pruned();
  }

  private async *log(run: RunRow | null): Rows {
    if (run === null) throw gone();
    for (let after = 0; ;) {
      const events = await this.sources.runs.events(run.id, after, PAGE_EVENTS);
      yield events.map((event) => [
        event.sequence,
        event.occurredAt,
        event.kind,
        event.state,
        event.severity,
        event.message,
        event.stepId,
      ]);
      after = events.at(-1)?.sequence ?? after;
      if (events.length < PAGE_EVENTS) return;
    }
  }

  private async *scan(run: RunRow | null): Rows {
    if (run === null) throw gone();
    const [row] = await this.sources.scans.ofRuns([run.id]);
    const view = scanViewOf(run.jobId, row ?? null);
    if (view === null) throw noResult();
    yield* scanRows(view);
  }

  private async *runsOf(job: JobRow): Rows {
    const read = (page: PageArguments) => this.sources.runs.page({ jobIds: [job.id] }, page);
    for await (const nodes of pages(read, PAGE_RUNS)) yield nodes.map(summaryOf);
  }
}

function itemOf(item: StepRow, job: JobRow): Cell[] {
  const roots = rootsOf(job);
  return [
    pathOfKey(roots.source, item.sourceKey),
    pathOfKey(roots.destination, item.destinationKey),
    item.kind,
    item.side,
    item.outcome,
    item.reason,
    item.message,
    item.remedy,
    item.byteSize,
    item.sha256,
    item.verifiedBy,
    item.versionsDone,
    item.isRevised,
    item.sourceRemoteId,
    item.destinationRemoteId,
    item.finishedAt,
  ];
}

function summaryOf(run: RunRow): Cell[] {
  const { counters } = run;
  return [
    run.id,
    run.number,
    run.state,
    run.trigger,
    run.queuedAt,
    run.startedAt,
    run.finishedAt,
    counters.itemsPlanned,
    counters.itemsDone,
    counters.bytesPlanned,
    counters.bytesDone,
    counters.versionsDone,
    counters.itemsRevised,
    ...ITEM_OUTCOMES.map((outcome) => counters.outcomes[outcome]?.items ?? 0),
  ];
}

function gone(): Refusal {
  return new Refusal({ code: 'NOT_FOUND', message: 'The run or job of the report does not exist any more.' });
}

function stillActive({ state }: RunRow): Refusal {
  const message = 'A run is under way. Make the report once it has ended, so that it tells of one moment.';
  const ended = ['SUCCEEDED', 'SUCCEEDED_WITH_ISSUES', 'FAILED', 'CANCELED', 'CARRIED_OVER'];
  const states = { currentState: state, allowedStates: ended };
  return new Refusal({ code: 'INVALID_STATE', message, isRetryable: true, state: states });
}

function changed(): Refusal {
  const message = 'A run was carried out while the report was made. Make it again.';
  return new Refusal({ code: 'INVALID', message, isRetryable: true });
}

function noResult(): Refusal {
  const message = 'This run has no result of a scan: choose the run of a job of the type SCAN that came to its end.';
  return new Refusal({ code: 'INVALID', message });
}

function pruned(): Refusal {
  const message =
    'Items of this run were removed for their age. SLUICE_ITEM_DAYS and SLUICE_ITEM_RUNS keep them longer.';
  return new Refusal({ code: 'INVALID', message });
}
