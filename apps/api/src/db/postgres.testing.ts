import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openPostgres } from './postgres.js';
import { makeQuickFolder } from './quick-folder.testing.js';

/** A Postgres server of its own in a temporary folder, reached through a socket in that folder. */
export interface PostgresServer {
  /** Makes a new, empty database and returns its address. */
  createDatabase(): Promise<string>;
  /** Makes a new database whose tables are up to date and empty, in a fifth of the time that migrations take. */
  createCurrentDatabase(): Promise<string>;
  /** Removes a database by its address, with whoever is still connected to it. */
  drop(address: string): Promise<void>;
  stop(): Promise<void>;
}

/** Folder of the newest Postgres programs on this machine, or null. */
export function findPostgres(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

let shared: Promise<PostgresServer> | null = null;

/** A server for everybody in this process, until it ends. Rejects when Postgres is not installed. */
export function sharedPostgres(): Promise<Omit<PostgresServer, 'stop'>> {
  return (shared ??= startPostgres());
}

/** Ends the server, and removes its folder, when the pipe to it closes: however the process ends that has started it. */
const UNTIL_CLOSED = 'folder=$1; shift; "$@" & read -r _; kill -QUIT $!; wait; rm -rf "$folder"';

/** Starts a server with durability off. Rejects when Postgres is not installed. */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = findPostgres();
  if (binaries === null) throw new Error('Postgres is not installed (Debian: apt-get install postgresql).');
  const folder = makeQuickFolder('sluice-pg-');
  const identity = unprivileged();
  if (identity !== null) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  const initial = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C', '--encoding=UTF8'];
  execFileSync(join(binaries, 'initdb'), initial, { ...identity, cwd: folder, stdio: 'ignore' });
  const settings = [
    'fsync=off',
    'full_page_writes=off',
    'synchronous_commit=off',
    'autovacuum=off',
    'listen_addresses=',
  ];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const command = [join(binaries, 'postgres'), '-D', data, '-k', folder, ...options];
  const server = spawn('sh', ['-c', UNTIL_CLOSED, 'sh', folder, ...command], {
    ...identity,
    cwd: tmpdir(),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await untilReady(folder);
  const addressOf = (name: string) => `postgres://postgres@localhost/${name}?host=${encodeURIComponent(folder)}`;
  let count = 0;
  const create = async (source: string) => {
    const name = `test_${++count}`;
    await query(folder, `create database ${name} template ${source} strategy file_copy`);
    return addressOf(name);
  };
  let current: Promise<string> | null = null;
  return {
    createDatabase: () => create('template1'),
    createCurrentDatabase: async () => create(await (current ??= createCurrent(folder, addressOf))),
    drop: (address) => query(folder, `drop database ${new URL(address).pathname.slice(1)} with (force)`),
    stop: () => stopServer(server),
  };
}

/** A database with current tables that nobody is connected to, so that it can be copied; its name. */
async function createCurrent(folder: string, addressOf: (name: string) => string): Promise<string> {
  await query(folder, 'create database current_tables');
  await (await openPostgres(addressOf('current_tables'))).close();
  return 'current_tables';
}

/** Postgres refuses to run as root, so it runs as the user that Debian's package made. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (what: string) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function untilReady(folder: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await query(folder, 'select 1');
      return;
    } catch (error) {
      if (attempt === 400) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

async function query(folder: string, statement: string): Promise<void> {
  const client = new pg.Client({ host: folder, user: 'postgres', database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function stopServer(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.stdin?.end();
  });
}
