import { createMemoryPlatform } from '@sluice/core/testing';
import { describe, expect, it } from 'vitest';
import { violationIn } from './history.js';
import type { Base, Rules } from './oracle/bases.js';
import { Model } from './oracle/model.js';
import type { Act } from './people.js';
import { removedThoughHeld } from './removed-though-held.js';
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

it('a file that a run removed is noticed where the other side has it under that name, and nothing else brings it there', () => {
  const side = (...paths: string[]) => {
    const platform = createMemoryPlatform();
    platform.seed(paths.map((path) => ({ path, bytes: 'text' })));
    return Model.of(platform);
  };
  const [source, destination] = [side('a.txt', 'b.txt'), side('a.txt', 'b.txt', 'c.txt')];
  const before = { source, destination };
  const now = (path: string) => {
    const left = side('a.txt', 'b.txt', 'c.txt');
    left.remove(left.find(path)!.id);
    return left;
  };
  const removed = (path: string, bases: Base[] = []) =>
    removedThoughHeld({ side: 'destination', before, now: now(path), bases })?.name;
  expect([removed('a.txt'), removed('c.txt')]).toEqual(['a.txt', undefined]);
  const [from, to] = [source.find('a.txt')!, destination.find('c.txt')!];
  expect(
    removed('a.txt', [{ source: from, destination: to, at: 'c.txt', text: 'text', isNew: false }]),
  ).toBeUndefined();
});

