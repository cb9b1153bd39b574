import { rmSync } from 'node:fs';
import { createApp, readConfig, type App, type AppOptions } from './app.js';
import type { Config } from './config.js';
import { plantCurrentTables } from './db/current.testing.js';
import { makeQuickFolder } from './db/quick-folder.testing.js';
import { createLog } from './log.js';

export const ADMIN = { login: 'admin', password: 'a password for tests' };

export interface Reply<T = Record<string, unknown>> {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  data: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

export interface Sender {
  authorization?: string;
  cookie?: string;
  [header: string]: string | undefined;
}

export interface TestApp extends AsyncDisposable {
  app: App;
  config: Config;
  /** Headers of the signed-in administrator. */
  admin: Sender;
  /** Sends an operation by HTTP without a socket; as the administrator unless told. */
  send<T = Record<string, never>>(
    query: string,
    variables?: Record<string, unknown>,
    sender?: Sender,
  ): Promise<Reply<T>>;
  /** Sends an operation as the administrator and gives the text of the answer, without the work of reading it. */
  sendForText(query: string): Promise<string>;
  /** Signs in; gives the headers of the session. */
  signIn(login: string, password: string): Promise<Sender>;
}

/** The whole application on a data folder of its own, with a signed-in administrator. */
export async function openTestApp(changes: Partial<Config> = {}, options: AppOptions = {}): Promise<TestApp> {
  const folder = makeQuickFolder('sluice-app-');
  const env = { SLUICE_DATA: folder, SLUICE_ADMIN_USER: ADMIN.login, SLUICE_ADMIN_PASSWORD: ADMIN.password, PORT: '0' };
  const config = { ...readConfig(env), publicUrl: 'http://localhost:4000', ...changes };
  if (config.databaseUrl === null && config.dataFolder === folder) await plantCurrentTables(folder);
  const app = await createApp(config, { log: createLog('silent'), ...options });
  const post = (query: string, variables: Record<string, unknown>, sender: Sender) =>
    app.http.inject({ method: 'POST', url: '/graphql', headers: sender, payload: { query, variables } });
  const send = async <T>(query: string, variables: Record<string, unknown> = {}, sender: Sender = test.admin) => {
    const reply = await post(query, variables, sender);
    return { ...reply.json<Reply<T>>(), status: reply.statusCode, headers: reply.headers };
  };
  const signIn = async (login: string, password: string): Promise<Sender> => {
    const mutation =
      'mutation ($l: String!, $p: String!) { signIn(login: $l, password: $p) { viewer { scopes } userErrors { code } } }';
    const reply = await send(mutation, { l: login, p: password }, {});
    return { cookie: String(reply.headers['set-cookie']).split(';')[0] };
  };
  const test: TestApp = {
    app,
    config,
    admin: {},
    send,
    sendForText: async (query) => (await post(query, {}, test.admin)).body,
    signIn,
    [Symbol.asyncDispose]: async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  test.admin = await signIn(ADMIN.login, ADMIN.password);
  return test;
}
