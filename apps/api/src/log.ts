import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

const SECRETS = [
  'password',
  'clientSecret',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
];

/** One JSON object per line; fields that could hold a secret are replaced wherever they stand near the top. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: undefined,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
