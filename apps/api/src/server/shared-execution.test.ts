import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../graphql/context.js';
import { Deadline, OperationContext } from './operation-context.js';
import { SharedExecutions, type Told } from './shared-execution.js';

const schema = buildSchema('type Query { x: Int } type Subscription { count(of: Int): Int }');
const document = parse('subscription ($of: Int) { count(of: $of) }');

function argsFor(change: Partial<Caller> = {}, variableValues = { of: 1 }) {
  const caller: Caller = {
    actorId: 'usr_1',
    personId: 'usr_1',
    kind: 'USER',
    displayName: 'x',
    scopes: new Set(['JOBS_READ'] as const),
    sessionId: null,
    expiresAt: null,
    ...change,
  };
  const contextValue = new OperationContext({ requestId: 'r', caller, address: 'a' }, new Deadline(1_000));
  return { schema, document, variableValues, contextValue };
}

/** An event that counts its executions. */
function eventOf() {
  const event = { times: 0, count: () => Promise.resolve(++event.times) };
  return event;
}

const countOf = ({ result }: Told) => result.data?.['count'];

describe('the execution of a subscription', () => {
  it('is shared between equal subscribers of one event', async () => {
    const [executions, event] = [new SharedExecutions(1_000), eventOf()];
    const results = await Promise.all(Array.from({ length: 100 }, () => executions.execute(argsFor(), event)));
    expect(new Set(results.map(countOf))).toEqual(new Set([1]));
  });

  it.each([
    ['another person', argsFor({ actorId: 'usr_2' })],
    ['other rights', argsFor({ scopes: new Set(['JOBS_READ', 'CONNECTIONS_READ'] as const) })],
    ['other variables', argsFor({}, { of: 2 })],
    ['another document', { ...argsFor(), document: parse('subscription { count }') }],
  ])('is not shared with %s', async (_name, other) => {
    const [executions, event] = [new SharedExecutions(1_000), eventOf()];
    await Promise.all([executions.execute(argsFor(), event), executions.execute(other, event)]);
    expect(event.times).toBe(2);
  });

  it('is made anew for another event and in a later turn', async () => {
    const [executions, event] = [new SharedExecutions(1_000), eventOf()];
    await executions.execute(argsFor(), event);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(countOf(await executions.execute(argsFor(), event))).toBe(2);
    expect(countOf(await executions.execute(argsFor(), eventOf()))).toBe(1);
  });

  it('goes on for the others when one subscriber leaves', async () => {
    const [executions, event] = [new SharedExecutions(1_000), eventOf()];
    const [leaving, staying] = [argsFor(), argsFor()];
    const results = [executions.execute(leaving, event), executions.execute(staying, event)];
    leaving.contextValue.deadline.clientLeft();
    expect((await Promise.all(results)).map(countOf)).toEqual([1, 1]);
  });
});
