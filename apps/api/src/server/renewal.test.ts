import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Caller } from '../graphql/context.js';
import type { Scope } from '../graphql/scopes.js';
import type { Peer } from './peer.js';
import { Renewal } from './renewal.js';

function callerWith(actorId: string, ...scopes: Scope[]): Caller {
  const person = { personId: 'usr_1', displayName: 'x', sessionId: null, expiresAt: null };
  return { ...person, actorId, kind: 'TOKEN', scopes: new Set(scopes) };
}

/** Connections of callers, what is true of these callers now, and the connections that were ended. */
function open(...callers: Caller[]) {
  const peers = callers.map((caller) => ({ caller }) as Peer);
  const now = new Map<string, Caller | null>(callers.map((caller) => [caller.actorId, caller]));
  const renew = vi.fn((caller: Caller) => Promise.resolve(now.get(caller.actorId) ?? null));
  const ended: string[] = [];
  const renewal = new Renewal(new Set(peers), { renew }, ({ caller }) => ended.push(caller?.actorId ?? ''));
  return { peers, now, renew, ended, renewal };
}

describe('the rights of open connections', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are looked at every four seconds, because another process may revoke a token', async () => {
    const { now, ended, renewal } = open(callerWith('tok_1', 'JOBS_READ'), callerWith('tok_2', 'JOBS_READ'));
    now.set('tok_1', null);
    await vi.advanceTimersByTimeAsync(3_999);
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toEqual(['tok_1']);
    renewal.stop();
    now.set('tok_2', null);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(ended).toEqual(['tok_1']);
  });

  it('that became fewer or more end the connection, whose client comes back with the new ones', async () => {
    const { now, ended, renewal } = open(
      callerWith('tok_1', 'JOBS_READ', 'JOBS_WRITE'),
      callerWith('tok_2', 'JOBS_READ'),
      callerWith('tok_3', 'JOBS_READ'),
    );
    now.set('tok_1', callerWith('tok_1', 'JOBS_READ'));
    now.set('tok_2', callerWith('tok_2', 'CONNECTIONS_READ'));
    await renewal.run();
    expect(ended).toEqual(['tok_1', 'tok_2']);
    renewal.stop();
  });

  it('are asked for once for all connections of a caller', async () => {
    const caller = callerWith('tok_1', 'JOBS_READ');
    const { renew, renewal } = open(caller, { ...caller }, { ...caller });
    await renewal.run();
    expect(renew).toHaveBeenCalledTimes(1);
    renewal.stop();
  });

  it('stay while the store does not answer', async () => {
    const { peers, renew, ended, renewal } = open(callerWith('tok_1', 'JOBS_READ'));
    renew.mockRejectedValueOnce(new Error('the store is down'));
    await renewal.run();
    expect([ended, peers[0]?.caller?.actorId]).toEqual([[], 'tok_1']);
    renewal.stop();
  });
});
