import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A Postgres server of its own in a temporary folder, reached through a socket in that folder. */
export interface PostgresServer {
  /** Makes a new, empty database and returns its address. */
  createDatabase(): Promise<string>;
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
export function sharedPostgres(): Promise<Pick<PostgresServer, 'createDatabase'>> {
  return (shared ??= startPostgres());
}

/** Ends the server, and removes its folder, when the pipe to it closes: however the process ends that has started it. */
const UNTIL_CLOSED = 'folder=$1; shift; "$@" & read -r _; kill -QUIT $!; wait; rm -rf "$folder"';

/** Starts a server with durability off. Rejects when Postgres is not installed. */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = findPostgres();
  if (binaries === null) throw new Error('Postgres is not installed (Debian: apt-get install postgresql).');
  const folder = mkdtempSync(join(tmpdir(), 'sluice-pg-'));
  const identity = unprivileged();
  if (identity !== null) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  const initial = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C', '--encoding=UTF8'];
  execFileSync(join(binaries, 'initdb'), initial, { ...identity, cwd: folder, stdio: 'ignore' });
  const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'listen_addresses='];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const command = [join(binaries, 'postgres'), '-D', data, '-k', folder, ...options];
  const server = spawn('sh', ['-c', UNTIL_CLOSED, 'sh', folder, ...command], {
    ...identity,
    cwd: tmpdir(),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await untilReady(folder);
  let count = 0;
  return {
    createDatabase: async () => {
      const name = `test_${++count}`;
      await query(folder, `create database ${name}`);
      return `postgres://postgres@localhost/${name}?host=${encodeURIComponent(folder)}`;
    },
    stop: () => stopServer(server),
  };
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
