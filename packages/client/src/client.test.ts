import { describe, expect, it } from 'vitest';
import { SluiceClient, type ClientOptions } from './client.js';
import { GraphqlError, RefusedError, TransportError } from './errors.js';
import { FakeClock } from './fake-clock.testing.js';
import { graphql } from './graphql.js';

const TOKEN = 'slc_canary-5531';
const ViewerName = graphql(`
  query ViewerName {
    server {
      version
    }
  }
`);
const RunStart = graphql(`
  mutation RunStart($jobId: ID!, $key: String) {
    runStart(jobId: $jobId, idempotencyKey: $key) {
      run {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);
const PlanApprove = graphql(`
  mutation PlanApprove($id: ID!, $digest: String!) {
    planApprove(id: $id, digest: $digest) {
      plan {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`);
const RunPause = graphql(`
  mutation RunPause($id: ID!) {
    runPause(id: $id) {
      run {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`);

interface Sent {
  url: string;
  headers: Record<string, string>;
  variables: Record<string, unknown>;
}

type Answer = Response | Error | 'silence';

/** A client whose server gives these answers in turn, the last one again and again. */
function clientOf(answers: readonly Answer[], options: Partial<ClientOptions> = {}) {
  const clock = new FakeClock();
  const sent: Sent[] = [];
  const fetch = (url: string, { headers, body }: RequestInit): Promise<Response> => {
    const answer = answers[Math.min(sent.length, answers.length - 1)];
    const { variables } = JSON.parse(body as string) as { variables: Record<string, unknown> };
    sent.push({ url, headers: headers as Record<string, string>, variables });
    if (answer === 'silence') return new Promise(() => undefined);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer!.clone());
  };
  const client = new SluiceClient({
    url: 'https://sluice.example/base/',
    token: TOKEN,
    fetch,
    clock,
    random: () => 0.5,
    ...options,
  });
  return { client, clock, sent };
}

const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(value), { status, headers });
const failed = (code: string, status = 200, headers: Record<string, string> = {}) =>
  json(
    { data: null, errors: [{ message: `Because ${code}.`, extensions: { code, requestId: 'r-1' } }] },
    status,
    headers,
  );
const served = json({ data: { server: { version: '1' } } });
const started = json({ data: { runStart: { run: { id: 'run_1' }, userErrors: [] } } });
const refused = (code: string) =>
  json({ data: { runStart: { run: null, userErrors: [{ code, message: 'Not so.', field: ['jobId'] }] } } });
const broken = Object.assign(new TypeError('fetch failed'), {
  cause: Object.assign(new Error(TOKEN), { code: 'ECONNRESET' }),
});

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('it went well'),
    (error: unknown) => error,
  );
}

describe('a request', () => {
  it('goes to the endpoint below the address, with the token as a header', async () => {
    const { client, sent } = clientOf([served]);
    expect(await client.request(ViewerName)).toEqual({ server: { version: '1' } });
    expect(sent).toMatchObject([
      { url: 'https://sluice.example/base/graphql', headers: { authorization: `Bearer ${TOKEN}` }, variables: {} },
    ]);
  });

  it('takes text instead of a document', async () => {
    const { client } = clientOf([served]);
    expect(await client.request<{ server: unknown }>('{ server { version } }')).toHaveProperty('server.version');
  });

  it.each<[what: string, answers: Answer[], tries: number]>([
    ['a broken connection', [broken, served], 2],
    ['a server that starts', [new Response('', { status: 503 }), served], 2],
    ['a store that does not answer', [failed('SERVICE_UNAVAILABLE', 503), served], 2],
    ['too many requests', [failed('RATE_LIMITED', 429), served], 2],
    ['silence', ['silence', served], 2],
    ['three failures of a proxy', [...Array<Response>(3).fill(new Response('<html>', { status: 502 })), served], 4],
  ])('is tried again after %s', async (_, answers, tries) => {
    const { client, sent } = clientOf(answers);
    expect(await client.request(ViewerName)).toEqual({ server: { version: '1' } });
    expect(sent).toHaveLength(tries);
  });

  it('waits longer from try to try, and gives up after five', async () => {
    const { client, clock, sent } = clientOf([broken]);
    expect(await errorOf(client.request(ViewerName))).toMatchObject({ channel: 'TRANSPORT', failure: 'UNREACHABLE' });
    expect(sent).toHaveLength(5);
    expect(clock.slept).toEqual([250, 500, 1000, 2000]);
  });

  it.each([
    ['seconds', '7', 7_000],
    ['a date', () => new Date(Date.now() + 8_000).toUTCString(), 8_000],
    ['nothing that can be read', 'soon', 250],
  ] as const)('waits as long as Retry-After asks in %s', async (_, header, ms) => {
    const headers = { 'retry-after': typeof header === 'string' ? header : header() };
    const { client, clock } = clientOf([failed('RATE_LIMITED', 429, headers), served]);
    await client.request(ViewerName);
    expect(Math.abs((clock.slept[0] ?? 0) - ms)).toBeLessThan(1_100);
  });

  it('fails at once when the wait that is asked for is longer than its own bound', async () => {
    const { client, clock } = clientOf([failed('RATE_LIMITED', 429, { 'retry-after': '61' })]);
    expect(await errorOf(client.request(ViewerName))).toMatchObject({ code: 'RATE_LIMITED' });
    expect(clock.slept).toEqual([]);
  });

  it('is bounded in time as a whole', async () => {
    const { client, clock } = clientOf(['silence']);
    expect(await errorOf(client.request(ViewerName, {}, { timeoutMs: 3_000 }))).toMatchObject({ failure: 'TIMEOUT' });
    expect(clock.now()).toBe(3_000);
  });

  it.each<[what: string, answer: Answer, tries: number]>([
    ['the right is missing', failed('FORBIDDEN', 200), 1],
    ['the platform fails', failed('PLATFORM_ERROR', 200), 1],
    ['a page of another program', new Response('<html>hello</html>'), 1],
    ['other JSON', json({ ok: true }), 1],
    ['another address', new Response('', { status: 302, headers: { location: 'https://elsewhere.example' } }), 1],
  ])('is not tried again where %s', async (_, answer, tries) => {
    const { client, sent } = clientOf([answer]);
    await errorOf(client.request(ViewerName));
    expect(sent).toHaveLength(tries);
  });

  it('ends when its signal is aborted, in flight and between two tries', async () => {
    for (const answers of [['silence'], [broken]] satisfies Answer[][]) {
      const { client } = clientOf(answers);
      const leaving = new AbortController();
      const reason = new Error('Enough.');
      const asked = errorOf(client.request(ViewerName, {}, { signal: leaving.signal }));
      setImmediate(() => leaving.abort(reason));
      expect(await asked).toBe(reason);
    }
  });
});

describe('errors come in three channels', () => {
  it('of transport, with the status', async () => {
    const { client } = clientOf([new Response('no', { status: 404 })]);
    const error = await errorOf(client.request(ViewerName));
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({ channel: 'TRANSPORT', failure: 'STATUS', status: 404 });
  });

  it('of the operation, with code, identifier of the request and what came in spite of it', async () => {
    const errors = [{ message: 'Slow.', path: ['b'], extensions: { code: 'PLATFORM_ERROR', requestId: 'r-2' } }];
    const { client } = clientOf([json({ data: { a: 1, b: null }, errors })]);
    const error = await errorOf(client.request(ViewerName));
    expect(error).toBeInstanceOf(GraphqlError);
    expect(error).toMatchObject({ code: 'PLATFORM_ERROR', requestId: 'r-2', data: { a: 1 }, message: 'Slow.' });
  });

  it('of what the caller gave, with the field', async () => {
    const { client } = clientOf([refused('NOT_FOUND')]);
    const error = await errorOf(client.mutate(RunStart, { jobId: 'x' }));
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({ message: 'jobId: Not so.', userErrors: [{ code: 'NOT_FOUND', field: ['jobId'] }] });
  });

  it('takes a code that it does not know for a defect', async () => {
    const { client } = clientOf([failed('SOMETHING_NEW')]);
    expect(await errorOf(client.request(ViewerName))).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  });

  it('never with the token, nor with what the runtime says of headers', async () => {
    const answers = [broken, new Response('', { status: 500 }), failed('UNAUTHENTICATED', 401), new Response('x')];
    for (const answer of answers) {
      const error = (await errorOf(clientOf([answer]).client.request(ViewerName))) as Error;
      expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('canary');
    }
    const attempts = [{ token: `${TOKEN}\n` }, { url: `https://user:${TOKEN}@sluice.example` }, { url: TOKEN }];
    for (const wrong of attempts) {
      const make = () => clientOf([served], wrong);
      expect(make).toThrow(TypeError);
      expect(make).not.toThrow(/canary/);
    }
  });
});

describe('a mutation', () => {
  it('gets an idempotency key, which stays over its tries', async () => {
    const { client, sent } = clientOf([broken, new Response('', { status: 504 }), started]);
    expect((await client.mutate(RunStart, { jobId: 'job_1' })).run.id).toBe('run_1');
    const keys = sent.map(({ variables }) => variables['key']);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(keys).size).toBe(1);
    await client.mutate(RunStart, { jobId: 'job_1' });
    expect(sent.at(-1)?.variables['key']).not.toBe(keys[0]);
  });

  it('keeps the key that is given', async () => {
    const { client, sent } = clientOf([started]);
    await client.mutate(RunStart, { jobId: 'job_1', key: 'mine' });
    expect(sent[0]?.variables['key']).toBe('mine');
  });

  it('waits for an earlier try of it that is still under way', async () => {
    const { client, sent } = clientOf(['silence', refused('IDEMPOTENCY_IN_PROGRESS'), started]);
    expect((await client.mutate(RunStart, { jobId: 'job_1' })).run.id).toBe('run_1');
    expect(sent).toHaveLength(3);
  });

  it('without a key is sent again only when it was refused before it began', async () => {
    const given = { id: 'pln_1', digest: 'd' };
    const approved = json({ data: { planApprove: { plan: { id: 'pln_1' }, userErrors: [] } } });
    const lost = clientOf([broken, approved]);
    await errorOf(lost.client.mutate(PlanApprove, given));
    expect(lost.sent).toHaveLength(1);
    const limited = clientOf([failed('RATE_LIMITED', 429), approved]);
    expect((await limited.client.mutate(PlanApprove, given)).plan.id).toBe('pln_1');
  });

  it('that is harmless when repeated needs no key', async () => {
    const { client } = clientOf([broken, json({ data: { runPause: { run: { id: 'run_1' }, userErrors: [] } } })]);
    expect((await client.mutate(RunPause, { id: 'run_1' })).run.id).toBe('run_1');
  });
});

describe('pages', () => {
  const Items = graphql(`
    query Items($id: ID!, $after: String) {
      run(id: $id) {
        items(after: $after) {
          nodes {
            id
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `);
  const page = (ids: string[], endCursor: string | null) => {
    const items = { nodes: ids.map((id) => ({ id })), pageInfo: { hasNextPage: endCursor !== null, endCursor } };
    return json({ data: { run: { items } } });
  };
  const read = async (client: SluiceClient) => {
    const ids: string[] = [];
    for await (const { id } of client.pages(Items, { id: 'run_1' }, ({ run }) => run?.items)) ids.push(id);
    return ids;
  };

  it('come one after the other, each behind the last cursor', async () => {
    const { client, sent } = clientOf([page(['a', 'b'], 'c1'), page(['c'], null)]);
    expect(await read(client)).toEqual(['a', 'b', 'c']);
    expect(sent.map(({ variables }) => variables['after'])).toEqual([null, 'c1']);
  });

  it('are none of what is not there', async () => {
    expect(await read(clientOf([json({ data: { run: null } })]).client)).toEqual([]);
  });

  it('that lead in a circle are an error', async () => {
    const { client } = clientOf([page(['a'], 'c1')]);
    expect(await errorOf(read(client))).toMatchObject({ failure: 'MALFORMED' });
  });
});
