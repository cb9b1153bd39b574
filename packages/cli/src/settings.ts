import { mkdir, readFile, writeFile, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SluiceClient } from '@sluice/client';
import { Failure } from './exit-codes.js';
import type { Terminal } from './terminal.js';

export const DEFAULT_URL = 'http://localhost:4000';

interface Saved {
  url: string;
  token: string;
}

/** Where `login` keeps address and token, for this person alone. */
export function settingsFile(env: Terminal['env']): string {
  return join(env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'), 'sluice', 'login.json');
}

export async function save(env: Terminal['env'], saved: Saved): Promise<string> {
  const file = settingsFile(env);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // A new file, so that its mode holds from the beginning.
  const next = `${file}.${process.pid}`;
  await writeFile(next, `${JSON.stringify(saved)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(next, file);
  return file;
}

async function savedOf(env: Terminal['env']): Promise<Saved | null> {
  const file = settingsFile(env);
  const text = await readFile(file, 'utf8').catch((error: { code?: unknown }) => {
    if (error.code === 'ENOENT') return null;
    throw new Failure(2, `${file} cannot be read. Remove it and use “sluice login” again.`);
  });
  if (text === null) return null;
  try {
    const { url, token } = JSON.parse(text) as Partial<Saved>;
    if (typeof url === 'string' && typeof token === 'string') return { url, token };
  } catch {
    // As one that lacks something.
  }
  throw new Failure(2, `${file} is damaged. Use “sluice login” again.`);
}

/** Without credentials in it, for messages and comparison. */
const same = (one: string, other: string): boolean => one.replace(/\/+$/, '') === other.replace(/\/+$/, '');

/** A client from flags, environment and login, in this order. A saved token goes only to the address it was saved for. */
export async function clientOf(terminal: Terminal, urlFlag: string | undefined): Promise<SluiceClient> {
  const { env } = terminal;
  const saved = await savedOf(env);
  const url = urlFlag ?? (env['SLUICE_URL'] || (saved?.url ?? DEFAULT_URL));
  const token = env['SLUICE_TOKEN'] || (saved && same(saved.url, url) ? saved.token : undefined);
  if (!token) throw new Failure(4, `There is no token for ${shownUrl(url)}. Use “sluice login”, or set SLUICE_TOKEN.`);
  return connect(terminal, url, token);
}

/** A client, with mistakes in address or token told as such. */
export function connect(terminal: Terminal, url: string, token: string): SluiceClient {
  try {
    return terminal.connect(url, token);
  } catch (error) {
    throw new Failure(2, (error as Error).message);
  }
}

/** An address without user and password. */
export const shownUrl = (url: string): string => url.replace(/\/\/[^/@]*@/, '//');
