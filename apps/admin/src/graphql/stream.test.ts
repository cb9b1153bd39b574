import type { Sink, SubscribePayload } from 'graphql-ws/client';
import { describe, expect, it, vi } from 'vitest';
import { graphql } from '@sluice/client/graphql';
import { followStream, reconnectDelay, resumePoint, type StreamClient } from './stream.js';

const Changes = graphql(`
  subscription StreamTest($connectionId: ID, $after: String) {
    budgetChanged(connectionId: $connectionId, after: $after) {
      cursor
    }
  }
`);

/** A client whose socket the test plays. */
function playedClient() {
  const subscriptions: { payload: SubscribePayload; sink: Sink }[] = [];
  const client: StreamClient = {
    on: () => () => undefined,
    subscribe: (payload, sink) => {
      subscriptions.push({ payload, sink: sink });
      return () => undefined;
    },
  };
  return { client, subscriptions };
}

function follow() {
  const { client, subscriptions } = playedClient();
  const cursors: string[] = [];
  const states: string[] = [];
  const onReset = vi.fn();
  const stop = followStream(
    client,
    Changes,
    { connectionId: null, after: null },
    {
      onMessage: ({ budgetChanged }) => {
        cursors.push(budgetChanged?.cursor ?? '');
        return budgetChanged?.cursor ?? null;
      },
      onState: (state) => states.push(state),
      onReset,
    },
  );
  const at = (index: number) => {
    const found = subscriptions[index];
    if (!found) throw new Error(`There is no subscription ${index}.`);
    return found;
  };
  const after = (index: number) => at(index).payload.variables?.after;
  const send = (index: number, cursor: string) => at(index).sink.next({ data: { budgetChanged: { cursor } } });
  return { at, after, send, stop, cursors, states, onReset, subscriptions };
}

describe('followStream', () => {
  it('keeps the last cursor in the variables that a reconnecting socket sends again', () => {
    const { after, send, cursors, states } = follow();
    expect(after(0)).toBe(null);
    send(0, 'c1');
    send(0, 'c2');
    expect([after(0), cursors, states.at(-1)]).toEqual(['c2', ['c1', 'c2'], 'live']);
  });

  it('goes on behind the server’s cursor when it was too slow, and anew when its cursor is too old', () => {
    vi.useFakeTimers();
    try {
      const { at, after, send, onReset } = follow();
      send(0, 'c1');
      at(0).sink.error([{ extensions: { code: 'SLOW_CONSUMER', cursor: 'c9' } }]);
      vi.advanceTimersByTime(1000);
      expect([after(1), onReset.mock.calls.length]).toEqual(['c9', 0]);
      at(1).sink.error([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
      vi.advanceTimersByTime(1000);
      expect([after(2), onReset.mock.calls.length]).toEqual([null, 1]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('says nothing more once it is stopped', () => {
    const { send, stop, cursors, states } = follow();
    stop();
    const count = states.length;
    send(0, 'c1');
    expect([cursors, states.length]).toEqual([[], count]);
  });
});

it('tries again behind the same cursor after passing trouble, and gives up where that does not help', () => {
  expect(resumePoint([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }])).toEqual({ kind: 'again' });
  expect(resumePoint([{ extensions: { code: 'FORBIDDEN' } }])).toEqual({ kind: 'give-up' });
  expect(resumePoint([])).toEqual({ kind: 'give-up' });
});

it('waits longer from one reconnect to the next, up to a limit', () => {
  expect([0, 1, 5, 40].map((retries) => reconnectDelay(retries, 0.5))).toEqual([500, 1000, 15_000, 15_000]);
  expect([reconnectDelay(0, 0), reconnectDelay(0, 1)]).toEqual([375, 625]);
});
