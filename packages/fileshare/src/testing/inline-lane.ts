import type { Disk } from '../disk/disk.js';
import type { Wish } from '../disk/messages.js';
import { callsOn, streamsOn } from '../disk/operations.js';
import type { Lane, Steps } from '../lane.js';

type Work = (...args: unknown[]) => unknown;
type Stream = (...args: unknown[]) => Generator<unknown, unknown, Wish>;

/** Makes the calls in the thread that asks for them, on whatever disk it is given: for tests of what happens between two calls. */
export function inlineLane(disk: Disk): Lane {
  const calls = callsOn(disk) as unknown as Record<string, Work>;
  const streams = streamsOn(disk) as unknown as Record<string, Stream>;
  return {
    call: async (name, ...args) => calls[name]?.(...args) as never,
    stream: (name, ...args) => stepsOf(streams[name]!(...args)) as never,
    close: async () => {},
  };
}

function stepsOf(stream: Generator<unknown, unknown, Wish>): Steps<unknown, unknown> {
  return {
    next: async (wish = 'GO_ON') => {
      const { done = false, value } = stream.next(wish);
      return { done, value };
    },
    return: async () => void stream.return(null),
  };
}
