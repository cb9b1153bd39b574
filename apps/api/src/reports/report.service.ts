import type { ReportRow } from '../db/row-types.js';
import type { Idempotency } from '../access/idempotency.js';
import type { Base } from '../base.js';
import { hasScope, requireCaller, type Context } from '../graphql/context.js';
import { newId } from '../graphql/ids.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import type { Page, PageArguments } from '../graphql/paging.js';
import { Problems, Refusal } from '../problems.js';
import type { DownloadAddresses, DownloadPart } from './addresses.js';
import type { ReportContents } from './contents.js';
import type { ReportStore } from './report.store.js';
import type { ReportFormat, ReportKind, StoredItemFilter } from '../db/tables/reports.js';

export type { ReportRow };

/** Reports that are kept at most; each goes by itself after its time. */
export const MAX_REPORTS = 1_000;

export interface NewReport {
  kind: ReportKind;
  subject: { runId?: string | null; jobId?: string | null };
  format: ReportFormat;
  itemFilter?: StoredItemFilter | null;
  timeZone: string;
}

export interface ReportServiceParts {
  base: Pick<Base, 'clock'>;
  store: ReportStore;
  contents: Pick<ReportContents, 'subject'>;
  addresses: DownloadAddresses;
  idempotency: Idempotency;
  nodes: Pick<NodeFinder, 'find'>;
}

/** Reports as people ask for them; `ReportTasks` makes them. */
export class ReportService {
  constructor(private readonly parts: ReportServiceParts) {}

  byIds(ids: readonly string[]): Promise<ReportRow[]> {
    return this.parts.store.byIds(ids);
  }

  page(subjectId: string | null | undefined, page: PageArguments): Promise<Page<ReportRow>> {
    return this.parts.store.page(subjectId ?? null, page);
  }

  create(input: NewReport, key: string | null | undefined, context: Context): Promise<ReportRow> {
    const request = { mutation: 'reportCreate', key, argument: input };
    return this.parts.idempotency.once<ReportRow>(context, request, async () => {
      const report = await this.prepare(input, context);
      return async (tx) => {
        if ((await this.parts.store.count(tx)) >= MAX_REPORTS) throw tooMany();
        await this.parts.store.insert(tx, report);
        return report;
      };
    });
  }

  subject({ subjectId }: ReportRow, context: Context): Promise<object | null> {
    return this.parts.nodes.find(subjectId, context);
  }

  /** A new address, for those who may read what the report tells; null until there is a file. */
  addressOf({ id, taskState }: ReportRow, part: DownloadPart, context: Context): string | null {
    const isReadable = taskState === 'SUCCEEDED' && hasScope(context, 'JOBS_READ');
    return isReadable ? this.parts.addresses.of({ reportId: id, part }) : null;
  }

  private async prepare(input: NewReport, context: Context): Promise<ReportRow> {
    const [field, subjectId] = input.subject.runId
      ? ['runId', input.subject.runId]
      : ['jobId', input.subject.jobId ?? ''];
    const path = ['input', 'subject', field];
    const problems = new Problems();
    if (input.kind === 'LOG' && field === 'jobId') problems.add('INVALID', path, 'A log is one of a run: give runId.');
    if (input.itemFilter && input.kind !== 'ITEMS')
      problems.add('INVALID', ['input', 'itemFilter'], 'Conditions are for a report of ITEMS only: leave them out.');
    const isMeant = subjectId.startsWith(field === 'runId' ? 'run_' : 'job_');
    const found = isMeant ? await this.parts.nodes.find(subjectId, context) : null;
    if (found === null) problems.add('NOT_FOUND', path, `There is no such ${field === 'runId' ? 'run' : 'job'}.`);
    problems.refuseIfAny();
    await this.parts.contents.subject(subjectId).catch((error: unknown) => {
      throw error instanceof Refusal ? new Refusal(...error.problems.map((each) => ({ ...each, field: path }))) : error;
    });
    return this.newRow(input, subjectId, context);
  }

  private newRow({ kind, format, timeZone, itemFilter }: NewReport, subjectId: string, context: Context): ReportRow {
    return {
      id: newId('rep'),
      kind,
      format,
      subjectId,
      itemFilter: itemFilter ? { ...itemFilter } : null,
      timeZone,
      taskState: 'QUEUED',
      failure: null,
      byteSize: null,
      sha256: null,
      signature: null,
      expiresAt: null,
      tries: 0,
      leaseOwner: null,
      leaseUntil: null,
      createdAt: new Date(this.parts.base.clock.now()),
      createdById: requireCaller(context).actorId,
    };
  }
}

function tooMany(): Refusal {
  const message = `There are ${MAX_REPORTS} reports already. Each goes after SLUICE_REPORT_DAYS; ask again later.`;
  return new Refusal({ code: 'LIMIT_EXCEEDED', message });
}
