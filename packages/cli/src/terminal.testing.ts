import { Writable } from 'node:stream';
import { SluiceClient, type OpenStream, type RunEvent } from '@sluice/client';
import { runProgram } from './program.js';
import type { Terminal } from './terminal.js';

/** Answers of the API by the name of the operation. */
export type Answers = Readonly<Record<string, object | Error>>;

export interface Scene {
  answers?: Answers;
  /** Events that a followed run tells; a function ends them as it likes. */
  events?: readonly object[] | OpenStream;
  terminal?: Partial<Terminal>;
}

export const TOKEN = 'slc_canary-7719';

/** What a command line prints and ends with, against a server that answers as told. */
export async function program(args: readonly string[], { answers = {}, events = [], terminal = {} }: Scene = {}) {
  const [out, err] = [new Memory(), new Memory()];
  const asked: { name: string; variables: Record<string, unknown> }[] = [];
  const fetch = async (_url: string, { body }: RequestInit): Promise<Response> => {
    const { query, variables } = JSON.parse(body as string) as { query: string; variables: Record<string, unknown> };
    const name = /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '';
    asked.push({ name, variables });
    const answer = answers[name];
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error(`nobody answers ${name}`);
    return new Response(JSON.stringify('errors' in answer ? answer : { data: answer }));
  };
  const openStream: OpenStream = typeof events === 'function' ? events : () => told(events);
  const connect = (url: string, token: string) => new SluiceClient({ url, token, fetch, openStream, tries: 1 });
  const whole: Terminal = {
    out,
    err,
    isInteractive: false,
    columns: 80,
    env: { SLUICE_TOKEN: TOKEN, HOME: '/nonexistent' },
    askSecret: async () => null,
    connect,
    fetch: () => Promise.reject(new Error('nobody serves files')),
    signal: new AbortController().signal,
    ...terminal,
  };
  const code = await runProgram(whole, args);
  return { code, out: out.text, err: err.text, asked };
}

async function* told(events: readonly object[]) {
  for (const event of events) yield { data: { runProgress: event } };
}

/** An event of a run, with what is not given as nothing. */
export const event = (given: Partial<RunEvent>): object => ({
  cursor: 'c',
  sequence: 1,
  occurredAt: '2026-01-01T00:00:00.000Z',
  isReset: false,
  state: null,
  severity: null,
  message: null,
  run: null,
  item: null,
  statistics: null,
  kind: 'STATE',
  ...given,
});

class Memory extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
