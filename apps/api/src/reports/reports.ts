import type { Access } from '../access/access.js';
import type { Base } from '../base.js';
import { inOrder } from '../graphql/context.js';
import type { Domain } from '../graphql/domain.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { JobStore } from '../jobs/job.store.js';
import { PlanStore } from '../plans/plan.store.js';
import { ItemStore } from '../runs/reading/item.store.js';
import { RunStore } from '../runs/reading/run.store.js';
import { DownloadAddresses } from './addresses.js';
import type { Connections } from '../connections/connections.js';
import { KnownPairStore } from '../runs/reading/known-pairs.store.js';
import { ScanResultStore } from '../runs/reading/scan.store.js';
import { UnmappedReader } from '../runs/reading/unmapped.store.js';
import { EntryStore } from '../mappings/entry.store.js';
import { MappingStore } from '../mappings/mapping.store.js';
import { MappingContents } from './mapping-contents.js';
import { Permissions } from './permissions.js';
import { ReportContents } from './contents.js';
import { Validation } from './validation.js';
import { WorkContents } from './work-contents.js';
import { REPORT_KINDS, type ReportKind } from '../db/tables/reports.js';
import { serveDownloads } from './downloads.js';
import { ReportFiles } from './report-files.js';
import { ReportTasks } from './report-tasks.js';
import { ReportResolver } from './report.resolver.js';
import { ReportService } from './report.service.js';
import { ReportStore } from './report.store.js';
import { ReportSigner } from './signing.js';

export interface ReportNeeds {
  access: Pick<Access, 'idempotency'>;
  connections: Connections;
  nodes: NodeFinder;
}

/**
 * Reports: files made from what the store holds of runs, jobs, mapping sets and the audit log, and of what a job's platforms list, as
 * tasks, with signed addresses to download them. `makes`: whether this process makes them.
 */
export function createReports(base: Base, { access, connections, nodes }: ReportNeeds, makes: boolean): Domain {
  const store = new ReportStore(base);
  const files = new ReportFiles(base.config.dataFolder);
  const signer = new ReportSigner(base.vault);
  const addresses = new DownloadAddresses(base.vault, base.clock, base.config.publicUrl);
  const work = workContents(base);
  const listing = { connections, work, clock: base.clock };
  const contents = new ReportContents(base.audit.store, work, {
    validation: new Validation({ ...listing, known: new KnownPairStore(base.db) }),
    permissions: new Permissions(listing),
    mappings: new MappingContents(new MappingStore(base), new EntryStore(base.db)),
  });
  const { idempotency } = access;
  const service = new ReportService({ base, store, files, work, addresses, idempotency, nodes });
  const parts = { base, store, files, contents, signer };
  const makers = makes ? lanes().map((kinds) => new ReportTasks({ ...parts, kinds })) : [];
  return {
    resolvers: [new ReportResolver(service)],
    nodes: [{ prefix: 'rep', typeName: 'Report', load: async (ids) => inOrder(ids, await service.byIds(ids)) }],
    routes: [(server) => serveDownloads(server, { addresses, store, files, signer })],
    start: async () => makers.forEach((maker) => maker.start()),
    stop: async () => void (await Promise.all(makers.map((maker) => maker.stop()))),
  };
}

/** What lists platforms may take hours: the others do not wait for it. */
const LISTING: readonly ReportKind[] = ['PERMISSIONS', 'VALIDATION'];
const lanes = () => [REPORT_KINDS.filter((kind) => !LISTING.includes(kind)), LISTING];

function workContents({ db }: Pick<Base, 'db'>): WorkContents {
  const plans = new PlanStore(db);
  return new WorkContents({
    jobs: new JobStore(db),
    runs: new RunStore(db),
    items: new ItemStore(db),
    scans: new ScanResultStore(db),
    unmapped: new UnmappedReader(db),
    isPruned: async (planId) => (await plans.byIds([planId]))[0]?.isPruned ?? true,
  });
}
