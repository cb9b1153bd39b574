import { AccessStore } from '../access/access.store.js';
import { JobStore } from '../jobs/job.store.js';
import { RunStore } from '../runs/reading/run.store.js';

type Method = (this: unknown, ...given: unknown[]) => Promise<unknown>;

/**
 * Lets the stores of sessions, runs and jobs answer from memory what they have answered once, so that a request for a list
 * of runs costs what the layers above the database cost; until the function that it gives is called.
 */
export function answerFromMemory(): () => void {
  const ends = [
    keep(AccessStore, 'liveSession', ([key]) => JSON.stringify(key)),
    keep(RunStore, 'page', ([filter, page, columns]) => JSON.stringify([filter, page, columns])),
    keep(RunStore, 'count', ([filter]) => JSON.stringify(filter)),
    keep(JobStore, 'byIds', ([ids, , columns]) => JSON.stringify([ids, columns])),
  ];
  return () => ends.forEach((end) => end());
}

/** The answers of one method of a class, by what `keyOf` makes of its arguments. */
function keep(
  store: { prototype: object; name: string },
  name: string,
  keyOf: (given: unknown[]) => string,
): () => void {
  const methods = store.prototype as Record<string, Method>;
  const method = methods[name];
  if (method === undefined) throw new Error(`${store.name} has no method ${name}.`);
  const answers = new Map<string, Promise<unknown>>();
  methods[name] = function (...given) {
    const key = keyOf(given);
    const answer = answers.get(key) ?? method.apply(this, given);
    answers.set(key, answer);
    return answer;
  };
  return () => void (methods[name] = method);
}
