import type { ListedFigures, ScanDuplicates } from '@sluice/core/run';
import type { ConnectionRow, JobRow, RunRow, ScanRow } from '../../db/row-types.js';
import { inBatches } from '../../db/batch.js';
import type { ComparisonSides } from '../../connections/comparison.js';
import type { ComparisonSideInput } from '../../connections/comparison.types.js';
import { loaderOf, type Context } from '../../graphql/context.js';
import type { Issue } from '../../jobs/issues.js';
import type { JobStore } from '../../jobs/job.store.js';
import type { ConnectionAccess } from '../../jobs/ports.js';
import { lossesOf } from './scan-losses.js';
import type { ScanResultStore } from './scan.store.js';

/** The result of a scan as the schema shows it. */
export interface ScanView extends ListedFigures {
  jobId: string;
  duplicateGroupCount: number;
  duplicateByteCount: number;
  duplicates: ScanDuplicates['groups'];
}

/** What scans found out, and what a transfer of it could lose. */
export class ScanService {
  private readonly jobById: (id: string) => Promise<JobRow | null>;
  private readonly connectionById: (id: string) => Promise<ConnectionRow | null>;

  constructor(
    private readonly store: ScanResultStore,
    jobs: JobStore,
    connections: ConnectionAccess,
    private readonly sides: ComparisonSides,
  ) {
    this.jobById = inBatches((ids) => jobs.byIds(ids));
    this.connectionById = inBatches((ids) => connections.byIds(ids));
  }

  /** See `scanViewOf`. */
  async resultOf({ id, jobId }: RunRow, context: Context): Promise<ScanView | null> {
    const row = await loaderOf<ScanRow>(context, this, (ids) => this.store.ofRuns(ids)).load(id);
    return scanViewOf(jobId, row);
  }

  /** `seesConnections`: whether the caller may know which connections there are. */
  async losses(scan: ScanView, asked: ComparisonSideInput, seesConnections: boolean): Promise<Issue[]> {
    const job = await this.jobById(scan.jobId);
    const row = job && (await this.connectionById(job.sourceConnectionId));
    if (!row) return [];
    const [source, destination] = [
      await this.sides.of(row),
      await this.sides.asked(asked, 'destination', seesConnections),
    ];
    return lossesOf(scan, source, destination);
  }
}

/** Null for a run that is no scan, and until the last file is compared: half a result is none. */
export function scanViewOf(jobId: string, row: ScanRow | null): ScanView | null {
  if (row?.figures == null || row.duplicates === null) return null;
  const { groupCount: duplicateGroupCount, byteCount: duplicateByteCount, groups: duplicates } = row.duplicates;
  return { jobId, ...row.figures, duplicateGroupCount, duplicateByteCount, duplicates };
}
