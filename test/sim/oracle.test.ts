import { describe, expect, it } from 'vitest';
import { violationIn } from './history.js';
import type { Rules } from './oracle/bases.js';
import type { Act } from './people.js';
import type { Round } from './round.js';

const COPY: Rules = {
  type: 'COPY',
  conflict: 'KEEP_BOTH',
  existing: 'OVERWRITE_IF_DIFFERENT',
  deletions: 'MIRROR',
  leavesOut: [],
};
const SYNC: Rules = { ...COPY, type: 'SYNC' };

const act = (side: Act['side'], what: Act['what'], numbers: Partial<Act> = {}): Act => ({
  ...{ side, what, thing: 0, folder: 0, name: 0, text: 0 },
  ...numbers,
});
const round = (acts: Act[], meanwhile: Round['meanwhile'] = null): Round => ({
  ...{ acts, meanwhile, trouble: { kind: 'NONE' }, clockJump: 0 },
});
const violation = (rules: Rules, ...rounds: Round[]) =>
  violationIn({ rules, rounds, tellsChanges: false, seed: 0 }, null);

describe('the oracle agrees with the tables', () => {
  it('that what stands in the place of a folder which is gone, and is of another kind, is not that folder', async () => {
    const renamedThere = [
      round([act('source', 'folder')]),
      round([act('source', 'remove'), act('destination', 'rename', { name: 1 })]),
      round([act('source', 'create')]),
    ];
    expect(await violation(COPY, ...renamedThere, round([act('source', 'folder', { name: 1 })]))).toBeNull();
  });

  it('that a file which leaves its folder for the name of that folder is refused, though the folder is gone', async () => {
    const inFolder = [act('source', 'folder'), act('source', 'create', { folder: 1 })];
    const outOfIt = [
      act('source', 'rename', { name: 2 }),
      act('source', 'move', { thing: 2 }),
      act('source', 'remove', { thing: 2 }),
    ];
    const beside = act('source', 'create', { name: 1 });
    expect(await violation(COPY, round([...inFolder, beside]), round(outOfIt))).toBeNull();
  });

  it('that what was saved anew and removed during a run is what it replaced: where its other half was moved, that survives', async () => {
    const both = [act('source', 'create', { name: 5 }), act('source', 'create', { name: 7 })];
    const swapped = [
      act('source', 'swap', { thing: 7, name: 7 }),
      act('destination', 'replace', { text: 1 }),
      act('source', 'create'),
    ];
    const removal = { effect: 2, moment: 'after', act: act('source', 'remove'), isThere: true } as const;
    expect(await violation(SYNC, round(both), round(swapped, removal))).toBeNull();
  });
});
