import type { ReportRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import { LeaseWatch } from '../db/lease-watch.js';
import { newId } from '../graphql/ids.js';
import { CHANGES_CHANNEL } from '../live/change-kind.js';
import { Bell } from '../live/bell.js';
import { Refusal, type Problem } from '../problems.js';
import { codeOf } from '../start/causes.js';
import type { ReportContents } from './contents.js';
import { LineWriter } from './lines.js';
import type { FoundFile, ReportFiles } from './report-files.js';
import type { ReportLease, ReportStore } from './report.store.js';
import type { ReportKind, ValidationTotals } from '../db/tables/reports.js';
import type { ReportSigner } from './signing.js';

/** A maker whose claim another process has seen unchanged for this time counts as dead. */
export const CLAIM_MS = 15_000;
const BEAT_MS = 3_000;
const SWEEP_MS = 10 * 60_000;
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
/** A report that ended so many processes is not tried again. */
const MAX_TRIES = 3;

export interface ReportTaskParts {
  base: Pick<Base, 'clock' | 'hub' | 'log' | 'changes' | 'config'>;
  store: ReportStore;
  files: ReportFiles;
  contents: Pick<ReportContents, 'columns' | 'rows'>;
  signer: Pick<ReportSigner, 'sign'>;
  kinds: readonly ReportKind[];
}

/**
 * Makes reports of some kinds, one at a time in each process; one whose maker died is begun anew. Removes those whose time is
 * over.
 */
export class ReportTasks {
  private readonly claims: LeaseWatch;
  private readonly end = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private sweptAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: ReportTaskParts) {
    this.claims = new LeaseWatch(parts.base.clock, CLAIM_MS);
  }

  start(): void {
    this.loop = this.run();
  }

  /** Breaks off the report under way, which another process or a later start begins anew. */
  async stop(): Promise<void> {
    this.end.abort();
    await this.loop;
  }

  /** Makes all reports that wait; gives the milliseconds until it is worth looking again. */
  async pass(): Promise<number> {
    const { store, base } = this.parts;
    await this.sweep();
    const open = await store.open(this.parts.kinds);
    const held = open.filter(({ leaseOwner }) => leaseOwner !== null);
    const silent = new Set(this.claims.silent(held));
    for (const report of open) {
      if (this.end.signal.aborted) break;
      if (report.leaseOwner === null || silent.has(report)) await this.make(report);
    }
    return held.length > silent.size ? CLAIM_MS : base.changes.pollInterval;
  }

  private async run(): Promise<void> {
    const { clock, hub, log, changes } = this.parts.base;
    const bell = new Bell((ring) => hub.listen(CHANGES_CHANNEL, ring));
    while (!this.end.signal.aborted) {
      bell.reset();
      const wait = await this.pass().catch((error: unknown) => {
        log.error({ err: error as Error }, 'reports could not be looked at');
        return changes.pollInterval;
      });
      await bell.wait(wait, clock, this.end.signal);
    }
    bell.remove();
  }

  private async make(waiting: ReportRow): Promise<void> {
    const { store, base } = this.parts;
    const claim = newId('claim');
    const report = await store.take(waiting, this.lease(claim), waiting.leaseOwner);
    if (report === null) return;
    const beat = this.beat(report.id, claim);
    try {
      if (report.tries > MAX_TRIES) throw new Refusal(endedProcesses());
      const outcome = await this.write(report, claim, beat.signal);
      await store.settle(report.id, claim, { ...outcome, taskState: 'SUCCEEDED', expiresAt: this.expiry() });
    } catch (error) {
      const again = { taskState: 'QUEUED' as const, tries: waiting.tries };
      if (this.end.signal.aborted) return void (await store.settle(report.id, claim, again));
      // Somebody deleted it, or another process has it.
      if (beat.signal.aborted) return;
      if (!(error instanceof Refusal)) base.log.error({ err: error as Error, report: report.id }, 'report failed');
      const failure = problemOf(error);
      await store.settle(report.id, claim, { taskState: 'FAILED', failure, expiresAt: this.expiry() });
    } finally {
      beat.stop();
    }
  }

  private async write(report: ReportRow, claim: string, signal: AbortSignal) {
    const { files, contents, signer } = this.parts;
    const { id, format, timeZone } = report;
    const lines = new LineWriter({ columns: await contents.columns(report), format, timeZone });
    let validation: ValidationTotals | null = null;
    const making = {
      signal,
      folder: files.workFolderOf({ id, claim }),
      tell: (totals: ValidationTotals) => void (validation = totals),
    };
    async function* texts() {
      yield lines.head();
      for await (const rows of contents.rows(report, making)) yield rows.map((cells) => lines.line(cells)).join('');
    }
    const written = await files.write({ id, format, claim }, texts(), signal);
    return { ...written, validation, signature: signer.sign(written.sha256) };
  }

  /** Renews a claim until it is stopped; its signal is aborted when the claim is lost or the process ends. */
  private beat(id: string, claim: string): { signal: AbortSignal; stop(): void } {
    const { store, base } = this.parts;
    const [stopped, lost] = [new AbortController(), new AbortController()];
    const renew = async () => {
      for (;;) {
        await base.clock.sleep(BEAT_MS, stopped.signal);
        if (!(await store.renew(id, this.lease(claim)))) return lost.abort(new Error('The claim was lost.'));
      }
    };
    renew().catch((error: unknown) => {
      if (!stopped.signal.aborted) lost.abort(error);
    });
    return { signal: AbortSignal.any([this.end.signal, lost.signal]), stop: () => stopped.abort() };
  }

  /** Removes reports whose time is over, and files that belong to none. */
  private async sweep(): Promise<void> {
    const { base, store, files } = this.parts;
    if (base.clock.monotonic() - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = base.clock.monotonic();
    for (const report of await store.expired(new Date(base.clock.now()))) {
      await files.remove(report.id, report.format);
      await store.delete(report.id);
    }
    const found = await files.list();
    // Read after the files: a claim is stored before its working file exists.
    const rows = await store.byIds([...new Set(found.map(({ reportId }) => reportId))]);
    const known = new Map(rows.map((report) => [report.id, report]));
    for (const file of found) if (!isNeeded(file, known.get(file.reportId))) await files.discard(file);
  }

  private lease(leaseOwner: string): ReportLease {
    return { leaseOwner, leaseUntil: new Date(this.parts.base.clock.now() + CLAIM_MS) };
  }

  private expiry(): Date {
    return new Date(this.parts.base.clock.now() + this.parts.base.config.limits.reportRetention);
  }
}

function isNeeded({ claim }: FoundFile, report: ReportRow | undefined): boolean {
  if (report === undefined || report.taskState === 'FAILED') return false;
  return claim === null || claim === report.leaseOwner;
}

function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problems[0] ?? defect();
  return NO_ROOM.has(codeOf(error) ?? '') ? noRoom() : defect();
}

function noRoom(): Problem {
  const message = 'The data folder has no room left for the report. Make room, and make the report again.';
  return { code: 'STORE_UNAVAILABLE', message, isRetryable: true };
}

function endedProcesses(): Problem {
  return { code: 'INTERNAL_ERROR', message: `The process ended ${MAX_TRIES} times while it made this report.` };
}

function defect(): Problem {
  return { code: 'INTERNAL_ERROR', message: 'The report could not be made because of a fault in Sluice; see the log.' };
}
