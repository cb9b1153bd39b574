import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../log.js';
import { openShareApp } from '../runner/testing.js';
import { openSocket } from '../server/testing.js';
import { OtlpTracer } from './otlp-tracer.js';
import type { Tracer } from './tracer.js';
import { tracedFetch } from './traced-fetch.js';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: Record<string, unknown> }[];
  status: { code?: number; message?: string };
}

/** A collector that keeps what it is sent, or refuses it. */
const received = { texts: [] as string[], headers: [] as IncomingHttpHeaders[], status: 200 };
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.texts.push(Buffer.concat(chunks).toString());
    received.headers.push(request.headers);
    response.writeHead(received.status, { 'content-type': 'application/json' }).end('{}');
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`;
});
afterAll(() => new Promise((resolve) => collector.close(resolve)));

function spans(): Span[] {
  const batches = received.texts.map(
    (text) => JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] },
  );
  return batches.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap((each) => each.scopeSpans.flatMap((of) => of.spans)),
  );
}
const told = ({ attributes }: Span) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

it('sends a span for each request, run and batch, batches below their run, and no name or secret', async () => {
  received.texts.length = 0;
  const tracing = { url, headers: { 'api-key': 'canary of a header' }, share: 1 };
  let run = '';
  {
    await using app = await openShareApp({ tracing });
    app.put('canary-of-a-file.pdf', 'content');
    const jobId = await app.createJob({ name: 'canary of a job' });
    run = (await app.runToEnd(jobId)).id;
    await app.send('query Canary { viewer { canary } }', {}, { authorization: 'Bearer canary-token' });
  }
  const all = spans();
  const ofRun = all.filter(({ name }) => name === 'sluice.run');
  expect(ofRun.map(told)).toEqual([
    { 'sluice.run.id': run, 'sluice.job.id': expect.stringMatching(/^job_/) as string },
  ]);
  const [batch] = all.filter(({ name }) => name === 'sluice.batch');
  expect([batch?.parentSpanId, told(batch!)]).toEqual([ofRun[0]!.spanId, { 'sluice.batch.items': 1 }]);
  const requests = all.filter(({ name }) => name === 'sluice.request').map(told);
  expect(requests).toContainEqual(expect.objectContaining({ 'http.response.status_code': 200 }));
  expect(requests.length).toBeGreaterThan(4);
  expect(received.texts.join('')).not.toMatch(/canary/i);
  expect(received.headers.at(-1)?.['api-key']).toBe('canary of a header');
});

const silent = createLog('silent');

/** Names of the spans below one, in the order of their ends, each with those below it. */
const below = (all: readonly Span[], parent: Span): unknown[] =>
  all
    .filter((span) => span.parentSpanId === parent.spanId)
    .map((span) => {
      const deeper = below(all, span);
      return deeper.length === 0 ? span.name : [span.name, ...deeper];
    });

it('tells below a request what it took to parse, validate, execute and read, and nothing of single fields', async () => {
  received.texts.length = 0;
  const canary = 'query Canary { jobs(first: 9) { nodes { id name state source { connection { name } } } } }';
  {
    await using app = await openShareApp({ tracing: { url, headers: {}, share: 1 } });
    for (const name of ['one', 'two']) await app.createJob({ name });
    const socket = await openSocket(app.app.http.listeningOrigin, app.admin.cookie);
    socket.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { changes { cursor } }' } });
    await app.createJob({ name: 'three' });
    await socket.next('next');
    socket.close();
    for (const query of [canary, canary, '{ canary }', '{ canary', '{ job(id: "job_1") { canary: name } }'])
      await app.send(query);
  }
  const all = spans();
  const requests = all.filter(({ name }) => name === 'sluice.request').slice(-5);
  const parsed = ['sluice.parse', 'sluice.validate'];
  const executed = ['sluice.execute', 'sluice.load'];
  expect(requests.map((request) => below(all, request))).toEqual([
    [...parsed, executed],
    [executed],
    parsed,
    ['sluice.parse'],
    [...parsed, ['sluice.execute', 'sluice.load']],
  ]);
  const [execution] = all.filter(({ parentSpanId }) => parentSpanId === requests[0]?.spanId).slice(-1);
  expect(told(execution!)).toEqual({
    'sluice.document': createHash('sha256').update(canary).digest('hex'),
    'graphql.operation.type': 'query',
    'sluice.errors': 0,
  });
  const loads = all.filter(({ parentSpanId }) => parentSpanId === execution?.spanId).map(told);
  expect(loads).toEqual([{ 'sluice.load.kind': 'con', 'sluice.load.objects': 1 }]);
  expect(received.texts.join('')).not.toMatch(/canary/i);
  const begun = all.filter(({ name }) => name === 'sluice.subscribe');
  expect(begun.map((span) => below(all, span))).toEqual([parsed]);
  expect(all.filter(({ name }) => name === 'sluice.execute').map(told)).toContainEqual(
    expect.objectContaining({ 'graphql.operation.type': 'subscription', 'sluice.errors': 0 }),
  );
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';

it('goes on in the trace of a caller, by the share of the operator, and begins one of its own for a header that is none', async () => {
  received.texts.length = 0;
  {
    await using app = await openShareApp({ tracing: { url, headers: {}, share: 1 } });
    const headers = [`00-${TRACE}-${PARENT}-01`, `00-${TRACE}-${PARENT}-00`, `00-${TRACE}-0`, `${'f'.repeat(5_000)}`];
    for (const traceparent of headers) await app.send('{ viewer { id } }', {}, { traceparent });
  }
  const requests = spans().filter(({ name }) => name === 'sluice.request');
  const ofCaller = requests.filter(({ traceId }) => traceId === TRACE);
  expect(ofCaller.map(({ parentSpanId }) => parentSpanId)).toEqual([PARENT]);
  const own = requests.slice(-2);
  expect(own.map(({ parentSpanId }) => parentSpanId ?? '')).toEqual(['', '']);
  received.texts.length = 0;
  const none = new OtlpTracer({ url, headers: {}, share: 0 }, 'api', silent);
  await none.span('request', {}, async () => undefined, `00-${TRACE}-${PARENT}-01`);
  await none.close();
  expect(received.texts).toEqual([]);
});

it('makes nothing ready for a request where nothing is traced', async () => {
  const refuse = () => expect.fail('A span was made.');
  const tracer = { isOn: false, span: refuse, step: (_name: string, work: () => unknown) => work() } as Tracer;
  await using app = await openShareApp({}, { overrides: { tracer } });
  const jobId = await app.createJob({ name: 'one' });
  const { errors } = await app.send('query ($id: ID!) { job(id: $id) { source { connection { name } } } }', {
    id: jobId,
  });
  expect(errors).toBeUndefined();
});

it('tells of a call its host, method and status, and of a failure that there was one', async () => {
  received.texts.length = 0;
  const tracer = new OtlpTracer({ url, headers: {}, share: 1 }, 'api', silent);
  const fetch = tracedFetch(async (address) => {
    if (String(address).includes('fails')) throw new Error('canary of a message');
    return new Response('', { status: 429 });
  }, tracer);
  await fetch('https://api.example.com/canary.pdf?token=canary', { method: 'PUT' });
  await expect(fetch('https://fails.example.com/canary')).rejects.toThrow('canary of a message');
  await tracer.close();
  const [limited, failed] = spans();
  expect([limited!.name, told(limited!), limited!.status.code ?? 0]).toEqual([
    'sluice.call',
    { 'http.request.method': 'PUT', 'server.address': 'api.example.com', 'http.response.status_code': 429 },
    0,
  ]);
  expect([told(failed!), failed!.status]).toEqual([
    { 'http.request.method': 'GET', 'server.address': 'fails.example.com' },
    { code: 2 },
  ]);
  expect(received.texts.join('')).not.toContain('canary');
});

it('traces the share that is asked for, and tells once that a collector takes nothing', async () => {
  received.texts.length = 0;
  const none = new OtlpTracer({ url, headers: {}, share: 0 }, 'api', silent);
  expect(await none.span('run', {}, async () => 'done')).toBe('done');
  await none.close();
  expect(received.texts).toEqual([]);
  const lines: string[] = [];
  received.status = 400;
  const refused = new OtlpTracer(
    { url, headers: {}, share: 1 },
    'api',
    createLog('info', { write: (line) => void lines.push(line) }),
  );
  await refused.span('run', {}, async () => undefined);
  await refused.close();
  received.status = 200;
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'the collector does not take traces',
  ]);
});
