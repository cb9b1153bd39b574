import type { FairLines } from './budget-types.js';

/*
 * Fair shares of a client's calls between the jobs that wait for them. Each job has a line, and the line stands further on
 * with each call, by less the larger its share is; the one that stands least far is next. So jobs that wait at the same
 * time get calls as their shares are to each other, and what a job does not use goes to the others. Nobody saves up: who
 * comes anew, or again, begins where the others are.
 */

/** Calls that wait, of one owner. */
export interface Line {
  owner: string;
  /** Its weight among those that wait, above 0. */
  share: number;
}

/** Most lines that are remembered; the ones that were served longest ago are forgotten first. */
const MAX_LINES = 256;

export const newFairLines = (): FairLines => ({ pace: 0, stands: {} });

/** The line whose call is next, of several the first; undefined when there is none. */
export function nextLine<Waiting extends Line>(fair: FairLines, lines: Iterable<Waiting>): Waiting | undefined {
  let next: Waiting | undefined;
  for (const line of lines) if (next === undefined || standOf(fair, line) < standOf(fair, next)) next = line;
  return next;
}

/** Whether a line is ahead of one of the others by more than its part of `lead` calls, so that it leaves the next call to that. */
export function isAhead(fair: FairLines, line: Line, all: readonly Line[], lead: number): boolean {
  const shares = all.reduce((sum, { share }) => sum + share, 0);
  const farthest = leastStand(fair, all) + lead / shares;
  return standOf(fair, line) > farthest;
}

/** Notes a call of a line; `all` are those that waited before it, the line included. */
export function serve(fair: FairLines, line: Line, all: readonly Line[]): void {
  const stand = standOf(fair, line);
  fair.pace = Math.max(fair.pace, leastStand(fair, all));
  const kept = Object.entries(fair.stands).filter(([owner, other]) => owner !== line.owner && other > fair.pace);
  kept.push([line.owner, stand + 1 / line.share]);
  fair.stands = Object.fromEntries(kept.slice(-MAX_LINES));
}

const standOf = ({ pace, stands }: FairLines, { owner }: Line): number => Math.max(pace, stands[owner] ?? pace);

const leastStand = (fair: FairLines, all: readonly Line[]): number =>
  Math.min(...all.map((line) => standOf(fair, line)));
