import type { ParseArgsConfig } from 'node:util';
import type { SluiceClient } from '@sluice/client';
import { UsageError, type ExitCode } from './exit-codes.js';
import { clientOf } from './settings.js';
import type { Terminal } from './terminal.js';

export interface Given {
  /** What stands where the usage has its first word in capitals; checked to be there. */
  subject: string;
  /** What stands where the usage has a second one. */
  object: string;
  flags: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
}

export interface Command {
  /** What follows the name. */
  usage: string;
  summary: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** What each option does, for `--help`. */
  help: Readonly<Record<string, string>>;
  work: (terminal: Terminal, given: Given) => Promise<ExitCode>;
}

export const URL_OPTION = { url: { type: 'string' } } as const;
export const JSON_OPTION = { json: { type: 'boolean' } } as const;
export const URL_HELP = { url: 'address of the server; else SLUICE_URL, the login, http://localhost:4000' };
export const JSON_HELP = { json: 'one JSON object in each line of the output' };

/** Does some work with a client that is closed in the end. */
export async function withClient<T>(
  terminal: Terminal,
  { flags }: Given,
  work: (client: SluiceClient) => Promise<T>,
): Promise<T> {
  const client = await clientOf(terminal, flags['url'] as string | undefined);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** A command that lists or changes something and then is done. */
export function simple(
  text: Pick<Command, 'usage' | 'summary'> & Partial<Pick<Command, 'options' | 'help'>>,
  work: (terminal: Terminal, client: SluiceClient, given: Given) => Promise<void>,
): Command {
  return {
    ...text,
    options: { ...URL_OPTION, ...text.options },
    help: { ...URL_HELP, ...text.help },
    work: async (terminal, given) => {
      await withClient(terminal, given, (client) => work(terminal, client, given));
      return 0;
    },
  };
}

/** The value of an option that takes one of some words. */
export function oneOf<Value extends string>(option: string, values: readonly Value[], given: unknown): Value {
  const value = values.find((each) => each === given);
  if (value === undefined) throw new UsageError(`--${option} is one of ${values.join(', ')}.`);
  return value;
}
