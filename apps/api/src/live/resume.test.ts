import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StatementCounter } from '../reads/statements.testing.js';
import { openShareApp, QUICK_WORK, type ShareApp } from '../runner/testing.js';
import { openSocket } from '../server/testing.js';

const counter = new StatementCounter();
let test: ShareApp;
let address: string;
beforeAll(async () => {
  test = await openShareApp({}, { onStatement: counter.observe, work: QUICK_WORK });
  const { port } = test.app.http.server.address() as AddressInfo;
  address = `http://127.0.0.1:${port}`;
});
afterAll(() => test[Symbol.asyncDispose]());

/** Events of a subscription that follows a cursor, until one pleases. */
async function follow(
  field: string,
  selection: string,
  args: string,
  isLast: (event: Record<string, unknown>) => boolean,
) {
  const socket = await openSocket(address, test.admin.cookie);
  const query = `subscription { ${field}(${args}) { ${selection} } }`;
  socket.send({ id: '1', type: 'subscribe', payload: { query } });
  const events: Record<string, unknown>[] = [];
  while (events.length === 0 || !isLast(events.at(-1) ?? {})) {
    const { data } = (await socket.next('next')).payload as { data: Record<string, Record<string, unknown>> };
    events.push(data[field] ?? {});
  }
  socket.close();
  return events;
}

describe('between the first query and the subscription nothing is lost', () => {
  it('for changes: server { cursor } of the query is where the stream goes on', async () => {
    const known = await test.createJob({ name: 'Known' });
    const first = await test.ask<{ jobs: { nodes: { id: string }[] }; server: { cursor: string } }>(
      '{ jobs { nodes { id } } server { cursor } }',
    );
    expect(first.jobs.nodes).toEqual([{ id: known }]);
    const [second, third] = [await test.createJob({ name: 'Second' }), await test.createJob({ name: 'Third' })];
    const args = `after: "${first.server.cursor}"`;
    const events = await follow('jobChanged', 'change subjectId', args, ({ subjectId }) => subjectId === third);
    expect(events).toEqual([second, third].map((subjectId) => ({ change: 'CREATED', subjectId })));
  });

  it('for a run: Run.cursor of the query is where its progress goes on', async () => {
    test.put('a.pdf', 'a');
    const jobId = await test.createJob({ name: 'Run' });
    const START = 'mutation ($id: ID!) { runStart(jobId: $id) { run { id cursor } userErrors { code } } }';
    const { runStart } = await test.ask<{ runStart: { run: { id: string; cursor: string } } }>(START, { id: jobId });
    const { id, cursor } = runStart.run;
    await test.until(
      () => test.runState(id),
      (state) => state === 'SUCCEEDED',
    );
    const READ = 'query ($id: ID!, $after: String) { run(id: $id) { events(after: $after) { sequence kind } } }';
    const { run } = await test.ask<{ run: { events: object[] } }>(READ, { id, after: cursor });
    const args = `runId: "${id}", after: "${cursor}"`;
    const events = await follow('runProgress', 'sequence kind state', args, ({ state }) => state === 'SUCCEEDED');
    const durable = events.filter(({ kind }) => kind !== 'STATISTICS' && kind !== 'SNAPSHOT');
    expect(durable.map(({ sequence, kind }) => ({ sequence, kind }))).toEqual(run.events);
  });

  it('wherever the cursor stands in the query: it is read before what the query shows', async () => {
    const statements = await counter.of(() =>
      test.ask('{ jobs { nodes { id } } ...S } fragment S on Query { server { cursor } }'),
    );
    const [cursor, jobs] = ['"counters"', '"jobs"'].map((table) =>
      statements.findIndex((statement) => statement.includes(`from ${table}`)),
    );
    expect(cursor).toBeGreaterThanOrEqual(0);
    expect(cursor).toBeLessThan(jobs ?? -1);
  });

  it('strangers learn no cursor', async () => {
    const reply = await test.send('{ server { version cursor } }', {}, {});
    expect(reply.data).toMatchObject({ server: { cursor: null } });
  });
});
