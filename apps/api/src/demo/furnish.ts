import type { DemoNotes } from './notes.js';
import { SYNC_FOLDER, SYNC_NAME, SYNC_PLACE } from './places.js';
import type { DemoSandbox } from './sandbox.js';

/** The public API of the product, called inside the process. */
export interface DemoHost {
  /** Carries out one operation as an administrator; rejects when its reply has errors. */
  execute<T>(document: string, variables: Record<string, unknown>): Promise<T>;
}

export interface Furnishings {
  siteFolder: string;
  sandbox: DemoSandbox;
  notes: DemoNotes;
}

interface UserErrors {
  userErrors: { message: string }[];
}

const SHARE_NAME = 'Demo: site folder';
const PROCORE_NAME = 'Demo: Procore sandbox';
const JOB_NAME = 'Demo: Harbour Pier 4 to Procore';
const SCAN_NAME = 'Demo: what is in the site folder';

const KNOWN = `query DemoKnown($ids: [ID!]!) { nodes(ids: $ids) { id } }`;
const CONNECT = `mutation DemoConnect($input: ConnectionCreateInput!) {
  connectionCreate(input: $input) { connection { id } userErrors { message } }
}`;
const REDIRECT = `mutation DemoRedirect($id: ID!, $input: ConnectionUpdateInput!) {
  connectionUpdate(id: $id, input: $input) { connection { id } userErrors { message } }
}`;
const CREATE_JOB = `mutation DemoJob($input: JobCreateInput!) {
  jobCreate(input: $input) { job { id } userErrors { message } }
}`;

/**
 * Creates two connections and jobs of three types when neither the connections nor the copy job exist. When people have
 * deleted some of them, these stay deleted. When the sandbox listens on other ports than before, its connection is updated. Returns what exists now.
 */
export async function furnish(host: DemoHost, furnishings: Furnishings): Promise<DemoNotes> {
  const { notes, sandbox } = furnishings;
  const known = await knownIds(host, notes);
  if (known.size === 0) return create(host, furnishings);
  if (notes.procoreId !== null && known.has(notes.procoreId) && notes.procoreUrl !== sandbox.url) {
    const input = { settings: procoreSettings(sandbox), credential: { oauthClient: sandbox.client } };
    refuse(await host.execute<{ connectionUpdate: UserErrors }>(REDIRECT, { id: notes.procoreId, input }));
  }
  return { ...notes, procoreUrl: sandbox.url };
}

async function knownIds(host: DemoHost, notes: DemoNotes): Promise<Set<string>> {
  const ids = [notes.shareId, notes.procoreId, notes.jobId].filter((id) => id !== null);
  if (ids.length === 0) return new Set();
  const { nodes } = await host.execute<{ nodes: ({ id: string } | null)[] }>(KNOWN, { ids });
  return new Set(nodes.flatMap((node) => (node ? [node.id] : [])));
}

async function create(host: DemoHost, { siteFolder, sandbox }: Furnishings): Promise<DemoNotes> {
  const shareId = await connect(host, {
    name: SHARE_NAME,
    settings: { networkFileShare: { location: siteFolder } },
    testNow: true,
  });
  const procoreId = await connect(host, {
    name: PROCORE_NAME,
    settings: procoreSettings(sandbox),
    credential: { oauthClient: sandbox.client },
    testNow: true,
  });
  const jobId = await addJob(host, {
    name: JOB_NAME,
    description: 'Copies the files of a construction site into a Procore that runs on this machine.',
    transferType: 'COPY',
    source: { connectionId: shareId },
    destination: { connectionId: procoreId },
  });
  await addJob(host, {
    name: SYNC_NAME,
    description: 'Keeps a folder alike on both sides: change a file in either place, and run it again.',
    transferType: 'SYNC',
    source: { connectionId: shareId, at: { path: `/${SYNC_FOLDER}` } },
    destination: { connectionId: procoreId, at: { path: `/${SYNC_PLACE}` } },
  });
  await addJob(host, {
    name: SCAN_NAME,
    description: 'Lists and analyses the folder, and changes nothing.',
    transferType: 'SCAN',
    source: { connectionId: shareId },
  });
  return { shareId, procoreId, jobId, procoreUrl: sandbox.url };
}

async function addJob(host: DemoHost, input: Record<string, unknown>): Promise<string> {
  const reply = await host.execute<{ jobCreate: UserErrors & { job: { id: string } } }>(CREATE_JOB, { input });
  return refuse(reply).jobCreate.job.id;
}

const procoreSettings = (sandbox: DemoSandbox) => ({
  procore: {
    clientCredentials: 'CUSTOM',
    authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS',
    loginUrl: sandbox.url,
    apiUrl: sandbox.url,
    companyId: sandbox.companyId,
    projectId: sandbox.projectId,
  },
});

async function connect(host: DemoHost, input: Record<string, unknown>): Promise<string> {
  const reply = await host.execute<{ connectionCreate: UserErrors & { connection: { id: string } } }>(CONNECT, {
    input,
  });
  return refuse(reply).connectionCreate.connection.id;
}

/** Throws when an operation of the demo was refused, since no person could correct its input. */
function refuse<T extends Record<string, UserErrors>>(reply: T): T {
  const messages = Object.values(reply).flatMap((payload) => payload.userErrors.map((error) => error.message));
  if (messages.length > 0) throw new Error(`The demo could not be set up: ${messages.join(' ')}`);
  return reply;
}
