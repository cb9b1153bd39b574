import { demoJobs } from '../support/demo.js';
import type { GraphqlClient } from '../support/graphql.js';
import { planOf } from '../support/plans.js';
import { until } from '../support/until.js';
import { addJob, addShare, readRun, runToEnd, startRun } from '../support/work.js';

/** A page to be drawn. */
export interface Picture {
  /** Name of the file, without theme, width and ending. */
  name: string;
  /** Path in the web app. */
  path: string;
  /** Whether it is drawn at the widths of a tablet and a telephone too. */
  isNarrowToo?: boolean;
}

/** Brings the demo to where there is something to see on each page: a run that is over, one with flagged files, a plan to be decided. */
export async function preparePictures(client: GraphqlClient, folder: string): Promise<Picture[]> {
  const jobs = await demoJobs(client);
  const [copy, sync, scan] = jobs;
  if (!copy?.destination || !sync || !scan) throw new Error('The demo has not made its jobs.');
  const source = { connectionId: await addShare(client, folder, 'Site office') };
  const procore = { connectionId: copy.destination.connection.id };
  const flagged = await addJob(client, 'Site office to Procore', source, procore, { invalidCharacters: 'FLAG' });
  const flaggedRun = await runToEnd(client, flagged);
  const scanned = await runToEnd(client, scan.id);
  await runToEnd(client, sync.id);
  const mappings = await addMappings(client);
  const archive = await addJob(
    client,
    'Site folder to the archive',
    { connectionId: copy.source.connection.id },
    { ...procore, path: '/Archive' },
  );
  const plan = await planOf(client, archive);
  const running = await startRun(client, copy.id);
  await until(
    () => readRun(client, running),
    ({ statistics }) => statistics.itemsDone > 20,
  );
  return [
    { name: 'overview', path: '/', isNarrowToo: true },
    { name: 'run', path: `/runs/${running}`, isNarrowToo: true },
    { name: 'flagged', path: `/runs/${flaggedRun.id}` },
    { name: 'scan', path: `/scans/${scanned.id}` },
    { name: 'runs', path: '/runs' },
    { name: 'jobs', path: '/jobs' },
    { name: 'job', path: `/jobs/${copy.id}` },
    { name: 'new-job', path: '/jobs/new/type', isNarrowToo: true },
    { name: 'job-policies', path: `/jobs/${copy.id}/edit/policies` },
    { name: 'job-summary', path: `/jobs/${copy.id}/edit/summary` },
    { name: 'plan', path: `/plans/${plan.id}`, isNarrowToo: true },
    { name: 'mappings', path: `/mappings/${mappings}` },
    { name: 'connections', path: '/connections' },
    { name: 'connection', path: `/connections/${procore.connectionId}` },
    { name: 'can-hold', path: `/connections/${procore.connectionId}/capabilities` },
    { name: 'add-connection', path: '/connections/new?platform=PROCORE' },
  ];
}

/** A set of rules that keep what Procore has no place for. */
async function addMappings(client: GraphqlClient): Promise<string> {
  const made = await client.request<{ mappingSetCreate: { mappingSet: { id: string } } }>(`mutation {
    mappingSetCreate(kind: METADATA, sourcePlatform: NETWORK_FILE_SHARE, destinationPlatform: PROCORE, input: {
      name: "What the share knows"
      metadataRules: [
        { destinationField: "description", value: { template: "Was {path}, changed {modifiedAt}" } }
        { destinationField: "private", value: { fixedValue: "false" }, isRequired: true }
        { destinationField: "versionNotes", value: { sourceField: "owner" }, defaultValue: "unknown" }
      ]
    }) { mappingSet { id } }
  }`);
  return made.mappingSetCreate.mappingSet.id;
}
