import type { Database } from '../db/database.js';
import type { Supervisor } from '../processes/supervisor.js';

/** Why the server does not take requests, or cannot do what it takes; one word each, for load balancers and monitors. */
export type Unready = 'CLOSING' | 'STORE_DOWN' | 'STORE_FULL' | 'WORKER_DOWN';

export interface ReadinessParts {
  isClosing: boolean;
  db: Pick<Database, 'ping' | 'isFull'>;
  /** Null where workers are started separately. */
  supervisor: Pick<Supervisor, 'status' | 'isStoreFull'> | null;
}

/** Nothing when the server is ready. A worker that is started again is not told of; one that cannot live is. */
export async function readinessOf({ isClosing, db, supervisor }: ReadinessParts): Promise<Unready[]> {
  if (isClosing) return ['CLOSING'];
  const answers = await db.ping().then(
    () => true,
    () => false,
  );
  const found: [Unready, boolean][] = [
    ['STORE_DOWN', !answers],
    ['STORE_FULL', db.isFull || supervisor?.isStoreFull === true],
    ['WORKER_DOWN', supervisor?.status.state === 'DOWN'],
  ];
  return found.flatMap(([reason, holds]) => (holds ? [reason] : []));
}
