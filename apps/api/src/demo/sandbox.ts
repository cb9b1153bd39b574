import { seeded, startSandbox, type SandboxInput } from '@sluice/procore-sandbox';

export interface DemoSandbox {
  /** Login pages and API share one address, which is all that a person has to know. */
  url: string;
  /** Origins of all its servers: API and sign-in, files, storage. */
  origins: string[];
  companyId: string;
  projectId: string;
  /** Of a service account. */
  client: { clientId: string; clientSecret: string };
  /** Of people. */
  signInClient: { id: string; secret: string };
  close(): Promise<void>;
}

/** The spike limit makes the demo job last about a minute: long enough to watch, short enough to wait for. */
const LIMITS = { hourly: 3600, spike: 100 };

/** Codes of ports that are taken, forbidden or beyond the last one. */
const PORTS_REFUSED = new Set(['EADDRINUSE', 'EACCES', 'ERR_SOCKET_BAD_PORT']);

/** Keeps its state in the folder. Takes the three ports after `port`, or free ones when these are taken. */
export async function startDemoSandbox(dataDir: string, port: number): Promise<DemoSandbox> {
  const options: SandboxInput = { dataDir, limits: LIMITS, loginOnApiPort: true, seedContent: false };
  const wanted = port === 0 ? {} : { api: port + 1, files: port + 2, storage: port + 3 };
  const sandbox = await startSandbox({ ...options, ports: wanted }).catch((error: NodeJS.ErrnoException) => {
    if (!PORTS_REFUSED.has(error.code ?? '')) throw error;
    return startSandbox(options);
  });
  return {
    url: sandbox.apiUrl,
    origins: [sandbox.apiUrl, sandbox.loginUrl, sandbox.filesUrl, sandbox.storageUrl].map((url) => new URL(url).origin),
    companyId: String(seeded.companyId),
    projectId: String(seeded.projectId),
    client: { clientId: seeded.serviceClientId, clientSecret: seeded.serviceClientSecret },
    signInClient: { id: seeded.clientId, secret: seeded.clientSecret },
    close: () => sandbox.close(),
  };
}
