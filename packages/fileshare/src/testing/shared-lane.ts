import type { Lane } from '../lane.js';

/**
 * The lane for several shares, each of which would end it when it is closed: to start its threads anew costs more than most
 * tests. Whoever made it ends it.
 */
export const sharedLane = (lane: Lane): Lane => ({
  call: (name, ...args) => lane.call(name, ...args),
  stream: (name, ...args) => lane.stream(name, ...args),
  close: async () => {},
});
