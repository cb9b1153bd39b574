import { PlatformError } from '@sluice/core/platform';
import type { ListedFigures, ScanDuplicates } from '@sluice/core/run';
import type { ConnectionRow, JobRow, RunRow, ScanRow } from '../../db/row-types.js';
import { inBatches } from '../../db/batch.js';
import { CATALOG } from '../../connections/catalog.js';
import { loaderOf, type Context } from '../../graphql/context.js';
import { inputError } from '../../graphql/input-error.js';
import type { Issue } from '../../jobs/issues.js';
import type { JobStore } from '../../jobs/job.store.js';
import type { ConnectionAccess } from '../../jobs/ports.js';
import { lossesOf, type LossSide } from './scan-losses.js';
import type { ScanResultStore } from './scan.store.js';
import type { ComparisonSideInput } from './scan.types.js';

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
    private readonly connections: ConnectionAccess,
  ) {
    this.jobById = inBatches((ids) => jobs.byIds(ids));
    this.connectionById = inBatches((ids) => connections.byIds(ids));
  }

  /** Null for a run that is no scan, and until the last file is compared: half a result is none. */
  async resultOf({ id, jobId }: RunRow, context: Context): Promise<ScanView | null> {
    const row = await loaderOf<ScanRow>(context, this, (ids) => this.store.ofRuns(ids)).load(id);
    if (row?.figures == null || row.duplicates === null) return null;
    const { groupCount: duplicateGroupCount, byteCount: duplicateByteCount, groups: duplicates } = row.duplicates;
    return { jobId, ...row.figures, duplicateGroupCount, duplicateByteCount, duplicates };
  }

  /** `seesConnections`: whether the caller may know which connections there are. */
  async losses(scan: ScanView, asked: ComparisonSideInput, seesConnections: boolean): Promise<Issue[]> {
    const job = await this.jobById(scan.jobId);
    const row = job && (await this.connectionById(job.sourceConnectionId));
    if (!row) return [];
    const [source, destination] = [await this.sideOf(row), await this.sideAsked(asked, seesConnections)];
    return lossesOf(scan, source, destination);
  }

  private async sideAsked(
    { platform, connectionId }: ComparisonSideInput,
    seesConnections: boolean,
  ): Promise<LossSide> {
    if (connectionId === undefined) {
      const general = CATALOG.find(({ kind }) => kind === platform);
      if (!general) throw inputError(['destination', 'platform'], `is wrong: choose ${KINDS}.`);
      return {
        kind: general.kind,
        capabilities: general.capabilities,
        limits: general.limits,
        general: general.limits,
      };
    }
    const row = seesConnections ? await this.connectionById(connectionId) : null;
    if (row) return this.sideOf(row);
    throw inputError(['destination', 'connectionId'], 'is wrong: there is no such connection.');
  }

  /** As the account has it; while it cannot be used, as its platform has it in general. */
  private async sideOf(row: ConnectionRow): Promise<LossSide> {
    const { kind, capabilities, limits: general } = this.connections.describe(row.platform);
    try {
      const { capabilities: own, limits } = await this.connections.open(row.id);
      return { kind, capabilities: own, limits, general };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return { kind, capabilities, limits: general, general };
    }
  }
}

const KINDS = CATALOG.map(({ kind }) => kind).join(' or ');
