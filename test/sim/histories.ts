import fc from 'fast-check';
import type { History, Round } from './round.js';
import type { Rules } from './oracle/bases.js';
import type { Act } from './people.js';
import { LISTING_FAULTS, type Disturbance, type Trouble } from './trouble.js';

const SIDES = ['source', 'destination'] as const;
type Moment = Disturbance['moment'];
const HOUR_MS = 3_600_000;

const WHAT: readonly Act['what'][] = [
  ...(['create', 'create', 'folder', 'edit', 'touch', 'rename', 'move', 'remove', 'replace'] as const),
];

/** The highest numbers that acts choose by. */
type Choices = Record<'thing' | 'folder' | 'name' | 'text', number>;

const WIDE: Choices = { thing: 11, folder: 5, name: 8, text: 5 };
const CLOSE: Choices = { thing: 2, folder: 0, name: 1, text: 5 };
const NEAR: Choices = { thing: 3, folder: 0, name: 2, text: 1 };
const actOf = (
  sides: readonly Act['side'][],
  what: readonly Act['what'][],
  { thing, folder, name, text }: Choices,
): fc.Arbitrary<Act> =>
  fc.record({
    side: fc.constantFrom(...sides),
    what: fc.constantFrom(...what),
    thing: fc.nat(thing),
    folder: fc.nat(folder),
    name: fc.nat(name),
    text: fc.nat(text),
  });

const oneWayAct = (choices: Choices) => actOf(['source', 'source', 'source', 'destination'], WHAT, choices);
/** Each content is of few files, so that what is lost is seen. */
const twoWayAct = (choices: Choices) => actOf(SIDES, [...WHAT, 'edit', 'swap'], { ...choices, text: 12 });

const effect = { effect: fc.integer({ min: 1, max: 8 }), moment: fc.constantFrom<Moment>('before', 'after') };

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  { arbitrary: fc.constant<Trouble>({ kind: 'NONE' }), weight: 3 },
  fc.record({
    kind: fc.constant('CRASH' as const),
    ...effect,
    isTakenUp: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('LISTING' as const),
    side: fc.constantFrom(...SIDES),
    fault: fc.constantFrom(...LISTING_FAULTS),
    entry: fc.nat(6),
  }),
);

const roundOf = (act: fc.Arbitrary<Act>, meanwhile: fc.Arbitrary<Disturbance | null>): fc.Arbitrary<Round> =>
  fc.record({
    acts: fc.array(act, { maxLength: 7 }),
    trouble,
    meanwhile,
    clockJump: fc.constantFrom(0, 0, 0, -2 * HOUR_MS, 30 * HOUR_MS),
  });

const oneWayRound = roundOf(oneWayAct(WIDE), fc.constant(null));
const wideAct = twoWayAct(WIDE);
const disturbance = fc.record({ ...effect, act: wideAct, isThere: fc.boolean() });
const twoWayRound = roundOf(wideAct, fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, disturbance));

/** People who write to the very file that the run is about to change, or has changed. */
const closeAct = twoWayAct(CLOSE);
const closeRound = roundOf(closeAct, fc.record({ ...effect, act: closeAct, isThere: fc.constant(true) }));

const ONE_WAY = {
  conflict: fc.constantFrom<Rules['conflict']>('KEEP_BOTH', 'LATEST', 'SOURCE', 'DESTINATION', 'FLAG'),
  existing: fc.constantFrom<Rules['existing']>('OVERWRITE_IF_DIFFERENT', 'SKIP', 'FLAG'),
};

const NOTHING: readonly string[] = [];
const LEAVES_OUT = fc.constantFrom(NOTHING, NOTHING, NOTHING, ['e.pdf', 'old']);

/** What MIGRATE has in its scope is told by its first listing alone. */
const rulesOf = (type: Rules['type'], deletions: Rules['deletions']): fc.Arbitrary<Rules> =>
  fc.record({
    ...ONE_WAY,
    type: fc.constant(type),
    deletions: fc.constant(deletions),
    leavesOut: type === 'MIGRATE' ? fc.constant(NOTHING) : LEAVES_OUT,
  });

const historiesOf = (rules: fc.Arbitrary<Rules>, round: fc.Arbitrary<Round>): fc.Arbitrary<History> =>
  fc.record({
    rules,
    tellsChanges: fc.boolean(),
    seed: fc.nat(),
    rounds: fc.array(round, { minLength: 1, maxLength: 4 }),
  });

/** Histories in which people work between the runs, mostly at the source. */
export const oneWay = historiesOf(
  fc.oneof(
    { arbitrary: rulesOf('COPY', 'IGNORE'), weight: 2 },
    { arbitrary: rulesOf('COPY', 'MIRROR'), weight: 3 },
    { arbitrary: rulesOf('MOVE', 'IGNORE'), weight: 3 },
    { arbitrary: rulesOf('PUBLISH', 'MIRROR'), weight: 3 },
    { arbitrary: rulesOf('STRUCTURE', 'IGNORE'), weight: 1 },
    { arbitrary: rulesOf('MIGRATE', 'IGNORE'), weight: 1 },
  ),
  oneWayRound,
);

/** Histories in which people of both sides work, between the runs and while they are at work. */
export const twoWay = historiesOf(
  fc.oneof(
    { arbitrary: rulesOf('SYNC', 'MIRROR'), weight: 5 },
    rulesOf('SYNC', 'IGNORE_SOURCE'),
    rulesOf('SYNC', 'IGNORE_DESTINATION'),
    rulesOf('SYNC', 'IGNORE_BOTH'),
  ),
  twoWayRound,
);

/** Histories of two files, in each run of which people write to one that it changes; each content is to be kept. */
export const closeTwoWay = historiesOf(
  rulesOf('SYNC', 'MIRROR').map((rules) => ({ ...rules, conflict: 'KEEP_BOTH' as const })),
  closeRound,
);

/** Histories of a few files of few contents, whose names people of both sides give to one another. */
const closeOneWay = historiesOf(
  fc.oneof(rulesOf('COPY', 'MIRROR'), rulesOf('PUBLISH', 'MIRROR')),
  roundOf(actOf(SIDES, WHAT, NEAR), fc.constant(null)),
);

/** Histories of each type of transfer; a failing one shrinks to few acts. */
export const histories: fc.Arbitrary<History> = fc.oneof(
  { arbitrary: oneWay, weight: 11 },
  { arbitrary: closeOneWay, weight: 1 },
  { arbitrary: twoWay, weight: 5 },
);