describe('the oracle agrees with the tables', () => {
  it('that what replaced a migrated file and was renamed is not known, and that nothing is missed of what went from both sides', async () => {
    const unlisted = { kind: 'LISTING', side: 'source', fault: 'REFUSED', entry: 0 } as const;
    const gone = round([act('source', 'rename', { name: 1 }), act('destination', 'remove')]);
    const rules: Rules = { ...COPY, type: 'MIGRATE', deletions: 'IGNORE' };
    const first = [round([act('source', 'create')]), round([act('source', 'replace', { text: 1 })])];
    expect(await violation(rules, ...first, { ...gone, trouble: unlisted }, round([]))).toBeNull();
  });

  it.each([
    ['source', 'destination'],
    ['destination', 'source'],
  ] as const)(
    'that a file which was renamed at the %s stays known while it is in conflict with one of the %s',
    async (one, two) => {
      const created = round([act('source', 'create'), act('source', 'create', { name: 3, text: 2 })]);
      const met = [act(one, 'rename', { name: 1 }), act(two, 'remove'), act(two, 'create', { name: 1, text: 1 })];
      const play = (...then: Act[]) =>
        violation({ ...SYNC, conflict: 'FLAG' }, created, round(met), round([act(two, 'remove'), ...then]));
      expect(await play(act(two, 'create'))).toBeNull();
      expect(await play(act(one, 'rename'))).toBeNull();
    },
  );

  it('that what is gone from both sides may be remembered, where the listing failed before the source became empty', async () => {
    const replaced = [act('destination', 'replace', { text: 1 }), act('source', 'create')];
    const unproved = { kind: 'LISTING', side: 'source', fault: 'PROOF_LOST', entry: 0 } as const;
    const again = round([act('source', 'create', { name: 1 })]);
    const rules: Rules = { ...COPY, type: 'MOVE', deletions: 'IGNORE' };
    const first = round([act('source', 'create', { name: 1 })]);
    expect(await violation(rules, first, { ...round(replaced), trouble: unproved }, again)).toBeNull();
  });

  it('that an edited file which was moved into a new folder follows when it is renamed there', async () => {
    const moved = [act('source', 'folder', { name: 1 }), act('source', 'move', { folder: 3 })];
    const edited = round([...moved, act('destination', 'create')]);
    const renamed = round([act('source', 'rename', { thing: 7, name: 1 })]);
    expect(await violation(COPY, round([act('source', 'create', { text: 1 })]), edited, renamed)).toBeNull();
  });

  it('that what took the place of a file is removed where people removed its other half during the run', async () => {
    const removed = { effect: 1, moment: 'before', act: act('destination', 'remove'), isThere: false } as const;
    const replaced = [act('source', 'replace'), act('source', 'create', { name: 1 })];
    const met = round([...replaced, act('destination', 'rename', { name: 2 })], removed);
    expect(await violation(SYNC, round([act('source', 'create')]), met)).toBeNull();
  });

  it('that what took the place of a file goes with it, unless its content is another one', async () => {
    const created = round([act('source', 'create', { name: 4 }), act('source', 'create', { name: 3 })]);
    const here = [act('source', 'swap', { thing: 3, name: 3 }), act('source', 'replace')];
    const there = [act('destination', 'replace', { thing: 9 }), act('destination', 'replace', { thing: 2 })];
    const rules: Rules = { ...SYNC, deletions: 'IGNORE_DESTINATION' };
    expect(await violation(rules, created, round([...here, ...there]))).toBeNull();
  });

  it('that of two equal files one may go and the other come again, where people removed one half of each', async () => {
    const created = [act('source', 'create', { name: 3 })];
    created.push(...[2, 6].map((name) => act('source', 'create', { name, text: 3 })));
    const there = [act('destination', 'swap', { thing: 10, name: 6 }), act('destination', 'remove', { thing: 10 })];
    const here = [act('source', 'remove'), act('source', 'rename', { thing: 9, name: 2 })];
    expect(await violation(SYNC, round(created), round([...there, ...here]))).toBeNull();
  });

  it('that what is gone leaves its place to a file which lost its other half and was renamed to it, unless both are equal', async () => {
    const renamed = [act('source', 'remove', { thing: 1 }), act('source', 'rename', { name: 1 })];
    const lost = round([act('destination', 'remove'), ...renamed]);
    for (const text of [0, 1]) {
      const created = [act('source', 'create', { name: 1, text }), act('source', 'create', { name: 3, text: 2 })];
      expect(await violation(COPY, round([act('source', 'create'), ...created]), lost), `text ${text}`).toBeNull();
    }
  });

  it('that what people write during a run to where a folder comes wins over what stood in it, where the job says so', async () => {
    const written = act('source', 'create', { text: 1 });
    const inFolder = round([act('source', 'rename', { name: 1 }), act('destination', 'create', { folder: 3 })], {
      ...{ effect: 2, moment: 'before', act: written, isThere: true },
    });
    const rules: Rules = { ...SYNC, conflict: 'SOURCE', deletions: 'IGNORE_BOTH' };
    expect(await violation(rules, round([act('source', 'folder')]), inFolder)).toBeNull();
  });

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

  it('that what people gave the name which it has at the source by now is not removed as what is gone', async () => {
    const named = [
      act('destination', 'rename', { name: 1 }),
      act('destination', 'edit', { text: 1 }),
      act('source', 'replace', { text: 1 }),
      act('source', 'rename', { name: 1 }),
    ];
    const publish: Rules = { ...COPY, type: 'PUBLISH' };
    expect(await violation(publish, round([act('source', 'create')]), round(named))).toBeNull();
  });

  it('that what people make during a run where a thing was that they removed is its next version', async () => {
    const both = [act('source', 'create', { name: 5 }), act('source', 'create', { name: 7 })];
    const first = { effect: 1, moment: 'before', act: act('source', 'create'), isThere: false } as const;
    const gone = [
      act('source', 'remove', { thing: 4 }),
      act('destination', 'create', { name: 1, text: 1 }),
      act('source', 'create', { text: 1 }),
      act('destination', 'swap', { thing: 5, name: 7 }),
    ];
    const again = { effect: 2, moment: 'before', act: act('source', 'create', { text: 1 }), isThere: true } as const;
    const rules: Rules = { ...SYNC, deletions: 'IGNORE_BOTH' };
    expect(await violation(rules, round(both, first), round(gone, again))).toBeNull();
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

  it('that a side which is empty since a run came to half of its work proves nothing', async () => {
    const both = round([act('source', 'create'), act('source', 'create', { name: 1 })]);
    const apart = [act('source', 'remove'), act('destination', 'remove', { thing: 1 })];
    const half: Round = {
      ...round(apart),
      trouble: { kind: 'LISTING', side: 'source', fault: 'PROOF_LOST', entry: 0 },
    };
    expect(await violation(SYNC, both, half)).toBeNull();
  });

  it('that what people wrote a second after the source, where a run was about to write and was cut, is no work of that run', async () => {
    const before = (text: number): Round['meanwhile'] => ({
      ...{ effect: 1, moment: 'before', isThere: true },
      act: act('source', 'create', { text }),
    });
    const cut: Round['trouble'] = { kind: 'CRASH', effect: 2, moment: 'before', isTakenUp: false };
    const second = round([act('source', 'create', { text: 1 })], before(0));
    expect(await violation(SYNC, round([act('source', 'create')], before(0)), { ...second, trouble: cut })).toBeNull();
  });

  it('that what people rename to a name which is left out, and save anew during a run, is gone from where it was', async () => {
    const saved = { effect: 1, moment: 'before', act: act('destination', 'replace'), isThere: false } as const;
    const renamed = [act('source', 'create', { name: 1 }), act('destination', 'rename', { name: 4 })];
    const first = [act('source', 'create'), act('source', 'create', { name: 7 })];
    expect(await violation({ ...SYNC, leavesOut: ['e.pdf'] }, round(first), round(renamed, saved))).toBeNull();
  });

  it('that what is gone, though nothing proves it, keeps the name of something new that people gave it', async () => {
    const renamed = [
      act('destination', 'rename', { name: 6 }),
      act('source', 'create', { name: 6 }),
      act('source', 'replace'),
      act('source', 'rename', { name: 1 }),
    ];
    const unproved: Round = {
      ...round(renamed),
      trouble: { kind: 'LISTING', side: 'source', fault: 'PROOF_LOST', entry: 0 },
    };
    expect(await violation(COPY, round([act('source', 'create')]), unproved)).toBeNull();
  });

  it('that what a run wrote beside a conflict, and people remove at once, is removed on the other side', async () => {
    const removal = (effect: number) =>
      ({ effect, moment: 'after', act: act('source', 'remove'), isThere: true }) as const;
    const edits = [act('destination', 'create', { text: 1 }), act('source', 'create', { text: 2 })];
    expect(await violation(SYNC, round([act('source', 'create')]), round(edits, removal(2)))).toBeNull();
    const beside = act('source', 'create', { name: 1 });
    const apart = [act('destination', 'create'), beside, act('source', 'create', { text: 1 })];
    expect(await violation(SYNC, round(apart, removal(4)))).toBeNull();
    const known = round([act('source', 'create'), act('source', 'create', { name: 1, text: 2 })]);
    const changed = [act('destination', 'edit', { thing: 1 }), act('source', 'create', { name: 1, text: 1 })];
    expect(await violation(SYNC, known, round([act('source', 'remove'), ...changed], removal(4)))).toBeNull();
  });

  it('that what people make where a thing is about to be moved is taken for its other half, if it is equal to that', async () => {
    const made = { effect: 1, moment: 'before', act: act('source', 'create', { text: 1 }), isThere: true } as const;
    const moved = [
      act('source', 'replace'),
      act('destination', 'move', { folder: 1 }),
      act('destination', 'edit', { text: 1 }),
    ];
    const first = [act('source', 'create'), act('source', 'folder', { name: 1 })];
    expect(await violation(SYNC, round(first), round(moved, made))).toBeNull();
  });

  it('that what a listing hides is taken for replaced by what people put in its place', async () => {
    const first = [1, 2, 3].map((name) => act('source', 'create', { name }));
    const swapped = [act('destination', 'create'), act('source', 'create'), act('destination', 'swap', { thing: 1 })];
    for (const entry of [0, 1, 2, 3]) {
      const hidden: Round['trouble'] = { kind: 'LISTING', side: 'destination', fault: 'ROWS_VANISH', entry };
      const rules: Rules = { ...SYNC, deletions: 'IGNORE_DESTINATION' };
      expect(await violation(rules, round(first), { ...round(swapped), trouble: hidden }), `entry ${entry}`).toBeNull();
      const there = [2, 3].map((name) => act('destination', 'create', { name }));
      const apart = [act('source', 'rename', { name: 1 }), ...there, act('destination', 'swap', { name: 2 })];
      const both = round([act('source', 'create'), act('source', 'create', { name: 4 })]);
      expect(await violation(SYNC, both, { ...round(apart), trouble: hidden }), `entry ${entry}`).toBeNull();
    }
  });

  it('that what people put in the place of what they renamed is removed, also where the source saved that anew', async () => {
    const renamed = [act('source', 'replace'), act('destination', 'rename', { name: 1 }), act('destination', 'create')];
    const publish: Rules = { ...COPY, type: 'PUBLISH' };
    expect(await violation(publish, round([act('source', 'create')]), round(renamed))).toBeNull();
  });

  it('that a folder does not get the name of what took the place of a file that the source still has', async () => {
    const saved = round([act('destination', 'rename', { name: 2 }), act('source', 'create', { name: 1 })]);
    const replaced = round([act('source', 'folder', { name: 2 }), act('destination', 'replace', { text: 1 })]);
    expect(await violation(COPY, round([act('source', 'create', { name: 1 })]), saved, replaced)).toBeNull();
  });

  it('that the version which people made of what was moved is theirs, also after it came again as it was', async () => {
    const rules: Rules = { ...COPY, type: 'MOVE', deletions: 'IGNORE' };
    const again = [act('source', 'create', { text: 1 }), act('destination', 'edit')];
    const edited = round([act('source', 'create'), act('source', 'edit', { text: 1 })]);
    expect(await violation(rules, round([act('source', 'create', { text: 1 })]), round(again), edited)).toBeNull();
  });

  it('that what a listing hides in a folder that is made again has the name there which people of the destination gave it', async () => {
    const created = [act('source', 'folder', { name: 1 }), act('source', 'create', { folder: 1 })];
    const renamed = [
      act('destination', 'rename', { thing: 1, name: 1 }),
      act('source', 'edit'),
      act('source', 'create'),
    ];
    const hidden: Round = {
      ...round([act('destination', 'remove', { thing: 1 })]),
      trouble: { kind: 'LISTING', side: 'source', fault: 'ROWS_VANISH', entry: 1 },
    };
    expect(await violation({ ...COPY, deletions: 'IGNORE' }, round(created), round(renamed), hidden)).toBeNull();
  });
});
