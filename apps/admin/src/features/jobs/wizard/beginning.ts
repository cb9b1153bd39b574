import type { JobData } from '../data.js';
import { newJobValues, savedJobValues, withType, type JobValues, type PolicyDefaults } from '../job-input.js';
import { t } from './words.js';
import type { Origin } from './origin.js';

/** No name of a job is longer. */
const MAX_NAME_CHARACTERS = 200;

/**
 * The values that a new job begins with. A copy has a name of its own, and its schedule waits until a person turns it on, so
 * that no two jobs begin to do the same at once.
 */
export function beginningOf(origin: Origin, job: JobData | null, defaults: PolicyDefaults): JobValues {
  const empty = newJobValues(defaults);
  if (job === null) return origin.type === undefined ? empty : withType(empty, origin.type, defaults);
  const saved = savedJobValues(job);
  if (origin.copyOf === undefined) return { ...empty, source: saved.source };
  const name = t('copyName', { name: saved.name ?? '' });
  return {
    ...saved,
    name: [...name].length > MAX_NAME_CHARACTERS ? saved.name : name,
    schedule: { ...saved.schedule, isEnabled: false },
  };
}
