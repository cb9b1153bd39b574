import type { UndoChange, UndoRefusal, UndoVerdict } from '../decide/index.js';
import type { ItemReason, SideWords } from '../plan/index.js';

interface Refused {
  reason: ItemReason;
  message: (run: string, words: SideWords) => string;
  remedy: string;
}

const BY_HAND = 'Look at the item, and decide about it by hand.';

/** Why an item is not brought back, in sentences for people. */
export const REFUSED: Readonly<Record<UndoRefusal | 'NOT_BACK', Refused>> = {
  CHANGED_SINCE: {
    reason: 'CONFLICT',
    message: (run, { to }) => `It is not as ${run} left it at the ${to}: somebody changed it since, and it stays so.`,
    remedy: BY_HAND,
  },
  GONE: {
    reason: 'CONFLICT',
    message: (run, { to }) => `It is gone from the ${to} since ${run}.`,
    remedy: BY_HAND,
  },
  LATER_RUN: {
    reason: 'CONFLICT',
    message: (run) => `A later run of the job dealt with it after ${run}, and it stays as that run left it.`,
    remedy: BY_HAND,
  },
  NOT_KEPT: {
    reason: 'VERSIONS_LEFT_OUT',
    message: (run, { to }) => `The ${to} keeps nothing of what was there before ${run}.`,
    remedy: 'Bring it back by hand, such as from a backup.',
  },
  PLACE_TAKEN: {
    reason: 'NAME_TAKEN',
    message: (run, { to }) => `Something else stands at the ${to} where it was before ${run}.`,
    remedy: 'Move or rename what stands there, then plan the undo again.',
  },
  UNLISTED: {
    reason: 'LISTING_FAILED',
    message: (_run, { to }) => `What stands at its place at the ${to} could not be listed.`,
    remedy: 'Look at the folder, then plan the undo again.',
  },
  NOT_BACK: {
    reason: 'CONFLICT',
    message: (_run, { from, to }) => `It is left at the ${to}, because the ${from} does not get it back.`,
    remedy: BY_HAND,
  },
};

export const isRefusal = (verdict: UndoVerdict): verdict is UndoRefusal => verdict in REFUSED;

/** What is done about an item, in sentences for people. */
export const DONE: Readonly<Record<UndoChange | 'NOTHING', (run: string) => string>> = {
  REMOVE: (run) => `It was created by ${run}, and is removed again.`,
  GIVE_FORMER_VERSION: (run) => `Its content was replaced by ${run}: the former one becomes the newest again.`,
  MOVE_BACK: (run) => `It was moved or renamed by ${run}, and gets its former place and name back.`,
  PUT_BACK: (run) => `It was removed by ${run}, and comes back to its place.`,
  DESCRIBE_AS_BEFORE: (run) => `Its description was changed by ${run}, and gets back what it was.`,
  NOTHING: (run) => `It is as it was before ${run}.`,
};
