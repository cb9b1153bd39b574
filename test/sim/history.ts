import { OneWayRound } from './one-way-round.js';
import type { Base } from './oracle/bases.js';
import { Person, type Act } from './people.js';
import type { History, Round } from './round.js';
import type { Trouble } from './trouble.js';
import { TwoWayRound } from './two-way-round.js';
import { World, type Spoil } from './world.js';

/** Plays a history and tells the first thing that is wrong; null: nothing is. */
export async function violationIn(history: History, spoil: Spoil | null = null): Promise<string | null> {
  const world = new World(history.rules, history.seed, history.tellsChanges, spoil);
  let bases: Base[] = [];
  for (const [index, round] of history.rounds.entries()) {
    for (const act of round.acts) await new Person(world[act.side]).do(act);
    world.clock.jump(round.clockJump);
    // What was moved to where nothing may be listed is gone from where it was, by all that can be seen.
    if (isHiding(round.trouble) && history.rounds.slice(0, index + 1).some(hasMoves)) return null;
    const Played = history.rules.type === 'SYNC' ? TwoWayRound : OneWayRound;
    const played = await new Played(world, history.rules, bases).play(round);
    if (typeof played === 'string') return `round ${index + 1}: ${played}`;
    if (played === null) return null;
    bases = played;
  }
  return null;
}

const isHiding = (trouble: Trouble): boolean => trouble.kind === 'LISTING' && trouble.fault === 'FOLDER_DENIED';

const MOVES: ReadonlySet<Act['what']> = new Set(['move', 'rename', 'swap']);
const hasMoves = ({ acts }: Round): boolean => acts.some(({ what }) => MOVES.has(what));
