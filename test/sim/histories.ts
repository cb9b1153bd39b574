import fc from 'fast-check';
import type { History, Round } from './history.js';
import type { Rules } from './oracle/bases.js';
import type { Act } from './people.js';
import { LISTING_FAULTS, type Trouble } from './trouble.js';

const SIDES = ['source', 'destination'] as const;
const HOUR_MS = 3_600_000;

const act: fc.Arbitrary<Act> = fc.record({
  side: fc.constantFrom('source', 'source', 'source', 'destination'),
  what: fc.constantFrom('create', 'create', 'folder', 'edit', 'touch', 'rename', 'move', 'remove', 'replace'),
  thing: fc.nat(11),
  folder: fc.nat(5),
  name: fc.nat(7),
  text: fc.nat(5),
});

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { arbitrary: fc.constant<Trouble>({ kind: 'NONE' }), weight: 3 },
  fc.record({
    kind: fc.constant('CRASH' as const),
    effect: fc.integer({ min: 1, max: 8 }),
    moment: fc.constantFrom('before', 'after'),
    isTakenUp: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('LISTING' as const),
    side: fc.constantFrom(...SIDES),
    fault: fc.constantFrom(...LISTING_FAULTS),
    entry: fc.nat(6),
  }),
);

const round: fc.Arbitrary<Round> = fc.record({
  acts: fc.array(act, { maxLength: 7 }),
  trouble,
  clockJump: fc.constantFrom(0, 0, 0, -2 * HOUR_MS, 30 * HOUR_MS),
});

const ONE_WAY = {
  conflict: fc.constantFrom<Rules['conflict']>('KEEP_BOTH', 'LATEST', 'SOURCE', 'DESTINATION', 'FLAG'),
  existing: fc.constantFrom<Rules['existing']>('OVERWRITE_IF_DIFFERENT', 'SKIP', 'FLAG'),
};

const rulesOf = (type: Rules['type'], deletions: Rules['deletions']): fc.Arbitrary<Rules> =>
  fc.record({ ...ONE_WAY, type: fc.constant(type), deletions: fc.constant(deletions) });

/** Histories of each type of transfer; a failing one shrinks to few acts. */
export const histories: fc.Arbitrary<History> = fc.record({
  rules: fc.oneof(
    { arbitrary: rulesOf('COPY', 'IGNORE'), weight: 2 },
    { arbitrary: rulesOf('COPY', 'MIRROR'), weight: 3 },
    { arbitrary: rulesOf('MOVE', 'IGNORE'), weight: 3 },
    { arbitrary: rulesOf('PUBLISH', 'MIRROR'), weight: 3 },
    { arbitrary: rulesOf('STRUCTURE', 'IGNORE'), weight: 1 },
  ),
  tellsChanges: fc.boolean(),
  seed: fc.nat(),
  rounds: fc.array(round, { minLength: 1, maxLength: 4 }),
});
