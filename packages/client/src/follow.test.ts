import { describe, expect, it } from 'vitest';
import { SluiceClient, type ClientOptions } from './client.js';
import { GraphqlError, TransportError } from './errors.js';
import { FakeClock } from './fake-clock.testing.js';
import type { RunEvent, RunState } from './follow.js';
import { graphql } from './graphql.js';
import type { StreamReply } from './resume.js';

/** The events of a run, as its server keeps them: number 1 up to the end. */
const LOG: readonly Partial<RunEvent>[] = [
  { kind: 'STATE', state: 'LISTING' },
  { kind: 'STATE', state: 'TRANSFERRING' },
  { kind: 'ITEM' },
  { kind: 'LOG', message: 'Half.' },
  { kind: 'STATE', state: 'SUCCEEDED' },
];
const told = (sequence: number): StreamReply => ({
  data: { runProgress: { ...LOG[sequence - 1], cursor: `c${sequence}`, sequence } },
});
const lost = () => new TransportError('UNREACHABLE', 'The connection broke (1006).');
const errors = (code: string, more: object = {}) => [{ message: code, extensions: { code, ...more } }];

interface Scene {
  /** What ends each stream after some events: an error, or nothing for completion; a stream without entry goes to the end. */
  ends?: readonly { events: number; error?: Error; errors?: StreamReply['errors'] }[];
  state?: RunState;
  options?: Partial<ClientOptions>;
}

function followed({ ends = [], state = 'SUCCEEDED', options = {} }: Scene) {
  const afters: unknown[] = [];
  const clock = new FakeClock();
  async function* openStream(_query: string, variables: object): AsyncGenerator<StreamReply> {
    const { after } = variables as { after: string | null };
    const end = ends[afters.push(after) - 1];
    const from = Number(after?.slice(1) ?? 0);
    for (let sequence = from + 1; sequence <= LOG.length && sequence <= from + (end?.events ?? LOG.length); sequence++)
      yield told(sequence);
    if (end?.error) throw end.error;
    if (end?.errors) yield { errors: end.errors };
  }
  const fetch = async () => new Response(JSON.stringify({ data: { run: { state } } }));
  const url = 'http://localhost:4000';
  const client = new SluiceClient({ url, openStream, fetch, clock, random: () => 0.5, ...options });
  return { client, afters, clock };
}

async function sequencesOf(events: AsyncIterable<RunEvent>): Promise<number[]> {
  const sequences: number[] = [];
  for await (const { sequence } of events) sequences.push(sequence);
  return sequences;
}

describe('following a run', () => {
  it('tells every event and ends with the run', async () => {
    const { client, afters } = followed({});
    expect(await sequencesOf(client.follow('run_1'))).toEqual([1, 2, 3, 4, 5]);
    expect(afters).toEqual([null]);
  });

  it('goes on behind the last event after a cut-off or a restart, wherever it comes', async () => {
    for (let first = 0; first < LOG.length; first++) {
      for (let second = 0; second < LOG.length - first; second++) {
        const { client, afters } = followed({
          ends: [
            { events: first, error: lost() },
            { events: second, error: lost() },
          ],
        });
        expect(await sequencesOf(client.follow('run_1'))).toEqual([1, 2, 3, 4, 5]);
        expect(afters[1]).toBe(first === 0 ? null : `c${first}`);
      }
    }
  });

  it('begins behind a cursor', async () => {
    expect(await sequencesOf(followed({}).client.follow('run_1', { after: 'c3' }))).toEqual([4, 5]);
  });

  it('looks again when a server that shuts down completes the stream', async () => {
    const { client, afters } = followed({ ends: [{ events: 2 }], state: 'TRANSFERRING' });
    expect(await sequencesOf(client.follow('run_1'))).toEqual([1, 2, 3, 4, 5]);
    expect(afters).toEqual([null, 'c2']);
  });

  it('of a run that ended before the cursor ends at once', async () => {
    expect(await sequencesOf(followed({}).client.follow('run_1', { after: 'c5' }))).toEqual([]);
  });

  it('goes on where a reader that was too slow was left', async () => {
    const ends = [{ events: 1, errors: errors('SLOW_CONSUMER', { cursor: 'c1' }) }];
    expect(await sequencesOf(followed({ ends }).client.follow('run_1'))).toEqual([1, 2, 3, 4, 5]);
  });

  it.each(['BAD_USER_INPUT', 'FORBIDDEN', 'UNAUTHENTICATED', 'CURSOR_INVALID'])('ends with %s', async (code) => {
    const { client, afters } = followed({ ends: [{ events: 1, errors: errors(code) }] });
    await expect(sequencesOf(client.follow('run_1'))).rejects.toMatchObject({ code });
    expect(afters).toHaveLength(1);
  });

  it('waits longer from break to break, tells of each, and gives up in the end', async () => {
    const ends = Array.from({ length: 50 }, () => ({ events: 0, error: lost() }));
    const { client, clock } = followed({ ends, options: { giveUpAfterMs: 60_000 } });
    const breaks: Error[] = [];
    const following = sequencesOf(client.follow('run_1', { onBreak: (error) => breaks.push(error) }));
    await expect(following).rejects.toBeInstanceOf(TransportError);
    expect(clock.slept.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
    expect(Math.max(...clock.slept)).toBe(15_000);
    expect(breaks).toHaveLength(clock.slept.length);
    expect(clock.now()).toBeLessThan(76_000);
  });

  it('of no run says so', async () => {
    const client = new SluiceClient({
      url: 'http://localhost',
      openStream: async function* () {
        yield { data: { runProgress: null } };
      },
    });
    await expect(sequencesOf(client.follow('run_9'))).rejects.toBeInstanceOf(GraphqlError);
  });

  it('ends when its signal is aborted, also while it waits', async () => {
    const leaving = new AbortController();
    const { client } = followed({ ends: Array.from({ length: 50 }, () => ({ events: 0, error: lost() })) });
    const onBreak = () => leaving.abort(new Error('Enough.'));
    await expect(sequencesOf(client.follow('run_1', { signal: leaving.signal, onBreak }))).rejects.toThrow('Enough.');
  });
});

it('any other subscription goes on behind its last cursor too', async () => {
  const afters: unknown[] = [];
  async function* openStream(_query: string, variables: object): AsyncGenerator<StreamReply> {
    afters.push((variables as { after?: unknown }).after);
    yield { data: { jobChanged: { cursor: `j${afters.length}` } } };
    throw lost();
  }
  const client = new SluiceClient({ url: 'http://localhost', openStream, clock: new FakeClock() });
  const JobChanged = graphql(`
    subscription JobChanged($jobId: ID, $after: String) {
      jobChanged(jobId: $jobId, after: $after) {
        cursor
      }
    }
  `);
  const cursors: string[] = [];
  for await (const { cursor } of client.subscribe(JobChanged, { jobId: 'job_1' })) {
    if (cursors.push(cursor) === 3) break;
  }
  expect(cursors).toEqual(['j1', 'j2', 'j3']);
  expect(afters).toEqual([null, 'j1', 'j2']);
});
