import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { graphql, type EnumOf, type ResultOf, type SluiceClient } from '@sluice/client';
import { Failure, UsageError } from './exit-codes.js';
import { findJob, findMappingSet, findRun } from './find.js';
import { untilMade } from './task.js';
import { bytes, line, shown, type Terminal } from './terminal.js';

const ReportCreate = graphql(`
  mutation ReportCreate($input: ReportCreateInput!, $key: String) {
    reportCreate(input: $input, idempotencyKey: $key) {
      report {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);

const ReportState = graphql(`
  query ReportState($id: ID!) {
    node(id: $id) {
      ... on Report {
        taskState
        failure {
          message
        }
        downloadUrl
        sha256
        byteSize
      }
    }
  }
`);

type Report = Extract<NonNullable<ResultOf<typeof ReportState>['node']>, { taskState: unknown }>;

export interface ReportFlags {
  kind: EnumOf<'ReportKind'>;
  format: EnumOf<'ReportFormat'>;
  /** File to write, which must not be half written under its name. */
  output: string;
}

/** Makes a report and writes it to a file once it came whole. */
export async function writeReport(
  terminal: Terminal,
  client: SluiceClient,
  given: string,
  { kind, format, output }: ReportFlags,
): Promise<void> {
  const { signal } = terminal;
  const input = { kind, format, subject: await subjectOf(client, kind, given) };
  const { report } = await client.mutate(ReportCreate, { input }, { signal });
  const { downloadUrl, sha256, byteSize } = await finished(client, report.id, signal);
  if (downloadUrl === null || sha256 === null) throw new Failure(1, 'The report is no longer kept. Make it again.');
  await download(terminal, downloadUrl, sha256, output);
  line(terminal.err, `${shown(output)}: ${bytes(byteSize ?? 0)}, SHA-256 ${sha256}`);
}

/** A job and its sides, a mapping set, the whole audit log, else a run or the latest one of a job. */
async function subjectOf(client: SluiceClient, kind: ReportFlags['kind'], given: string) {
  if ((kind === 'AUDIT_LOG') !== (given === AUDIT))
    throw new UsageError(`Ask for the audit log by “sluice report ${AUDIT} --kind AUDIT_LOG”.`);
  if (kind === 'AUDIT_LOG') return { auditLog: {} };
  if (kind === 'MAPPING_SET') return { mappingSetId: await findMappingSet(client, given) };
  if (OF_JOBS.has(kind)) return { jobId: (await findJob(client, given)).id };
  return { runId: await findRun(client, given) };
}

const OF_JOBS: ReadonlySet<ReportFlags['kind']> = new Set(['PERMISSIONS', 'UNMAPPED', 'VALIDATION']);

/** Stands for the audit log where other kinds have a run or job. */
const AUDIT = 'audit';

/** Waits until the report is made. */
function finished(client: SluiceClient, id: string, signal: AbortSignal): Promise<Report> {
  return untilMade(async () => {
    const { node } = await client.request(ReportState, { id }, { signal });
    if (node === null || !('taskState' in node)) throw new Failure(1, 'The report is gone.');
    if (node.taskState === 'FAILED')
      throw new Failure(1, `The report failed: ${node.failure?.message ?? 'no reason given'}`);
    return node.taskState === 'SUCCEEDED' ? node : null;
  }, signal);
}

async function download(terminal: Terminal, url: string, sha256: string, output: string): Promise<void> {
  const { ok, status, body } = await terminal.fetch(url, { signal: terminal.signal }).catch(() => {
    throw new Failure(3, 'The report could not be downloaded: the server cannot be reached.');
  });
  if (!ok || !body)
    throw new Failure(3, `The report could not be downloaded: the server answered with status ${status}.`);
  const part = `${output}.part`;
  const hash = createHash('sha256');
  try {
    await pipeline(body, (chunks: AsyncIterable<Uint8Array>) => hashed(chunks, hash), createWriteStream(part));
    if (hash.digest('hex') !== sha256) throw new Failure(1, 'The report was damaged on its way. Make it again.');
    await rename(part, output);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
