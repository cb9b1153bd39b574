import type { GraphqlClient, UserErrorShape } from './graphql.js';

type Payload<Name extends string, T> = Record<Name, T> & { userErrors: UserErrorShape[] };

const ERRORS = 'userErrors { code message field }';
const HEALTH = 'connection { id health { status message checks { step outcome message } } }';

export interface Connection {
  id: string;
  health: { status: string; message: string };
}

/** How to reach the project of a sandbox as a service account. */
export interface ProcoreAccess {
  loginUrl: string;
  apiUrl: string;
  companyId: string;
  projectId: string;
  clientId: string;
  clientSecret: string;
}

/** A tested connection to a folder. */
export async function addShare(
  client: GraphqlClient,
  folder: string,
  name = 'Share',
  more: Record<string, unknown> = {},
): Promise<string> {
  const settings = { networkFileShare: { location: folder, ...more } };
  return addConnection(client, { name, settings, testNow: true });
}

/** A tested connection to a sandbox project, with client credentials. */
export async function addProcore(client: GraphqlClient, access: ProcoreAccess, name = 'Procore'): Promise<string> {
  const { clientId, clientSecret, ...place } = access;
  const settings = { clientCredentials: 'CUSTOM', authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS', ...place };
  return addConnection(client, {
    name,
    settings: { procore: settings },
    credential: { oauthClient: { clientId, clientSecret } },
    testNow: true,
  });
}

async function addConnection(client: GraphqlClient, input: Record<string, unknown>): Promise<string> {
  const document = `mutation ($input: ConnectionCreateInput!) { connectionCreate(input: $input) { ${HEALTH} ${ERRORS} } }`;
  const { connection } = await client.mutate<Payload<'connection', Connection>>(document, { input });
  if (connection.health.status !== 'HEALTHY') throw new Error(`Not connected: ${JSON.stringify(connection.health)}`);
  return connection.id;
}

export interface Place {
  connectionId: string;
  path?: string;
}

/** A COPY job, or one of the type in `more`; a scan has no destination. */
export async function addJob(
  client: GraphqlClient,
  name: string,
  source: Place,
  destination: Place | null,
  policies?: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Promise<string> {
  const at = ({ connectionId, path }: Place) => ({ connectionId, ...(path ? { at: { path } } : {}) });
  const places = { source: at(source), destination: destination && at(destination) };
  const input = { name, transferType: 'COPY', ...places, policies, ...more };
  const document = `mutation ($input: JobCreateInput!) { jobCreate(input: $input) { job { id state issues { severity message } } ${ERRORS} } }`;
  const { job } = await client.mutate<Payload<'job', { id: string; state: string; issues: unknown[] }>>(document, {
    input,
  });
  if (job.state === 'DRAFT') throw new Error(`The job has errors: ${JSON.stringify(job.issues)}`);
  return job.id;
}

export async function startRun(client: GraphqlClient, jobId: string): Promise<string> {
  const document = `mutation ($jobId: ID!) { runStart(jobId: $jobId) { run { id } ${ERRORS} } }`;
  return (await client.mutate<Payload<'run', { id: string }>>(document, { jobId })).run.id;
}

/** Has a run go on that rests; throws where that is refused. */
export async function resumeRun(client: GraphqlClient, runId: string): Promise<void> {
  const document = `mutation ($runId: ID!) { runResume(id: $runId) { ${ERRORS} } }`;
  await client.mutate(document, { runId });
}

export interface RunView {
  state: string;
  number: number;
  waitingUntil: string | null;
  stateReason: { code: string; message: string } | null;
  statistics: {
    itemsPlanned: number | null;
    itemsDone: number;
    bytesDone: number;
    outcomes: { outcome: string; itemCount: number }[];
    reasons: { reason: string; itemCount: number }[];
    calls: { total: number; throttled: number }[];
  };
}

const RUN = `state number waitingUntil stateReason { code message } statistics {
  itemsPlanned itemsDone bytesDone outcomes { outcome itemCount } reasons { reason itemCount } calls { total throttled } }`;

export async function readRun(client: GraphqlClient, runId: string): Promise<RunView> {
  const { run } = await client.request<{ run: RunView }>(`query ($runId: ID!) { run(id: $runId) { ${RUN} } }`, {
    runId,
  });
  return run;
}

const ENDED = new Set(['CANCELED', 'SUCCEEDED', 'SUCCEEDED_WITH_ISSUES', 'CARRIED_OVER', 'FAILED']);
export const hasEnded = (run: { state: string }): boolean => ENDED.has(run.state);

export interface RunEvent {
  cursor: string;
  sequence: number;
  kind: 'SNAPSHOT' | 'STATE' | 'STATISTICS' | 'ITEM' | 'LOG';
  isReset: boolean;
  state: string | null;
  item: { sourcePath: string | null; reason: string; message: string } | null;
  statistics: { itemsDone: number; itemsPlanned: number | null; bytesDone: number } | null;
}

const PROGRESS = `subscription ($runId: ID!, $after: String) { runProgress(runId: $runId, after: $after, minInterval: "PT0.25S") {
  cursor sequence kind isReset state item { sourcePath reason message } statistics { itemsDone itemsPlanned bytesDone } } }`;

/** Live events of a run, from a cursor or from a snapshot, until it has ended. */
export async function* follow(client: GraphqlClient, runId: string, after?: string): AsyncGenerator<RunEvent> {
  for await (const { runProgress } of client.subscribe<{ runProgress: RunEvent }>(PROGRESS, { runId, after })) {
    yield runProgress;
  }
}

/** Starts a run, follows it to its end and returns how it ended. */
export async function runToEnd(
  client: GraphqlClient,
  jobId: string,
): Promise<RunView & { id: string; events: RunEvent[] }> {
  const id = await startRun(client, jobId);
  const events: RunEvent[] = [];
  for await (const event of follow(client, id)) events.push(event);
  return { ...(await readRun(client, id)), id, events };
}

export interface RunItem {
  kind: 'FILE' | 'FOLDER';
  sourcePath: string | null;
  destinationPath: string | null;
  outcome: string;
  reason: string;
  message: string;
  remedy: string | null;
  isRevised: boolean;
  sha256: string | null;
  byteSize: number | null;
}

const ITEMS = `query ($runId: ID!, $after: String) { run(id: $runId) { items(first: 200, after: $after) {
  nodes { kind sourcePath destinationPath outcome reason message remedy isRevised sha256 byteSize } pageInfo { hasNextPage endCursor } } } }`;

/** All items of a run, page by page. */
export async function readItems(client: GraphqlClient, runId: string): Promise<RunItem[]> {
  interface Page {
    run: { items: { nodes: RunItem[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
  }
  const all: RunItem[] = [];
  let after: string | null = null;
  do {
    const { items }: Page['run'] = (await client.request<Page>(ITEMS, { runId, after })).run;
    all.push(...items.nodes);
    after = items.pageInfo.hasNextPage ? items.pageInfo.endCursor : null;
  } while (after !== null);
  return all;
}

/** How many items of a run have each outcome. */
export const outcomesOf = (run: RunView): Record<string, number> =>
  Object.fromEntries(
    run.statistics.outcomes.filter((each) => each.itemCount > 0).map((each) => [each.outcome, each.itemCount]),
  );
