import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { chargeCall } from './charge.js';
import { createControl, type SandboxControl } from './control.js';
import { resolveOptions } from './defaults.js';
import { newState, World, type Urls } from './model/world.js';
import type { WorldState } from './model/types.js';
import { oauthRoutes } from './oauth/routes.js';
import type { SandboxInput, SandboxOptions } from './options.js';
import { createOrigin } from './origin.js';
import { installFaults } from './fault-hooks.js';
import { itemRoutes } from './pages/items.js';
import { overviewRoutes } from './pages/overview.js';
import { accountRoutes } from './rest/account.js';
import { customFieldRoutes } from './rest/custom-fields.js';
import { documentRoutes } from './rest/documents.js';
import { fileRoutes } from './rest/files.js';
import { folderRoutes } from './rest/folders.js';
import { peopleRoutes } from './rest/people.js';
import { tagRoutes } from './rest/tags.js';
import { uploadRoutes } from './rest/uploads.js';
import { seedContent } from './seed.js';
import { loadState, StateFile } from './state-file.js';
import { webhookRoutes } from './webhooks/routes.js';
import { tellChanges } from './webhooks/told-changes.js';
import { BlobStore } from './storage/blobs.js';
import { fileLinkRoutes } from './storage/file-links.js';
import { receiveRoutes } from './storage/receive.js';
import { serveRoutes } from './storage/serve.js';

/** A running sandbox. Its addresses are origins without a slash at the end. */
export interface Sandbox extends Urls {
  control: SandboxControl;
  /** Stops all origins, saves the state when there is a data folder, and removes temporary bytes. */
  close(): Promise<void>;
}

/** Starts a Procore on this machine. Rejects when a port is taken or the data folder can not be used. */
export async function startSandbox(input: SandboxInput = {}): Promise<Sandbox> {
  const options = resolveOptions(input);
  const blobs = new BlobStore(options.dataDir, options.memoryBytes);
  const earlier = options.dataDir === null ? null : await loadState(options.dataDir);
  const world = new World(options, blobs, withClients(earlier, newState(options)));
  const file = options.dataDir === null ? null : new StateFile(options.dataDir, world.state);
  const changed = () => file?.changed();
  const control = createControl(world, changed);
  const servers = await createServers(world, control, changed);
  const close = async () => {
    world.hooks.stop();
    await Promise.all(servers.map(({ app }) => app.close()));
    await file?.save();
    await blobs.close();
  };
  try {
    world.urls = await listenAll(servers, options);
    if (options.seedContent && !earlier) await seedContent(world, control);
  } catch (error) {
    await close();
    throw error;
  }
  return { ...world.urls, control, close };
}

/** An earlier state goes on, with the clients that the options name now. */
function withClients(earlier: WorldState | null, fresh: WorldState): WorldState {
  for (const [id, client] of earlier ? fresh.clients : []) {
    const known = earlier?.clients.get(id);
    earlier?.clients.set(id, known ? { ...known, secret: client.secret, redirectUris: client.redirectUris } : client);
  }
  return earlier ?? fresh;
}

interface Server {
  url: keyof Urls;
  port: number;
  app: FastifyInstance;
}

async function createServers(world: World, control: SandboxControl, changed: () => void): Promise<Server[]> {
  const { ports, loginOnApiPort } = world.options;
  const api = await createApi(world, control);
  const servers: Server[] = [{ url: 'apiUrl', port: ports.api, app: api }];
  if (loginOnApiPort) {
    oauthRoutes(api, world);
  } else {
    const login = await createOrigin(world, 'login');
    installFaults(login, world);
    oauthRoutes(login, world);
    servers.push({ url: 'loginUrl', port: ports.login, app: login });
  }
  servers.push({ url: 'filesUrl', port: ports.files, app: await createFiles(world) });
  servers.push({ url: 'storageUrl', port: ports.storage, app: await createStorage(world) });
  for (const { app } of servers) {
    app.addHook('onResponse', (_request, _reply, done) => {
      changed();
      done();
    });
  }
  return servers;
}

async function createApi(world: World, control: SandboxControl): Promise<FastifyInstance> {
  const app = await createOrigin(world, 'api');
  app.addHook('onRequest', async (request, reply) => {
    if (request.originName !== 'api') return;
    world.counters.arrived();
    return chargeCall(world, request, reply);
  });
  installFaults(app, world);
  tellChanges(app, world);
  accountRoutes(app, world);
  folderRoutes(app, world);
  fileRoutes(app, world);
  documentRoutes(app, world);
  uploadRoutes(app, world);
  customFieldRoutes(app, world);
  tagRoutes(app, world);
  peopleRoutes(app, world);
  webhookRoutes(app, world);
  overviewRoutes(app, world, control);
  itemRoutes(app, control);
  return app;
}

async function createFiles(world: World): Promise<FastifyInstance> {
  const app = await createOrigin(world, 'files');
  app.addHook('onRequest', async (request, reply) =>
    world.options.behaviour.countFileDownloads ? chargeCall(world, request, reply) : undefined,
  );
  installFaults(app, world);
  fileLinkRoutes(app, world);
  return app;
}

async function createStorage(world: World): Promise<FastifyInstance> {
  const app = await createOrigin(world, 'storage');
  installFaults(app, world);
  receiveRoutes(app, world);
  serveRoutes(app, world);
  return app;
}

async function listenAll(servers: readonly Server[], { host }: SandboxOptions): Promise<Urls> {
  const urls: Partial<Urls> = {};
  for (const { app, port, url } of servers) {
    await app.listen({ host, port });
    urls[url] = `http://${host}:${(app.server.address() as AddressInfo).port}`;
  }
  return { apiUrl: '', filesUrl: '', storageUrl: '', ...urls, loginUrl: urls.loginUrl ?? urls.apiUrl ?? '' };
}
