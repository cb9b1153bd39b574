/*
 * How many calls work takes, and those of how many others are made meanwhile. What is foreseen for each step is what it
 * takes when nothing goes wrong; how much more it takes with a client (refused tries, lost replies, looks for what stands
 * there) is learned from what was done with it.
 */

/** Calls that were foreseen for work that is done, and calls that were made for it. */
export interface CallExperience {
  foreseen: number;
  made: number;
}

/** Calls that a job still needs of a budget, and its share of them. */
export interface CallNeed {
  calls: number;
  share: number;
}

/** So many calls are taken to have been as foreseen, before anything is known. */
const PRIOR_CALLS = 200;
/** Older experience fades once there is so much of it. */
const MOST_CALLS = 20_000;
/** What lies outside was no ordinary work, such as a run in which every item failed before its first call. */
const LEAST_RATIO = 0.5;
const MOST_RATIO = 4;

export const noExperience = (): CallExperience => ({ foreseen: 0, made: 0 });

/** Calls that work takes for which so many are foreseen, in whole calls. */
export function expectedCalls(foreseen: number, ...experiences: readonly CallExperience[]): number {
  const sum = (figure: keyof CallExperience) =>
    experiences.reduce((total, experience) => total + experience[figure], PRIOR_CALLS);
  const ratio = Math.min(Math.max(sum('made') / sum('foreseen'), LEAST_RATIO), MOST_RATIO);
  return Math.round(foreseen * ratio);
}

/** What is known after more work was done; in it the newest counts most. */
export function learned(known: CallExperience, { foreseen, made }: CallExperience): CallExperience {
  const kept = Math.min(1, Math.max(0, MOST_CALLS - foreseen) / Math.max(known.foreseen, 1));
  return { foreseen: known.foreseen * kept + foreseen, made: known.made * kept + made };
}

/** Calls that are made until a job has made its own: also those that others are given meanwhile, by their shares. */
export function callsUntilDone(own: CallNeed, others: readonly CallNeed[]): number {
  const given = ({ calls, share }: CallNeed) => Math.min(calls, (own.calls * share) / own.share);
  return Math.ceil(others.reduce((sum, other) => sum + given(other), own.calls));
}
