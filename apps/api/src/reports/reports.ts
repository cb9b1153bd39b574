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
import { ReportContents } from './contents.js';
import { serveDownloads } from './downloads.js';
import { ReportFiles } from './report-files.js';
import { ReportTasks } from './report-tasks.js';
import { ReportResolver } from './report.resolver.js';
import { ReportService } from './report.service.js';
import { ReportStore } from './report.store.js';
import { ReportSigner } from './signing.js';

/**
 * Reports: files made from what the store holds of runs and jobs, as tasks, with signed addresses to download them. What they
 * tell is read by the stores of `runs/` and `jobs/`. `makes`: whether this process makes them.
 */
export function createReports(
  base: Base,
  { idempotency }: Pick<Access, 'idempotency'>,
  nodes: NodeFinder,
  makes: boolean,
): Domain {
  const store = new ReportStore(base);
  const files = new ReportFiles(base.config.dataFolder);
  const signer = new ReportSigner(base.vault);
  const addresses = new DownloadAddresses(base.vault, base.clock, base.config.publicUrl);
  const plans = new PlanStore(base.db);
  const contents = new ReportContents({
    jobs: new JobStore(base.db),
    runs: new RunStore(base.db),
    items: new ItemStore(base.db),
    isPruned: async (planId) => (await plans.byIds([planId]))[0]?.isPruned ?? true,
  });
  const service = new ReportService({ base, store, contents, addresses, idempotency, nodes });
  const tasks = makes ? new ReportTasks({ base, store, files, contents, signer }) : null;
  return {
    resolvers: [new ReportResolver(service)],
    nodes: [{ prefix: 'rep', typeName: 'Report', load: async (ids) => inOrder(ids, await service.byIds(ids)) }],
    routes: [(server) => serveDownloads(server, { addresses, store, files, signer })],
    start: async () => tasks?.start(),
    stop: async () => tasks?.stop(),
  };
}
