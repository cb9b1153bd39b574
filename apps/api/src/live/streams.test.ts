import 'reflect-metadata';
import { expect, it } from 'vitest';
import type { Context } from '../graphql/context.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import type { Scope } from '../graphql/scopes.js';
import { streamsOf } from '../graphql/streams.js';
import type { ChangeLog } from './change-log.js';
import { ChangeResolver } from './change.resolver.js';

/** What a stream follows, for its arguments. */
async function followed(stream: string, args: Record<string, unknown>): Promise<unknown> {
  const asked: unknown[] = [];
  const changes = {
    follow: (filter: unknown, after: unknown) => {
      asked.push({ filter, after });
      return (async function* () {})();
    },
  };
  const budgetIdOf = async (id: string) => (id === 'con_1' ? 'bud_1' : null);
  const resolver = new ChangeResolver({} as NodeFinder, changes as unknown as ChangeLog, budgetIdOf);
  const scopes = new Set<Scope>(['JOBS_READ']);
  const context = { signal: new AbortController().signal, caller: { scopes } } as unknown as Context;
  for await (const _ of streamsOf(resolver).get(stream)!(args, context));
  return asked[0];
}

it.each([
  ['jobChanged', { jobId: 'job_1' }, 'JOB', 'job_1'],
  ['runChanged', { jobId: 'job_1' }, 'RUN', 'job_1'],
  ['planChanged', { planId: 'pln_1' }, 'PLAN', 'pln_1'],
  ['connectionChanged', { connectionId: 'con_1' }, 'CONNECTION', 'con_1'],
  ['budgetChanged', { connectionId: 'con_1' }, 'BUDGET', 'bud_1'],
  ['budgetChanged', { connectionId: 'con_2' }, 'BUDGET', 'none'],
])('%s of %o follows its object, from the cursor on', async (stream, args, topic, objectId) => {
  const after = 'a cursor';
  expect(await followed(stream, { ...args, after })).toEqual({
    filter: { topics: [topic], objectIds: [objectId] },
    after,
  });
});

it.each(['jobChanged', 'runChanged', 'connectionChanged', 'budgetChanged'])(
  '%s of nothing follows all',
  async (stream) => {
    expect(await followed(stream, {})).toMatchObject({ filter: { objectIds: undefined }, after: undefined });
  },
);

it.each([
  ['all that the caller may see', {}, ['JOB', 'PLAN', 'RUN']],
  ['the topics that are named, each once', { topics: ['RUN', 'JOB', 'RUN'] }, ['RUN', 'JOB']],
])('changes follows %s, from the cursor on', async (_what, args, topics) => {
  expect(await followed('changes', { ...args, after: 'a cursor' })).toEqual({ filter: { topics }, after: 'a cursor' });
});
