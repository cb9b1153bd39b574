import { pino, type DestinationStream, type Logger } from 'pino';
import { cut, describeError, shorten } from './log-values.js';

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

/**
 * One JSON object per line. Fields that could hold a secret are replaced wherever they stand near the top; texts and
 * lists, which strangers may have sent, are cut; an error is logged by its kind, code and stack, never with an SQL statement.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: undefined,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
    // `formatters.log` has described the error already.
    serializers: { err: (error: unknown) => (error instanceof Error ? describeError(error) : error) },
    formatters: { log: shorten },
    hooks: {
      logMethod(
        this: Logger,
        given: Parameters<Logger['info']>,
        write: (...parts: Parameters<Logger['info']>) => void,
      ) {
        write.apply(this, tellable(given) as typeof given);
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What a line says, its texts cut. Without a text of its own pino would take the message of the error. */
function tellable([first, ...others]: readonly unknown[]): unknown[] {
  const fields = first instanceof Error ? { err: first } : first;
  const texts = typeof fields === 'object' && others.length === 0 ? ['failed'] : others;
  return [fields, ...texts].map((part) => (typeof part === 'string' ? cut(part) : part));
}
