import type { ReportRow } from '../db/row-types.js';
import { hasScope, type Context } from '../graphql/context.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import type { Scope } from '../graphql/scopes.js';
import { Problems, Refusal } from '../problems.js';
import type { ReportKind, StoredItemFilter, StoredSpan, TimeSpan } from '../db/tables/reports.js';
import type { WorkContents } from './work-contents.js';

/** Exactly one of them. */
export interface SubjectInput {
  runId?: string | null;
  jobId?: string | null;
  mappingSetId?: string | null;
  auditLog?: TimeSpan | null;
}

type SubjectField = keyof SubjectInput;

/** What each kind of report may tell of. */
const SUBJECTS: Readonly<Record<ReportKind, readonly SubjectField[]>> = {
  AUDIT_LOG: ['auditLog'],
  ITEMS: ['runId', 'jobId'],
  LOG: ['runId'],
  MAPPING_SET: ['mappingSetId'],
  PERMISSIONS: ['jobId'],
  SCAN: ['runId'],
  SUMMARY: ['runId', 'jobId'],
  UNMAPPED: ['jobId'],
  VALIDATION: ['jobId'],
};

/** Stands for the audit log where others have the identifier of a run or job. */
export const AUDIT_SUBJECT = 'auditLog';

const WORDS: Readonly<Record<SubjectField, string>> = {
  ...{ runId: 'run', jobId: 'job', mappingSetId: 'mapping set', auditLog: 'span of the audit log' },
};

/** What the one who asks for a report, or fetches it, has to be allowed to read. */
export const READ_SCOPES: Readonly<Record<ReportKind, readonly Scope[]>> = {
  AUDIT_LOG: ['AUDIT_READ'],
  ITEMS: ['JOBS_READ'],
  LOG: ['JOBS_READ'],
  MAPPING_SET: ['MAPPINGS_READ'],
  PERMISSIONS: ['JOBS_READ', 'CONNECTIONS_READ'],
  SCAN: ['JOBS_READ'],
  SUMMARY: ['JOBS_READ'],
  UNMAPPED: ['JOBS_READ'],
  VALIDATION: ['JOBS_READ'],
};

type StoredSubject = Pick<ReportRow, 'subjectId' | 'span'>;

interface Asked {
  kind: ReportKind;
  subject: SubjectInput;
  itemFilter?: StoredItemFilter | null;
}

/** What reports may be asked about, with all problems at once. */
export class ReportSubjects {
  constructor(
    private readonly nodes: Pick<NodeFinder, 'find'>,
    private readonly work: Pick<WorkContents, 'subject' | 'isScan'>,
  ) {}

  async require({ kind, subject, itemFilter }: Asked, context: Context): Promise<StoredSubject> {
    const problems = new Problems();
    const field = (Object.keys(SUBJECT_PREFIXES) as SubjectField[]).find((name) => subject[name]) ?? 'runId';
    const path = ['input', 'subject', field];
    if (itemFilter && kind !== 'ITEMS')
      problems.add('INVALID', ['input', 'itemFilter'], 'Conditions are for a report of ITEMS only: leave them out.');
    const isFitting = SUBJECTS[kind].includes(field);
    if (!isFitting) problems.add('INVALID', path, `A report of the kind ${kind} is one of a ${wordsOf(kind)}.`);
    if (field === 'auditLog') return this.spanOf(subject.auditLog ?? {}, problems, context);
    const id = subject[field] ?? '';
    const isFound = await this.isThere(id, field, context);
    if (!isFound) problems.add('NOT_FOUND', path, `There is no such ${WORDS[field]}.`);
    else if (isFitting) await this.checkWork(kind, id, problems, path);
    if (kind === 'PERMISSIONS' && !hasScope(context, 'CONNECTIONS_READ'))
      problems.add('FORBIDDEN', ['input', 'kind'], 'It tells of people, and needs the scope CONNECTIONS_READ.');
    problems.refuseIfAny();
    if (field === 'mappingSetId') return { subjectId: id, span: null };
    await this.work.subject(id).catch((error: unknown) => {
      throw error instanceof Refusal ? new Refusal(...error.problems.map((each) => ({ ...each, field: path }))) : error;
    });
    return { subjectId: id, span: null };
  }

  private async isThere(id: string, field: SubjectField, context: Context): Promise<boolean> {
    return id.startsWith(SUBJECT_PREFIXES[field]) && (await this.nodes.find(id, context)) !== null;
  }

  private async checkWork(kind: ReportKind, id: string, problems: Problems, path: string[]): Promise<void> {
    if (kind !== 'SCAN' && kind !== 'VALIDATION') return;
    const isScan = await this.work.isScan(id);
    if (kind === 'SCAN' && !isScan)
      problems.add('INVALID', path, 'It is no run of a SCAN: there is no analysis of it.');
    if (kind === 'VALIDATION' && isScan)
      problems.add('INVALID', path, 'A SCAN has no destination that could be compared with its source.');
  }

  private spanOf({ from, to }: TimeSpan, problems: Problems, context: Context): StoredSubject {
    const path = ['input', 'subject', 'auditLog'];
    if (!hasScope(context, 'AUDIT_READ')) problems.add('FORBIDDEN', path, 'It needs the scope AUDIT_READ.');
    if (from && to && from >= to) problems.add('INVALID', path, 'The end of a span is after its beginning.');
    problems.refuseIfAny();
    const span: StoredSpan = { from: from?.getTime() ?? null, to: to?.getTime() ?? null };
    return { subjectId: AUDIT_SUBJECT, span };
  }
}

/** How identifiers of each begin. */
const SUBJECT_PREFIXES: Readonly<Record<SubjectField, string>> = {
  ...{ runId: 'run_', jobId: 'job_', mappingSetId: 'map_', auditLog: '' },
};

const wordsOf = (kind: ReportKind): string =>
  SUBJECTS[kind].map((field) => `${WORDS[field]} (${field})`).join(' or a ');
