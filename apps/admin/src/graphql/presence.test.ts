import { describe, expect, it, vi } from 'vitest';
import { watchPresence } from './presence.js';

/** A presence whose server gives these answers, with a clock that goes on by 2 s with each wait. */
function watched(...answers: boolean[]) {
  let now = 1000;
  const ask = vi.fn(() => Promise.resolve(answers.shift() ?? true));
  const presence = watchPresence({
    ask,
    now: () => now,
    wait: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
  });
  const seen: (number | null)[] = [];
  presence.subscribe(() => seen.push(presence.lostSince()));
  return { presence, ask, seen, at: (time: number) => (now = time) };
}

describe('the presence of the server', () => {
  it('is lost since the last answer until the server answers again', async () => {
    const { presence, ask, seen, at } = watched(false, false, true);
    at(5000);
    presence.answered();
    at(9000);
    await presence.doubt();
    expect(ask).toHaveBeenCalledTimes(3);
    expect(seen).toEqual([5000, null]);
  });

  it('is not lost when the server answers at once', async () => {
    const { presence, seen } = watched(true);
    await presence.doubt();
    expect(seen).toEqual([]);
  });

  it('asks once for all that doubt, and again after it was settled', async () => {
    const { presence, ask } = watched();
    await Promise.all([presence.doubt(), presence.doubt()]);
    expect(ask).toHaveBeenCalledTimes(1);
    await presence.doubt();
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
