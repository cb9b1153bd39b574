import type { DemoGrants } from '../config.js';
import type { Figures } from '../metrics/prometheus.js';

/** Hints that something new can be read; channels of the hub. */
interface Wake {
  kind: 'WAKE';
  channels: readonly string[];
}

/** How a worker process begins. `followsCrash`: whether it takes the place of one that ended without being asked to. */
export interface Beginning {
  demo: DemoGrants | null;
  followsCrash: boolean;
}

/** What the API process tells its worker process. BEGIN is the first message; STOP asks it to end in an orderly way, MEASURE for its figures. */
export type ToWorker = ({ kind: 'BEGIN' } & Beginning) | { kind: 'PING' | 'STOP' | 'MEASURE' } | Wake;

/** What a worker process tells the API process that started it. `isStoreFull`: whether its last write found no room. */
export type FromWorker =
  | { kind: 'READY' }
  | { kind: 'PONG'; isStoreFull: boolean }
  | { kind: 'MEASURED'; figures: Figures }
  | Wake;

/** A message of this product; null for one of others, since Node's watch mode sends messages of its own. */
export function messageOf<T extends ToWorker | FromWorker>(given: unknown): T | null {
  const isOurs = typeof given === 'object' && given !== null && typeof (given as { kind?: unknown }).kind === 'string';
  return isOurs ? (given as T) : null;
}
