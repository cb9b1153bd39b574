import { describe, expect, it } from 'vitest';
import { cursorOfSequence } from '../live/event-cursor.js';
import { openTestApp } from '../testing.js';
import { openSocket } from '../server/testing.js';
import { Progress } from './progress.js';

const BYTES = 64 * 1024;

describe('an operation under way', () => {
  it('gives timers a turn when it takes long, so that its deadline can fire', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new DOMException('late', 'TimeoutError')), 20);
    const progress = new Progress(stop.signal, BYTES);
    const work = (async () => {
      for (let resolvers = 0; resolvers < 10_000_000; resolvers++) {
        const turn = progress.next();
        if (turn !== null) await turn;
      }
      return 'went on to its end';
    })();
    await expect(work).rejects.toThrow('late');
  });

  it('does not count the time in which it waits, as for the store', async () => {
    const progress = new Progress(new AbortController().signal, BYTES);
    expect(progress.next()).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 25));
    expect(progress.next()).toBeNull();
  });

  it('ends between two resolvers when its client has left', () => {
    const stop = new AbortController();
    const progress = new Progress(stop.signal, BYTES);
    expect(progress.next()).toBeNull();
    stop.abort(new DOMException('left', 'AbortError'));
    expect(() => progress.next()).toThrow('left');
  });

  it('counts bytes rather than characters, and stays ended once it is too large', () => {
    const progress = new Progress(new AbortController().signal, 1_000);
    progress.count('name', 'ü'.repeat(450));
    expect(() => progress.count('name', 'ü'.repeat(450))).toThrow('at most 1000 bytes');
    expect(() => progress.next()).toThrow('at most 1000 bytes');
  });
});

describe('an answer that is too large', () => {
  const limits = (config: { limits: object }) => ({ ...config.limits, maxResponseBytes: 2_000 });

  it('is refused by HTTP with one error, and a smaller one is not', async () => {
    await using app = await openTestApp();
    await using small = await openTestApp({ limits: limits(app.config) as typeof app.config.limits });
    const query = '{ platforms { displayName form { name label help kind options { value label } } } }';
    const refused = await small.send(query);
    expect(refused.errors?.map((error) => error.extensions['code'])).toEqual(['OPERATION_TOO_LARGE']);
    expect(refused.data ?? null).toBeNull();
    expect((await small.send('{ platforms { displayName } }')).errors).toBeUndefined();
    expect((await app.send(query)).errors).toBeUndefined();
  });

  it('is refused on a WebSocket', async () => {
    await using app = await openTestApp();
    await using small = await openTestApp({ limits: limits(app.config) as typeof app.config.limits });
    const label = 'x'.repeat(200);
    await small.app.budgets.pool.open({ apiHost: 'https://api.example.com', client: 'one' }, label);
    const socket = await openSocket(await small.app.listen(), small.admin.cookie);
    const fields = Array.from({ length: 25 }, (_, index) => `c${index}: clientLabel`).join(' ');
    const query = `subscription ($after: String) { budgetChanged(after: $after) { subject { ... on RateBudget { ${fields} } } } }`;
    socket.send({ id: '1', type: 'subscribe', payload: { query, variables: { after: cursorOfSequence(0) } } });
    const message = await socket.next('next');
    expect(JSON.stringify(message.payload)).toContain('OPERATION_TOO_LARGE');
    expect(JSON.stringify(message.payload)).not.toContain(label);
    socket.close();
  });
});
