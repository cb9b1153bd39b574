import { causesOf, codeOf } from './causes.js';
import { fileTrouble } from './file-trouble.js';
import { StartError } from './start-error.js';

/** The host and port at which the server was to listen. */
export interface Address {
  host: string;
  port: number;
}

const RETRY = 'start again';

const LISTENING: Readonly<Record<string, (at: Address) => string>> = {
  EADDRINUSE: ({ port }) =>
    `Port ${port} is in use by another program. Stop that program, or set PORT to another port.`,
  EACCES: ({ port }) =>
    `The account that runs Sluice may not listen on port ${port}. Set PORT to one above 1023, or give the account the right (on Linux CAP_NET_BIND_SERVICE).`,
  EADDRNOTAVAIL: ({ host }) =>
    `This machine has no address ${host} to listen on. Set HOST to one of its addresses, or to 0.0.0.0 for all.`,
  ENOTFOUND: ({ host }) => `HOST ${host} is no name of this machine. Set HOST to one of its addresses.`,
  EAI_AGAIN: ({ host }) => `The name ${host} in HOST could not be looked up. Set HOST to an address, or ${RETRY}.`,
  EAFNOSUPPORT: ({ host }) => `This machine has no network of the kind of ${host}. Set HOST to another address.`,
};

/** Why the server does not listen, as a `StartError`. */
export function listenError(error: unknown, at: Address): StartError {
  const code = codeOf(error) ?? 'unknown error';
  const sentence =
    LISTENING[code]?.(at) ??
    `Sluice cannot listen on ${at.host}, port ${at.port} (${code}). Set HOST or PORT to others.`;
  return new StartError(sentence, { cause: error });
}

const DATABASE: Readonly<Record<string, string>> = {
  ECONNREFUSED: `refuses connections. See that it runs and that host and port in DATABASE_URL are right, and ${RETRY}.`,
  ENOTFOUND: 'has a host name that is not known. Correct the host in DATABASE_URL.',
  EAI_AGAIN: `has a host name that could not be looked up. Check the network, and ${RETRY}.`,
  ETIMEDOUT: `does not answer. Check its address in DATABASE_URL and the network, and ${RETRY}.`,
  ECONNRESET: `closed the connection. See that it is a PostgreSQL server, and ${RETRY}.`,
  EHOSTUNREACH: 'cannot be reached. Check its address in DATABASE_URL and the network.',
  ENETUNREACH: 'cannot be reached. Check its address in DATABASE_URL and the network.',
  '28P01': 'refuses the user or the password. Correct them in DATABASE_URL.',
  '28000': 'refuses the user. Correct the user in DATABASE_URL, or let it in there (pg_hba.conf).',
  '3D000': 'has no database of that name. Create it, or correct the name in DATABASE_URL.',
  '42501': 'does not let the user make tables. Give the user that right on the database and its schema.',
  '53300': `has no connection left. Raise max_connections there, and ${RETRY}.`,
  '57P03': `is still starting or stopping. Wait a moment, and ${RETRY}.`,
};

/** Why the PostgreSQL server cannot be used, as a `StartError`; user and password of its address are not in it. */
export function databaseError(error: unknown, url: string): StartError {
  const host = URL.canParse(url) ? new URL(url).host : '';
  const said = [...causesOf(error)].at(-1)?.message ?? 'no reason given';
  const sentence =
    DATABASE[codeOf(error) ?? ''] ?? `cannot be used: ${oneLine(said)}. Check DATABASE_URL and that server.`;
  return new StartError(`The PostgreSQL server${host === '' ? '' : ` at ${host}`} ${sentence}`, { cause: error });
}

/**
 * Why the start failed, in sentences and without a stack. This folder turns errors of the system and the databases at start
 * into such sentences; errors of requests are the matter of `graphql/masking.ts`.
 */
export function explain(error: unknown): string {
  if (error instanceof StartError) return error.message;
  const { path } = error as { path?: unknown };
  const trouble = typeof path === 'string' ? fileTrouble(path, error) : null;
  if (trouble !== null) return trouble;
  const said = error instanceof Error ? error.message : String(error);
  return `Sluice cannot start: ${oneLine(said)}. If the settings in the README do not help, please report this sentence.`;
}

const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '').slice(0, 500);
