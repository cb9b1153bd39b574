import type { ReportRow } from '../db/row-types.js';
import type { Idempotency } from '../access/idempotency.js';
import type { Base } from '../base.js';
import { hasScope, requireCaller, type Context } from '../graphql/context.js';
import { newId } from '../graphql/ids.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import type { Page, PageArguments } from '../graphql/paging.js';
import { notFound, Refusal } from '../problems.js';
import type { DownloadAddresses, DownloadPart } from './addresses.js';
import type { ReportFiles } from './report-files.js';
import { READ_SCOPES, ReportSubjects, type SubjectInput } from './report-subjects.js';
import type { ReportStore } from './report.store.js';
import type { ReportFormat, ReportKind, StoredItemFilter } from '../db/tables/reports.js';
import type { WorkContents } from './work-contents.js';

export type { ReportRow };

/** Reports that are kept at most; each goes by itself after its time. */
export const MAX_REPORTS = 1_000;

export interface NewReport {
  kind: ReportKind;
  subject: SubjectInput;
  format: ReportFormat;
  itemFilter?: StoredItemFilter | null;
  timeZone: string;
}

export interface ReportServiceParts {
  base: Pick<Base, 'clock'>;
  store: ReportStore;
  files: Pick<ReportFiles, 'remove'>;
  work: Pick<WorkContents, 'subject' | 'isScan'>;
  addresses: DownloadAddresses;
  idempotency: Idempotency;
  nodes: Pick<NodeFinder, 'find'>;
}

/** Reports as people ask for them; `ReportTasks` makes them. */
export class ReportService {
  private readonly subjects: ReportSubjects;

  constructor(private readonly parts: ReportServiceParts) {
    this.subjects = new ReportSubjects(parts.nodes, parts.work);
  }

  byIds(ids: readonly string[]): Promise<ReportRow[]> {
    return this.parts.store.byIds(ids);
  }

  page(subjectId: string | null | undefined, page: PageArguments): Promise<Page<ReportRow>> {
    return this.parts.store.page(subjectId ?? null, page);
  }

  create(input: NewReport, key: string | null | undefined, context: Context): Promise<ReportRow> {
    const request = { mutation: 'reportCreate', key, argument: input };
    return this.parts.idempotency.once<ReportRow>(context, request, async () => {
      const report = this.newRow(input, await this.subjects.require(input, context), context);
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

  /** Deletes a report and its file; one under way is broken off within seconds. */
  async delete(id: string, context: Context): Promise<string> {
    const [report] = await this.parts.store.byIds([id]);
    if (report === undefined) throw notFound('report');
    const isOwn = report.createdById === requireCaller(context).actorId;
    if (!isOwn && !hasScope(context, 'JOBS_WRITE')) throw notYours();
    if ((await this.parts.store.delete(id)) === null) throw notFound('report');
    await this.parts.files.remove(id, report.format);
    return id;
  }

  /** A new address, for those who may read what the report tells; null until there is a file. */
  addressOf({ id, kind, taskState }: ReportRow, part: DownloadPart, context: Context): string | null {
    const isReadable = READ_SCOPES[kind].every((scope) => hasScope(context, scope));
    return taskState === 'SUCCEEDED' && isReadable ? this.parts.addresses.of({ reportId: id, part }) : null;
  }

  private newRow(input: NewReport, subject: Pick<ReportRow, 'subjectId' | 'span'>, context: Context): ReportRow {
    const { kind, format, timeZone, itemFilter } = input;
    return {
      id: newId('rep'),
      kind,
      format,
      ...subject,
      itemFilter: itemFilter ? { ...itemFilter } : null,
      timeZone,
      taskState: 'QUEUED',
      failure: null,
      validation: null,
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

function notYours(): Refusal {
  const message = 'Another person made this report: who may change jobs can delete it.';
  return new Refusal({ code: 'FORBIDDEN', message, field: ['id'] });
}

function tooMany(): Refusal {
  const message = `There are ${MAX_REPORTS} reports already. Each goes after SLUICE_REPORT_DAYS; ask again later.`;
  return new Refusal({ code: 'LIMIT_EXCEEDED', message });
}
